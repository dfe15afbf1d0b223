"""Which words are verbs of «I» or «we», of which verb, and of which tense."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from spanish.reading.wording import word_set
from spanish.rewording.lexicon import is_listed, lemma


class Time(Enum):
    PAST = auto()
    PRESENT = auto()
    IMPERFECT = auto()
    FUTURE = auto()


@dataclass(frozen=True)
class FirstPerson:
    infinitive: str
    time: Time
    we: bool


_LISTED: dict[str, tuple[str, Time]] = {
    "di": ("dar", Time.PAST), "dimos": ("dar", Time.PAST), "fui": ("ir", Time.PAST),
    "fuimos": ("ir", Time.PAST), "hice": ("hacer", Time.PAST), "hicimos": ("hacer", Time.PAST),
    "isimos": ("hacer", Time.PAST), "ise": ("hacer", Time.PAST), "vi": ("ver", Time.PAST),
    "vimos": ("ver", Time.PAST), "tuve": ("tener", Time.PAST), "tuvimos": ("tener", Time.PAST),
    "estuve": ("estar", Time.PAST), "estuvimos": ("estar", Time.PAST), "pude": ("poder", Time.PAST),
    "pudimos": ("poder", Time.PAST), "puse": ("poner", Time.PAST), "pusimos": ("poner", Time.PAST),
    "vine": ("venir", Time.PAST), "vinimos": ("venir", Time.PAST), "traje": ("traer", Time.PAST),
    "trajimos": ("traer", Time.PAST), "dije": ("decir", Time.PAST), "dijimos": ("decir", Time.PAST),
    "anduve": ("andar", Time.PAST), "anduvimos": ("andar", Time.PAST), "propuse": ("proponer", Time.PAST),
    "propusimos": ("proponer", Time.PAST), "obtuve": ("obtener", Time.PAST),
    "obtuvimos": ("obtener", Time.PAST), "quise": ("querer", Time.PAST), "quisimos": ("querer", Time.PAST),
    "sostuve": ("sostener", Time.PAST), "sostuvimos": ("sostener", Time.PAST),
    "expuse": ("exponer", Time.PAST), "expusimos": ("exponer", Time.PAST),
    "sigo": ("seguir", Time.PRESENT), "llevo": ("llevar", Time.PRESENT), "tengo": ("tener", Time.PRESENT),
    "estoy": ("estar", Time.PRESENT), "ando": ("andar", Time.PRESENT), "voy": ("ir", Time.PRESENT),
    "he": ("haber", Time.PRESENT), "hemos": ("haber", Time.PRESENT), "vamos": ("ir", Time.PRESENT),
    "estamos": ("estar", Time.PRESENT), "llevamos": ("llevar", Time.PRESENT),
    "andamos": ("andar", Time.PRESENT), "seguimos": ("seguir", Time.PRESENT),
    "esperamos": ("esperar", Time.PRESENT), "necesitamos": ("necesitar", Time.PRESENT),
    "íbamos": ("ir", Time.IMPERFECT), "ibamos": ("ir", Time.IMPERFECT),
    "continúo": ("continuar", Time.PRESENT), "continuamos": ("continuar", Time.PRESENT),
    "continuo": ("continuar", Time.PRESENT), "somos": ("ser", Time.PRESENT), "hago": ("hacer", Time.PRESENT),
    "damos": ("dar", Time.PRESENT), "puedo": ("poder", Time.PRESENT), "informo": ("informar", Time.PRESENT),
    "comunico": ("comunicar", Time.PRESENT), "remito": ("remitir", Time.PRESENT),
    "vemos": ("ver", Time.PRESENT),
}  # fmt: skip
_NO_VERBS = word_set(
    "tramos reclamos ramos préstamos prestamos gramos kilogramos extremos máximos mínimos últimos "
    "próximos anónimos legítimos óptimos ánimos ánimo décimos amos términos marítimos íntimos mismos "
    "además olmos primos temas racimos pésimos ritmos insumos consumos resúmenes comité comités té café "
    "también acné bebé clichés aquí allí ahí así mí sí ti casi según jacaté carné chalé josé andré qué "
    "porqué haré usé"
)


@lru_cache(maxsize=4096)
def first_person(word: str) -> FirstPerson | None:
    """Return what a word in small letters is as a verb of the first person, or None.

    «Entregamos» may be present or past; reports tell what was done, so it is past here.
    """
    if word in _LISTED:
        infinitive, time = _LISTED[word]
        return FirstPerson(infinitive, time, word.endswith("mos"))
    if word in _NO_VERBS or len(word) < 4:
        return None
    if word.endswith("mos"):
        return _we(word)
    if word.endswith(("é", "í")):
        return _i(word)
    return None


def is_present_too(word: str) -> bool:
    """Return whether the past of «we» is the present, too: «entregamos», not «hicimos»."""
    return word.endswith("mos") and word not in _LISTED and lemma(word).endswith(("ar", "ir"))


def _we(word: str) -> FirstPerson | None:
    listed = lemma(word)
    infinitive = listed if listed.endswith(("ar", "er", "ir")) else _unlisted(word)
    if infinitive is None:
        return None
    if word.startswith(infinitive) and word.endswith("remos"):
        return FirstPerson(infinitive, Time.FUTURE, we=True)
    stem = infinitive[:-2]
    if word in (stem + "ábamos", stem + "abamos", stem + "íamos", stem + "iamos"):
        return FirstPerson(infinitive, Time.IMPERFECT, we=True)
    if word.endswith("emos"):
        return FirstPerson(infinitive, Time.PRESENT, we=True) if infinitive.endswith("er") else None
    if word.endswith("amos") and word != infinitive[:-1] + "mos":
        return None  # «podamos»: a wish
    return FirstPerson(infinitive, Time.PAST, we=True)


def _unlisted(word: str) -> str | None:
    """Return the infinitive of «capacitamos» where only that is listed."""
    for ending, infinitive in (("amos", "ar"), ("imos", "ir"), ("imos", "er")):
        if word.endswith(ending) and is_listed(made := word.removesuffix(ending) + infinitive):
            return made
    return None


def _i(word: str) -> FirstPerson | None:
    infinitive = lemma(word)
    if not infinitive.endswith(("ar", "er", "ir")):
        made = word[:-1].removesuffix("qu") + ("ar" if word.endswith("é") else "ir")
        if not is_listed(made):
            return None
        infinitive = made
    if word == infinitive + "é":
        return FirstPerson(infinitive, Time.FUTURE, we=False)
    return FirstPerson(infinitive, Time.PAST, we=False)
