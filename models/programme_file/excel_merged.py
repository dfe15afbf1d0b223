"""Reports merged cells below a header, and copies their value into all rows, to avoid further faults."""

import re
from collections.abc import Iterator

from models.programme_file.excel_reading import Sheet
from models.programme_file.sentences import Sentence, said
from models.programme_file.tree import FilePosition

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def spread(name: str, sheet: Sheet) -> Iterator[tuple[FilePosition, Sentence]]:
    """Write the value of each merged range into its rows; yield a fault for each."""
    last = max(sheet.rows, default=0)
    for merged in sheet.merged:
        if (found := _RANGE.fullmatch(merged)) is None:
            continue
        left, top, bottom = _number(found[1]), int(found[2]), int(found[4])
        if bottom <= sheet.head or left not in sheet.rows.get(top, {}):
            continue
        yield FilePosition(top, left, name), said("merged_cells", cells=merged.replace("$", ""))
        value = sheet.rows[top][left]
        for row in range(max(top, sheet.head) + 1, min(bottom, last) + 1):
            if row in sheet.rows:
                sheet.rows[row].setdefault(left, value)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
