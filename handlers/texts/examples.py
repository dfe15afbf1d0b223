"""What the examples in help are made of: names of the programme that is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExampleTarget:
    """The target that the example counts; `unit_id` is its line's unit, `quantity` is scaled."""

    unit_id: int
    line_id: int
    target_id: int
    quantity: int


@dataclass(frozen=True)
class Examples:
    """`report` is a message as people write it, `unit` and `other` name units, `measure` is in the plural."""

    report: str = "Ayer: 2 reuniones, 9 personas"
    quantity: str = "2 reuniones"
    measure: str = "reuniones"
    unit: str = "mi área"
    other: str = "mi área"
    line: int = 1
    people: int | None = None  # participants that the report names
    target: ExampleTarget | None = None  # None without a programme
