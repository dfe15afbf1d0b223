"""How far what a text tells of has come: finished, or a step («estamos preparando», «falta firma»).

Cues are words of people who report work, each with a weight; whether they say more for one or for the other
decides. What is finished depends on what is counted: a meeting is a session held, but a step of a report.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from spanish.reading.activity.measures import MeasureKind
from spanish.reading.spoken import GAP

Cue = tuple[re.Pattern[str], float]


def _cues(*pairs: tuple[float, str]) -> tuple[Cue, ...]:
    return tuple((re.compile(rf"(?:{pattern})", re.VERBOSE), weight) for weight, pattern in pairs)


_END = r"(?:lo|la|los|las|le|les|se|nos|me)?\b"
# Still under way, still asked for, still to come.
_STEP = _cues(
    (2.5, rf"\b(?:estoy|estamos|estan|esta|sigo|sigue|siguen|seguimos|ando|anda|andamos|andan|voy|vamos|van|"
          rf"continuo|continua|"
          rf"continuamos|contin[u]an)\ (?:\w+\ )?\w{{2,}}(?:ando|iendo|yendo){_END}"),
    (4.0, rf"^[ ;,.]*(?:\w+\ ){{0,2}}?(?!cuando|comando|grupo)\w{{3,}}(?:ando|iendo|yendo){_END}"),
    (2.5, r"\b(?:sigo|seguimos|sigue|siguen|continuamos|continuo|andamos|ando|anduve|anduvimos|anduvo|"
          r"anduvieron)\ (?:con|en|sin|a)\b"),
    (2.5, r"\b(?:llevo|llevamos|lleva|llevan|vamos|voy|van|va)\ (?:como\ |ya\ |apenas\ |en\ |a\ )*(?:\d|"
          r"la\ mitad|avanzad|bien)"),
    (2.5, r"\b(?:voy|vamos|va|van)\ (?:apenas\ |ya\ )*en\ (?:el|la)\ (?:articulo|capitulo|apartado|pagina|"
          r"hoja|seccion|"
          r"inciso|fraccion)\b|\b(?:programad|agendad|calendarizad)[oa]s?\ para\b"),
    (2.0, r"\bya\ van\ \d"),
    (2.0, r"\b(?:me|nos|le|les|solo|nomas|nada\ mas|unicamente|aun|todavia|tod)\ falta(?:n|ria|ban|ba)?\b|"
          r"\bfalta(?:n|ria)?\b"),
    (1.5, r"\bfaltan?\ (?:nomas\ |solo\ |aun\ )*(?:que\ |q\ |la\ |su\ |el\ |lo\ |los\ )*"
          r"(?:firm|autori|aprob|aprueb|vobo|visto|valid|revis|public|entreg)"),
    (2.0, r"\b(?:pero|solo|nomas|unicamente|todavia|aun)\ (?:(?:aun|todavia|ya|nada\ mas|solo|nos|me|le|"
          r"les)\ ){0,6}"
          r"falta(?:n|ba|ban)?\b"),
    (2.0, r"\b(?:ando|anda|andamos|andan|anduve|anduvimos|voy|fui|fuimos)\ (?:tras|detras\ de|por|recabando|"
          r"juntando|buscando|consiguiendo|correteando)\ (?:de\ )?(?:las?\ |los\ |su\ )?(?:firmas?|"
          r"sellos?|vobo|"
          r"rubricas?)\b"),
    (2.0, r"\b(?:lo|la|los|las|se|le|les)\ (?:lo\ |la\ |los\ |las\ )?\w+\ (?:(?:ya|hasta|"
          r"a\ primera\ hora)\ )*"
          r"(?:manana|pasado\ manana)\b"),
    (2.5, r"(?<!;\ )(?<!;\ \ )(?<!la\ )\bmanana\ (?:lo|la|los|las|le|les|se\ lo|se\ la)\ \w+"),
    (1.5, r"\b(?:esta|estan|queda|quedan|quedo|quedaron|quedamos)\ (?:todavia\ |aun\ )?(?:pendientes?|"
          r"por\ \w+r(?:lo|la|los|las|se)?)\b|\bhay\ (?:que|q)\ \w+r(?:lo|la|los|las)?\b"),
    (1.5, r"\bpendientes?\ de\b|\bpor\ (?:solventar|definir|revisar|confirmar|firmar|aprobar|publicar|"
          r"autorizar|entregar|validar|terminar|concluir)\b"),
    (2.0, r"\b(?:en|a\ la)\ espera\b|\besper(?:ando|amos|o|ar)\b|\bhay\ q(?:ue)?\ esperar"),
    (2.0, r"\b(?:aun|todavia|ni)\ (?:no|nada|sin)\b|\b(?:no|sin)\ (?:nos\ |me\ |ha\ |han\ |hay\ |hemos\ )*"
          r"(?:responden?|respuesta|contest\w+|autoriz\w+|firm\w+|aprob\w+|respondid\w+|termin\w+|conclu\w+|"
          r"fecha)"),
    (2.0, r"\b(?:empece|empezamos|empezo|inicie|iniciamos|inicio|comenzamos|comence|arrancamos|arranque|"
          r"se\ inicio|se\ iniciaron|"
          r"empezar|iniciar|comenzar|arrancar)\b"),
    (1.5, r"\bapenas\b|\bya\ mero\b|\bcasi\b|\ba\ medias\b|\ben\ proceso\b|\ben\ tramite\b|\ben\ revision\b|"
          r"\ba\ la\ mitad\b"),
    (2.5, r"\b(?:primer|primera)\ (?:borrador|version|propuesta)\b|\bborrador(?:es)?\b|"
          r"\bpreliminar(?:es)?\b|\btentativ\w+\b"
          r"|\bprueba\ piloto\b|\bpilotaje\b|\besquema\b|\bmuestra\b"),
    (1.5, r"\bproyecto\ de\ (?:acta|orden|acuerdo|resolucion|minuta)s?\b"),
    (2.0, r"\b(?:quedamos|quedaron|quedo|acordamos)\ (?:en|de(?!\ (?:alta|baja)\b)|para)\b"
          r"|\b(?:vamos|van|voy|va)\ a\ (?!la\b|las\b|los\b|el\b)\w+r(?:lo|la|los|las|se|les|nos|le)?\b"
          r"|\bnos\ volvemos\b|\bhabra\ otr|\b(?:la\ otra|proxima|siguiente|entrante)\ (?:semana|quincena|"
          r"sesion|reunion)\b"
          r"|\b(?:mes|semana|lunes|martes|ano|trimestre)\ (?:q|que)\ (?:viene|entra)"),
    (2.0, r"(?<!\bq\ )(?<!que\ )\b(?:se\ )?(?:solicit(?:o|amos|aron|e|ando)|pedi|pedimos|pidio|pidieron|"
          r"requiri(?:o|eron)|requerimos|volvi\ a\ pedir|"
          r"gestion(?:e|amos|ando))\b(?!\ (?:la\ )?(?:informacion|licencia))|\bpidiendo\b|\b(?:me|"
          r"nos)\ pidieron\b"),
    (1.5, r"^[ ;,.]*(?:se\ |hoy\ |ayer\ |ya\ |le\ |les\ |volvi\ a\ )*(?:solicit|pedi|pid|requiri|"
          r"requerimos|gestion|metimos|convoc)"),
    (1.5, r"\bcotiz(?:ando|acion|aciones|amos|e|o)\b|\bsolicitud(?:es)?\ de\ (?:cotizacion|instructor|"
          r"informacion\ a)\b"),
    (1.5, r"\b(?:repart\w+|mand(?:e|amos|aron|o)|envi(?:e|amos|aron|o)|gir(?:e|amos|o|aron)|"
          r"se\ (?:giro|giraron|mando|mandaron))\b"
          r"[^.;]{0,40}\b(?:formulario|formatos?|calendario|cronograma|correos?|recordatorios?|recordando|"
          r"invitacion(?:es)?|"
          r"convocatorias?|circular(?:es)?|encuesta|cuestionario|borrador|material)\b"),
    (1.5, r"\binvitacion(?:es)?\ (?:enviadas?|entregadas?|giradas?|listas?)|\bconvocatorias?\b|"
          r"\bse\ convoco\b|\bconvocamos\b|\bconvoque\b"),
    (1.5, r"\bpara\ (?:poder\ )?(?:empezar|iniciar|definir|revisar|aclarar|ver|planear|armar|preparar|"
          r"organizar|acordar|saber|"
          r"que|q|sacar|hacer|elaborar|integrar|comenzar|afinar|explicar|coordinar|programar|conocer|"
          r"disenar)\b|\bp(?:a|/)?\ (?:que|q|saber|definir|revisar|ver|armar)\b"),
    (1.0, r"\brecordan\w+\b|\bavance\b|\bvan?\ (?:al|en\ un)\ \d+|\ben\ \d+\ de\ \d+\b|\bobservaciones\b"),
    (1.5, r"\b\w{4,}(?:are|aremos|eremos|iremos|ara|aran)\ (?:el|la|los|las|un|una|en|para)\b"),
    (1.5, r"\b(?:reprogram|pospus|pospon|cancel|suspend|aplaz|difir)\w+"),
    (2.0, r"\bahora\ (?:a|toca|sigue|falta|hay)\b|\bquieren?\ (?:que|q)\b"),
    (3.0, r"\bno\ (?:se\ )?(?:le\ |les\ |nos\ |me\ |lo\ |la\ )?(?:he|hemos|ha|han)\b"),
    (2.0, r"\bmanana\ (?:es|sera|hay|vamos|tenemos|toca|doy|damos)\b"),
    (2.0, r"\b(?:a|para|en)\ (?:su\ )?(?:revision|validacion|opinion|comentarios|observaciones|visto\ bueno|"
          r"vobo)\b"),
    (1.5, r"\bno\ (?:se\ )?(?:pudo|pudimos|puedo|pudieron|hubo|alcanz\w+|lleg\w+|abren|hay)\b"),
)  # fmt: skip
# Over and done with.
_DONE = _cues(
    (2.0, r"\b(?:ya\ )?(?:quedo|quedaron)\ (?!(?:en|de|para|por|pendientes?|con\ (?:\d+\ )?observaciones|"
          r"con\ dudas|"
          r"dudas|con\ varias|a\ medias)\b)"),
    (2.0, r"\bya\ (?:esta|estan|quedo|quedaron|salio|salieron|hay|tenemos|se|fue|fueron|lo|la|los|las|"
          r"aparecen?)\b"),
    (2.0, r"\b(?:logr(?:o|e|amos|aron|ad[oa]s?)|conclu(?:yo|imos|i|yeron|id[oa]s?|sion)|termin(?:e|o|amos|"
          r"aron|ad[oa]s?)|finaliz(?:o|amos|"
          r"aron|ad[oa]s?)|"
          r"cerr(?:o|amos|aron|ad[oa]s?)|culmin\w+)\b"),
    (2.0, r"\b(?:entreg(?:ue|o|amos|aron|ad[oa]s?)|present(?:e|o|amos|aron|ad[oa]s?)|remit(?:i|io|imos|"
          r"ieron|id[oa]s?)|"
          r"public(?:o|amos|aron|ad[oa]s?)|inscrib\w+|registr(?:o|amos|aron|ad[oa]s?))\b"),
    (2.0, r"\b(?:aprob(?:o|amos|aron|ad[oa]s?)|aprov(?:o|aron|ad[oa]s?)|autoriz(?:o|aron|ad[oa]s?)|"
          r"firmad[oa]s?|firmamos|firmaron|se\ firm(?:o|aron)|"
          r"validad[oa]s?|liberad[oa]s?|rubricad[oa]s?|suscrit[oa]s?|suscribi(?:o|eron|mos)|expidi(?:o|"
          r"eron)|sellad[oa]s?)\b"),
    (2.0, r"\b(?:atend(?:i|io|imos|ieron|id[oa]s?)|resolv(?:i|io|imos|ieron)|resuelt[oa]s?|contest(?:e|o|"
          r"amos|aron|ad[oa]s?)|"
          r"respond(?:i|io|imos|ieron|id[oa]s?)|dio\ respuesta|dimos\ respuesta|solvent(?:o|amos|ad[oa]s?)|"
          r"notific(?:o|amos|ad[oa]s?)|tramit(?:o|amos|ad[oa]s?)|"
          r"surt(?:i|io|imos|ieron|id[oa]s?)|despach\w+|cumplid[oa]s?|cubiert[oa]s?|pagad[oa]s?|pago)\b"),
    (2.0, r"\b(?:di|dimos|dio|dieron|impart(?:i|io|imos|ieron|id[oa]s?)|brind(?:e|o|amos|aron|ad[oa]s?)|"
          r"realiz(?:o|e|amos|aron|ad[oa]s?)|"
          r"hicimos|hice|hizo|hicieron|hech[oa]s?|llev(?:o|aron|amos)\ a\ cabo|efectu(?:o|amos|aron|"
          r"ad[oa]s?)|ejecut(?:o|amos|aron|ad[oa]s?)|"
          r"celebr(?:o|amos|aron|ad[oa]s?)|sesion(?:o|amos|aron)|tom(?:e|amos|aron)|tuvimos|otorg(?:o|amos|"
          r"ad[oa]s?)|proporcion(?:o|amos|e|ad[oa]s?))\b"),
    (2.0, r"\b(?:elabor(?:e|o|amos|aron|ad[oa]s?)|redact(?:o|amos|ad[oa]s?|e)|integr(?:o|amos|aron|"
          r"ad[oa]s?)|actualiz(?:o|e|amos|aron|ad[oa]s?)|"
          r"sub(?:i|io|imos|ieron|id[oa]s?)|list[oa]s?|levantad[oa]s?|gener(?:o|amos|aron|ad[oa]s?)|"
          r"emit(?:io|imos|id[oa]s?)|proyect(?:o|amos|aron|ad[oa]s?)|"
          r"modific(?:o|amos|aron|ad[oa]s?)|complet[oa]s?|definitiv[oa]s?|final|cargad[oa]s?|carg(?:o|amos|"
          r"aron)|arriba|formul(?:o|amos|ad[oa]s?))\b"),
    (2.0, r"\b(?:conect(?:o|e|amos|aron|ad[oa]s?)|interconect(?:o|amos|aron|ad[oa]s?)|instal(?:o|amos|aron|"
          r"ad[oa]s?)|repar(?:o|amos|ad[oa]s?)|"
          r"limpi(?:o|e|amos|aron|ad[oa]s?|as)|soplete\w+|formate(?:o|amos|ad[oa]s?)|revisad[oa]s?|"
          r"renov(?:o|aron|ad[oa]s?)|obtuv(?:o|imos)|"
          r"adiestr(?:o|amos|ad[oa]s?)|capacit(?:o|e|amos|aron|ad[oa]s?)|asesor(?:e|o|amos|aron|ad[oa]s?)|"
          r"orient(?:e|o|amos|aron|ad[oa]s?)|ayud(?:e|amos)|apoy(?:e|amos)|"
          r"compr(?:o|amos|ad[oa]s?)|imprim(?:io|ieron|imos)|acredit(?:o|aron|amos)|nos\ entregaron)\b"),
    (1.5, r"\b(?:constancias?|acuse|sello|en\ manos\ de|por\ unanimidad|version\ final|documento\ final|"
          r"por\ fin)\b"),
    (1.5, r"\b(?:sin\ incidencias|en\ tiempo\ y\ forma|dentro\ del\ plazo)\b"),
)  # fmt: skip
_DID = _cues(  # any verb in the past
    (0.7, r"\b\w{3,}(?:amos|imos)\b|\bse\ (?:les?\ )?\w{3,}(?:o|aron|ieron)\b"),
)  # fmt: skip
_SENT = _cues(
    (1.5, r"(?<!manana\ l[oae]\ )(?<!manana\ l[oae]s\ )\b(?:dej(?:e|o|amos|aron)|envi(?:e|o|amos|aron|"
          r"ad[oa]s?)|envio|mand(?:e|o|amos|aron|ad[oa]s?)|"
          r"turnad[oa]s?|recibid[oa]s?\ por)\b(?!\ (?:a\ |hasta\ )?(?:manana|pasado\ manana)\b)"),
)  # fmt: skip
_MEETING = _cues(
    (2.5, r"\b(?:reunion(?:es)?|reu|reus|junta|taller(?:es)?\ (?:con|a|para)|foros?|nos\ (?:reunimos|"
          r"juntamos|sentamos|vimos)|mesas?\ de\ trabajo|"
          r"platica\ con|platicar|platicamos|visit\w+|llamada|videollamada|entrevista\w*|"
          r"encuentro|acercamiento)\b"),
)  # fmt: skip
_A_MEETING = re.compile(
    r"\b(?:reunion\w*|reus?|juntas?|mesas? de trabajo|sesion\w*|platica\w*|visita\w*|plenarias?)\b"
)
_OPENING = 40  # characters in which a message says what it is about
_CAME_IN = _cues(
    (2.5, r"\b(?:nos|me)\ (?:acaba\ de\ )?(?:caer|cayo|cayeron|llego|llegaron|ingreso|ingresaron|entro|"
          r"entraron)\b|\brecib(?:i|imos|io|ieron)\b"
          r"|(?<!ya\ )\b(?:ingreso|ingresaron|llego|llegaron|entro|entraron|cayo|cayeron)\b|\bturn(?:e|amos|"
          r"o)\b|\bse\ turn(?:o|aron)\b|\bcanaliz\w+\b"
          r"|\bmetimos\b|\bprevencion\b|\bpreviene\b|\bprorroga\b"),
)  # fmt: skip
_PREPARED = _cues(
    (2.0, r"\b(?:materiales?|listas|diapositivas|presentacion|temario|instructor\w*|ponente|formulario|"
          r"programa\ de|convocatorias?|"
          r"invitacion(?:es)?|oficios?\ (?:de\ )?invitacion|orden\ del\ dia)\b"),
)  # fmt: skip
_LOOKED_AT = _cues(
    (1.5, r"\b(?:trabaj(?:e|amos|ando)|avanz(?:o|amos|ando)|adelant(?:e|amos)|revis(?:e|o|amos|aron|ando)|"
          r"vimos|analiz(?:o|amos|aron|ando)|fuimos\ a|fui\ a|busc(?:ando|"
          r"amos|o)|calcul(?:o|amos|e)|"
          r"arm(?:e|amos|ando)|junt(?:e|amos|ando)|consult(?:e|amos)|recib(?:i|imos))\b"),
)  # fmt: skip
_FOLLOWED = _cues(
    (1.5, r"\b(?:seguimiento|acompanamiento|acompan\w+|llam(?:e|o|amos|aron))\b"),
)  # fmt: skip
_STEP_OF: dict[MeasureKind, tuple[Cue, ...]] = {
    MeasureKind.PRODUCT: (*_MEETING, *_LOOKED_AT),
    MeasureKind.HANDLED: _CAME_IN,
    MeasureKind.EVENT: _PREPARED,
    MeasureKind.PEOPLE: _PREPARED,
    MeasureKind.ENTITY: (*_MEETING, *_LOOKED_AT, *_FOLLOWED),
    MeasureKind.UNIT_OF_WORK: (),
}
_DONE_OF: dict[MeasureKind, tuple[Cue, ...]] = {
    MeasureKind.PRODUCT: (*_DONE, *_SENT),  # sending it is the end of it
    MeasureKind.HANDLED: (*_DONE, *_SENT, *_DID),
    MeasureKind.EVENT: (*_DONE, *_DID),
    MeasureKind.PEOPLE: _DONE,
    MeasureKind.ENTITY: _DONE,
    MeasureKind.UNIT_OF_WORK: (*_DONE, *_DID),
}
_RELATIVE = re.compile(
    r"\b(?P<told>\w+) (?:q|que|quien|quienes) (?:(?:se|les?|nos|me|ya|no|la|lo) )*"
    r"\w+(?:o|on|e|an|ia|aba|aban|ian)\b"
)
_TELLING_WORDS = (
    "informa informo comento comunico constar aviso reporto conocimiento precisa digo cuento avisa es hago "
    "notifico manifiesto confirmo apunta apuntar anotes parece favor creo"
)
_TELLING = frozenset(_TELLING_WORDS.split())  # «le comento que se entregó» is one's own report


@dataclass(frozen=True)
class Stage:
    """What speaks for its being finished, and for its being a step."""

    done: float
    step: float

    @property
    def ahead(self) -> float:
        return self.done - self.step


@lru_cache(maxsize=16)  # it is asked for each target of a line
def stage(text: str, kind: MeasureKind) -> Stage:
    """How far the text (folded) says that it has come."""
    step = _weigh(text, _STEP) + _weigh(text, _STEP_OF[kind])
    return Stage(_weigh(_told_of_oneself(text), _DONE_OF[kind]), step)


def is_about_meeting(text: str) -> bool:
    """Whether it begins with people who met."""
    return bool(_A_MEETING.search(text[:_OPENING]))


def _weigh(text: str, cues: tuple[Cue, ...]) -> float:
    return sum(weight for pattern, weight in cues if pattern.search(text))


def _told_of_oneself(text: str) -> str:
    """The text without what somebody else did: «las metas q mandaron las áreas», «lo que hizo la SESNA»."""
    return _RELATIVE.sub(lambda found: found[0] if found["told"] in _TELLING else GAP, text)
