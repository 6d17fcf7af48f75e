"""What the office's own registry gains by data alone: a rule book, a platform, totals instead of indicators, a sample."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import RegistryError
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from tests.rulebooks.conftest import REFERENCE, Account, Measured, Site

D = Decimal
BOOK = "rule-books/beijing-2022.toml"
TEXT = (REFERENCE / BOOK).read_text("utf-8")
BANDS = 'bands = ["105", "100", "90"] # lower limits of the bands a notice may count (our own choice)'
DONGCHENG = "1101010001"
Registry = Callable[..., Path]


def at(folder: Path, quarter: str) -> Roster:
    return load_registry(folder).at(Quarter.parse(quarter))


def cells(roster: Roster, **others: str) -> dict[str, str | None]:
    """Full points under every indicator, but for some."""
    return {item.id: others.get(item.id, str(item.points)) for item in roster.rule_book.indicator}


def test_the_rule_book_of_2022(registry: Registry, measure: Callable[..., Measured]) -> None:
    """100 − 2.7 + 10 − 0.5 = 106.8; accounts of a district 99.6 and 100, a vetoed one without a score."""
    folder = registry()
    site = cells(at(folder, "2023Q3"), news="3.1", ipv6="0.2", innovation="1.5")
    accounts = [
        Account("dongcheng", "wechat", "99.6"),
        Account("dongcheng", "wechat_channels", "100"),
        Account("xicheng", "app", None, "内容不更新"),
    ]
    found = measure(folder, "2023Q3", [Site(DONGCHENG, ("97.3", "9.5", "106.8"), site)], accounts)
    assert found.rows("mart/site_score", "base_score", "bonus", "score") == [(D("97.3"), D("9.5"), D("106.8"))]
    assert found.rows("mart/group_score", "score_total", "scored") == [(D("106.8"), 1)]
    media = found.figures("new_media")
    assert media["new_media.districts.average"] == (D("199.6"), 2, ())
    assert media["new_media.districts.rate"] == (D(2), 3, ())
    assert {key for key in media if key.startswith("new_media.platforms.") and key.endswith(".accounts")} == {
        f"new_media.platforms.{name}.accounts"
        for name in ("wechat", "weibo", "toutiao", "douyin", "wechat_channels", "app", "other")
    }


def test_accounts_of_2021_have_no_mean(registry: Registry, measure: Callable[..., Measured]) -> None:
    found = measure(registry(), "2021Q3", [], [Account("dongcheng", "wechat", None)])
    assert not [key for key in found.figures("new_media") if key.endswith("average")]
    assert found.rows("mart/account_rate", "scored", "score_total") == [(0, D(0))] * 4


def test_a_new_rule_book(registry: Registry, measure: Callable[..., Measured]) -> None:
    """From 2025 on the bonus is 5 points, counted from 90 on: the book before ends, another file begins."""
    folder = registry(edits={BOOK: {'valid_from = "2022Q1"': 'valid_from = "2022Q1"\nvalid_to = "2024Q4"'}})
    text = TEXT.replace('id = "2022"', 'id = "2025"', 1).replace('valid_from = "2022Q1"', 'valid_from = "2025Q1"')
    text = text.replace('bonus = "10"', 'bonus = "5"').replace('bonus_above = "80"', 'bonus_above = "89.9"')
    text = text.replace(BANDS, 'bands = ["100"]')
    (folder / "rule-books" / "beijing-2025.toml").write_text(text, "utf-8")
    assert [at(folder, quarter).rule_book.id for quarter in ("2021Q4", "2022Q1", "2024Q4", "2025Q1")] == [
        "2019",
        "2022",
        "2022",
        "2025",
    ]
    for quarter, loss, printed in (
        ("2024Q4", "1", ("95", "10", "105")),
        ("2025Q1", "1", ("95", "5", "100")),
        ("2025Q1", "6", ("90", "5", "95")),
        ("2025Q1", "6.1", ("89.9", "0", "89.9")),
    ):
        lost = {"policy_documents": "2", "availability": "4", "search": str(3 - (D(loss) - 1) / 2)}
        lost["news"] = str(4 - (D(loss) - 1) / 2)
        site = Site(DONGCHENG, printed, cells(at(folder, quarter), **lost))
        found = measure(folder, quarter, [site])
        assert found.rows("mart/site_score", "base_score", "bonus", "score") == [tuple(map(D, printed))]


def test_a_new_platform(registry: Registry, measure: Callable[..., Measured]) -> None:
    platforms = (REFERENCE / "platforms.toml").read_text("utf-8")
    newest = platforms[platforms.index('[[taxonomy]]\nid = "2023"') :]
    added = newest.replace('id = "2023"', 'id = "2024"').replace('valid_from = "2023Q1"', 'valid_from = "2024Q1"')
    added = added.replace(
        '[[taxonomy.platform]]\nid = "app"',
        '[[taxonomy.platform]]\nid = "rednote"\nname = "小红书"\n[[taxonomy.platform]]\nid = "app"',
    )
    ended = newest.replace('valid_from = "2023Q1"', 'valid_from = "2023Q1"\nvalid_to = "2023Q4"')
    edits = {"platforms.toml": {newest: ended + "\n" + added}, BOOK: {'["2022", "2023"]': '["2022", "2023", "2024"]'}}
    folder = registry(edits=edits)
    assert "小红书" not in at(folder, "2023Q4").platform_index
    assert at(folder, "2024Q1").platform_index["小红书"] == "rednote"
    found = measure(folder, "2024Q1", [], [Account("dongcheng", "rednote", "98")])
    assert found.rows("mart/account_rate", "scope", "member", "accounts")[2] == ("platform", "rednote", 1)
    assert found.figures("new_media")["new_media.platforms.rednote.accounts"] == (D(1), 1, ())


def block(start: str, end: str) -> str:
    """A part of the rule book's text."""
    begin = TEXT.index(start)
    return TEXT[begin : TEXT.index(end, begin) + len(end)]


