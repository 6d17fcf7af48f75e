"""From `bulletin new` to the notice after another quarter, filled or real: it compares itself with that quarter."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.phrasing import printed_figures
from pipeline.document.text import plain_text
from pipeline.errors import Severity
from pipeline.flow import GATE, notice_of, open_context, run_flow
from pipeline.office.opening import open_quarter
from pipeline.output import publish
from pipeline.reference.registry import Roster
from pipeline.settings import CODE_ROOT, Paths
from tests.office.fill import Filler

FIGURES = {
    "区门户平均分变化": ("district_sites.average", "各区政府门户网站"),
    "部门网站平均分变化": ("department_sites.average", "各市级部门政府网站"),
    "区新媒体平均分变化": ("new_media.districts.average", "各区政务新媒体"),
    "部门新媒体平均分变化": ("new_media.departments.average", "各市级部门政务新媒体"),
}
WORDINGS = ("较…提升", "比…提高", "比…提升", "较…提高")
PUBLISHED = CODE_ROOT / "tests" / "golden" / "published" / "2023Q3.toml"
Means = Mapping[str, Decimal]


@dataclass(frozen=True)
class Runner:
    """Runs quarters of a data root one after the other."""

    paths: Paths
    accounts: int = 60

    def run(self, quarter: str, prepare: Callable[[Roster], None], *, whole: bool = False) -> Roster:
        """Run a quarter up to its notice, or to its output; errors excluded. The next quarter finds its facts."""
        with (context := open_context(self.paths, quarter)).warehouse:
            prepare(context.roster)
            for step, _ in run_flow(context):
                if step.key == "bulletin/notice" and not whole:
                    facts, text = context.warehouse.get("bulletin/facts"), plain_text(notice_of(context)).encode()
                    publish(self.paths, quarter, {"machine/facts.json": facts, "machine/bulletin.txt": text}, {})
                    break
            assert Severity.ERROR.value not in context.table(GATE)["severity"]
            return context.roster

    def filled(self, quarter: str, seed: int, *, whole: bool = False) -> Roster:
        """Open a quarter, fill it, run it."""
        open_quarter(self.paths, quarter)
        wordings = dict(zip(FIGURES, WORDINGS, strict=True))

        def fill(roster: Roster) -> None:
            Filler(self.paths.raw(quarter), roster, seed, accounts=self.accounts, wordings=wordings).fill()

        return self.run(quarter, fill, whole=whole)


def filled_before(paths: Paths) -> Means:
    Runner(paths).filled("2023Q3", 1)
    printed = printed_figures(BulletinFacts.from_json((paths.out("2023Q3") / "machine" / "facts.json").read_bytes()))
    return {key: Decimal(printed[key].removesuffix("分")) for key, _ in FIGURES.values()}


def published_before(paths: Paths) -> Means:
    """The sample sheets of 2023Q3; the means are those of the published notice."""
    shutil.copytree(CODE_ROOT / "data" / "raw" / "2023Q3", paths.raw("2023Q3"))
    Runner(paths).run("2023Q3", lambda roster: None)
    told = tomllib.loads(PUBLISHED.read_text("utf-8"))
    parts = [told["district_sites"]["average"], told["department_sites"]["average"]]
    parts += [told["new_media"]["district_average"], told["new_media"]["department_average"]]
    return {key: Decimal(part["printed"]) for (key, _), part in zip(FIGURES.values(), parts, strict=True)}


@pytest.mark.parametrize("before", [pytest.param(filled_before, marks=pytest.mark.slow), published_before])
def test_a_quarter_after_another_tells_the_right_changes(paths: Paths, before: Callable[[Paths], Means]) -> None:
    earlier = before(paths)
    roster = Runner(paths).filled("2023Q4", 2, whole=before is published_before)
    text = (paths.out("2023Q4") / "machine" / "bulletin.txt").read_text("utf-8")
    now = {
        key: (sum(found) / len(found)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for key, found in scores(paths.raw("2023Q4"), roster).items()
    }
    for (identity, everyone), wording in zip(FIGURES.values(), WORDINGS, strict=True):
        change = now[identity] - earlier[identity]
        since, rise = wording.split("…")
        told = f"{since}上季度{rise if change > 0 else '下降'}{plain(abs(change))}分。"
        if abs(change) <= Decimal("0.05"):
            told = "与上季度基本持平。"
        average = f"平均得分为{plain(now[identity])}分（满分"
        (sentence,) = (part for part in text.replace("。", "。\n").splitlines() if average in part and "上季度" in part)
        assert sentence.endswith("），" + told), (everyone, sentence)


# ---- the scores once more, from the cells alone -----------------------------------------------------------------------


def scores(raw: Path, roster: Roster) -> dict[str, list[Decimal]]:
    """What the filled workbooks hold, by the figure that is their mean; a vetoed site or account may have no score."""
    found: dict[str, list[Decimal]] = {identity: [] for identity, _ in FIGURES.values()}
    for group in roster.rule_book.group:
        for row in records(raw, "政府网站检查评分表", group.label):
            if isinstance(row["总分"], int | float):
                found[f"{group.id}_sites.average"].append(Decimal(str(row["总分"])))
    groups = {roster.unit_names[unit.id].short: unit.group for unit in roster.units}
    vetoed = roster.rule_book.scoring.veto_score
    for row in records(raw, "政务新媒体检查情况表", "政务新媒体检查情况表"):
        score = Decimal(str(row["得分"])) if isinstance(row["得分"], int | float) else vetoed
        if score is not None:
            found[f"new_media.{groups[row['归口单位']]}s.average"].append(score)
    return found


def records(raw: Path, title: str, sheet: str) -> Iterator[dict[str, Any]]:
    """Rows with a code or a name, by their headings."""
    (path,) = raw.glob(f"*{title}.xlsx")
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if "网站标识码" in row or "账号名称" in row)
    heading, name = rows[start], "网站标识码" if "网站标识码" in rows[start] else "账号名称"
    for row in rows[start + 1 :]:
        record = dict(zip(heading, row, strict=True))
        if record[name]:
            yield record


def plain(number: Decimal) -> str:
    """A number without trailing zeros, as notices print it."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
