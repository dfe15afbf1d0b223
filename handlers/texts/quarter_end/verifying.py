"""Sentences of `/verificar`, which strangers read too."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from models.quarter import Quarter
from spanish.writing import formats
from spanish.writing.nouns import of

WHERE = Html(
    "Escriba /verificar y el código del informe, por ejemplo <code>/verificar K7QF-2M8X-9DTA</code>. "
    "Está en la portada y al pie de cada página."
)
UNKNOWN = Html("❌ Ningún informe firmado tiene ese código. Compruebe que lo copió bien.")
REPLACED = "Su trimestre se reabrió después: este informe ya no es el vigente."
NAMELESS = "(nombre retirado)"


def authentic(quarter: Quarter, whose: str | None, signers: Sequence[str], in_force: bool) -> Html:
    """Return «Auténtico: informe del 1er trimestre 2024 de la SESAECH, firmado por …»."""
    about = f"{formats.quarter(quarter)} {of(whose)}" if whose else formats.quarter(quarter)
    said = Html("✅ <b>Auténtico</b>: informe del {}, firmado por {}.").format(about, formats.joined(signers))
    return said if in_force else Html("{}\n⚠️ {}").format(said, REPLACED)


def signer(name: str | None, in_place_of: str | None, unit: str | None) -> str:
    """Return «Roberto Culebro (Dirección Jurídica)», «Ana Ruiz, en ausencia de Roberto Culebro»."""
    who = name or NAMELESS
    if in_place_of:
        who = f"{who}, en ausencia de {in_place_of}"
    return f"{who} ({unit})" if unit else who
