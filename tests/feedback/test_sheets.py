"""Every unit is told what is its own, all of it and nothing else: compared with the delivered rows, in plain Python."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from pipeline.document.conformance.checker import conform
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from tests.feedback.conftest import DEADLINE, PLANTED, PLANTED_ROW, PLANTED_UNIT, PLANTED_VETO, Made

_NOT_ACCEPTED = {"不予受理（无效）", "不予受理", "不予受理（业务问题）", "不属实", "不在普查范围", "重复"}
_CLOSED = {"已办结", "未曝光已办结"}


@pytest.fixture(scope="module")
def roster(made: Made) -> Roster:
    return load_registry(made.delivered.root / "reference").at(Quarter.parse(made.delivered.quarter))


@pytest.fixture(scope="module")
def owners(roster: Roster) -> dict[str, str]:
    """The name of the sheet that tells of a site, by code."""
    numbers = {
        unit.id: f"{number:02}-{roster.unit_names[unit.id].short}" for number, unit in enumerate(roster.units, 1)
    }
    return {site.code: numbers[site.owner] for site in roster.sites}


def shown(number: object) -> str:
    """A number as it is printed."""
    return format(Decimal(str(number)).normalize(), "f")


def test_every_unit_with_a_site_has_a_sheet(made: Made, owners: dict[str, str]) -> None:
    assert set(made.sheets) == set(owners.values())


def test_scores_and_places_are_those_of_the_score_sheets(made: Made, owners: dict[str, str]) -> None:
    totals = {row["网站标识码"]: Decimal(row["总分"]) for row in made.scores}
    groups = {row["网站标识码"]: row["组"] for row in made.scores}
    assert len(made.scores) == len(owners)
    for row in made.scores:
        code = row["网站标识码"]
        text = "".join(made.sheets[owners[code]])
        rivals = [totals[other] for other in totals if groups[other] == groups[code]]
        place = 1 + sum(other > totals[code] for other in rivals)
        assert f"网站标识码为{code}" in text
        assert f"总分{shown(totals[code])}分（满分" in text
        assert f"扣分项得分{shown(row['扣分项得分'])}分" in text
        assert f"列第{place}名（共{len(rivals)}个）" in text
        if row.get("加分"):
            assert f"加分项得分{shown(row['加分'])}分" in text


def test_every_indicator_stands_with_its_points_and_score(made: Made, roster: Roster, owners: dict[str, str]) -> None:
    for row in made.scores:
        cells = made.sheets[owners[row["网站标识码"]]]
        told = [tuple(cells[at : at + 5]) for at, cell in enumerate(cells) if at + 5 <= len(cells)]
        for item in roster.rule_book.indicator:
            if item.name not in row:
                continue
            score = row[item.name]
            lost = "—" if item.part == "bonus" or score == "不涉及" else shown(item.points - Decimal(score))
            value = score if score == "不涉及" else shown(score)
            assert (item.level1, item.name, shown(item.points), value, lost) in told


def test_deductions_are_the_confirmed_rows_of_the_ledger(made: Made, owners: dict[str, str]) -> None:
    confirmed = [row for row in made.ledger if row["复核状态"] == "确认"]
    counts = Counter(row["网站标识码"] for row in confirmed)
    for name, cells in made.sheets.items():
        text, own = "".join(cells), [code for code, owner in owners.items() if owner == name]
        told = Counter(re.findall(r"扣分问题(\d+)项|未发现该网站存在扣分问题", text))
        assert told == Counter(str(counts[code]) if counts[code] else "" for code in own)
    for row in confirmed:
        cells = made.sheets[owners[row["网站标识码"]]]
        assert f"{row['问题描述']} {row['问题页面']}" in cells
    for row in made.ledger:
        if row["复核状态"] != "确认":
            assert not any(row["问题页面"] in cell for cells in made.sheets.values() for cell in cells)


def test_accounts_are_those_of_the_unit(made: Made, roster: Roster) -> None:
    expected: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in made.accounts:
        unit = roster.unit_index[row["归口单位"]]
        expected[roster.unit_names[unit].short][row["账号名称"], row["检查结果"]] += 1
    for name, cells in made.sheets.items():
        wanted = expected[name.partition("-")[2]]
        told = Counter((cells[at - 1], cell) for at, cell in enumerate(cells) if cell in ("合格", "不合格"))
        assert told == wanted
        failed = sum(count for (_, result), count in wanted.items() if result == "不合格")
        text = "".join(cells)
        assert (f"账号{wanted.total()}个，合格{wanted.total() - failed}个" in text) == bool(wanted)
        assert (f"不合格{failed}个" in text) == bool(failed)


def test_messages_are_those_of_the_unit_and_sum_up_to_the_notice(made: Made, roster: Roster) -> None:
    sums: Counter[str] = Counter()
    groups: dict[str, list[str]] = defaultdict(list)
    for row in made.messages:
        groups[roster.unit_names[roster.unit_index[row["受理单位"]]].short].append(row["办理状态"])
    for name, cells in made.sheets.items():
        states = groups[name.partition("-")[2]]
        accepted = [state for state in states if state not in _NOT_ACCEPTED]
        opened = [state for state in accepted if state not in _CLOSED]
        text = "".join(cells)
        match = re.search(
            r"留言(\d+)条，其中应予受理(\d+)条；应在此前办结(\d+)条，按期办结(\d+)条；尚未办结(\d+)条", text
        )
        assert bool(match) == bool(states)
        if match:
            numbers = list(map(int, match.groups()))
            assert (numbers[0], numbers[1], numbers[4]) == (len(states), len(accepted), len(opened))
            sums.update(dict(zip("msdoe", numbers, strict=True)))
    rate = made.facts.error_reports.on_time
    assert rate is not None
    assert (sums["m"], sums["o"], sums["d"], sums["e"]) == (
        made.facts.error_reports.messages.value,
        rate.part,
        rate.whole,
        2,
    )


def test_no_sheet_tells_of_another_unit(made: Made, owners: dict[str, str]) -> None:
    pages = {row["问题页面"]: owners[row["网站标识码"]] for row in made.ledger}
    numbers = {row["留言编号"]: owners[row["网站标识码"]] for row in made.messages}
    for name, cells in made.sheets.items():
        text = "\n".join(cells)
        secrets = {**owners, **pages, **numbers}
        assert {
            secrets[word] for word in re.findall(r"https?://\S+|\b\d{10}\b|\bZC\d+\b", text) if word in secrets
        } <= {name}
        others = {other.partition("-")[2] for other in made.sheets} - {name.partition("-")[2]}
        assert not [cell for cell in cells if cell in others]


def test_a_unit_without_faults_is_told_so(made: Made) -> None:
    sheets = {name: "".join(cells) for name, cells in made.sheets.items()}
    faultless = {name for name in sheets if not (made.out / "feedback" / f"{name}-整改回执.xlsx").exists()}
    late = {name for name, text in sheets.items() if "逾期办结和尚未办结的留言如下" in text}
    assert faultless - late == {name for name, text in sheets.items() if "未发现你单位存在需要整改的问题" in text}
    assert 0 < len(faultless) < len(sheets)
    assert all(DEADLINE in text for name, text in sheets.items() if name not in faultless)
    assert not any(DEADLINE in sheets[name] for name in faultless)


def test_evidence_that_must_not_be_spread_reaches_its_own_sheet_and_nothing_else(made: Made) -> None:
    own = made.out / "feedback" / f"{PLANTED_UNIT}.docx"
    kept = [
        path for path in made.delivered.root.rglob("*") if path.is_file() and made.delivered.folder not in path.parents
    ]
    assert {"tables.xlsx", "2021Q3.duckdb", "送审说明.docx", f"{PLANTED_UNIT}-整改回执.xlsx"} <= {
        path.name for path in kept
    }
    assert [path for path in kept if PLANTED.encode() in path.read_bytes()] == [own]
    account = next(row for row in made.accounts if PLANTED_VETO in (row["否决情形"] or ""))
    ((unit, shown),) = [
        (name, cells) for name, cells in made.sheets.items() if any(account["否决情形"] in cell for cell in cells)
    ]
    assert account["归口单位"] in unit and any(account["账号名称"] in cell for cell in shown)
    assert [path.stem for path in kept if PLANTED_VETO.encode() in path.read_bytes()] == [unit]
    assert "错敏词" in {veto.name for veto in made.facts.new_media.vetoes}
    row = made.ledger[PLANTED_ROW - 2]
    assert f"{row['问题描述']} {row['问题页面']}" in made.sheets[PLANTED_UNIT]
    assert b"hyperlink" not in own.read_bytes()


def test_sheets_have_the_form_of_a_document(made: Made) -> None:
    paths = sorted((made.out / "feedback").glob("*.docx"))
    for path in (paths[0], paths[5], paths[18], paths[-1]):
        assert conform(path.read_bytes()).failures == ()
