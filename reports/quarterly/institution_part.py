"""The institution as a report prints it, from the programme or a signed snapshot."""

from collections.abc import Callable
from typing import Any

from models.programme.format import BoardPart
from reports.design import design_of
from reports.quarterly import wording
from reports.quarterly.content import InstitutionPart, Series
from reports.quarterly.numbering import Numbering
from reports.texts import quarterly as texts

Said = dict[str, Any]
Images = Callable[[str], bytes | None]  # the content of a picture by its name; None if it is not there


def _pairs(given: list[Said] | None) -> tuple[tuple[str, str], ...]:
    return tuple((each["name"], each["text"]) for each in given or ())


def _signatories(given: list[Said] | None) -> tuple[tuple[str, str, str], ...]:
    return tuple((each["role"], each["name"], each.get("post") or "") for each in given or ())


def institution_part(said: Said, images: Images, numbering: Numbering) -> InstitutionPart:
    without = said.get("report_without") or ()
    structure = images(said["structure_image"]) if said.get("structure_image") else None
    caption = texts.structure(said["name"], numbering.next(Series.IMAGE)) if structure else None
    return InstitutionPart(
        name=said["name"],
        short_name=said["short_name"],
        motto=said.get("motto"),
        mission=wording.paragraphs(said.get("mission")),
        vision=wording.paragraphs(said.get("vision")),
        principles=_pairs(said.get("principles")),
        structure=wording.paragraphs(said.get("structure")),
        governing_body=said.get("governing_body"),
        privacy_notice=wording.paragraphs(said.get("privacy_notice")),
        logo=images(said["logo"]) if said.get("logo") else None,
        structure_image=structure,
        structure_caption=caption,
        design=design_of(said.get("design")),
        impersonal=said.get("impersonal"),
        data_license=said.get("data_license"),
        acronyms=() if BoardPart.ACRONYMS in without else _pairs(said.get("acronyms")),
        signatories=() if BoardPart.SIGNATURES in without else _signatories(said.get("signatories")),
    )
