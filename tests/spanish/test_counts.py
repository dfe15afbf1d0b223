"""The quantity of a measure in a message: totals, parts, lists, single things, and what counts nothing.

The wordings are the project's own and do not repeat those of the files of phrases.
"""

from datetime import date

import pytest

from models.programme_file.file import BUNDLED, read
from spanish.reading.activity import Understood, understand
from spanish.reading.activity.measures import counting
from spanish.reading.phrases import units_of
from spanish.reading.wording import root

PROGRAMME = read(BUNDLED.read_bytes()).programme
assert PROGRAMME is not None
UNITS = {unit.key: unit for unit in units_of(PROGRAMME)}
TODAY = date(2024, 4, 10)  # a Wednesday


def _read(text: str, key: str = "archivo", number: int | None = 2) -> Understood:
    unit = UNITS[key]
    lines = [(unit, line) for line in unit.lines if number in (None, line.number)]
    return understand(text, lines, TODAY)


def _counted(text: str, key: str, number: int) -> int:
    """Return what counts of all targets of the line together; informative ones only if no other is named."""
    line = UNITS[key].line(number)
    assert line is not None
    informative = {target.id for target in line.targets if target.informative}
    said = _read(text, key, number).said
    counting = [each for each in said if each.target_id not in informative] or list(said)
    return sum(each.quantity for each in counting)


TOTALS = [
    ("juridica", 3, "hicimos cuatro contratos de honorarios y 3 de arrendamiento, son 7 contratos", 7),
    ("juridica", 3, "cuatro contratos de honorarios y tres de arrendamiento, total 7", 7),
    ("juridica", 3, "elaboré 2 convenios y 3 contratos, 5 documentos en total", 5),
    ("juridica", 3, "2 convenios con universidades y un contrato de limpieza: 3 instrumentos", 3),
    (
        "apoyo-administrativo",
        3,
        "Se surtieron tres solicitudes de tóner, dos de agua y una de gasolina: seis solicitudes en total",
        6,
    ),
    ("apoyo-administrativo", 3, "atendimos 3 solicitudes de papelería y 4 de limpieza", 7),
    ("apoyo-administrativo", 3, "Seis y dos, ocho solicitudes en total atendidas", 8),
    ("apoyo-administrativo", 3, "quedaron atendidas 8 solicitudes (5 de viáticos y 3 de papelería)", 8),
    (
        "apoyo-administrativo",
        3,
        "8 solicitudes atendidas: 5 solicitudes de viáticos y 3 solicitudes de papelería",
        8,
    ),
    ("apoyo-administrativo", 2, "resolví 2 renuncias y 3 licencias, o sea 5 asuntos", 5),
    ("apoyo-administrativo", 2, "5 asuntos concluidos: 2 renuncias y 3 licencias", 5),
    ("apoyo-administrativo", 2, "dos altas, una baja y una licencia, suman 4 asuntos resueltos", 4),
    ("archivo", 2, "dimos 2 asesorías presenciales y 3 asesorías por teléfono", 5),
    ("archivo", 2, "dimos 2 asesorías en la mañana y 3 asesorías en la tarde, fueron 5 asesorías", 5),
    ("archivo", 2, "3 asesorías a jurídica, 2 asesorías a sistemas y 5 asesorías a transparencia", 10),
    ("archivo", 2, "hoy 2 asesorías, con estas ya van 6 asesorías en el año", 2),
    ("transparencia", 1, "respondí dos solicitudes ayer y tres hoy, cinco en total", 5),
    ("transparencia", 1, "ayer contesté 2 solicitudes y hoy 1 solicitud, ya son 3 contestadas", 3),
    ("sistemas", 3, "mantenimiento a 6 laptops y 4 impresoras, 10 equipos en total", 10),
    ("sistemas", 3, "limpié 3 cpu, 2 monitores y 1 impresora, total 6", 6),
    ("juridica", 1, "2 actas de la CE y una del CC, son 3 actas", 3),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), TOTALS)
def test_a_total_beside_its_parts_counts_once(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


PARTITIVES = [
    ("transparencia", 1, "contestamos cuatro de las 6 solicitudes que había", 4),
    ("transparencia", 1, "se respondieron 3 de 5 solicitudes", 3),
    ("transparencia", 1, "respondí 2 de las tres solicitudes pendientes, la otra está en trámite", 2),
    ("transparencia", 1, "de las 7 solicitudes se cerraron 5, las otras dos están en proceso", 5),
    ("transparencia", 1, "salieron cinco de siete solicitudes, las dos restantes siguen en las áreas", 5),
    ("juridica", 1, "3 de 5 actas firmadas", 3),
    ("juridica", 1, "ya quedaron 4 de las 6 actas, las demás siguen en firma", 4),
    ("archivo", 1, "terminamos 2 de los 4 instrumentos", 2),
    ("archivo", 2, "una de las 3 asesorías programadas ya se dio", 1),
    (
        "apoyo-administrativo",
        3,
        "se surtieron siete de diez requisiciones, las otras tres siguen en Oficialía",
        7,
    ),
    ("apoyo-administrativo", 3, "atendimos 5 solicitudes de las 9 recibidas", 5),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), PARTITIVES)