def test_totals_instead_of_indicators(registry: Registry, measure: Callable[..., Measured]) -> None:
    totals = {
        'detail = "indicators"': 'detail = "totals"',
        block("indicator = [\n  # 发布解读", "\n]\n"): "",
        block("[no_service]", 'start = "75"\n'): "",
    }
    folder = registry(edits={BOOK: totals})
    sites = [
        Site(DONGCHENG, ("97.3", "9.5", "106.8")),
        Site("1101020001", ("100", "10", "110")),
        Site("1101050001", (None, None, None), veto="W-V1"),
        Site("1101080001", ("100", "", "100")),
    ]
    found = measure(folder, "2023Q3", sites)
    assert sorted(found.rows("mart/site_score", "site_code", "lost", "score", "level")) == [
        (DONGCHENG, D("2.7"), D("106.8"), "qualified"),
        ("1101020001", D(0), D(110), "qualified"),
        ("1101050001", None, None, "unqualified"),
        ("1101080001", D(0), D(100), "qualified"),
    ]
    assert found.rows("mart/indicator_loss", "report_as") == []
    groups = found.figures("site_groups")
    assert groups["district_sites.average"][:2] == (D("316.8"), 3)
    assert groups["district_sites.without_deduction"] == (D(2), 4, ("西城区", "海淀区"))
    assert groups["district_sites.clean_indicators"] == (D(0), 0, ())
    rows = found.figures("site_rows")
    assert [
        rows[f"district_sites.rows.{DONGCHENG}.{part}"][0] for part in ("base_score", "bonus", "score", "place")
    ] == [
        D("97.3"),
        D("9.5"),
        D("106.8"),
        D(2),
    ]
    assert set(found.findings()) == {"R401"}  # the sites that this test leaves out


