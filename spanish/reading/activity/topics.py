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
        "poa anteproyecto presupuesto egresos cuenta_publica programa_operativo mir matriz_de_indicadores "
        "techo programacion presupuestacion politica_del_gasto fichas ficha estrategia_institucional "
        "proyecto_institucional metas pbr adecuaciones modificado indicadores tomos ejercicio_fiscal "
        "programa_presupuestario calendarizacion caratulas evaluacion_del_desempeno tecnico pat "
        "programa_anual_de_trabajo",
    ),
    _topic(
        "contable presupuestales contabilidad",
        "conta contabilidad contable balanza comprobacion conciliacion conciliar conciliaciones bancos "
        "bancaria bancarias estados_financieros analitico saldos cierre_contable cierre_mensual cierre "
        "polizas poliza auxiliares ministracion ministraciones devengado ejercido pagado financiero "
        "financieros presupuestal presupuestales informe_financiero siahe conac sevac cuenta cuentas "
        "mensual mensuales gubernamental estado_de_cuenta isr sat retenciones impuestos registro_contable "
        "informe reporte gasto activo_fijo depreciacion deuda ingresos nota notas",
    ),
    _topic(
        "laboral asuntos_de_caracter",
        "nomina nominas rh recursos_humanos personal plaza plazas renuncia licencia incapacidad vacaciones "
        "adscripcion finiquito plantilla incidencias permiso permisos alta baja bajas altas issstech imss "
        "issste seguro aguinaldo quincena prima sueldos salarios checador puntualidad retardos faltas "
        "servicio_social prestadores nombramiento categoria credencial credenciales constancia_laboral "
        "expediente_personal demanda_laboral asunto asuntos tramite tramites procuraduria registro "
        "renovacion renovar pago pagos auditoria observaciones entidades_publicas comisionado comision "
        "jubilacion pension contratacion auxiliar trabajador trabajadora baja_laboral "
        "cambio_de_adscripcion gafetes reloj entrega_recepcion declaracion_patrimonial organigrama "
        "manual_de_organizacion obligaciones pnt",
    ),
    _topic(
        "materiales adquisicion proveer suministro",
        "papeleria compra compras comprar comprado consolidada licitacion licitatorio oficialia "
        "requisicion cotizacion cotizaciones cotizar cotizando proveedor proveedores factura facturas "
        "toner hojas limpieza internet telefono luz agua gasolina combustible vales vehiculo vehiculos "
        "camioneta llantas reparacion clima climas aire mobiliario sillas mesas escritorio escritorios "
        "resguardo resguardos bienes_muebles talleres_graficos impresion imprimir imprenta tripticos lonas "
        "carpetas apoyo_logistico logistica logistico sonido cafe coffee evento eventos salon renta "
        "arrendamiento viaticos boletos pasajes mensajeria vigilancia fumigacion garrafones consumibles "
        "insumos almacen surtir surtimos surtio surtido suministro suministrar solicitud solicitudes "
        "pedido material materiales servicio servicios plomero electricista pintura extintores afinacion "
        "verificacion_vehicular tenencia placas mantel lona templete toma_de_protesta recarga cartuchos "
        "desechables cajas_de_archivo folders focos chapas banos intendencia jardineria fotocopiadora "
        "copias engargolar entregamos_material apoyo_para foraneo chofer traslado",
    ),
    # Learning
    _topic(
        "capacitacion curso taller adiestramiento formacion",
        "capacitacion capacitaciones capacitar capacitamos capac curso cursos cursillo taller talleres "
        "diplomado diplomados platica conferencia conferencias webinar webinars seminario induccion "
        "adiestrar adiestrados adiestramiento constancia constancias instructor instructora ponente "
        "facilitador facilitadora modulo modulos impartir impartio impartimos imparti diapositivas "
        "presentacion temario material_didactico zoom en_linea virtual virtuales presencial clase clases "
        "leccion explicar explicarnos explico aprender aprendieron dnc deteccion_de_necesidades listas "
        "lista_de_asistencia acreditaron asistentes participantes primeros_auxilios excel ortografia "
        "liderazgo estres pausas_activas trabajo_en_equipo inteligencia_emocional igualdad genero etica "
        "redaccion iap proteccion_civil convivencia deportivo torneo recreacion recreativa "
        "activacion_fisica formulario capacitador sensibilizacion clima_laboral",
    ),
    # Transparency
    _topic(
        "solicitudes_de_acceso derechos_arcop acceso_a_la_informacion_y_derechos",
        "sisai folio folios solicitud solicitudes solicitante solicitantes respuesta respuestas contestar "
        "contestamos contesto contestada contestadas responder respondimos respondio respondida prevenir "
        "prevencion prorroga incompetencia recurso_de_revision ciudadano ciudadana peticion peticiones "
        "preguntan preguntaron preguntaba preguntar pregunta sueldos viaticos rectificacion cancelacion "
        "oposicion portabilidad arco arcop turne turno turnar dias_habiles plazo_legal plazo notificar "
        "notifico notificada acceso_a_la_informacion acceso informacion_publica borrar borraron "
        "oficio_de_respuesta quejoso peticionario infomex inconformo recurso datos_de persona tramite "
        "respuesta_a reporteros periodista estudiante pedia pedian sobre_contratos area_responsable "
        "orientar",
    ),
    _topic(
        "obligaciones_de_transparencia",
        "sipot pnt plataforma_nacional formatos formato fraccion fracciones carga cargar cargamos cargada "
        "cargado subir subimos subio actualizar actualizada actualizado actualizamos actualizacion "
        "trimestre trimestral trim portal acuse acuses articulo_85 articulo_70 articulo_77 verificacion "
        "dictamen vinculos hipervinculos ligas publicacion publicar validar validados validamos enlaces "
        "areas obligaciones obligacion tabla_de_aplicabilidad arriba 4to_trimestre pagina "
        "transparencia_proactiva observaciones_de_verificacion vencimiento 1er_trimestre cumplida",
    ),
    _topic(
        "comite_de_transparencia",
        "ct comite comite_de_transparencia sesion sesiono sesionamos ordinaria extraordinaria "
        "aviso_de_privacidad avisos_de_privacidad aviso avisos privacidad evaluacion_de_impacto "
        "documento_de_seguridad resolucion resoluciones clasificacion reservada reserva confidencial "
        "confidencialidad version_publica inexistencia ampliacion_de_plazo ampliacion confirmo confirmaron "
        "convocatoria integrantes unanimidad aprobo aprobaron simplificado integral acta_de_comite "
        "indice_de_expedientes orden_del_dia",
    ),
    # Archives
    _topic(
        "control_archivistico instrumentos_de_control valores_documentales",
        "cuadro cuadro_general cuadro_de_clasificacion clasificacion_archivistica catalogo "
        "catalogo_de_disposicion disposicion_documental disposicion cadido cgca inventario inventarios "
        "inventario_general guia_simple guia_de_archivo guia fichas fichas_tecnicas_de_valoracion series "
        "serie subserie subseries pada programa_anual desarrollo_archivistico vigencia vigencias "
        "vigencia_documental plazos_de_conservacion baja_documental rubricados valoracion instrumentos "
        "instrumento actualizacion actualizado codigos secciones seccion sipo expedientes expediente",
    ),
    _topic(
        "asesoria asesorar",
        "asesoria asesorias asesorar asesore asesoramos orientar orientacion orientaron orientamos oriente "
        "orientarla duda dudas acompanamiento acompane ayude ayudamos ayudar apoye resolver_dudas visita "
        "visite visitamos ensene ensenarle explique explicarle le_explique caratula caratulas foliar "
        "foliacion foliado expurgo expurgar consulta consultas llamada tel telefono llamo videollamada rat "
        "guarda_exterior ceja costura coser simulacro entrega_recepcion expedientes_electronicos pregunto "
        "preguntarme como_llenar como_armar revisamos_juntas etiquetas rotular integracion_de_expedientes "
        "responsable",
    ),
    _topic(
        "archivo_de_concentracion espacio_fisico",
        "espacio espacios bodega bodegas local inmueble cuarto caja cajas anaquel anaqueles estante "
        "estantes estanteria transferencia transferencias transferencia_primaria transferir m2 metros "
        "renta humedad semiactiva edificio piso comodato archivo_de_concentracion concentracion cubiculo "
        "donde_guardar guardar guarda ya_no_cabe cabe cupo terreno goteras fumigar planta_baja sotano "
        "gotera racks rack dictamen_estructural",
    ),
    _topic(
        "grupo_interdisciplinario",
        "gi grupo_interdisciplinario interdisciplinario interdisc sesion sesiono sesionamos ordinaria "
        "ordinarias ord orden_del_dia acta integrantes titulares convocatoria convocatorias convoque "
        "invitaciones invitacion quorum valorar extraordinaria reunion proyecto_de_acta "
        "lista_de_asistencia",
    ),
    # Public policy
    _topic(
        "seguimiento indicadores",
        "indicador indicadores seguimiento semaforo avance avances implementadores implementador fichas "
        "fichas_tecnicas ficha medios_de_verificacion medicion medir reporten reportar reportaron "
        "monitoreo tablero linea_base linea_de_base metas lineas_base evidencias "
        "organismos_implementadores trimestral prioridades formato_de_seguimiento verde rojo amarillo "
        "comportamiento",
    ),
    _topic(
        "metodologia evaluacion",
        "metodologia metodologico metodologica evaluar evaluacion evalua evaluara criterios marco "
        "marco_teorico marco_conceptual teoria_de_cambio capitulo capitulos academicos bibliografia diseno "
        "disenar impacto variables preguntas_de_evaluacion terminos_de_referencia resultados_esperados "
        "borrador revision_documental evaluadores arbol_de_problemas dimensiones ponderacion",
    ),
    _topic(
        "anexo_transversal",
        "ata anexo anexo_transversal transversal gasto gasto_ejercido gastar gasto_publico gastaron claves "
        "claves_presupuestarias presupuestarias dependencias ejecutoras dependencias_ejecutoras ejercido "
        "hacienda matriz recursos programas_presupuestarios millones presupuesto combatir combate erogado "
        "destino_del_gasto montos conciliar cifras llenado enlaces aprobado_modificado",
    ),
    _topic(
        "encuesta percepcion",
        "encuesta encuestas encuestar encuestamos encuestadores cuestionario cuestionarios percepcion "
        "muestra muestral muestreo levantamiento piloto prueba_piloto pilotaje preguntas pregunta "
        "reactivos empresarios empresas camaras camara coparmex canaco canacintra comerciantes negocios "
        "mercado aplicar aplicamos aplicaron aplicados tabulacion tabular tabulando tabulado opinion "
        "opinan opina gente ciudadania moches mordidas inegi encig encuestados padron socios formulario "
        "entrevista entrevistas estadistico base_de_datos piensan sondeo",
    ),
    _topic(
        "vinculacion",
        "vinculacion vincular colaboracion colaborar universidad universidades unach unicach rectoria "
        "estudiantes cpc consejo_consultivo consultivo mesa_de_trabajo mesas_de_trabajo mesas mesa "
        "grupo_tecnico gt plenaria plenarias organizaciones foro foros acercamiento alianza concurso "
        "carteles platicas enlaces pi-pea pi programa_de_implementacion implementacion estrategias "
        "extension participacion_ciudadana prevenir prevencion campana feria sociedad_civil jovenes "
        "escuelas escuela colegios colegio barra convenio_con lineas_de_accion",
    ),
    _topic(
        "planes_municipales municipal",
        "guia guias manual municipio municipios mpal mpales municipal municipales ayuntamiento "
        "ayuntamientos alcalde alcaldes alcaldesa presidente_municipal presidentes_municipales regidores "
        "regidor sindico cabildo pmd plan_municipal planes_municipales planeacion_municipal planeacion "
        "planeen indice capitulo capitulos ejemplos icipam institucional acciones_anticorrupcion "
        "diagnostico_municipal",
    ),
    # Systems
    _topic(
        "interconexion plataforma_digital",
        "interconexion interconectar interconectado interconectados interconectamos interconecto conectar "
        "conectado conectados conectada conectadas conectamos conecto conexion s1 s2 s3 sistema_1 "
        "sistema_2 sistema_3 pdn see plataforma plataforma_digital sujetos_obligados sujeto_obligado "
        "declaraciones declaracion registros registro api oic enlace ayuntamiento ayuntamientos municipio "
        "municipios organismo organismos dependencia dependencias carga cargo cargaron datos servidor "
        "declarafacil declaramun sesna instituto tribunal sancionados contrataciones patrimonial "
        "credenciales pruebas_de_conexion inscripcion subieron poder_judicial enlaces",
    ),
    _topic(
        "soporte mantenimiento informatico",
        "mantenimiento mantenimientos mtto mttos preventivo preventivos correctivo correctivos equipo "
        "equipos computadora computadoras compu compus laptop laptops lap laps cpu cpus pc pcs impresora "
        "impresoras multifuncional multifuncionales monitor monitores no_break nobreak regulador "
        "reguladores teclado teclados mouse antivirus formatear formateamos formateo respaldo respaldos "
        "limpieza limpieza_interna limpiar limpias limpie limpiamos cronograma red wifi cableado disco "
        "memoria ram windows soplete sopletear switch servidores escaner escaners proyector maquina "
        "maquinas desktop ups bienes_informaticos informaticos pasta_termica soporte tecnico "
        "actualizacion_de_software polvo archivos_temporales ventilador fuente_de_poder cable",
    ),
    # Law
    _topic(
        "sesiones convocatorias actas minutas",
        "sesion sesiones acta actas acuerdo acuerdos minuta minutas convocatoria convocatorias invitacion "
        "invitaciones orden_del_dia cuadernillo cuadernillos lista_de_asistencia periodico_oficial "
        "periodico publicado publicados publicar publicaron publico certificadas copias_certificadas "
        "quorum cc og ce comite_coordinador organo_de_gobierno comision_ejecutiva ordinaria ord "
        "extraordinaria solemne firmas recabar_firmas recabando toma_de_protesta pleno sesiono votacion "
        "levantada carpeta carpetas 1a_ordinaria integrantes_del_comite calendario_de_sesiones "
        "secretariado anexos estenografica",
    ),
    _topic(
        "normatividad normativo",
        "reglamento reglamentos estatuto estatutos lineamiento lineamientos ley decreto reforma reformas "
        "reformar articulo articulos transitorio transitorios manual manuales reglas bases_y_principios "
        "bases principios codigo codigo_de_conducta codigo_de_etica disposicion disposiciones modificacion "
        "modificaciones modificar opinion_tecnica opinion mecanismos iniciativa normativa normativo "
        "normativos norma normas abrogar adicionar adicion protocolo politica_interna marco_normativo "
        "observaciones funcionamiento organizacion_interna exposicion_de_motivos reglas_de_funcionamiento "
        "propuesta_de_reforma fraccion criterios politicas",
    ),
    _topic(
        "convenios contratos instrumentos_juridicos",
        "convenio convenios contrato contratos clausula clausulas firma firmar firmado suscribir "
        "suscripcion suscrito colaboracion bases_de_colaboracion honorarios adendum adenda "
        "convenio_modificatorio carta_de_intencion memorandum_de_entendimiento anexo_tecnico comodato "
        "prestacion_de_servicios declaraciones partes trato instrumento instrumentos instrumento_juridico "
        "marco_de_colaboracion arrendamiento especifico especificos contraparte cobach universidad "
        "instituto vigencia antecedentes observaciones convenio_de_colaboracion acuerdo_de_colaboracion "
        "acuerdo_institucional plazo_de_vigencia rescision",
    ),
    # Of other agencies' programmes
    _topic(
        "difusion comunicacion_social",
        "boletin boletines comunicado redes_sociales facebook publicaciones post video videos spot "
        "infografia infografias cartel campana entrevista rueda_de_prensa medios foto fotos pagina_web "
        "reel transmision",
    ),
    _topic(
        "auditoria fiscalizacion control_interno",
        "auditoria auditorias hallazgo hallazgos observacion solventacion solventar cedula cedulas "
        "visita_de_inspeccion arqueo papeles_de_trabajo riesgos matriz_de_riesgos cocodi control_interno "
        "revision",
    ),
    _topic(
        "quejas denuncias investigacion",
        "queja quejas denuncia denuncias denunciante expediente investigacion investigaciones "
        "acuerdo_de_radicacion comparecencia testigo acuerdo_de_conclusion sancion procedimiento "
        "informe_de_presunta",
    ),
    _topic(
        "obra infraestructura supervision",
        "obra obras supervision supervisiones estimacion estimaciones bitacora residente contratista "
        "avance_fisico tramo kilometro kilometros puente camino pavimento levantamiento_topografico",
    ),
    _topic(
        "igualdad genero inclusion",
        "genero igualdad mujeres violencia hostigamiento acoso perspectiva_de_genero inclusion "
        "lenguaje_incluyente 8_de_marzo 25_de_noviembre naranja",
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