def test_some_of_a_number_counts_only_those(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


ONE = [
    ("juridica", 1, "elaboré un acta de la sesión del CC, se mandaron 12 invitaciones", 1),
    ("juridica", 1, "hice un acta de la 3a ordinaria; previo a eso giramos 15 convocatorias", 1),
    ("juridica", 1, "terminamos un acta, 8 hojas, y antes salieron 10 invitaciones", 1),
    ("vinculacion", 5, "se entregó un reporte con 8 mesas de trabajo y 4 reuniones", 1),
    ("vinculacion", 5, "concluí un reporte de vinculación: cinco reuniones, 40 asistentes", 1),
    (
        "vinculacion",
        1,
        "se elaboró el reporte de avance, se revisaron 35 fichas y 12 implementadores respondieron",
        1,
    ),
    ("archivo", 2, "di una asesoría a los enlaces, revisamos 3 cajas y 12 expedientes", 1),
    ("archivo", 2, "otorgué una asesoría, se foliaron 40 expedientes y quedan 20 por foliar", 1),
    ("juridica", 1, "anduvimos con un acta y 12 invitaciones", 0),
    ("juridica", 1, "no se ha levantado un acta de la sesión, sí mandamos 14 invitaciones", 0),
    ("juridica", 1, "falta que se levante un acta, salieron 14 convocatorias", 0),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), ONE)
def test_one_finished_thing_beside_other_numbers_counts_one(
    key: str, number: int, text: str, quantity: int
) -> None:
    assert _counted(text, key, number) == quantity


ORDINALS = [
    (
        "archivo",
        5,
        "se llevó a cabo la Tercera Sesión Ordinaria del GI, previo envío de 9 invitaciones, asistieron 7",
        1,
    ),
    ("archivo", 5, "celebramos la 2a sesión ordinaria, 8 de 9 integrantes, se giró convocatoria el lunes", 1),
    ("archivo", 5, "tuvimos la primera sesión ordinaria con 9 asistentes", 1),
    ("archivo", 5, "se celebró la Primera Sesión Extraordinaria, con 9 asistentes", 0),
    ("archivo", 5, "se mandaron las invitaciones a la segunda sesión ordinaria", 0),
    ("archivo", 5, "convocatoria para la tercera sesión ordinaria enviada", 0),
    ("sistemas", 2, "se realizó el evento de formación del SEE", 1),
    ("sistemas", 2, "realizamos el primer evento de formación, se mandaron 15 invitaciones", 1),
    ("sistemas", 2, "estamos organizando el evento de formación", 0),
    (
        "transparencia",
        3,
        "se impartió el taller de datos personales, 25 asistentes, se entregaron 25 constancias",
        1,
    ),
    (
        "transparencia",
        3,
        "concluyó el curso de obligaciones de transparencia; se enviaron 40 invitaciones",
        1,
    ),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), ORDINALS)
def test_an_ordinal_session_counts_one(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


LACKING = [
    ("apoyo-administrativo", 4, "el reporte de marzo ya está pero le falta la firma del Secretario", 0),
    ("apoyo-administrativo", 4, "ya terminé el informe, solo falta que lo firme el contador", 0),
    ("apoyo-administrativo", 4, "el informe de abril ya casi, lo entrego mañana", 0),
    ("apoyo-administrativo", 4, "reporte listo, mañana lo mando a Hacienda", 0),
    ("apoyo-administrativo", 4, "esta mañana se entregó el reporte de marzo a Hacienda", 1),
    ("juridica", 1, "ando tras las firmas del acta de la CE", 0),
    ("juridica", 1, "fui por las firmas del acta, faltan 3", 0),
    ("juridica", 1, "el acta ya está impresa pero faltan dos titulares por firmar", 0),
    ("juridica", 1, "todavía faltan tres firmas del acta", 0),
    ("juridica", 1, "acta firmada por todos", 1),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), LACKING)
def test_an_unfinished_thing_is_a_step(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


WITHIN = [
    ("apoyo-administrativo", 1, "se entregó el anteproyecto 2025, compuesto de 4 programas y 12 anexos", 1),
    ("apoyo-administrativo", 1, "presentamos el POA 2025, consta de 5 proyectos", 1),
    ("apoyo-administrativo", 1, "Se remitió la Cuenta Pública en 3 tomos con 120 fojas", 1),
    (
        "archivo",
        1,
        "se concluyó el catálogo de disposición documental, que incluye 14 fichas y 3 inventarios",
        1,
    ),
    ("juridica", 2, "se entregó el proyecto de reglamento con 9 anexos, 45 artículos en 30 hojas", 1),
    (
        "apoyo-administrativo",
        4,
        "mandamos el informe trimestral conformado por 3 estados financieros y 2 analíticos",
        1,
    ),
    ("apoyo-administrativo", 4, "se entregaron 3 informes", 3),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), WITHIN)
