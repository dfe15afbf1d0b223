"""What people in public offices write about, by topic: the words of the trade beside those of a programme.

A line of action speaks of a topic when its title, its description or its measures have one of the `heads`
(beginnings of words, folded; «_» joins words that follow one another). Then any of the topic's `words` in a
message is evidence for that line. General Mexican administrative Spanish: no unit, no line and no programme
is named here, so that another agency's programme is read with the same table.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from spanish.reading.wording import root, words


@dataclass(frozen=True)
class Topic:
    heads: tuple[str, ...]
    words: tuple[str, ...]


def _topic(heads: str, words: str) -> Topic:
    return Topic(tuple(heads.split()), tuple(words.split()))


TOPICS = (
    # Money and means
    _topic(
        "anteproyecto programa_operativo cuenta_publica",
        "poa anteproyecto presupuesto egresos cuenta_publica programa_operativo mir techo programacion "
        "presupuestacion fichas ficha metas modificado indicadores tomos calendarizacion caratulas "
        "evaluacion_del_desempeno tecnico pat programa_anual_de_trabajo",
    ),
    _topic(
        "contable presupuestales contabilidad",
        "conta contabilidad contable balanza comprobacion conciliacion conciliar conciliaciones bancos "
        "estados_financieros analitico saldos cierre_contable cierre polizas poliza auxiliares ejercido "
        "financiero financieros presupuestal presupuestales informe_financiero cuenta cuentas mensual "
        "mensuales gubernamental sat retenciones informe reporte gasto ingresos nota notas",
    ),
    _topic(
        "laboral ",
        "nomina nominas rh recursos_humanos personal plaza plazas renuncia licencia incapacidad vacaciones "
        "adscripcion finiquito plantilla incidencias permiso permisos alta baja bajas altas imss aguinaldo "
        "quincena sueldos checador faltas servicio_social prestadores nombramiento demanda_laboral asunto "
        "asuntos tramite tramites registro pago pagos auditoria observaciones comisionado comision "
        "contratacion auxiliar trabajador trabajadora cambio_de_adscripcion organigrama obligaciones pnt",
    ),
    _topic(
        "materiales ",
        "papeleria compra compras comprar comprado consolidada oficialia requisicion cotizacion "
        "cotizaciones cotizar cotizando proveedor proveedores factura facturas toner hojas limpieza "
        "internet telefono luz agua gasolina vales vehiculo vehiculos camioneta llantas reparacion clima "
        "climas aire sillas mesas escritorio escritorios impresion imprimir imprenta tripticos lonas "
        "carpetas apoyo_logistico logistica logistico sonido cafe evento eventos salon arrendamiento "
        "viaticos mensajeria vigilancia almacen surtir surtimos surtio surtido solicitud solicitudes "
        "pedido material materiales servicio servicios electricista extintores placas lona desechables "
        "folders jardineria copias engargolar apoyo_para ",
    ),
    # Learning
    _topic(
        "capacitacion curso taller formacion",
        "capacitacion capacitaciones capacitar capacitamos capac curso cursos taller talleres diplomado "
        "diplomados platica webinar webinars constancia constancias instructor instructora ponente modulo "
        "modulos impartir impartio impartimos imparti diapositivas presentacion zoom en_linea virtual "
        "virtuales presencial clase clases explicar explicarnos explico listas lista_de_asistencia "
        "acreditaron asistentes participantes primeros_auxilios excel ortografia liderazgo estres "
        "trabajo_en_equipo inteligencia_emocional genero redaccion iap proteccion_civil formulario "
        "capacitador ",
    ),
    # Transparency
    _topic(
        "solicitudes_de_acceso derechos_arcop ",
        "sisai folio folios solicitud solicitudes solicitante solicitantes respuesta respuestas contestar "
        "contestamos contesto contestada contestadas responder respondimos respondio respondida prevencion "
        "prorroga ciudadano ciudadana peticion peticiones preguntan preguntaron preguntaba preguntar "
        "pregunta sueldos viaticos rectificacion cancelacion arco arcop turne turno turnar dias_habiles "
        "plazo notificar notifico notificada acceso_a_la_informacion acceso borrar borraron peticionario "
        "recurso persona tramite respuesta_a reporteros periodista estudiante orientar",
    ),
    _topic(
        "obligaciones_de_transparencia",
        "sipot pnt formatos formato fraccion fracciones carga cargar cargada cargado subir subio "
        "actualizar actualizada actualizado actualizamos actualizacion trimestre trimestral trim portal "
        "acuse acuses articulo_85 verificacion dictamen vinculos publicacion publicar validar validados "
        "validamos enlaces areas obligaciones obligacion tabla_de_aplicabilidad arriba 4to_trimestre "
        "pagina 1er_trimestre cumplida",
    ),
    _topic(
        "comite_de_transparencia",
        "ct comite comite_de_transparencia sesion sesiono sesionamos ordinaria extraordinaria "
        "aviso_de_privacidad avisos_de_privacidad aviso avisos privacidad evaluacion_de_impacto "
        "documento_de_seguridad resolucion resoluciones clasificacion reservada reserva confidencial "
        "confidencialidad inexistencia ampliacion confirmo confirmaron convocatoria integrantes unanimidad "
        "aprobo aprobaron simplificado integral orden_del_dia",
    ),
    # Archives
    _topic(
        "control_archivistico instrumentos_de_control ",
        "cuadro cuadro_general cuadro_de_clasificacion clasificacion_archivistica catalogo "
        "catalogo_de_disposicion disposicion_documental disposicion cadido inventario inventarios "
        "inventario_general guia_simple guia_de_archivo guia fichas series serie programa_anual rubricados "
        "valoracion instrumentos instrumento actualizacion actualizado codigos secciones seccion "
        "expedientes expediente",
    ),
    _topic(
        "asesoria asesorar",
        "asesoria asesorias asesorar asesore asesoramos orientar orientacion orientaron orientamos oriente "
        "orientarla duda dudas ayudamos ayudar visita visitamos explique explicarle caratula caratulas "
        "foliar foliacion foliado expurgo expurgar consulta consultas tel telefono rat coser simulacro "
        "pregunto preguntarme como_armar etiquetas rotular responsable",
    ),
    _topic(
        "archivo_de_concentracion espacio_fisico",
        "espacio espacios bodega bodegas local inmueble cuarto caja cajas anaquel anaqueles transferencia "
        "transferencias transferencia_primaria m2 metros edificio piso comodato archivo_de_concentracion "
        "concentracion cubiculo guardar guarda cabe cupo ",
    ),
    _topic(
        "grupo_interdisciplinario",
        "gi grupo_interdisciplinario interdisciplinario interdisc sesion sesiono sesionamos ordinaria "
        "ordinarias ord orden_del_dia acta integrantes titulares convocatoria convocatorias invitaciones "
        "invitacion quorum valorar extraordinaria reunion lista_de_asistencia",
    ),
    # Public policy
    _topic(
        "seguimiento indicadores",
        "indicador indicadores seguimiento semaforo avance avances implementadores implementador fichas "
        "fichas_tecnicas ficha medicion medir reporten reportar reportaron monitoreo linea_base metas "
        "evidencias trimestral verde rojo amarillo ",
    ),
    _topic(
        "metodologia evaluacion",
        "metodologia metodologico metodologica evaluar evaluacion evalua evaluara criterios marco capitulo "
        "capitulos academicos bibliografia impacto variables borrador evaluadores dimensiones ",
    ),
    _topic(
        "anexo_transversal",
        "ata anexo anexo_transversal transversal gasto gastar gasto_publico claves presupuestarias "
        "dependencias ejecutoras ejercido hacienda recursos millones presupuesto combatir combate montos "
        "conciliar cifras llenado enlaces ",
    ),
    _topic(
        "encuesta percepcion",
        "encuesta encuestas encuestar encuestamos encuestadores cuestionario cuestionarios percepcion "
        "muestra muestral muestreo levantamiento piloto prueba_piloto preguntas pregunta reactivos "
        "empresarios empresas camaras camara coparmex canaco comerciantes mercado aplicar aplicamos "
        "aplicaron aplicados opinion gente ciudadania inegi encuestados padron formulario entrevista "
        "entrevistas estadistico ",
    ),
    _topic(
        "vinculacion",
        "vinculacion colaboracion universidad universidades unach unicach rectoria estudiantes cpc "
        "consejo_consultivo consultivo mesa_de_trabajo mesas_de_trabajo mesas mesa gt organizaciones foro "
        "foros carteles platicas enlaces pi-pea pi implementacion estrategias extension prevencion campana "
        "feria sociedad_civil jovenes escuelas escuela colegios colegio barra convenio_con lineas_de_accion",
    ),
    _topic(
        "planes_municipales municipal",
        "guia guias manual municipio municipios mpal mpales municipal municipales ayuntamiento "
        "ayuntamientos presidentes_municipales regidores regidor pmd planes_municipales planeacion "
        "capitulo capitulos ejemplos institucional acciones_anticorrupcion ",
    ),
    # Systems
    _topic(
        "interconexion plataforma_digital",
        "interconexion interconectar interconectado interconectados interconectamos interconecto conectar "
        "conectado conectados conectada conectadas conectamos conecto conexion s1 s2 s3 sistema_1 "
        "sistema_2 sistema_3 pdn see plataforma plataforma_digital sujetos_obligados declaraciones "
        "declaracion registros registro api oic enlace ayuntamiento ayuntamientos municipio municipios "
        "organismo organismos dependencia dependencias carga cargo cargaron datos servidor declarafacil "
        "declaramun sesna instituto tribunal contrataciones patrimonial pruebas_de_conexion inscripcion "
        "subieron poder_judicial enlaces",
    ),
    _topic(
        "soporte mantenimiento informatico",
        "mantenimiento mantenimientos mtto mttos preventivo preventivos correctivo correctivos equipo "
        "equipos computadora computadoras compu compus laptop laptops lap laps cpu cpus pc pcs impresora "
        "impresoras multifuncional multifuncionales monitor monitores regulador reguladores teclado "
        "teclados formatear formateamos formateo respaldo respaldos limpieza limpiar limpias limpie "
        "limpiamos cronograma red disco windows soplete sopletear switch servidores escaner escaners "
        "proyector maquina maquinas bienes_informaticos informaticos pasta_termica soporte tecnico ",
    ),
    # Law
    _topic(
        "sesiones convocatorias actas minutas",
        "sesion sesiones acta actas acuerdo acuerdos minuta minutas convocatoria convocatorias invitacion "
        "invitaciones orden_del_dia cuadernillo cuadernillos lista_de_asistencia periodico_oficial "
        "periodico publicado publicados publicar publicaron publico certificadas quorum cc og ce "
        "comite_coordinador organo_de_gobierno comision_ejecutiva ordinaria ord extraordinaria firmas "
        "recabando sesiono levantada carpeta carpetas 1a_ordinaria calendario_de_sesiones secretariado "
        "anexos ",
    ),
    _topic(
        "normatividad normativo",
        "reglamento reglamentos estatuto estatutos lineamiento lineamientos ley reforma reformas reformar "
        "articulo articulos transitorio transitorios manual manuales reglas bases_y_principios bases "
        "principios codigo codigo_de_conducta disposicion disposiciones modificacion modificaciones "
        "modificar opinion_tecnica opinion mecanismos iniciativa normativa normativo normativos "
        "observaciones funcionamiento reglas_de_funcionamiento propuesta_de_reforma fraccion criterios "
        "politicas",
    ),
    _topic(
        "convenios contratos instrumentos_juridicos",
        "convenio convenios contrato contratos clausula clausulas firma firmar firmado suscribir "
        "suscripcion suscrito colaboracion honorarios adendum comodato prestacion_de_servicios "
        "declaraciones partes trato instrumento instrumentos arrendamiento especifico especificos "
        "contraparte cobach universidad instituto observaciones convenio_de_colaboracion ",
    ),
    # Of other agencies' programmes
    _topic(
        "comunicacion_social",
        "comunicado publicaciones post video videos cartel campana entrevista medios foto fotos ",
    ),
    _topic(
        "auditoria fiscalizacion ",
        "auditoria auditorias observacion solventacion solventar cedula cedulas riesgos cocodi revision",
    ),
    _topic(
        "quejas denuncias investigacion",
        "expediente comparecencia procedimiento ",
    ),
    _topic(
        "obra supervision",
        "obra obras supervision supervisiones bitacora residente contratista avance_fisico tramo kilometro "
        "kilometros puente pavimento ",
    ),
    _topic(
        "genero ",
        "genero mujeres 8_de_marzo ",
    ),
)


def topics_of(folded: str) -> frozenset[str]:
    """The words, as `features` has them, of all topics of which a text of the programme speaks."""
    spoken_of = (words_ for heads, words_ in _known() if heads.search(folded))
    return frozenset().union(*spoken_of)


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    return tuple(
        (
            re.compile(rf"\b(?:{'|'.join(head.replace('_', ' ') for head in topic.heads)})"),
            frozenset(each for word in topic.words for each in _features(word)),
        )
        for topic in TOPICS
    )


def _features(words_: str) -> list[str]:
    """One word's root; of several, those that follow one another by twos."""
    roots = [root(word) for word in words(words_.replace("_", " "))]
    return roots if len(roots) == 1 else [f"{one} {other}" for one, other in pairwise(roots)]
