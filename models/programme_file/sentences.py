"""Sentences about programme files, as keys with values, and their English texts.

The command line shows them in English, the chat in Spanish by the same keys
(`handlers.texts.programme.problems`).
"""

from dataclasses import dataclass, field

Fact = str | int


@dataclass(frozen=True)
class Sentence:
    """A key of `ENGLISH` and plain values for its placeholders; it can be passed between processes."""

    key: str
    facts: dict[str, Fact] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return ENGLISH[self.key].format(**self.facts)


def said(key: str, **facts: Fact) -> Sentence:
    return Sentence(key, facts)


ENGLISH = {
    # the file as a whole
    "too_large": "the file has {size:,} bytes; a programme has at most {largest:,}",
    "empty_file": "the file is empty: it must hold institution, year, calendar and units",
    "unreadable": "the file could not be read: it takes more time or memory than a programme may",
    # YAML
    "not_utf8": "the file is not UTF-8: save it as UTF-8 text",
    "yaml_broken": "the YAML is broken here: {problem}",
    "yaml_tab": "the line begins with a tab, which YAML does not take: indent it with spaces",
    "yaml_character": "the file holds the character #x{code}, which YAML forbids",
    "too_deep": "the values are nested too deeply for a programme",
    "anchor": "anchors (&) and aliases (*) are not taken: write the text out",
    "tag": "the tag {tag} is not taken: remove it",
    "field_no_word": "the name of a field must be a word",
    "field_twice": "«{name}» stands here twice, first in line {line}",
    "field_unknown": "«{name}» is no field of this place (there are {known})",
    "field_meant": "«{name}» is no field of this place: is {meant} meant?",
    # Excel
    "password": "the workbook has a password: save it without one",
    "old_excel": "this is an Excel file of before 2007 (.xls): save it as .xlsx",
    "no_workbook": "this is no Excel workbook, or it is broken: save it as .xlsx",
    "workbook_broken": "the workbook is broken: open it in Excel and save it again as .xlsx",
    "text_no_workbook": "this is no Excel workbook but text, like a CSV: save it as .xlsx in Excel",
    "binary_excel": "this is a binary workbook (.xlsb): save it as .xlsx",
    "open_document": "this is an OpenDocument (.ods): save it as .xlsx",
    "macros": "the workbook has macros: save it as .xlsx, without them",
    "bomb": "unpacked the workbook would be too large for a programme",
    "too_many_cells": "a programme has at most {rows:,} rows and {columns} columns",
    "sheet_missing": "the workbook lacks the sheet {missing}: it must have {known}",
    "head_lacks": "the header is wrong: it lacks {missing}",
    "column_twice": "the column «{title}» stands here twice",
    "column_unknown": "«{title}» is no column of this sheet",
    "column_meant": "«{title}» is no column of this sheet: is «{meant}» meant?",
    "column_untitled": "this column has no title",
    "row_missing": "the row «{title}» is missing",
    "row_twice": "«{title}» stands here twice",
    "row_unknown": "«{title}» is no row of this sheet",
    "row_meant": "«{title}» is no row of this sheet: is «{meant}» meant?",
    "row_untitled": "this row has no name",
    "formula": "a formula stands here: write its value in its place",
    "excel_error": "an error of Excel's stands here: write the value",
    "percent": "the cell shows {shown} %, but holds {given}: "
    "give it the number format General and write the number",
    "merged_cells": "the cells {cells} are merged: unmerge them and write the value into each row",
    "cell_empty": "this cell must not be empty",
    "two_strategies": "fill either «Estrategia» or the numbered ones",
    "two_plans": "the plan stands in quarters and in months: leave one of them empty",
    "unit_of_row_missing": "the unit's key is missing here: take it from the sheet {sheet}",
    "unit_of_row_unknown": "«{title}» is no key of the sheet {sheet}",
    "unit_of_row_meant": "«{title}» is no key of the sheet {sheet}: is «{meant}» meant?",
    "line_of_row_missing": "the line's number is missing here: take it from the sheet {sheet}",
    "line_of_row_unknown": "«{unit}» has no line {number} on the sheet {sheet}",
    # one value
    "missing": "{name} is missing",
    "text_expected": "a text is expected: put quotes around a number, a date, true or false",
    "half_character": "the text holds half a character (a surrogate), which must go",
    "control_character": "the text holds the control character U+{code}, which must go",
    "text_empty": "the text is empty: write it, or leave the field out",
    "text_too_long": "the text is too long: at most {limit} characters",
    "list_expected": "a list is expected",
    "list_empty": "the list is empty: at least one is needed",
    "no_units": "there is no unit: at least one is needed",
    "no_lines": "the unit has no line: at least one is needed",
    "no_targets": "the line has no target: at least one is needed",
    "group_expected": "a group of named fields is expected",
    "yes_or_no": "true or false is expected",
    "at_least": "the number must be {limit} or more",
    "at_most": "the number must be {limit} or less",
    "whole_number": "a whole number is expected",
    "number_expected": "a plain number is expected, like 16 or 12.5 (no thousands separator, no unit)",
    "not_a_date": "«{given}» is not a date: write it like 2024-12-31",
    "no_such_day": "{given} is not a day of the calendar",
    "date_expected": "a date is expected, like 2024-12-31",
    "amount_not_positive": "the amount must be more than 0, not {given}",
    "quantity_negative": "a quantity of 0 or more is expected, not {given}",
    "amount_enormous": "the largest amount is {largest:,}",
    "timezone_unknown": "«{given}» is no known timezone: write it like America/Mexico_City",
    "board_part_unknown": "«{given}» is no part of the report that can be left out: {known}",
    "colour_wrong": '«{given}» is no colour: write six hexadecimal digits in quotes, like "6B1D35"',
    "font_unknown": "«{given}» is no font of the reports: {known}",
    "combine_unknown": "«{given}» is no way to combine amounts: sum, latest or average",
    "key_wrong": "«{given}» is no key: small letters a-z, digits and single hyphens, like sistemas-2",
    "value_wrong": "this value is not taken: {why}",
    "not_regular": "this is a folder or a device, not a file",
    # what must agree
    "key_twice": "the key «{value}» belongs to two units",
    "line_twice": "the unit has two lines with number {value}",
    "measure_twice": "the line has two targets in {value}",
    "word_twice": "«{value}» already stands for a measure of the line",
    "placeholder_unknown": "{given} is no placeholder: there are {known}",
    "ends_before_start": "the line ends on {ends_on}, before it starts on {starts_on}",
    "force_outside": "the line is in force from or until {day}, which is not a day of {year}",
    "force_ends_early": "the line is in force until {until}, before it begins on {since}",
    "only_informative": "the line needs one target that is not informative",
    "too_many_decimals": "{given} has more decimals than the target's {decimals}: say decimals: {needed}",
    "plan_length": "the plan has {length} entries: 4 quarters or 12 months are expected",
    "plan_exceeds": "the plan's fixed entries add up to {total}, more than the amount {amount}",
    "plan_differs": "the plan adds up to {total}, but the amount is {amount}",
    "level_exceeds": "the amounts do not add up, so the plan gives the level of each period: "
    "{total} is more than the amount {amount}",
    "level_last": "the amounts do not add up, so the plan gives the level of each period: "
    "the last one is the amount {amount}, not {total}",
    "opening_outside": "the opening is dated {on}, outside {year}",
    # warnings
    "dates_outside": "{line}: its dates, {starts_on} to {ends_on}, are not within {year}",
    "dates_far_outside": "{line}: its dates, {starts_on} to {ends_on}, are not within {year}; "
    "until they are mended it counts as the whole year",
    "plan_outside_quarters": "{line}: planned in quarter {periods}, "
    "but the line is dated {starts_on} to {ends_on}",
    "plan_outside_months": "{line}: planned in month {periods}, "
    "but the line is dated {starts_on} to {ends_on}",
    "cut_at_hash": "what follows « #» is a comment and is left out of «{kept}»: "
    "put quotes around the whole text if it belongs to it",
    "curly_quotes": 'the quotes “ ” belong to the text here: only straight ones (") end it',
    "summer_time": "{zone} has daylight saving in {year}, which Mexico gave up in 2022: "
    "write it like America/Mexico_City",
    "zone_of_no_place": "{zone} is the name of no place: write it like America/Mexico_City",
    "alias_shared": "«{alias}» is an alias of {first} and of {second}: people will be asked",
    "indicators_missing": "indicator data for the transparency platform is missing or incomplete: {lines}",
    # why an import is refused
    "has_activities": "{part} cannot be removed: {count} activities are registered in it; "
    "a line ends from a day on with --from DATE",
    "activities_outside": "{part}: {count} activities are registered on days outside its new dates",
    "decimals_counted": "{part}: the decimals cannot change from {before} to {after}: "
    "activities are counted with them",
    "decimals_adjusted": "{part}: the decimals cannot change from {before} to {after}: "
    "an adjustment is written with them",
    "decimals_needed": "{part}: the decimals cannot change from {before} to {after}: "
    "the original target needs them",
    "reason_needed": "a target changes only by an adjustment ({parts}): "
    'give --reason "…" and, if there is an official letter, --letter "…"',
}
