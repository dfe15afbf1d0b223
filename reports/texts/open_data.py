"""The column names of the open data's table, as usual in open data: lower case, no accents, no spaces."""

YEAR, QUARTER, STANDS_AT = "ejercicio", "trimestre", "cifras_al"
UNIT_KEY, UNIT = "clave_organo", "organo_administrativo"
LINE, TITLE, STARTS, ENDS = "linea", "titulo", "inicio", "termino"
MEASURE, COUNTS, COUNTS_WHEN = "unidad_de_medida", "cuenta_para_el_porcentaje", "cuenta_cuando"
PROGRAMMED, AMOUNT, COUNTED, PENDING = "meta_programada", "meta_vigente", "realizado", "pendiente_de_contar"
PLANNED = "planeado"
PLAN = ("plan_t1", "plan_t2", "plan_t3", "plan_t4")
LINE_SHARE, SHOWN, LINE_PLANNED = "avance_linea", "avance_publicado", "planeado_linea"
SIGNAL, SENTENCE, OBSERVATION = "semaforo", "texto_del_informe", "observacion"
COMBINE = "se_combina"
ACTIVITIES, SIGNED = "actividades", "firmado"
YES, NO = "si", "no"
