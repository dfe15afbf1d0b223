"""Writes figures and quarters as in Mexico: 61,640.5; «12.5 %»; «3er y 4to trimestre».

Implemented here for speed, as every answer uses them; the tests compare them with Babel's es_MX.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from models.progress.figures import percentage
from models.quarter import Quarter

ORDINALS = {1: "1er", 2: "2do", 3: "3er", 4: "4to"}


def shown(exact: Fraction) -> str:
    """Return a share as a percentage: «12.5 %», «29 %», «menos de 1 %»."""
    percent = percentage(exact)
    return "menos de 1 %" if percent is None else f"{number(percent)} %"


def number(value: int | Decimal) -> str:
    """Return «61,640.5»: with as many decimals as the value has, none if they are zero."""
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(scaled: Fraction, decimals: int) -> str:
    """Return a computed amount, rounded half up to at most two decimals, with «≈» if that is not exact."""
    hundredths = scaled * 100 / 10**decimals
    whole = (hundredths + Fraction(1, 2)).__floor__()
    return ("" if hundredths == whole else "≈") + number(Decimal(whole).scaleb(-2))


def quarter(asked: Quarter) -> str:
    """Return «1er trimestre 2024»."""
    return f"{ORDINALS[asked.number]} trimestre {asked.year}"


def quarters(numbers: tuple[int, ...]) -> str:
    """Return «3er trimestre», «3er y 4to trimestre», «1er, 2do y 3er trimestre»."""
    return f"{joined([ORDINALS[each] for each in numbers])} trimestre"


def joined(parts: Sequence[str]) -> str:
    """Return «a», «a y b», «a, b y c»."""
    return " y ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
