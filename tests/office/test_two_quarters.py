"""From `bulletin new` to the notice, twice: the second quarter compares itself with the first."""

from __future__ import annotations

from decimal import Decimal

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.errors import Severity
from pipeline.flow import GATE, open_context, run_flow
from pipeline.office.opening import open_quarter
from pipeline.settings import Paths
from tests.office.fill import Filler


def published(paths: Paths, quarter: str, seed: int) -> dict[str, str]:
    """Open a quarter, fill it, run it to its notice; returns the printed figures."""
    open_quarter(paths, quarter)
    with (context := open_context(paths, quarter)).warehouse:
        Filler(paths.raw(quarter), context.roster, seed).fill()
        for _ in run_flow(context):
            pass
        assert Severity.ERROR.value not in context.table(GATE)["severity"]
    return printed_figures(BulletinFacts.from_json((paths.out(quarter) / "machine" / "facts.json").read_bytes()))


def test_a_quarter_after_another_tells_the_right_change(paths: Paths) -> None:
    before = published(paths, "2023Q3", 1)["district_sites.average"]
    after = published(paths, "2023Q4", 2)["district_sites.average"]
    change = Decimal(after.removesuffix("分")) - Decimal(before.removesuffix("分"))
    told = f"比上季度{'提高' if change > 0 else '下降'}{abs(change).normalize():f}分"
    assert change
    assert told in (paths.out("2023Q4") / "machine" / "bulletin.txt").read_text("utf-8")
