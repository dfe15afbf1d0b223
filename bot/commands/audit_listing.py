"""The output of `audit`: JSON for scripts, and the same as text."""

from dataclasses import dataclass
from typing import Any

from bot.commands.listing import as_text
from bot.terminal import counted
from models.chain.anchor import AnchorResult
from models.chain.table_findings import Comparison
from models.storage.audit import ChainVerdict

SHOWN = 50  # findings in the text; the JSON has all that were kept
NAMED = 20  # erased entries named in the text


@dataclass(frozen=True)
class Result:
    """The verdict on the chain, and if requested, the comparison with the tables and the head's entry."""

    verdict: ChainVerdict
    comparison: Comparison | None
    found: AnchorResult | None
    seconds: float

    def faults(self) -> list[str]:
        """Return one sentence for each kind of fault."""
        said = []
        if self.verdict.broken_at is not None:
            said.append(f"the audit chain is broken at entry {self.verdict.broken_at}: {self.verdict.reason}")
        if self.comparison is not None and self.comparison.findings:
            count = len(self.comparison.findings) + self.comparison.omitted
            said.append(
                f"the tables do not agree with the audit chain in {count} places, "
                f"the first: {self.comparison.findings[0]}"
            )
        if self.found is not None and self.found.entry is None:
            said.append(f"the head {self.found.head} is not in this chain: {self.found.reason}")
        return said

    def text(self) -> str:
        verdict = self.verdict
        lines = [f"{counted(verdict.entries, 'entry', 'entries')}, head {verdict.head}"]
        if verdict.erased:
            named = ", ".join(map(str, verdict.erased[:NAMED]))
            more = ", …" if len(verdict.erased) > NAMED else ""
            lines.append(f"erased: {counted(len(verdict.erased), 'entry', 'entries')} ({named}{more})")
        if self.comparison is not None:
            lines += _comparison_lines(self.comparison, self.seconds)
        if self.found is not None and self.found.entry is not None:
            lines.append(f"the chain contains the head {self.found.head}: it is of entry {self.found.entry}")
        return "\n".join(lines)

    def as_json(self) -> str:
        """Return `{intact, entries, head, broken_at, reason, erased}`; `tables` and `against` on request."""
        verdict = self.verdict
        shape: dict[str, Any] = {
            "intact": not self.faults(),
            "entries": verdict.entries,
            "head": verdict.head,
            "broken_at": verdict.broken_at,
            "reason": verdict.reason,
            "erased": list(verdict.erased),
        }
        if self.comparison is not None:
            shape["tables"] = {
                "rows": self.comparison.rows,
                "uncompared": self.comparison.uncompared,
                "omitted": self.comparison.omitted,
                "findings": [
                    {**vars(each), "amiss": each.amiss.value, "sentence": str(each)}
                    for each in self.comparison.findings
                ],
            }
        if self.found is not None:
            shape["against"] = {
                "head": self.found.head.hash,
                "contained": self.found.entry is not None,
                "entry": self.found.entry,
                "reason": self.found.reason,
            }
        shape["seconds"] = round(self.seconds, 2)
        return as_text(shape)


def _comparison_lines(comparison: Comparison, seconds: float) -> list[str]:
    state = "" if comparison.findings else ", all as the chain says"
    lines = [f"{counted(comparison.rows, 'row')} compared in {seconds:.1f} s{state}"]
    if comparison.uncompared:
        lines.append(f"{comparison.uncompared} values not compared: the entries that say them were erased")
    lines += [str(each) for each in comparison.findings[:SHOWN]]
    left = len(comparison.findings) - SHOWN + comparison.omitted
    return [*lines, f"and {left} more"] if left > 0 else lines