def test_the_parts_of_a_thing_count_nothing(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


LISTS = [
    (
        "sistemas",
        1,
        "quedaron conectados los municipios de Tuxtla, Chiapa de Corzo, Berriozábal y Suchiapa",
        4,
    ),
    ("sistemas", 1, "se conectaron los ayuntamientos de Tapachula y Tonalá al S2", 2),
    ("sistemas", 1, "se interconectaron el ayuntamiento de Palenque y el de Ocosingo", 2),
    ("sistemas", 1, "conectamos al ayuntamiento de Palenque", 1),
    ("sistemas", 1, "reunión con los ayuntamientos de Tapachula y Tonalá para ver lo del S2", 0),
    ("juridica", 3, "convenios con la UNACH y la UNICACH firmados, los dos", 2),
    ("juridica", 3, "contratos de Ana y de Luis listos, ambos se firmaron", 2),
    ("juridica", 3, "los convenios del Cobach, los 3 quedaron elaborados", 3),
    ("archivo", 3, "capacitaciones de jurídica y sistemas, las dos ya se dieron", 2),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), LISTS)
def test_listed_things_are_counted(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


CONNECTED = [
    ("sistemas", 1, "entraron 8 municipios más al S1", 8),
    ("sistemas", 1, "ya ingresaron tres entes al sistema 2, 1,500 registros", 3),
    ("sistemas", 1, "se incorporaron doce sujetos obligados y se crearon 30 usuarios", 12),
    ("transparencia", 1, "entraron 4 solicitudes", 0),
    ("transparencia", 1, "entraron 4 solicitudes y contestamos 3", 3),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), CONNECTED)
def test_new_participants_of_a_system_count_and_received_requests_do_not(
    key: str, number: int, text: str, quantity: int
) -> None:
    assert _counted(text, key, number) == quantity


