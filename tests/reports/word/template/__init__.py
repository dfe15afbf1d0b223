"""Generates the bundled Word template, so that its changes can be reviewed as source.

`python -m tests.reports.word.template` writes `reports/templates/informe.docx`; a test checks that they
agree. An agency edits a copy of the .docx in Word or LibreOffice and never needs this.
"""
