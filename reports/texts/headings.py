"""Headings and labels of the quarterly report, the same in every format. Source: the agency's own report."""

from reports.quarterly.content import Series

CONTENTS = "Contenido"
PRESENTATION = "Presentación"
MISSION = "Misión"
VISION = "Visión"
PRINCIPLES = "Principios Rectores"
STRUCTURE = "Estructura Organizacional"
OBJECTIVE = "Objetivo"
STRATEGY = "Estrategia"
GOAL = "Meta"
STARTS = "Fecha de Inicio"
ENDS = "Fecha de Término"
ACTIVITIES = "Actividades Desarrolladas"
ACRONYMS = "Siglas"
SIGNATORIES = "Elaboración y autorización"
FIGURES = "Tablas y fotografías"
ANNEX = "Anexo. Sello de la evidencia"
# The three blocks of the annex. `reports.verification` reads them back, so each heading is printed, in this
# order, on a line of its own, also if its block is empty; after FILES comes `counted_files`.
FILES = "Archivos"
COUNT = "Conteo"  # in the workbook's annex, the block with `counted_files`
SIGNATURES = "Firmas"
CHAIN = "Sello de la bitácora"
FORMER_CHAIN = "Cadena de auditoría"  # its heading in older reports, which can still be verified
NO_FILE = "Sin archivo"  # instead of the SHA-256 of a file that could not be fetched
PRINTED_COPY = "copia que se imprime"
DATA_FILE = "informe.json"  # attached to the PDF: the open data
DATA_ATTACHED = "Los datos de este informe, como datos abiertos"
SIGNED_FILE = "firmado.json"  # attached to a signed PDF: what it is made from
SIGNED_ATTACHED = "Lo que se firmó, de lo que este informe se puede volver a hacer"
DRAFT = "BORRADOR"
SERIES = {
    Series.PHOTOGRAPH: ("Fotografía", "Fotografías"),
    Series.IMAGE: ("Imagen", "Imágenes"),
    Series.TABLE: ("Tabla", "Tablas"),
}


def line(number: int) -> str:
    return f"Línea de Acción {number}"


def counted_files(files: int, missing: int) -> str:
    """Return how many files the annex lists, and how many without a hash; as many must be read back."""
    return f"Archivos en este anexo: {files}. Sin descargar: {missing}."