MESSAGES = [
    (
        "juridica",
        3,
        "redacté 3 convenios de colaboración, 2 contratos de servicios y un comodato; en suma 6 instrumentos",
        6,
    ),
    (
        "juridica",
        3,
        "Se elaboraron tres (3) contratos y dos (2) convenios, dando un total de cinco (5) documentos",
        5,
    ),
    ("juridica", 3, "total de documentos elaborados: 5 (3 contratos y 2 convenios)", 5),
    ("apoyo-administrativo", 3, "cuatro solicitudes de la semana y otra de hoy, en total cinco", 5),
    (
        "apoyo-administrativo",
        3,
        "se atendieron 3 solicitudes: una de papelería, otra de limpieza y otra de cafetería",
        3,
    ),
    (
        "apoyo-administrativo",
        2,
        "Se concluyeron tres asuntos: una baja, una licencia y un cambio de adscripción",
        3,
    ),
    ("apoyo-administrativo", 5, "1 taller de Excel y 2 cursos de ortografía, 3 cursos en total", 3),
    ("transparencia", 1, "Se respondieron 3 solicitudes de información y 1 de derechos ARCOP", 4),
    ("transparencia", 1, "tres solicitudes de acceso y una de cancelación de datos, contestadas", 4),
    ("transparencia", 1, "contestamos 5 solicitudes, 2 con prórroga", 5),
    ("transparencia", 1, "contestamos 5 solicitudes, 3 de ellas por la PNT", 5),
    ("transparencia", 1, "contestamos 5 solicitudes, de las cuales 2 fueron de sueldos", 5),
    ("transparencia", 1, "4 solicitudes contestadas de 6", 4),
    ("transparencia", 1, "respondimos cuatro, las otras dos siguen con las áreas (eran 6 solicitudes)", 4),
    ("transparencia", 1, "de 6 solicitudes, 4 ya se contestaron", 4),
    ("transparencia", 1, "ya van 3 solicitudes contestadas hoy", 3),
    (
        "transparencia",
        1,
        "se notificaron 2 respuestas a solicitudes, folios 071234524000005 y 071234524000006",
        2,
    ),
    ("transparencia", 2, "se cargaron 74 formatos del primer trimestre, quedó la actualización del SIPOT", 1),
    ("transparencia", 2, "seis de 12 fracciones cargadas", 0),
    ("transparencia", 5, "el comité aprobó 2 avisos de privacidad y 1 evaluación", 3),
    ("transparencia", 5, "sesionó el comité y aprobó el aviso de privacidad integral", 1),
    ("archivo", 3, "se dio la capacitación a 12 responsables, 3 horas y 45 láminas", 1),
    ("archivo", 3, "capacitamos a los RAT en dos sesiones, fueron 2 capacitaciones", 2),
    ("archivo", 3, "se impartieron las capacitaciones de marzo y abril", 2),
    ("archivo", 4, "ya nos entregaron el local para el archivo de concentración, 120 m2, 3 cuartos", 1),
    ("archivo", 1, "quedó terminado el inventario general con 1,250 expedientes en 40 cajas", 1),
    ("archivo", 1, "Se integraron el cuadro y el catálogo, ambos documentos ya firmados", 2),
    ("vinculacion", 1, "2 reportes: el de enero y el de febrero", 2),
    ("vinculacion", 1, "entregué el reporte semestral; 12 de 15 instituciones reportaron", 1),
    ("vinculacion", 4, "se levantaron 320 de 400 encuestas", 0),
    ("vinculacion", 4, "se entregó el documento final de la encuesta, 400 cuestionarios", 1),
    ("vinculacion", 6, "la guía va en el capítulo 3 de 5", 0),
    ("vinculacion", 6, "se concluyó la guía, consta de 5 capítulos y 2 anexos", 1),
    ("vinculacion", 5, "ya está el reporte trimestral de vinculación, falta firma del titular", 0),
    ("vinculacion", 5, "mesa de trabajo con 3 universidades y 2 cámaras", 0),
    ("sistemas", 1, "se conectaron 5 de los 12 ayuntamientos pendientes", 5),
    ("sistemas", 1, "11 ayuntamientos y 2 organismos conectados, 13 sujetos obligados en total", 13),
    ("sistemas", 1, "se sumaron 4 municipios y 2 institutos al S1", 6),
    ("sistemas", 1, "dos municipios conectados, faltan 3", 2),
    ("sistemas", 1, "pruebas de conexión con 4 municipios, todavía no suben nada", 0),
    ("sistemas", 1, "Cacahoatán y Unión Juárez ya están en el S2, son 2 más", 2),
    ("sistemas", 3, "mtto a 4 de las 9 laptops", 4),
    ("sistemas", 3, "mantenimiento correctivo a la impresora de jurídica", 1),
    ("sistemas", 3, "se dio mtto a los 6 equipos de transparencia y los 3 de archivo", 9),
    ("sistemas", 3, "hoy tocó mantenimiento a 3 equipos de ST y 2 de jurídica", 5),
    ("juridica", 1, "se firmó el acta de la 1a ordinaria del CC con 6 acuerdos", 7),
    ("juridica", 1, "2 actas y 3 acuerdos publicados", 5),
    (
        "juridica",
        1,
        "Se levantó el acta de la Segunda Sesión Ordinaria del CC; asistieron 6 de 7 integrantes",
        1,
    ),
    ("juridica", 1, "quedó firmada el acta de la ordinaria", 1),
    ("juridica", 1, "ya tengo 4 de 7 firmas del acta", 0),
    ("juridica", 1, "se pasó a firma el acta, firmaron 3 de 6", 0),
    ("juridica", 2, "se publicó el reglamento interior, 85 artículos y 6 transitorios", 1),
    ("juridica", 2, "voy en el artículo 20 de 85 del reglamento", 0),
    ("juridica", 3, "elaboré el contrato de Juan y el de María", 2),
    ("juridica", 3, "elaboré un contrato con 12 cláusulas y 3 anexos", 1),
    ("juridica", 3, "revisamos 3 convenios, 2 quedaron listos", 2),
    ("juridica", 3, "de los 5 convenios, 3 ya están", 3),
    ("apoyo-administrativo", 4, "se mandaron 2 de los 3 informes financieros", 2),
    (
        "apoyo-administrativo",
        4,
        "quedó el reporte presupuestal de marzo, integrado con 3 anexos en 28 fojas",
        1,
    ),
    ("apoyo-administrativo", 4, "informe contable de febrero entregado con oficio y 2 copias", 1),
    ("apoyo-administrativo", 4, "reportes de enero, febrero y marzo entregados", 3),
    ("apoyo-administrativo", 5, "Se impartió el curso de primeros auxilios a 18 personas en 2 grupos", 1),
    ("apoyo-administrativo", 5, "terminó el taller de redacción, 3 sesiones, 14 constancias", 1),
    ("apoyo-administrativo", 5, "curso de ortografía programado para el lunes, 20 inscritos", 0),
    ("apoyo-administrativo", 1, "se entregó la cuenta pública, 3 tomos", 1),
    ("apoyo-administrativo", 1, "le falta la firma del ST al anteproyecto, ya está impreso", 0),
    (
        "apoyo-administrativo",
        1,
        "Se hace de su conocimiento que ayer fue entregado a Hacienda el Programa Operativo Anual, que "
        "consta de 26 metas, 5 proyectos institucionales y 3 anexos.",
        1,
    ),
    (
        "apoyo-administrativo",
        1,
        "estamos juntando la info de las 6 áreas pal anteproyecto, ya entregaron 4 de 6",
        0,
    ),
    (
        "apoyo-administrativo",
        1,
        "se entregaron los documentos de la cuenta pública del 1er trimestre, dos tomos",
        1,
    ),
    ("apoyo-administrativo", 2, "tramité 3 vacaciones, 2 permisos y una incapacidad", 6),
    ("apoyo-administrativo", 2, "Se concluyó el trámite de baja ante el ISSTECH de 2 trabajadores", 1),
    ("apoyo-administrativo", 2, "nómina de la segunda quincena de marzo dispersada a 36 trabajadores", 1),
    (
        "apoyo-administrativo",
        2,
        "entregamos 2 nombramientos y seguimos esperando el de la titular de Jurídica",
        2,
    ),
    (
        "apoyo-administrativo",
        3,
        "se compraron 40 cajas de hojas y 12 tóners, solicitud atendida de Transparencia",
        1,
    ),
    ("apoyo-administrativo", 3, "solicitud de 30 sillas para el evento, ya se surtió", 1),
    ("apoyo-administrativo", 3, "quedó la solicitud del aire de la sala, costó 4,500 pesos", 1),
    ("apoyo-administrativo", 3, "entraron 6 solicitudes de viáticos, las 6 ya pagadas", 6),
    ("apoyo-administrativo", 3, "se atendieron 2 requisiciones: 1 de papelería y 1 de limpieza", 2),
    (
        "apoyo-administrativo",
        4,
        "Se presentaron los reportes contable, presupuestal y financiero de marzo: 3 reportes",
        3,
    ),
    ("apoyo-administrativo", 4, "informes de enero y febrero ya en Hacienda, con 2 acuses", 2),
    ("apoyo-administrativo", 4, "falta cuadrar 2 pólizas para cerrar el informe de marzo", 0),
    ("apoyo-administrativo", 5, "curso de Excel concluido, 22 constancias entregadas de 25 inscritos", 1),
    ("apoyo-administrativo", 5, "tuvimos 2 talleres: manejo del estrés y trabajo en equipo", 2),
    (
        "transparencia",
        1,
        "Hoy se notificó la respuesta a la solicitud con folio 071234524000015, que constaba de 14 preguntas",
        1,
    ),
    ("transparencia", 1, "quedaron 3 solicitudes respondidas y 2 turnadas a las áreas", 3),
    ("transparencia", 1, "se turnaron 2 solicitudes nuevas y se contestaron 4", 4),
    (
        "transparencia",
        1,
        "contestamos cuatro solicitudes; otra se fue a prórroga y dos más siguen en las áreas",
        4,
    ),
    ("transparencia", 1, "recibimos 3 solicitudes, las tres ya contestadas", 3),
    ("transparencia", 1, "de las cinco que teníamos contestamos tres", 3),
    ("transparencia", 3, "dimos un taller de versiones públicas, 3 horas, 20 asistentes de 5 áreas", 1),
    ("transparencia", 3, "se impartieron dos cursos y un taller", 3),
    ("transparencia", 3, "2 cursos de 4 impartidos", 2),
    (
        "archivo",
        2,
        "le di asesoría a la compañera de Vinculación sobre carátulas, revisamos 14 expedientes",
        1,
    ),
    ("archivo", 2, "2 asesorías; una presencial, la otra por zoom", 2),
    ("archivo", 2, "atendí dudas de dos enlaces, cada una fue una asesoría, 2 asesorías entonces", 2),
    ("archivo", 3, "Se impartió la segunda capacitación del año, 6 RAT capacitados, 2 horas", 1),
    ("archivo", 5, "la sesión ordinaria se pospuso, 4 de 9 integrantes no podían", 0),
    ("archivo", 5, "Sesionó el GI por segunda ocasión en forma ordinaria; se tomaron 5 acuerdos", 1),
    ("archivo", 5, "tercera sesión ordinaria celebrada con quórum de 8 integrantes", 1),
    (
        "vinculacion",
        5,
        "entregado el segundo reporte de vinculación (abril-junio), 12 acciones, 4 convenios",
        1,
    ),
    ("vinculacion", 5, "levantamos minuta de la mesa con 6 cámaras empresariales", 0),
    ("vinculacion", 1, "van 9 de 14 implementadores que mandan su ficha", 0),
    ("vinculacion", 2, "quedó la versión final de la metodología, 64 páginas", 1),
    ("sistemas", 1, "se conectó el Tribunal Electoral, con 120 declaraciones", 1),
    ("sistemas", 1, "ya suman 3 municipios nuevos esta semana en el S1", 3),
    ("sistemas", 1, "7 entes conectados (5 ayuntamientos y 2 organismos)", 7),
    ("sistemas", 2, "taller del S3 a 12 municipios, 30 personas", 30),
    ("sistemas", 3, "formateamos 2 laptops, cambiamos disco a 1 cpu y limpiamos 3 impresoras", 6),
    ("sistemas", 3, "15 mttos preventivos, faltan 6 equipos de los 21 del cronograma", 15),
    ("sistemas", 3, "de 21 equipos llevamos 15 con mantenimiento", 15),
    (
        "juridica",
        1,
        "se circularon 9 invitaciones y quedó levantada el acta de la 1a extraordinaria del OG",
        1,
    ),
    ("juridica", 1, "tres convocatorias, 21 invitaciones, un acta", 1),
    ("juridica", 1, "mandé el acta a revisión de 7 integrantes", 0),
    ("juridica", 1, "Se elaboraron las actas de la Primera y Segunda Sesión Ordinaria", 2),
    ("juridica", 1, "actas del CC y del OG firmadas, las 2", 2),
    ("juridica", 2, "entregué la propuesta de reforma a 12 artículos del estatuto", 1),
    ("juridica", 2, "se elaboraron los lineamientos de austeridad y el código de conducta, 2 documentos", 2),
    ("juridica", 3, "contratos de honorarios de abril: 8 elaborados, 6 firmados", 8),
    ("juridica", 3, "convenio con el COBACH firmado por 2 de las 3 partes", 1),
    ("juridica", 3, "elaboré 4 contratos: 3 de honorarios y 1 de arrendamiento", 4),
    ("archivo", 2, "el lunes di dos asesorías y el martes una", 3),
    ("archivo", 2, "3 asesorías a jurídica y 2 a sistemas", 5),
    ("archivo", 2, "2 asesorías ayer y una hoy", 3),
    ("archivo", 2, "3 asesorías y 12 en lista", 3),
    ("transparencia", 1, "contestamos 5 solicitudes y 2 en trámite", 5),
    ("transparencia", 1, "5 solicitudes contestadas y 2 por contestar", 5),
    (
        "transparencia",
        1,
        "Se dio contestación en tiempo a ocho solicitudes; seis por la PNT y dos por correo",
        8,
    ),
    (
        "transparencia",
        1,
        "Se atendieron en el periodo del 1 al 5 de abril tres solicitudes de acceso y dos ARCO, total cinco",
        5,
    ),
    ("transparencia", 1, "hoy salieron 4 respuestas", 4),
    ("transparencia", 1, "Respondida la solicitud 071234524000022, se entregaron 35 hojas", 1),
    ("transparencia", 1, "seguimos esperando a 2 áreas para contestar la solicitud", 0),
    (
        "transparencia",
        2,
        "Se cargó la información del 1er trimestre 2024 en el SIPOT, 41 formatos y 3 acuses",
        1,
    ),
    ("transparencia", 2, "validamos 30 de 41 formatos, faltan los de finanzas", 0),
    (
        "transparencia",
        3,
        "el martes fue el curso de datos personales, 18 asistentes, se aplicaron 18 evaluaciones",
        1,
    ),
    (
        "transparencia",
        5,
        "Se tuvo la 2a sesión ordinaria del Comité, con 3 integrantes; aprobamos 1 aviso de privacidad",
        1,
    ),
    ("archivo", 1, "se actualizó la guía de archivo documental, 12 secciones y 48 series", 1),
    ("archivo", 1, "se validaron 14 de las 20 fichas técnicas", 0),
    ("archivo", 3, "Capacitación a 9 RAT en tres horas", 1),
    ("archivo", 4, "visitamos 3 bodegas, ninguna cumple", 0),
    ("archivo", 5, "sesión ordinaria del GI el jueves con 7 integrantes, acta en firma", 1),
    ("archivo", 5, "Se desahogó la sesión ordinaria de abril con 4 puntos en el orden del día", 1),
    ("vinculacion", 1, "el reporte de avance trae 14 indicadores, 9 en verde y 5 en rojo, ya se entregó", 1),
    ("vinculacion", 3, "12 dependencias mandaron su gasto, faltan 4", 0),
    ("vinculacion", 4, "aplicamos 85 cuestionarios en 3 municipios", 0),
    ("vinculacion", 6, "taller con 25 municipios para presentar la guía", 0),
    (
        "sistemas",
        1,
        "Se concluyó la interconexión de 6 sujetos obligados al Sistema 1 (4 municipios y 2 organismos)",
        6,
    ),
    ("sistemas", 1, "los municipios de Huixtla y Mapastepec mandaron sus oficios, están por conectarse", 0),
    (
        "sistemas",
        1,
        "Los ayuntamientos de Huixtla, Mapastepec y Pijijiapan quedaron de alta en el S2 con 45 usuarios",
        3,
    ),
    (
        "sistemas",
        3,
        "se dio mantenimiento preventivo a 5 computadoras y 1 impresora de Jurídica, y a 2 laptops de ST",
        8,
    ),
    ("sistemas", 3, "mtto a los tres reguladores", 3),
    (
        "juridica",
        1,
        "Acta de la Tercera Sesión Ordinaria del Órgano de Gobierno, firmada por los 7 integrantes",
        1,
    ),
    ("juridica", 1, "ya quedaron las dos actas", 2),
    ("juridica", 1, "de 3 actas ya se firmaron 2, la otra la trae el Fiscal", 2),
    ("juridica", 1, "14 invitaciones entregadas para la sesión del viernes", 0),
    (
        "juridica",
        2,
        "se envió a Consejería el proyecto de reformas al Estatuto con 18 artículos modificados",
        1,
    ),
    ("juridica", 2, "trabajamos 3 artículos más del manual", 0),
    ("juridica", 3, "listos los contratos de Ana, Luis y Pedro", 3),
    ("juridica", 3, "se elaboró el convenio con el Colegio de Bachilleres, 14 cláusulas, 2 tantos", 1),
    ("juridica", 3, "hicimos 6 contratos y 2 adendums, o sea 8", 8),
    ("apoyo-administrativo", 2, "se resolvieron dos de tres incidencias de checador", 2),
    ("apoyo-administrativo", 3, "solicitudes atendidas esta semana: 7", 7),
    ("apoyo-administrativo", 3, "Total de solicitudes atendidas en el periodo: cuatro", 4),
    ("apoyo-administrativo", 3, "se surtió papelería a 5 áreas, es una solicitud", 1),
    ("apoyo-administrativo", 4, "el informe mensual quedó con 3 observaciones, hay que corregirlo", 0),
    (
        "apoyo-administrativo",
        5,
        "Se realizó el curso de protección civil en dos sesiones con 30 asistentes",
        1,
    ),
    ("apoyo-administrativo", 5, "van 2 de 4 sesiones del taller de liderazgo", 0),
    (
        "apoyo-administrativo",
        1,
        "Ayer se envió a la Secretaría de Hacienda la evaluación del desempeño del primer trimestre",
        1,
    ),
    ("apoyo-administrativo", 1, "Reunión con las 6 áreas para revisar metas 2025", 0),
    ("apoyo-administrativo", 2, "Se dio de alta a la nueva auxiliar ante el ISSTECH", 1),
    ("apoyo-administrativo", 2, "hoy resolvimos cuatro asuntos: dos licencias, una renuncia y un permiso", 4),
    ("apoyo-administrativo", 2, "se gestionó la incapacidad de una compañera, falta el sello del ISSTECH", 0),
    ("apoyo-administrativo", 3, "quedaron dos solicitudes atendidas, la de papelería y la de gasolina", 2),
    ("apoyo-administrativo", 3, "se atendió lo que pidió Jurídica: 5 carpetas y 2 cajas de hojas", 1),
    ("apoyo-administrativo", 3, "hoy atendimos cinco pedidos de las áreas", 5),
    (
        "apoyo-administrativo",
        4,
        "Con oficio SESAECH/ST/UAA/0120/2024 se remitió el informe contable del mes de marzo",
        1,
    ),
    (
        "apoyo-administrativo",
        4,
        "Ya se entregaron los dos reportes de marzo, el contable y el presupuestal",
        2,
    ),
    ("apoyo-administrativo", 4, "preparando los 3 informes del trimestre", 0),
    ("apoyo-administrativo", 5, "Curso de inteligencia emocional, 9 de abril, 21 asistentes (13 M, 8 H)", 1),
    ("apoyo-administrativo", 5, "se pidieron 2 cotizaciones para el taller de liderazgo", 0),
    ("transparencia", 1, "Se contestaron 2 solicitudes vía PNT y se orientó a un ciudadano por teléfono", 2),
    ("transparencia", 1, "la solicitud de los viáticos ya se respondió, eran 8 preguntas", 1),
    ("transparencia", 1, "Llegaron dos solicitudes más, van 5 pendientes", 0),
    ("transparencia", 1, "Se dio respuesta a la totalidad de las solicitudes pendientes, siendo 6", 6),
    ("transparencia", 2, "Concluimos la carga del 1er trimestre: 8 áreas, 52 formatos", 1),
    ("transparencia", 3, "hoy fue el curso de protección de datos, 2 horas, 16 personas", 1),
    (
        "transparencia",
        5,
        "El Comité aprobó por unanimidad 2 avisos de privacidad, uno simplificado y uno integral",
        2,
    ),
    ("archivo", 1, "Mandamos al AGE el CADIDO para validación, 38 series", 0),
    ("archivo", 2, "asesoría a Sistemas: foliación de 22 expedientes", 1),
    ("archivo", 2, "atendí 4 asesorías esta semana", 4),
    ("archivo", 3, "ayer capacitamos a los 8 RAT en valoración documental", 1),
    ("archivo", 3, "dos capacitaciones: una para ST (5 personas) y otra para UAA (6 personas)", 2),
    (
        "archivo",
        4,
        "nos prestaron un cuarto de 30 m2 para las cajas, ya es nuestro espacio de concentración",
        1,
    ),
    (
        "archivo",
        5,
        "El 4 de abril se llevó a cabo la primera sesión ordinaria 2024 del GI con 8 de 9 integrantes",
        1,
    ),
    (
        "vinculacion",
        1,
        "se entregó el segundo informe de avance de la PEA: 40 líneas de acción, 26 con avance",
        1,
    ),
    ("vinculacion", 4, "se terminó el informe de resultados de la encuesta, 380 entrevistas", 1),
    ("vinculacion", 5, "reunión con COPARMEX y 3 cámaras más, 9 asistentes", 0),
    ("sistemas", 1, "dos ayuntamientos más en el S3", 2),
    ("sistemas", 1, "se dio seguimiento a 6 municipios que no han podido conectarse", 0),
    ("sistemas", 2, "Capacitamos a 35 servidores públicos de 4 municipios en el S1", 35),
    ("sistemas", 3, "Se dio mantenimiento a 8 equipos de cómputo: 5 de Jurídica y 3 de Archivo", 8),
    ("sistemas", 3, "mantenimiento a la impresora, cambié 2 rodillos", 1),
    (
        "juridica",
        1,
        "Se levantaron 2 actas correspondientes a la sesión ordinaria y a la extraordinaria del CC",
        2,
    ),
    ("juridica", 1, "Se giraron 7 convocatorias para la sesión del 12 de abril", 0),
    ("juridica", 1, "recabé las 7 firmas del acta de la ordinaria, ya está completa", 1),
    ("juridica", 2, "se presentó ante el OG el proyecto de reformas al reglamento, 23 artículos", 1),
    ("juridica", 3, "3 contratos de prestación de servicios elaborados y 1 convenio en revisión", 3),
    ("juridica", 3, "contrato del arrendamiento del edificio, ya firmado, 2 tantos", 1),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), MESSAGES)
