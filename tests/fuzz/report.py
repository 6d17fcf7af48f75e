"""What became of many mutants, as a page (变异检验报告). What lives here: counting. What must not: judging."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.container import spans
from tests.fuzz.harness import BEYOND, SURVIVED, TOLD, Verdict

_MEANING = {
    "same figures": "every figure of the facts as without the mutation, and the reckoner agrees",
    "figures agreed": "figures changed, and the reckoner has the same",
    "other figures": "figures changed that the reckoner does not cover; polars and SQL agree on them",
    "same figures, not read by the reckoner": "bytes inside a package changed; openpyxl gives up, no figure changed",
    "finding": "refused by a named finding or refusal",
    "SURVIVED": "anything else: a fault of the product or of the reckoner",
}


def report(verdicts: Sequence[Verdict]) -> str:
    """Counts by outcome and by code, every survivor, and figures beyond the reckoner."""
    seeds = spans(verdict.seed for verdict in verdicts)
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    codes = Counter(code for verdict in verdicts if verdict.outcome == TOLD for code in verdict.detail.split())
    lines = [
        "# Mutants of the sample sheets",
        "",
        f"{len(verdicts)} mutants of the thinned delivery of 2021Q3, seeds {seeds} (`tests/fuzz/`).",
        "",
        "Where reading found an error, the SQL checks ran for every fourth mutant only.",
        "",
        "| outcome | mutants | |",
        "|---|---|---|",
        *(f"| {outcome} | {outcomes[outcome]} | {meaning} |" for outcome, meaning in _MEANING.items()),
        "",
        "Findings by code, a mutant under every code that it has: "
        + ", ".join(f"{code} {count}" for code, count in sorted(codes.items())),
        "",
        "## Survivors",
        "",
        *(_listed(verdicts, SURVIVED) or ["None."]),
        "",
        "## Figures beyond the reckoner",
        "",
        *(_listed(verdicts, BEYOND) or ["None."]),
    ]
    return "\n".join(lines) + "\n"


def _listed(verdicts: Sequence[Verdict], outcome: str) -> list[str]:
    return [f"- {item.seed}: {item.told} — {item.detail}" for item in verdicts if item.outcome == outcome]
