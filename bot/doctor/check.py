"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """`ok` is None where it could not be looked at, or is neither well nor wrong; `way_out`: what to do."""

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