def test_whole_messages_are_counted(key: str, number: int, text: str, quantity: int) -> None:
    assert _counted(text, key, number) == quantity


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("se dieron de alta 46 usuarios", None),
        ("46 usuarios registrados", None),
        ("se crearon 12 cuentas para 12 usuarios", None),
        ("alta de 15 usuarios en el S1", None),
        ("se registraron 30 usuarios", None),
        ("usuarios dados de alta: 12", None),
        ("capacitamos a 46 usuarios", 46),
        ("asistieron 20 usuarios", 20),
        ("taller con 20 usuarios del S1", 20),
        ("quedó la nómina de la 2a quincena (34 trabajadores)", None),
        ("se pagó la nómina de 34 trabajadores", None),
        ("pago de aguinaldo a 36 empleados", None),
        ("se timbraron los recibos de 34 trabajadores", None),
        ("curso sobre nómina a 12 trabajadores", 12),
        ("plática de incidencias con 15 empleados", 15),
        ("todavía faltan dos titulares por firmar", None),
        ("asesoría a 5 trabajadores", 5),
    ],
)
def test_registered_or_paid_people_are_not_participants(text: str, people: int | None) -> None:
    told = _read(text).people
    assert (told.participants if told else None) == people


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("reunión ayer. Quedamos de vernos otra vez el 23", 9, 9),
        ("quedamos de entregar el 5", None, None),
        ("quedamos que el martes nos mandan los datos", None, None),
        ("quedaron de contestar el lunes", None, None),
        ("acordamos reunirnos el viernes", None, None),
        ("nos volvemos a juntar el 8", None, None),
        ("las cajas quedaron en la bodega el lunes", 8, 8),
        ("el lunes di dos asesorías y el martes una", 8, 9),
        ("ayer di una asesoría y hoy otra", 9, 10),
        ("antier 2 asesorías presenciales y ayer 1 por teléfono", 8, 9),
        ("el lunes pidieron la asesoría y ayer se dio", 9, 9),
        ("el lunes se dio una asesoría. El martes no hubo", 8, 8),
        ("el lunes di una asesoría y el viernes será otra", 8, 8),
        ("el lunes una asesoría y para el jueves otra", 8, 8),
    ],
)
def test_days_with_words_between_are_read(text: str, first: int | None, last: int | None) -> None:
    told = _read(text)
    assert (told.starts_on, told.ends_on) == tuple(day and date(2024, 4, day) for day in (first, last))


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("folios 071234524000005 y 071234524000006", ["071234524000005", "071234524000006"]),
        (
            "folios: 071234524000005, 071234524000006 y 071234524000007",
            ["071234524000005", "071234524000006", "071234524000007"],
        ),
        ("oficios 012/2024 y 013/2024", ["012/2024", "013/2024"]),
        ("oficios 012/2024, 013/2024 y SESAECH/DJ/014/2024", ["012/2024", "013/2024", "SESAECH/DJ/014/2024"]),
        ("oficio 012/2024, 13/03 y 3 asesorías", ["012/2024"]),
        ("oficio 45 y 3 asesorías", []),
        ("folio 071234524000005, 12 fojas", ["071234524000005"]),
        ("memo 012/2024 y 13/03/2024", ["012/2024"]),
    ],
)
def test_several_document_numbers_after_one_word_are_read(text: str, documents: list[str]) -> None:
    assert list(_read(text).documents) == documents