def test_a_sample_misses_no_site(registry: Registry, measure: Callable[..., Measured]) -> None:
    for coverage, missing in (("census", 15), ("sample", 0)):
        folder = registry(edits={BOOK: {'coverage = "census"': f'coverage = "{coverage}"'}}, name=coverage)
        site = Site(DONGCHENG, ("100", "10", "110"), cells(at(folder, "2023Q3")))
        assert len(measure(folder, "2023Q3", [site]).findings().get("R401", [])) == missing


# ---- what the registry refuses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({'name = "概况信息", part = "deduct", points = "3"': 'name = "概况信息", part = "deduct", points = "4"'},
         "扣分指标合计 101 分，区政府门户网站的基础分是 100 分"),
        ({'bonus = "10"': 'bonus = "11"'}, "加分指标合计 10 分，区政府门户网站的加分上限是 11 分"),
        ({'score_step = "0.1"': 'score_step = "2"'}, "概况信息的分值 3 不是 2 的倍数"),
        ({'score_step = "0.1"': 'score_step = "0"'}, "score_step 为 0，应大于 0"),
        ({'swing = "10"': 'swing = "0"'}, "swing 为 0，应大于 0"),
        ({'id = "news"': 'id = "overview"'}, "指标标识“overview”重复"),
        ({'name = "动态要闻"': 'name = "概况信息"'}, "指标名称“概况信息”重复"),
        ({'id = "W-V2"': 'id = "W-V1"'}, "单项否决指标“W-V1”重复"),
        ({'applies = "account"': 'applies = "site"'}, "没有适用于 account 的单项否决指标"),
        ({'bonus_above = "80"': 'bonus_above = "59"'}, "合格线 60、加分门槛 59、基础分 100 应依次递增"),
        ({'bonus_above = "80"': 'bonus_above = "100"'}, "合格线 60、加分门槛 100、基础分 100 应依次递增"),
        ({'pass_line = "60"': 'pass_line = "60"\nbasic_line = "70"'}, "basic_line 应大于 0、小于 pass_line"),
        ({'pass_line = "60"': 'pass_line = "60"\nbasic_line = "60"'}, "即没有基本合格一等"),
        ({'score_step = "0.1"': 'score_step = "0.1"\nveto_score = "60"'}, "单项否决的得分 60 应低于不合格的上限 60"),
        ({"scaled_decimals = 2": "scaled_decimals = 3"}, "scoring.scaled_decimals 为 3，应在 0 至 2 之间"),
        ({"\nscore = 2": "\nscore = 3"}, "decimals.score 为 3，应在 0 至 2 之间"),
        ({"\nrate = 2": "\nrate = -1"}, "decimals.rate 为 -1，应在 0 至 2 之间"),
        ({'start = "75"': 'start = "80"'}, "无服务事项网站的起始分是 80 分，按 scale 应为 75 分"),
        ({'mode = "scale"': 'mode = "redistribute"'}, "无服务事项网站的起始分是 75 分，按 redistribute 应为 100 分"),
        ({'level1 = "办事服务"\nstart': 'level1 = "服务"\nstart'}, "no_service.level1“服务”应当是扣分指标的一部分"),
        ({'full_mark = "100"': 'full_mark = "0"'}, "account_score.full_mark 为 0，应大于 0"),
        ({"decimals = 2\n\n[rounding]": "decimals = 4\n\n[rounding]"}, "account_score.decimals 为 4，应在 0 至 2 之间"),
        ({'flat = "0.05"': 'flat = "-1"'}, "change.flat 为 -1，不应小于 0"),
        ({"update_days = 14": "update_days = 0"}, "update_days 为 0，应大于 0"),
        ({"《": "", "》": ""}, "document 没有用书名号《》标出文件名称"),
        ({BANDS: 'bands = ["100", "110"]'}, "区政府门户网站的 bands 应当由高到低，都在 0 与满分 110 之间"),
        ({'kinds = ["department", "special"]': 'kinds = ["department", "portal"]'}, "网站类别“portal”重复"),
        ({'id = "department"': 'id = "district"'}, "group 应当恰有 district 和 department 两项"),
        ({'detail = "indicators"': 'detail = "totals"'}, "只交合计的检查指标不登记各项指标；只交合计的检查指标不登记 no_service"),
        ({'platforms = ["2022", "2023"]': 'platforms = ["2022", "2033"]'}, "平台口径 2033 未登记；平台口径没有覆盖检查指标的有效期"),
        ({'platforms = ["2022", "2023"]': 'platforms = ["2023"]'}, "平台口径没有覆盖检查指标的有效期"),
        ({'valid_from = "2022Q1"': 'valid_from = "2021Q4"', '["2022", "2023"]': '["2019", "2022", "2023"]'},
         "2021Q4 起的有效期与前一项重叠"),
        ({'valid_from = "2022Q1"': 'valid_from = "2022Q2"'}, "检查指标：2021Q4 与 2022Q2 之间没有一项有效"),
        ({'valid_from = "2022Q1"': 'valid_from = "2022Q1"\nvalid_to = "2021Q4"'}, "有效期 2022Q1 至 2021Q4 首尾颠倒"),
        ({'id = "2022"\ndocument': 'id = "2019"\ndocument'}, "rule-books：2019 重复"),
        ({'notice = "2022"': 'notice = "2025"'}, "没有名为“2025”的通报结构，最接近的是“202"),
        ({'full_mark = "100"': 'full_mark = "1e400"'}, "account_score.full_mark 写作“1e400”，数字过大"),
        ({'full_mark = "100"': 'full_mark = "NaN"'}, "account_score.full_mark 写作“NaN”，应为有限的数字"),
        ({'pass_line = "60"': 'pass_line = "60.00001"'}, "scoring.pass_line 写作“60.00001”，小数位数过多"),
        ({'valid_from = "2022Q1"': 'valid_from = "2022Q5"'}, "valid_from 写作“2022Q5”，季度应写成 2021Q3 的形式"),
    ],
)  # fmt: skip
def test_a_rule_book_that_contradicts_itself(edit: dict[str, str], told: str, registry: Registry) -> None:
    with pytest.raises(RegistryError) as error:
        load_registry(registry(edits={BOOK: edit}))
    assert told in error.value.message


