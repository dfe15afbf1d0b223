"""The bundled Word template as it was first made: a change of it can be read here.

`python -m tests.reports.template` writes `reports/templates/informe.docx`; a test holds the two together. An
agency edits a copy of the .docx in Word or LibreOffice and never needs this.
"""