@pytest.mark.parametrize(
    ("key", "text", "number"),
    [
        ("apoyo-administrativo", "se solicitó cotización de un curso de ortografía", 5),
        ("apoyo-administrativo", "solicitamos al ICATECH instructor para el taller de liderazgo", 5),
        (
            "apoyo-administrativo",
            "solicité la cotización del curso de primeros auxilios a Protección Civil",
            5,
        ),
        ("apoyo-administrativo", "solicitamos cotización de tóner y papel", 3),
        ("apoyo-administrativo", "se solicitó el mantenimiento del vehículo", 3),
        ("apoyo-administrativo", "atendimos la solicitud de apoyo logístico para un taller", 3),
        ("apoyo-administrativo", "Solicitamos el reporte financiero a contabilidad", 4),
        ("apoyo-administrativo", "se atendió la solicitud de cotización de un proyector", 3),
        ("juridica", "recibimos observaciones al proyecto de convenio", 3),
        ("juridica", "la SEMAHN mandó observaciones al contrato", 3),
        ("juridica", "llegaron observaciones al proyecto de reglamento", 2),
        ("juridica", "se atendieron las observaciones del estatuto", 2),
        ("juridica", "observaciones a los lineamientos", 2),
        ("archivo", "se solicitó a la UNACH una asesoría de archivos", 2),
        ("archivo", "solicitamos el local para el archivo de concentración", 4),
        ("archivo", "se solicitó capacitación para los RAT", 3),
        ("transparencia", "me solicitaron información de viáticos por la PNT", 1),
    ],
)
def test_a_request_is_assigned_to_the_line_of_its_noun(key: str, text: str, number: int) -> None:
    told = _read(text, key, None)
    line = UNITS[key].line(number)
    assert line is not None and told.line_id == line.id


def test_quantities_on_separate_days_add_up() -> None:
    text = "el lunes di dos asesorías y el martes una"
    told = _read(text)
    assert [text[start:end] for start, end in told.where.days] == ["lunes", "martes"]
    assert [each.quantity for each in told.said] == [3]


def test_other_words_for_a_measure_are_its_own() -> None:
    alone, both = counting("Asesorías"), counting("Asesorías", ("fichas", "turnos atendidos"))
    assert alone.level(root("fichas")) is None and both.level(root("fichas")) == 0
    assert both.level(root("turnos")) == 0
    assert both.kind is alone.kind and both.broad == alone.broad
