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
ANNEX = "Anexo. Sello de la evidencia"
FILES = "Archivos"  # the three blocks of the annex, in this order; `reports.verification` reads them back
SIGNATURES = "Firmas"
CHAIN = "Cadena de auditoría"
DRAFT = "BORRADOR"
SERIES = {
    Series.PHOTOGRAPH: ("Fotografía", "Fotografías"),
    Series.IMAGE: ("Imagen", "Imágenes"),
    Series.TABLE: ("Tabla", "Tablas"),
}


def line(number: int) -> str:
    return f"Línea de Acción {number}"