def test_every_fault_is_told_at_once(registry: Registry) -> None:
    edit = {'flat = "0.05"': 'flat = "-1"', "update_days = 14": "update_days = 0", 'start = "75"': 'start = "70"'}
    with pytest.raises(RegistryError) as error:
        load_registry(registry(edits={BOOK: edit}))
    assert error.value.message.startswith("检查指标 2022：") and error.value.message.count("；") == 2
    assert error.value.hint


def test_a_site_that_no_group_scores(registry: Registry) -> None:
    folder = registry(edits={BOOK: {'kinds = ["department", "special"]': 'kinds = ["department"]'}})
    with pytest.raises(RegistryError, match="的类别 special 不属于检查指标 2022 的任何分组"):
        at(folder, "2023Q3")


def test_a_name_of_two_platforms(registry: Registry) -> None:
    folder = registry(edits={"platforms.toml": {'aliases = ["视频号"]': 'aliases = ["视频号", "抖音"]'}})
    with pytest.raises(RegistryError, match="“抖音”同时指向 douyin 和 wechat_channels"):
        assert at(folder, "2023Q3").platform_index


def test_a_field_that_no_rule_book_has(registry: Registry) -> None:
    with pytest.raises(RegistryError, match=r"beijing-2022\.toml 的 scoring\.passline"):
        load_registry(registry(edits={BOOK: {"pass_line": "passline = 1\npass_line"}}))


