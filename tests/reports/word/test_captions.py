"""Pictures of one activity that were sent with different captions keep them in the report."""

import pytest

from reports.quarterly import wording
from reports.quarterly.content import FilePart

NARRATIVE = "Reunión con la SEMAHN.\nFirma del convenio."


def picture(number: int, caption: str | None) -> wording.Captioned:
    file = FilePart("photo", f"{number:064x}", None, "image/jpeg", 9, None, None, shown=True)
    return file, f"{number:064x}", caption


@pytest.mark.parametrize(
    ("captions", "expected"),
    [
        ([None, None], [("Reunión con la SEMAHN.", 2)]),
        (["La mesa", None, None], [("La mesa", 3)]),
        (NARRATIVE.splitlines(), [("Reunión con la SEMAHN.", 1), ("Firma del convenio.", 1)]),
        (["Llegada", None, "Firma", "firma", "Cierre"], [("Llegada", 2), ("Firma", 2), ("Cierre", 1)]),
        ([None, "Llegada", "Cierre"], [("Llegada", 2), ("Cierre", 1)]),
    ],
)
def test_each_caption_stays_with_its_pictures(
    captions: list[str | None], expected: list[tuple[str, int]]
) -> None:
    pictures = [picture(number, caption) for number, caption in enumerate(captions)]
    groups = wording.by_caption(NARRATIVE, pictures)
    assert [(caption, len(group)) for caption, group in groups] == expected
    assert [each for _, group in groups for each in group] == pictures
