"""Nouns that are numbered: their singular before a number makes a name: «acta 3», «artículo 70», «piso 3».

After a `strong` one the number is never a quantity. After another it may be, where a noun follows: «dimos al
grupo 3 talleres».
"""

from dataclasses import dataclass

from spanish.reading.numbers.kinds import NumberKind
from spanish.reading.wording import word_set


@dataclass(frozen=True)
class NumberedNoun:
    kind: NumberKind
    strong: bool
    plural: bool = False


# What there is one of in a place or a file, and what is cited by its number.
_STRONG = {
    NumberKind.LABEL: "folio oficio ofi exp expediente factura fact recibo placa serie version linea lin "
    "memo memorandum circular ticket turno poliza cheque inventario inv partida clave codigo cedula gaceta "
    "pagina pag foja lamina ods iso rfc curp toca legajo office windows word excel covid agenda nomipaq "
    "contpaq android iphone edicion orden vol siglo",
    NumberKind.LAW: "articulo art fraccion fracc frac inciso parrafo capitulo cap numeral apartado tomo "
    "anexo clausula considerando nom transitorio ley",
    NumberKind.TELEPHONE: "tel telefono cel celular whatsapp whats fax ext exts extension conmutador",
    NumberKind.ADDRESS: "piso cp postal manzana mza interior int",
}
_WEAK = {
    NumberKind.LABEL: "acta contrato convenio acuerdo minuta resolucion dictamen formato meta modulo grupo "
    "sesion zona sector distrito jurisdiccion ruta sistema etapa fase nivel bloque unidad eje objetivo "
    "indicador componente actividad estrategia programa proyecto region mesa equipo lote paquete caso "
    "opcion escuela primaria secundaria tecnica clinica umf hospital centro estante impresora camara pozo "
    "tanque estacion parada puerto nodo servidor plantel campus cuadrilla brigada tramo vuelta ronda volumen "
    "informe reporte solicitud queja denuncia recomendacion observacion hallazgo compromiso tema leccion "
    "practica pregunta paso requisicion guia pedido cuenta registro licitacion convocatoria boletin figura "
    "tabla grafica juicio causa carpeta numero oficialia juzgado notaria preparatoria "
    "prepa facultad telesecundaria dosis generacion pabellon corredor circunscripcion",
    NumberKind.LAW: "titulo punto seccion norma decreto base regla criterio lineamiento",
    NumberKind.ADDRESS: "sala aula edificio edif local depto departamento oficina bodega salon ventanilla "
    "auditorio consultorio cubiculo anden puerta casa torre planta caja archivero norte sur oriente poniente "
    "pte ote nte km kilometro",
    NumberKind.ORDINAL: "trimestre trim bimestre semestre cuatrimestre semana quincena periodo ciclo",
    NumberKind.SCORE: "calificacion promedio puntaje puntuacion indice score imc",
}
# Also a verb without its accent: «registró 45» is no name, «el registro 45» is one.
VERBS_TOO = word_set(
    "registro paso reporte informe contrato acuerdo cuenta practica guia pregunta causa tramo"
)
_STREETS = (
    "calle av ave avenida blvd boulevard bulevar col colonia carretera carr autopista priv privada calzada "
    "andador prolongacion callejon barrio libramiento fraccionamiento periferico cerrada domicilio"
)
STREETS = word_set(_STREETS)
# Places that are named after a day: «escuela 20 de noviembre».
_PLACES = (
    "escuela primaria secundaria telesecundaria preparatoria colegio parque plaza mercado ejido barrio "
    "jardin comunidad localidad unidad fraccionamiento"
)
PLACES = word_set(_PLACES)
_CIVIC_DAYS = (
    "5/feb 24/feb 18/mar 21/mar 2/abr 30/abr 1/may 3/may 5/may 10/may 24/jun 28/ago 13/sep 14/sep 15/sep"
)
CIVIC_DAYS = word_set(f"{_CIVIC_DAYS} 16/sep 12/oct 20/nov 12/dic")
_PARTS = "capitulo etapa fase seccion apartado paso parte bloque entrega tema modulo nivel"
# Not numbered, though an article stands before and a number after: «el lunes 4», «el total 12».
_UNNUMBERED = (
    "dia lunes martes miercoles jueves viernes sabado domingo total suma monto importe avance cantidad "
    "porcentaje superficie longitud resultado acumulado cifra mes ano que cual de del otro otra mismo misma "
    "resto saldo costo precio valor gasto presupuesto peso tiempo lugar como con por en a y o al pasado "
    "proximo siguiente ultimo ultima primer primera no ya manana tarde noche mas menos"
)
UNNUMBERED = word_set(_UNNUMBERED)


def plural(noun: str) -> str:
    """«folios», «fracciones», «sesiones»."""
    if noun.endswith("z"):
        return f"{noun[:-1]}ces"
    return f"{noun}es" if noun[-1] in "nlrd" else f"{noun}s"


def _table() -> dict[str, NumberedNoun]:
    table: dict[str, NumberedNoun] = {}
    for strong, groups in ((False, _WEAK), (True, _STRONG)):
        for kind, nouns in groups.items():
            for noun in nouns.split():
                table[plural(noun)] = NumberedNoun(kind, strong, plural=True)
                table[noun] = NumberedNoun(kind, strong)
    return table


NUMBERED = _table()
PARTS_OF_ONE = frozenset(form for noun in _PARTS.split() for form in (noun, plural(noun)))
