"""The singular of measures, and articles before names."""

import pytest

from spanish.writing.folding import fold
from spanish.writing.nouns import lower, of, singular

PLURALS = """
reunión reuniones, acción acciones, sesión sesiones, plan planes, refrán refranes, boletín boletines, fin
fines, dictamen dictámenes, examen exámenes, imagen imágenes, orden órdenes, volumen volúmenes, joven
jóvenes, almacén almacenes, andén andenes, tren trenes, bien bienes, resumen resúmenes, común comunes,
origen orígenes, ley leyes, rey reyes, luz luces, vez veces, raíz raíces, juez jueces, directriz
directrices, pez peces, mes meses, país países, interés intereses, autobús autobuses, francés franceses,
base bases, clase clases, fase fases, envase envases, edad edades, ciudad ciudades, unidad unidades,
solicitud solicitudes, red redes, pared paredes, sede sedes, fraude fraudes, alcalde alcaldes, verde
verdes, pirámide pirámides, canal canales, perfil perfiles, árbol árboles, hospital hospitales, cartel
carteles, túnel túneles, móvil móviles, calle calles, detalle detalles, vale vales, taller talleres,
padre padres, nombre nombres, líder líderes, informe informes, reporte reportes, expediente expedientes,
trámite trámites, mensaje mensajes, viaje viajes, reloj relojes, serie series, especie especies, rubí
rubíes, baúl baúles, carácter caracteres, régimen regímenes, acta actas, acuerdo acuerdos, comité
comités, café cafés, análisis análisis, tesis tesis, dosis dosis, crisis crisis, virus virus, campus
campus, lunes lunes, cámara cámaras, día días, área áreas, torre torres, cierre cierres, difusión
difusiones, evaluación evaluaciones, auditoría auditorías, guardián guardianes, camión camiones, galón
galones, pozo pozos, litro litros, kilogramo kilogramos, metro metros, hogar hogares, lugar lugares, taxi
taxis, fax faxes, álbum álbumes, jardín jardines, capitán capitanes, buey bueyes, estándar estándares,
hectárea hectáreas, bomba bombas, voz voces, cruz cruces, matriz matrices, lápiz lápices, actor actores,
mujer mujeres, hombre hombres, servidor servidores, agente agentes, paciente pacientes, parque parques,
bosque bosques, ataque ataques, buzón buzones, club clubes, gas gases, superávit superávit, huésped
huéspedes, césped céspedes, nivel niveles, papel papeles, mural murales, póster pósteres,
"""


@pytest.mark.parametrize(
    "pair", [each.split() for each in PLURALS.replace("\n", " ").split(",") if each.strip()]
)
def test_singular_of_a_noun(pair: list[str]) -> None:
    one, many = pair
    assert singular(many) == one


@pytest.mark.parametrize(
    "pair", [each.split() for each in PLURALS.replace("\n", " ").split(",") if each.strip()]
)
def test_a_singular_stays(pair: list[str]) -> None:
    one = pair[0]
    if not one.endswith(("s", "és")):
        assert singular(one) == one


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("Sesiones Ordinarias", "sesión ordinaria"), ("Mantenimientos a equipos", "mantenimiento a equipos"),
        ("Cursos o talleres", "curso o taller"), ("Planes y programas", "plan y programa"),
        ("Reuniones del COCODI", "reunión del COCODI"), ("ACTAS", "acta"), ("%", "%"), ("m²", "m²"),
        ("Dictámenes (técnicos)", "dictamen (técnico)"), ("Oficios/circulares", "oficio/circular"),
        ("Personas capacitadas en 3 municipios", "persona capacitada en 3 municipios"),
        ("Informes trimestrales publicados", "informe trimestral publicado"),
    ],
)  # fmt: skip
def test_singular_of_a_measure(many: str, one: str) -> None:
    assert singular(many) == one
    assert fold(singular(fold(many))) == fold(one)


def test_acronyms_keep_their_capitals() -> None:
    assert lower("Reportes al SIPOT") == "reportes al SIPOT"


@pytest.mark.parametrize(
    "said",
    [
        "de la Secretaría Ejecutiva del Sistema", "del Instituto Municipal", "de los Servicios de Salud",
        "de la Unidad de Transparencia", "de la Dirección Jurídica", "del Órgano Interno de Control",
        "del Área de Archivo", "del Comité Coordinador", "de las Oficinas Regionales", "del H. Ayuntamiento",
        "del Ayuntamiento de Comitán", "de la Coordinación General", "del Departamento de Obra",
        "del Sistema Anticorrupción", "de la Comisión del Agua", "de la Universidad Autónoma",
        "del Programa de Becas", "de la Red de Bibliotecas", "del Archivo", "de SEMAHN", "de la Contraloría",
        "de la Tesorería", "del Centro de Salud", "de la Jurisdicción Sanitaria", "de la Fiscalía",
        "de las Direcciones", "de los Archivos", "del Hospital General", "de la Junta de Agua",
        "del Congreso", "de la Auditoría Superior", "de la Facultad de Derecho", "del Consejo",
        "del Tribunal",
        "del Colegio de Bachilleres", "del Parque", "del Agua", "de la Presidencia", "del Enlace",
        "de la Oficialía",
    ],
)  # fmt: skip
def test_of_with_its_article(said: str) -> None:
    name = said.removeprefix("del ").removeprefix("de ")
    for each in ("la ", "los ", "las "):
        name = name.removeprefix(each)
    assert of(name) == said