@pytest.mark.parametrize(
    ("file", "edit", "told"),
    [
        (BOOK, {"pass_line": "passline = 1\npass_line"}, "beijing-2022.toml 的 scoring.passline 写作“1”，不是已有的项目。"),
        (BOOK, {'detail = "indicators"': 'detail = "some"'},
         "beijing-2022.toml 的 detail 写作“some”，应为 indicators、totals 之一。"),
        (BOOK, {"update_days = 14": ""}, "beijing-2022.toml 的 update_days 没有填写。"),
        (BOOK, {"update_days = 14": "update_days = 'x'", "trailing_zeros = false": "trailing_zeros = 'no way'"},
         "update_days 写作“x”，应为整数；decimals.trailing_zeros 写作“no way”，应为 true 或者 false。"),
        (BOOK, {"update_days = 14": "update_days = "}, "beijing-2022.toml 无法读取：第 12 行第 15 列不合 TOML 格式。"),
        ("units.toml", {'group = "district"': "group = 3"}, "units.toml 第 1 个 unit 的 group 写作“3”，应为 district、department 之一。"),
        (BOOK, {'platforms = ["2022", "2023"]': 'platforms = "2023"'}, "的 platforms 写作“2023”，应为列表，写在方括号内。"),
        ("error-reports.toml", {"limit_workdays = ": "limit = "}, "error-reports.toml“limit_workdays” 的 "),
        ("office.toml", {"各市属机构": "各市属机构："}, "office.toml：addressees 末尾不带冒号"),
        ("office.toml", {'mark = "京政服发"': 'mark = "京政服发〔"'}, "office.toml：mark 只写年份以前的汉字"),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_told_in_chinese_with_its_place(
    file: str, edit: dict[str, str], told: str, registry: Registry
) -> None:
    with pytest.raises(RegistryError) as error:
        load_registry(registry(edits={file: edit}))
    assert told in error.value.message
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", error.value.message.replace("error-reports.toml", ""))


def test_a_file_that_is_not_there_or_is_no_text(registry: Registry) -> None:
    folder = registry()
    (folder / "units.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RegistryError, match=r"units\.toml 无法读取：不是 UTF-8 编码。"):
        load_registry(folder)
    (folder / "units.toml").unlink()
    with pytest.raises(RegistryError, match=r"units\.toml 无法读取：没有这个文件。"):
        load_registry(folder)


@pytest.mark.parametrize("content", ["holidays = []", "workdays = [1]\nholidays = []"])
def test_holidays_of_a_year_have_a_form(content: str, registry: Registry) -> None:
    folder = registry()
    (folder / "holidays").mkdir()
    (folder / "holidays" / "2027.toml").write_text(content, "utf-8")
    with pytest.raises(RegistryError, match=r"holidays/2027\.toml 的 workdays"):
        load_registry(folder)
    (folder / "holidays" / "2027.toml").rename(folder / "holidays" / "明年.toml")
    (folder / "holidays" / "明年.toml").write_text("workdays = []\nholidays = []", "utf-8")
    with pytest.raises(RegistryError, match=r"holidays/明年\.toml 的文件名不是年份"):
        load_registry(folder)


@pytest.mark.parametrize(
    ("quarter", "name", "mark"),
    [("2020Q4", "甲局", "甲发"), ("2021Q1", "乙局", "乙发"), ("2022Q4", "乙局", "乙发"), ("2023Q1", "丙局", "丙发")],
)
def test_a_renamed_office_is_called_by_the_name_of_the_quarter(
    quarter: str, name: str, mark: str, registry: Registry
) -> None:
    folder = registry()
    text = """city = "北京市"\nregion = "全市"\nours = "本市"\naddressees = "各区人民政府"\nname = "丙局"\nmark = "丙发"
[[former]]\nname = "乙局"\nmark = "乙发"\nvalid_to = "2022Q4"
[[former]]\nname = "甲局"\nmark = "甲发"\nvalid_to = "2020Q4"
"""
    (folder / "office.toml").write_text(text, "utf-8")
    office = at(folder, quarter).office
    assert (office.name, office.mark, office.addressees) == (name, mark, "各区人民政府")
