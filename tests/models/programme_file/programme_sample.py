"""A small valid programme file, and ways to make it invalid."""

SOUND = """\
institution:
  name: Instituto de Prueba
  short_name: IP
year: 2024
calendar:
  timezone: America/Mexico_City
  holidays: [2024-05-10]
units:
  - key: juridica
    name: Dirección Jurídica
    aliases: [dj]
    strategy: [Una, Otra]
    lines:
      - number: 1
        title: Documentos para las sesiones
        starts_on: 2024-01-01
        ends_on: 2024-12-31
        targets:
          - {amount: 16, measure: Actas, plan: [4, 4, 4, 4]}
          - {amount: 12.5, measure: Kilómetros, decimals: 1, counts_when: publicado}
      - number: 3
        title: Convenios
        starts_on: 2024-04-01
        ends_on: 2024-09-30
        targets:
          - amount: 8
            measure: Convenios
            plan: [0, null, 5, 0]
            opening: {on: 2024-06-30, counted: 2, source: Informe anterior}
  - key: archivo
    name: Coordinación de Archivo
    lines:
      - number: 1
        title: Asesorías
        starts_on: 2024-01-01
        ends_on: 2024-12-31
        targets:
          - {amount: 7, measure: Asesorías}
"""


def spoiled(*replacements: tuple[str, str]) -> str:
    """Return the valid file with each text replaced by another, at its first occurrence."""
    text = SOUND
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
