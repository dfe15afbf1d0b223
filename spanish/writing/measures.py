"""Writes amounts of measures: «Actas» becomes «1 acta», «2 actas»."""

import re

from models.combine import Combine
from models.programme.view import TargetView
from spanish.writing.nouns import lower, singular

FIGURES = {
    Combine.SUM: "{}",
    Combine.LATEST: "último valor: {}",
    Combine.AVERAGE: "promedio de {}",
}


def named(measure: str, quantity: int) -> str:
    """Return the measure in lower case, in the singular for a quantity of 1."""
    return singular(measure) if quantity == 1 else lower(measure)


def amount(scaled: int, target: TargetView) -> str:
    """Return a scaled amount as written in Mexico: 61,640 or 12.5."""
    whole, part = divmod(scaled, 10**target.decimals)
    fraction = f"{part:0{target.decimals}d}".rstrip("0") if target.decimals else ""
    return f"{whole:,}.{fraction}" if fraction else f"{whole:,}"


def counted(scaled: int, target: TargetView) -> str:
    """Return «1 acta», «12.5 kilómetros»."""
    one = scaled == 10**target.decimals
    return f"{amount(scaled, target)} {named(target.measure, 1 if one else 2)}"


def figure(scaled: int, target: TargetView, combine: Combine) -> str:
    """«9 actas», «último valor: 87.5 %», «promedio de 87.5 %»."""
    return FIGURES[combine].format(counted(scaled, target))


def reached(scaled: int, asked: int, target: TargetView, combine: Combine) -> str:
    """«9 de 16 actas», «promedio de 87.5 % (meta: 90 %)»."""
    if not combine.is_rate:
        return f"{amount(scaled, target)} de {counted(asked, target)}"
    said = figure(scaled, target, combine) if scaled else "todavía sin valor"
    return f"{said} (meta: {counted(asked, target)})"


def awaited(counts_when: str | None) -> str:
    """Return the infinitive of the first participle: «publicar» for «publicado en el Periódico Oficial».

    «contar» for other texts, also for participles in -ido, whose verb may end in -er or -ir.
    """
    found = re.match(r"(\w{2,40}a)d[oa]s?\b", (counts_when or "").casefold())
    return f"{found[1]}r" if found else "contar"
