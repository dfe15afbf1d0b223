"""Verbs as people write them on a telephone: which verb a word is, its tense, and what kind of act it is.

`_VERBS` lists the verbs whose meaning decides whether a thing is finished, and the commonest of those that
end with the thing done. Any other verb is known by an ending that only verbs have (`_LIKE_A_VERB`) and is an
act. Words are compared as people hear them: «aprovamos», «capasitaron», «isimos» are read.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from spanish.reading.clauses.conjugation import Tense, forms
from spanish.reading.wording import heard


class VerbKind(Enum):
    """What an act means for the thing it is done to."""

    ACT = auto()  # ends with the thing done: to deliver, sign, give, publish
    SEND = auto()  # the same, unless it is sent for something
    BEGIN = auto()
    GO_ON = auto()
    ASK = auto()
    PLAN = auto()
    PUT_OFF = auto()  # to postpone, cancel, reject
    APPROVE = auto()  # what is approved is made; what is approved to be done is not done yet
    COME_IN = auto()  # to receive, to arrive
    ACQUIRE = auto()  # to buy, find, hire: what is got is not yet put to its use
    GIVEN = auto()  # to be given to us: «nos donaron»
    LOSE = auto()  # to be left over, to throw away
    HAND_ON = auto()  # to hand on to whom it concerns
    LOOK = auto()  # to look through, discuss, visit
    MEET = auto()  # to meet: what is listed after it came of the meeting
    PREPARE = auto()
    LACK = auto()
    COUNT = auto()  # a running total: «llevamos 18», «van 6», «suman 9»
    TELL = auto()  # what follows is told: «le informo que…»
    WANT = auto()  # what follows is not done: to want, owe, hope
    MANAGE = auto()  # what follows has its tense: to achieve, be able, finish
    BE = auto()  # what follows decides: ser, estar, quedar, haber, tener
    GO = auto()  # «fuimos a ver», «vamos a dar»


_VERBS: dict[VerbKind, str] = {
    VerbKind.ACT: (
        "hacer!hic~hecho realizar entregar firmar publicar elaborar impartir brindar otorgar celebrar "
        "levantar terminar concluir cerrar/cierr finalizar resolver/resuelv~resuelto atender/atiend "
        "contestar responder conectar interconectar instalar reparar aplicar vacunar sembrar/siembr "
        "plantar pavimentar construir rehabilitar capacitar asesorar orientar presentar actualizar subir "
        "cargar emitir expedir/expid suscribir~suscrito validar integrar redactar formular generar "
        "solventar notificar tramitar surtir liberar rubricar cumplir ejecutar efectuar proporcionar "
        "pagar colocar inscribir~inscrito adiestrar limpiar formatear reintegrar ministrar donar "
        "ofrecer abrir~abierto inaugurar recaudar cobrar "
        "inspeccionar verificar supervisar "
        "diagnosticar operar podar fumigar regar/rieg recolectar recabar tomar ayudar sacar salir "
        "escribir~escrito poner!pus~puesto proyectar modificar reformar concretar lograr_hacer difundir "
        "exponer!expus~expuesto"
    ),
    VerbKind.APPROVE: "aprobar/aprueb autorizar anunciar prometer conceder",
    VerbKind.SEND: "enviar mandar remitir girar repartir distribuir dejar",
    VerbKind.BEGIN: "empezar/empiez comenzar/comienz iniciar arrancar emprender",
    VerbKind.GO_ON: (
        "seguir/sig/sigu continuar avanzar adelantar trabajar proseguir/prosig andar!anduv esperar"
    ),
    VerbKind.ASK: (
        "solicitar pedir/pid requerir/requier/requir gestionar convocar invitar citar "
        "proponer!propus~propuesto cotizar recordar/recuerd insistir buscar preguntar exhortar consultar "
        "encargar sugerir/sugier/sugir contactar promover/promuev"
    ),
    VerbKind.PLAN: (
        "programar agendar calendarizar prever~previsto planear planificar acordar/acuerd pensar/piens"
    ),
    VerbKind.PUT_OFF: (
        "posponer!pospus~pospuesto reprogramar cancelar suspender aplazar diferir/difier/difir reagendar "
        "rechazar rebotar regresar devolver/devuelv~devuelto postergar fallar atrasar retrasar interrumpir "
        "perder/pierd negar/nieg"
    ),
    VerbKind.COME_IN: "recibir llegar ingresar caer entrar meter traer!traj",
    VerbKind.ACQUIRE: (
        "comprar adquirir/adquier conseguir/consig obtener/obtien!obtuv encontrar/encuentr hallar "
        "detectar localizar ubicar alquilar rentar"
    ),
    VerbKind.LOSE: "sobrar robar desechar descartar romper~roto danar extraviar anular",
    VerbKind.HAND_ON: "turnar canalizar asignar pasar derivar",
    VerbKind.LOOK: (
        "revisar analizar checar estudiar cotejar discutir platicar visitar acudir asistir observar "
        "dialogar conversar acompañar comparar calcular ensayar participar"
    ),
    VerbKind.MEET: "reunir juntar sentar/sient sesionar",
    VerbKind.PREPARE: (
        "preparar disenar armar capturar grabar imprimir~impreso recopilar ordenar afinar cuadrar"
    ),
    VerbKind.LACK: "faltar restar carecer adeudar",
    VerbKind.COUNT: "llevar sumar acumular",
    VerbKind.TELL: (
        "informar comentar comunicar avisar reportar anotar registrar contar/cuent confirmar manifestar/"
        "manifiest precisar constar creer decir/dig!dij~dicho apuntar señalar"
    ),
    VerbKind.WANT: "querer/quier!quis deber necesitar desear intentar tratar ocupar",
    VerbKind.MANAGE: "lograr poder/pued!pud alcanzar acabar volver/vuelv~vuelto",
    VerbKind.BE: "quedar haber!hub tener/tien!tuv resultar permanecer parecer",
    VerbKind.GO: "",
}
_SINGLE_FORMS = (  # of verbs that follow no rule
    (VerbKind.ACT, Tense.PAST, "di dio dimos dieron"), (VerbKind.ACT, Tense.PRESENT, "doy dan"),
    (VerbKind.ACT, Tense.INFINITIVE, "dar"), (VerbKind.ACT, Tense.GERUND, "dando"),
    (VerbKind.ACT, Tense.PARTICIPLE, "dado dada dados dadas"), (VerbKind.TELL, Tense.PRESENT, "hago"),
    (VerbKind.ACT, Tense.FUTURE, "dare dara daremos daran hare hara haremos haran"),
    (VerbKind.ACT, Tense.PRESENT, "damos hacemos"), (VerbKind.PLAN, Tense.PRESENT, "toca tocan"),
    (VerbKind.ACT, Tense.FUTURE, "saldra saldran saldremos pondra pondran pondremos obtendra obtendremos"),
    (VerbKind.MANAGE, Tense.FUTURE, "podra podran podremos"), (VerbKind.WANT, Tense.FUTURE, "querra querran"),
    (VerbKind.LOOK, Tense.PAST, "vi vio vimos vieron"), (VerbKind.LOOK, Tense.PRESENT, "veo ve ven"),
    (VerbKind.LOOK, Tense.FUTURE, "vera veran veremos"),
    (VerbKind.LOOK, Tense.INFINITIVE, "ver"), (VerbKind.LOOK, Tense.GERUND, "viendo"),
    (VerbKind.LOOK, Tense.PARTICIPLE, "visto vista vistos vistas"),
    (VerbKind.BE, Tense.PAST, "fue fueron fui estubo estuvo estuvimos estuvieron estuve ubo"),
    (VerbKind.BE, Tense.INFINITIVE, "ser estar"), (VerbKind.BE, Tense.GERUND, "siendo estando"),
    (VerbKind.BE, Tense.PARTICIPLE, "sido estado"),
    (VerbKind.BE, Tense.PRESENT, "es son esta estan estoy estamos hay tengo somos"),
    (VerbKind.BE, Tense.IMPERFECT, "era eran eramos habia habian estaba estaban estabamos"),
    (VerbKind.BE, Tense.FUTURE, "sera seran seremos estara estaran estaremos habra habran"),
    (VerbKind.BE, Tense.FUTURE, "tendra tendran tendremos"),
    (VerbKind.BE, Tense.WISHED, "seria serian sea sean haya hayan"),
    (VerbKind.BE, Tense.PRESENT, "ha han he hemos"),
    (VerbKind.GO, Tense.PAST, "fuimos vino vinieron vinimos"),
    (VerbKind.GO, Tense.PRESENT, "voy va van vamos vaya vayan"),
    (VerbKind.GO, Tense.IMPERFECT, "iba iban ibamos"), (VerbKind.GO, Tense.INFINITIVE, "ir"),
    (VerbKind.GO, Tense.FUTURE, "ira iran iremos ire"), (VerbKind.GO, Tense.GERUND, "yendo"),
    (VerbKind.ACQUIRE, Tense.PAST, "contratamos contrataron"),
    (VerbKind.WANT, Tense.PRESENT, "urge"), (VerbKind.MANAGE, Tense.PAST, "pudo pudimos pudieron"),
)  # fmt: skip
_LIKE_A_VERB = (
    (re.compile(r"\w{2,40}(?:aron|ieron|yeron|jeron)"), Tense.PAST),
    (re.compile(r"\w{3,40}(?:amos|imos)"), Tense.WE),
    (re.compile(r"\w{2,40}(?:ando|iendo|yendo)"), Tense.GERUND),
    (re.compile(r"\w{3,40}aba[ns]?"), Tense.IMPERFECT),
    (re.compile(r"\w{3,40}(?:aremos|eremos|iremos)"), Tense.FUTURE),
    (re.compile(r"\w{3,40}(?:[ai]d[oa]s?)"), Tense.PARTICIPLE),
    (re.compile(r"\w{3,40}(?:ar|er|ir)(?:(?:se|me|nos)?l[oae]s?|se|nos)?"), Tense.INFINITIVE),
)
# Nouns and adjectives that end as verbs do.
_NO_VERBS_WORDS = (
    "cuando comando bando grupo dividendo tremendo estupendo segundo fondo mundo varon baron tramos "
    "reclamos ramos prestamos maximos minimos ultimos proximos anonimos legitimos optimos decimos animos "
    "gramos kilogramos extremos estados mercado mercados juzgado juzgados lado lados grado grados pasado "
    "pasada pasados pasadas abogado abogada abogados empleado empleada empleados encargado encargada "
    "encargados delegado delegados diputado diputada diputados partido partidos sentido contenido "
    "contenidos apellido medida medidas salida comida vida entrada llamada llamadas jornada jornadas "
    "privado privada privados privadas obligado obligados sindicado cuidado demasiado mitad comunidad "
    "cuadrado cuadrados cuadradas adecuado interesado interesados jubilados personas invitado invitados "
    "lugar hogar familiar escolar titular titulares taller mujer dolar par celular particular circular "
    "regular auxiliar preescolar militar calendario mayor menor ayer ver segunda tercer primer "
    "helicoptero similar popular bachiller alquiler sondeo ganado poblado mantenimiento tratado tratados "
    "grabado calzada fachada ensalada quebrada alumnado funcionariado electorado voluntariado articulado "
    "licenciado licenciada licenciados diplomado diplomados resultado resultados comunicado certificado "
    "certificados dictado criado soldado jurado enlace candado helado mezclado agregado acuerdo firma "
    "reporte de se e en a la le lo el este asi sobre para como por con sin entre charla perla burla cada "
    "nada medio mes dia parte grupo cosa caso casa"
)
_CLITIC = re.compile(r"(?<=r|o)(?:me|te|nos|se)?(?:l[oae]s?)?$")  # «darles», «pidiéndoselo»


@dataclass(frozen=True)
class Verb:
    """A form of a verb. `first`: «I» or «we» do it; `known`: its verb is listed."""

    tense: Tense
    kind: VerbKind
    first: bool
    known: bool


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[Tense, VerbKind]]:
    """Every listed form by how it sounds. Of two verbs that share one, the first listed has it."""
    found: dict[str, tuple[Tense, VerbKind]] = {}
    for kind, tense, words in _SINGLE_FORMS:
        for word in words.split():
            found.setdefault(heard(word), (tense, kind))
    for kind, verbs in _VERBS.items():
        for verb in verbs.split():
            for form, tense in forms(verb.replace("ñ", "n")):
                found.setdefault(heard(form), (tense, kind))
    return found


_NO_VERBS = frozenset(_NO_VERBS_WORDS.split())


@lru_cache(maxsize=8192)
def verb_of(word: str) -> Verb | None:
    """The verb that a folded word may be; whether it is one there, what stands around it says."""
    if word in _NO_VERBS or len(word) < 2:
        return None
    sound = heard(word)
    known = _lexicon().get(sound)
    if known is None and (bare := _CLITIC.sub("", word)) != word:
        found = _lexicon().get(heard(bare))
        known = found if found and found[0] in (Tense.INFINITIVE, Tense.GERUND) else None
    if known is not None:
        return Verb(known[0], known[1], _is_first(word, known[0]), known=True)
    for pattern, tense in _LIKE_A_VERB:
        if pattern.fullmatch(word):
            return Verb(tense, VerbKind.ACT, _is_first(word, tense), known=False)
    return None


def _is_first(word: str, tense: Tense) -> bool:
    return word.endswith("mos") or (tense is Tense.PAST and word[-1] in "ei")
