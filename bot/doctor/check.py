"""The result of one check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """A result. `ok` is None if it could not be checked, or is only information; `way_out` is what to do."""

    name: str
    ok: bool | None
    said: str
    way_out: str | None = None

    def __str__(self) -> str:
        sign = {True: "✓", False: "✗", None: "–"}[self.ok]
        way_out = f" → {self.way_out}" if self.way_out else ""
        return f"{sign} {self.name:<10} {self.said}{way_out}"


def unseen(name: str, why: str) -> Check:
    return Check(name, None, f"not looked at: {why}")
