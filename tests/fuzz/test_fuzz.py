"""Every mutant ends in right figures or in a named finding; the reckoner agrees with the sound delivery."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.harness import AGREED, SURVIVED, TOLD, run_seeds

MUTANTS = 800
_SHARES = 4  # for two workers


def test_the_first_mutants_end_in_figures_or_findings(tmp_path: Path) -> None:
    verdicts = run_seeds(tmp_path, range(5))
    assert [verdict for verdict in verdicts if verdict.outcome == SURVIVED] == []


@pytest.mark.slow
@pytest.mark.parametrize("share", range(_SHARES))
def test_every_mutant_ends_in_figures_or_findings(tmp_path: Path, share: int) -> None:
    each = MUTANTS // _SHARES
    verdicts = run_seeds(tmp_path, range(share * each, (share + 1) * each))
    assert [verdict for verdict in verdicts if verdict.outcome == SURVIVED] == []
    assert {TOLD, AGREED} <= {verdict.outcome for verdict in verdicts}
