"""The third person of verbs: «entregar» to «entregó» and «entregaron», «entregará» and «entregarán»."""

from functools import lru_cache

from spanish.rewording.lexicon import is_listed

Forms = tuple[str, str]  # singular, plural

_PAST = {
    "ser": ("fue", "fueron"), "ir": ("fue", "fueron"), "dar": ("dio", "dieron"), "ver": ("vio", "vieron"),
    "hacer": ("hizo", "hicieron"), "haber": ("hubo", "hubo"), "oír": ("oyó", "oyeron"),
    "reír": ("rio", "rieron"),
}  # fmt: skip
# Verbs whose preterite has a stem of its own, and all that are made of them: «obtener», «exponer».
_STRONG = (
    ("tener", "tuv", "ieron"), ("estar", "estuv", "ieron"), ("poder", "pud", "ieron"),
    ("poner", "pus", "ieron"),
    ("querer", "quis", "ieron"), ("saber", "sup", "ieron"), ("venir", "vin", "ieron"),
    ("andar", "anduv", "ieron"),
    ("hacer", "hic", "ieron"), ("decir", "dij", "eron"), ("traer", "traj", "eron"), ("ducir", "duj", "eron"),
    ("caber", "cup", "ieron"), ("prever", "prev", "ieron"),
)  # fmt: skip
_COMPOUNDED = frozenset(("tener", "poner", "venir", "hacer", "decir", "traer", "ducir", "prever"))
_FUTURE = {
    "tener": "tendr", "poner": "pondr", "venir": "vendr", "salir": "saldr", "hacer": "har", "decir": "dir",
    "poder": "podr", "querer": "querr", "saber": "sabr", "haber": "habr", "caber": "cabr", "valer": "valdr",
}  # fmt: skip
_PRESENT = {
    "estar": ("está", "están"), "seguir": ("sigue", "siguen"), "llevar": ("lleva", "llevan"),
    "tener": ("tiene", "tienen"), "andar": ("está", "están"), "ir": ("va", "van"), "haber": ("ha", "han"),
    "hacer": ("hace", "hacen"), "continuar": ("continúa", "continúan"), "deber": ("debe", "deben"),
    "querer": ("quiere", "quieren"), "poder": ("puede", "pueden"), "necesitar": ("necesita", "necesitan"),
    "esperar": ("espera", "esperan"), "ver": ("ve", "ven"), "traer": ("trae", "traen"), "dar": ("da", "dan"),
    "requerir": ("requiere", "requieren"), "pedir": ("pide", "piden"), "solicitar": ("solicita", "solicitan"),
    "remitir": ("remite", "remiten"), "trabajar": ("trabaja", "trabajan"), "ser": ("es", "son"),
}  # fmt: skip


@lru_cache(maxsize=2048)
def past(infinitive: str) -> Forms | None:
    """Return «entregó», «entregaron»; None if the dictionary does not confirm them."""
    if infinitive in _PAST:
        return _PAST[infinitive]
    for verb, stem, ending in _STRONG:
        if infinitive == verb or (verb in _COMPOUNDED and infinitive.endswith(verb)):
            begun = infinitive.removesuffix(verb)
            one = "hizo" if verb == "hacer" else f"{stem}{'ió' if verb == 'prever' else 'o'}"
            return begun + one, begun + stem + ending
    for pair in _regular(infinitive):
        if is_listed(pair[0]) and is_listed(pair[1]):
            return pair
    return None


def _regular(infinitive: str) -> list[Forms]:
    stem, ending = infinitive[:-2], infinitive[-2:]
    if ending == "ar":
        return [(stem + "ó", stem + "aron")]
    if stem[-1:] in ("a", "e", "o", "u") and not stem.endswith(("gu", "qu")):
        return [(stem + "yó", stem + "yeron")]
    changed = []
    for old, new in (("e", "i"), ("o", "u")):  # pidió, durmió
        place = stem.rfind(old)
        rest = stem[place + 1 :].replace("gu", "g").replace("qu", "q")
        if ending in ("ir", "ír") and place >= 0 and not set(rest) & set("aeiou"):
            changed.append(stem[:place] + new + stem[place + 1 :])
    if stem.endswith("ñ"):
        return [(stem + "ó", stem + "eron")]
    return [(each + "ió", each + "ieron") for each in (*changed, stem)]


def future(infinitive: str) -> Forms:
    """Return «entregará», «entregarán»."""
    for verb, stem in _FUTURE.items():
        if infinitive == verb or (verb in _COMPOUNDED and infinitive.endswith(verb)):
            return infinitive.removesuffix(verb) + stem + "á", infinitive.removesuffix(verb) + stem + "án"
    return infinitive + "á", infinitive + "án"


def present(infinitive: str) -> Forms | None:
    """Return «sigue», «siguen», of the verbs that are written in the present; else None."""
    if infinitive in _PRESENT:
        return _PRESENT[infinitive]
    if infinitive.endswith("ar") and is_listed(infinitive[:-1]) and is_listed(infinitive[:-1] + "n"):
        return infinitive[:-1], infinitive[:-1] + "n"
    return None


def imperfect(infinitive: str) -> Forms:
    """Return «estaba», «estaban»."""
    if infinitive == "ir":
        return "iba", "iban"
    if infinitive == "ser":
        return "era", "eran"
    stem = infinitive[:-2] + ("aba" if infinitive.endswith("ar") else "ía")
    return stem, stem + "n"
