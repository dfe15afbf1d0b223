"""The expressions by which `spanish.reading.participants` finds people in a folded text."""

import re

_DIGITS = r"(?P<{}>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,7}})(?![\d%/])(?![.,]\d)"
N = r"(?<![\w.,:/$#-])" + _DIGITS
_ARE = r"(?: (?:fueron|eran|son|de ellas|de ellos|de l[oa]s cuales))?"
_WOMEN = r"(?:mujer(?:es)?|muj|mjs|damas|femeninas|femeninos|fem|f)\b\.?"
_MEN = r"(?:hombres?|hom|hbs|varon(?:es)?|caballeros|masculinos|masculinas|masc|h)\b\.?"
_SURE_WOMEN = r"(?:mujer(?:es)?|muj|damas|femeninas|fem|[fm])\b\.?"
_SURE_MEN = r"(?:hombres?|hom|varon(?:es)?|caballeros|masculinos|masc|h)\b\.?"
# Of these the masculine alone may be of both: «22 compañeros», but «9 compañeras y 3 compañeros».
_ROOTS = (
    r"companer|nin|alumn|maestr|senor|muchach|servidor|regidor|director|profesor|doctor|funcionari|"
    r"ciudadan|emplead|"
    r"trabajador|colaborador|usuari|empresari|beneficiari|abogad|enfermer|medic|vecin|emprendedor|productor|artesan|"
    r"becari|asesor|coordinador|consejer|contralor|sindic"
)
_AND = r"(?: ?[,;/+|-] ?| )(?:y |e )?(?:tambien )?"
_LABEL_AND = rf"(?:{_AND}| ?\. )"  # «Mujeres: 9. Hombres: 7»
_REST = r"(?:el resto|los demas|lo demas|las demas)(?: \w+)?"
_N_WOMEN, _N_MEN = (rf"(?<!\d){_DIGITS.format(sex)}" for sex in ("women", "men"))
_FEMININE = rf"(?P<root>{_ROOTS})as(?: public[oa]s| municipales)?"
# «12F/7M»: where women are F, M are men; elsewhere M are women.
PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N_WOMEN} ?f\b{_AND}{_N_MEN} ?m\b",
        rf"{_N_MEN} ?m\b{_AND}{_N_WOMEN} ?f\b",
        rf"{_N_WOMEN}{_ARE} ?(?:{_WOMEN}|m\b\.?){_AND}(?:{_N_MEN}{_ARE} ?{_MEN}|(?P<others>{_REST}))",
        rf"{_N_MEN}{_ARE} ?{_MEN}{_AND}(?:{_N_WOMEN}{_ARE} ?(?:{_WOMEN}|m\b\.?)|(?P<others>{_REST}))",
        rf"(?<!\d )(?<!\d)\b(?:{_WOMEN}|m\b\.?) ?[:=]? ?{_N_WOMEN}{_LABEL_AND}{_MEN} ?[:=]? ?{_N_MEN}",
        rf"(?<!\d )(?<!\d)\b{_MEN} ?[:=]? ?{_N_MEN}{_LABEL_AND}(?:{_WOMEN}|m\b\.?) ?[:=]? ?{_N_WOMEN}",
        rf"{_N_WOMEN}{_ARE} {_FEMININE}{_AND}{_N_MEN}{_ARE} (?P=root)(?:os|es)\b",
        rf"{_N_MEN}{_ARE} (?P<root>{_ROOTS})(?:os|es)(?: public[oa]s)?{_AND}{_N_WOMEN}{_ARE} (?P=root)as\b",
    )
)
ONE_SEX = re.compile(rf"(?:{_N_WOMEN}{_ARE}(?: son| eran)? mujer(?:es)?|{_N_MEN}{_ARE} hombres?)\b")
WOMEN_ONLY = re.compile(rf"{_N_WOMEN} (?:{_FEMININE}|damas)\b(?! (?:y|o|e) )")
# The same and «6 muj», «5 H», «mujeres: 6», where nothing else is spoken of.
ONE_SEX_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N_WOMEN}{_ARE} ?{_SURE_WOMEN}|{_N_MEN}{_ARE} ?{_SURE_MEN}",
        rf"\b{_SURE_WOMEN} ?[:=]? ?{_N_WOMEN}|\b{_SURE_MEN} ?[:=]? ?{_N_MEN}",
    )
)
ONE = re.compile(r"\b(?:un|una) (?=(?:mujer|hombre|persona)\b)")
_OF = r"(?: personas?)?(?: representa\w+| pertenec\w+)?(?: (?:de|a|al|del)(?: la| las| los| el)?)? "
SECTORS = re.compile(
    rf"{N.format('number')}{_OF}(?:"
    r"(?P<private_sector>(?:sector |iniciativa )?privad[oa]|empresari[oa]s?)|"
    r"(?P<civil_society>sociedad(?: civil)?|osc)|(?P<academia>academi[ac]\w*|universi\w+)|"
    r"(?P<public_servants>servidor\w*(?: public[oa]s)?|servicio publico|funcionari[oa]s?))\b"
)
_ENROLLED = r"(?:inscrit[oa]s|registrad[oa]s|convocad[oa]s|invitad[oa]s|apuntad[oa]s|programad[oa]s)"
PEOPLE = (
    r"(?:personas?|asist|asistentes?|participantes?|integrantes?|companer[oa]s?|servidor(?:es|as)|"
    r"servidora? public[oa]|alumn[oa]s?|estudiantes?|"
    r"ciudadan[oa]s?|funcionari[oa]s?|emplead[oa]s?|trabajador(?:es|as?)?|colaborador(?:es|as?)?|"
    r"docentes?|maestr[oa]s|jovenes|nin[oa]s|enlaces|titulares|capacitad[oa]s|usuari[oa]s|responsables|"
    r"empresari[oa]s|comerciantes|director(?:es|as)|regidor(?:es|as)|policias|abogad[oa]s|auxiliares|"
    r"beneficiari[oa]s|becari[oa]s|acreditad[oa]s|aprobad[oa]s|graduad[oa]s|gentes?|compas|egresad[oa]s|"
    r"visitantes|invitad[oa]s presentes|inscrit[oa]s|conectad[oa]s|adult[oa]s|menores|adolescentes|pacientes|"
    r"senor(?:es|as)|muchach[oa]s|"
    r"presidentes municipales|alcaldes|alcaldesas|sindic[oa]s|vecin[oa]s|habitantes|productor(?:es|as)|"
    r"artesan[oa]s|emprendedor(?:es|as)|parteras?|donador(?:es|as)|espectador(?:es|as)|mamas|papas|elementos|"
    r"cocineras|jubilad[oa]s|pensionad[oa]s|conductor(?:es|as)|operador(?:es|as)|inspector(?:es|as)|ganader[oa]s|"
    r"campesin[oa]s|migrantes|evacuad[oa]s|chav[oa]s|bomber[oa]s|(?!(?:entre|re)?vistas|listas)\w{3,20}istas|"
    r"padres de familia|madres de familia|tutores|profesor(?:es|as)|doctor(?:es|as)|medic[oa]s|enfermer[oa]s|"
    r"coordinador(?:es|as)|jef[oa]s|consejer[oa]s|contralor(?:es|as)|voluntari[oa]s|internos|brigadistas|"
    r"promotor(?:es|as)|deportistas|lideres|representantes|derechohabientes|"
    r"asociad[oa]s|agremiad[oa]s|personal)\b"
)
HEAD = re.compile(
    rf"(?P<not>\b(?:de l[oa]s|falt\w+|no \w+|ni) )?{N.format('total')}(?: de (?:l[oa]s |sus )?\d+)? {PEOPLE}"
    r"(?! no (?:se |les |nos |me )?\w{2,}(?:ron|o|ban|ian)\b)"
    r"(?P<each>(?: en)? cada| por (?:grupo|sesion|curso|taller|turno|dia))?"
)
GROUP = re.compile(r"(?<![\w.,:/$#-])\d{1,6}(?![\w%/])(?![.,:]\d)")
_MEMBERS = rf"(?: {PEOPLE}(?: \w{{4,}})?)"
GROUPS = re.compile(  # of people who are told apart by what they are
    rf"{N.format('one')}(?:{_MEMBERS}(?:, \d{{1,6}}{_MEMBERS}){{0,4}},?|(?:, \d{{1,6}}){{0,4}}) "
    rf"y \d{{1,6}} {PEOPLE}(?! de (?:ell|l[oa]s cuales))"
)
ENROLLED = re.compile(rf"{N.format('total')}(?: \w+)? {_ENROLLED}\b")
ONLY_ENROLLED = re.compile(  # so far
    rf"\b(?:van|llevamos|hay|tenemos|son) (?:ya )?{N.format('total')} {_ENROLLED}|"
    rf"\bse inscribieron {N.format('also')}"
)
_OF_THOSE = rf"de l[oa]s \d{{1,7}} (?:{PEOPLE}|{_ENROLLED}|que)"
CAME = re.compile(
    r"(?P<not>\bno )?\b(?:estuvimos|fuimos|eramos|asistimos|asistieron|asistencia|participamos|"
    r"participaron|participacion|acudieron|acudimos|vinieron|llegaron|conectaron|conectamos|tomamos|tomaron|"
    r"terminaron|acreditaron|concluyeron|presencia|capacite|capacitamos|capacitaron|capacito|adiestramos|constancias?|"
    r"presentaron|aprobaron|juntamos|juntaron|reunimos|reunieron|hubo|quedamos|somos|quorum) "
    r"(?:a |como |unos |unas |de |solo |nomas |nada mas |en total |con |los |las ){0,2}"
    rf"{N.format('total')}"
    rf"(?= ?[,.;:()]| (?:de(?! \d| l[oa]s \d)|{_OF_THOSE}|en|con|del|para|por|y|el|la|al|a|pero)\b|$)"
)
# «Asistentes: 7», «total de asistentes: 45», «asist. 22».
LABELLED = re.compile(
    r"(?<!\d )\b(?:asistentes|participantes|asistencia|participacion|"
    r"personas|publico|capacitad[oa]s|conectados|"
    rf"poblacion|beneficiarios|beneficiarias)(?: (?:total|totales|atendid[oa]s|capacitad[oa]s))?"
    rf"(?: ?[:=] ?| fueron | son ){N.format('total')}(?! (?!{PEOPLE})(?!mujeres|hombres)[a-z]{{3,}}s\b)|"
    rf"\b(?:asist\.? ?[:=]?|conectados) {N.format('also')}(?= ?[.,;:)]|$)"
)
WHOLE = re.compile(
    rf"{N.format('total')}(?: {PEOPLE})? (?:en total|total)\b|"
    rf"\btotal(?: de)? ?[:=]? ?(?:de )?{N.format('also')}(?: {PEOPLE})?|= ?{N.format('sum')}"
)
ATTENDED = re.compile(r"(?:asistentes|participantes)$")
CAME_BEFORE = re.compile(
    r"\b(?:participacion|asistencia|presencia|participaron|asistieron|acudieron|vinieron)"
    r"(?: (?:de|a|un total|unas|unos|como)){0,3} $"
)
JUST_BEFORE = re.compile(
    rf"{N.format('total')}(?: {PEOPLE}(?: \w+){{0,3}})?(?: en total)? ?[(,:;–-]? ?"
    r"(?:\(? ?de (?:ell[oa]s|l[oa]s (?:cuales|que)),? )?(?:son |eran |fueron )?$"
)
# Those to whom something was sent, or who were asked, did not take part.
_SENT = (
    r"\b(?:mand\w+|envi\w+|correos?|oficios?|circular\w*|notific\w+|turn\w+|pas(?:e|o|amos)|convoc\w+|"
    r"invitaciones|invite|invito|invitaron|invitamos|solicit\w+|pid\w+|pedimos|requir\w+|lleg[oa]|remit\w+|"
    r"entregu?\w+ a|aviso|avise|firmas? de|peticion|quejas?|denuncias?)\b[^.;,]{0,40}$"
)
# Nor those who are expected, or would have room, or stand on a list.
_EXPECTED = (
    r"\b(?:esper\w+|falt\w+ que|cupo\w*|capacidad|aforo|lugares|previst\w+|calcul\w+|estim\w+|planead\w+|"
    r"pretend\w+|meta|"
    r"padron|cuadrillas?|plantilla|directorio|censo|list[ao]|listado|base de datos|base)\b[^.;,]{0,40}$"
)
SENT_OR_EXPECTED = re.compile(f"{_SENT}|{_EXPECTED}")
ABSENT = re.compile(
    r" (?:que )?no (?:fueron|llegaron|asistieron|vinieron|pudieron|"
    r"acudieron|se presentaron)\b|(?: quedaron)? (?:pendientes|por capacitar)\b"
)
# Nor those who were given an account, or were paid: «46 usuarios dados de alta», «nómina (34 trabajadores)».
ACCOUNTS = re.compile(
    r"\b(?:alta|altas|registr(?:o|aron|amos|e|ados?|adas?)|cre(?:o|e|aron|amos)|gener(?:o|aron|amos|e)|"
    r"habilit\w+|activ(?:o|e|aron|amos)|cuentas|claves|contrasenas|credenciales|accesos)"
    r"(?: (?:a|de|para|los|las|nuevos|otros|como|unos))* $"
)
ACCOUNTED = re.compile(
    r" (?:(?:ya|nuev[oa]s|quedaron|fueron|que|se) ){0,6}(?:registrad[oa]s|dad[oa]s de alta|de alta|"
    r"activ[oa]s|activad[oa]s|habilitad[oa]s|cread[oa]s|cargad[oa]s|con (?:cuenta|clave|acceso|usuario))\b"
)
PAID = re.compile(
    r"\b(?:nominas?|quincenas?|pagos?|pago|pagamos|pagaron|sueldos?|aguinaldos?|prima|recibos|timbr\w+|"
    r"dispersion|retenciones|vales|incidencias)\b[^.;,]{0,40}$"
)
# «22 personas) y otro de protección civil (19)»: in brackets as the first, of another of them.
IN_BRACKETS_TOO = re.compile(rf"\((?P<total>\d{{1,6}})(?: {PEOPLE})?\)")
# «Lunes con 20 personas y martes con 17»
LED_TOO = re.compile(
    rf"\bcon (?P<first>\d{{1,6}}) {PEOPLE}[^.;:\d]{{1,40}} con (?P<total>\d{{1,6}})(?= ?[.,;)]|$)"
)
TAUGHT = re.compile(
    r"\b(?:curso|taller|capacit\w+|platica|asesor\w+|reunion|sesion|orient\w+|adiestr\w+|asist\w+|"
    r"particip\w+)\b"
)
STAFF = re.compile(r"(?:trabajador|emplead|persona|servidor|colaborador|funcionari|companer)")
ALL_ONE_SEX = re.compile(
    r"\b(?:tod|pur|sol|solament)[oae]?s? (?P<sex>mujeres|hombres)\b"
    rf"(?: ?[,:(] ?(?:fueron |eran |un total de )?{N.format('total')}(?! (?!en total|personas)[a-z]))?"
)
HALF = re.compile(r"\b(?:la )?mitad (?:eran |fueron |son |de )?(?:mujeres|hombres)\b")
# What may stand around the numbers of an answer, and before a total that has no noun.
_AROUND = (
    r"(?:\W|\b(?:y|e|fue|fueron|era|eran|eramos|fuimos|estuvimos|somos|son|hubo|asistieron|asistimos|"
    r"participaron|participamos|participacion|asistencia|presencia|acudieron|acudimos|vinieron|estuvieron|"
    r"llegaron|en total|total|de|ell[oa]s|l[oa]s|la|cuales|que|con|o sea|es decir|un|unos|unas|como|solo|"
    r"solamente|nada mas|nomas|"
    r"participantes|personas|asistentes|tambien)\b)"
)
LEFT_OVER = re.compile(rf"{_AROUND}{{0,60}}")
BARE = re.compile(rf"{_AROUND}{{0,12}}?{N.format('total')}(?= en total| total| [ye] |\W*$| ?[,;:(/])")
NEGATIVE = re.compile(r"(?:^|[^\d\w ] ?)-\s*\d|^ ?-")
