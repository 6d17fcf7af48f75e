"""What every figure means, by the pattern of its id: the one list of such patterns (数字目录).

What lives here: name, numerator, denominator, measure and delivered tables of each kind of figure, in Chinese. In a name
``{0}``, ``{1}`` stand for what the ``*`` of the pattern are called. People are told names, never ids: ids are keys of
programs. What must not: values, cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.bulletin.facts import BulletinFacts
from pipeline.reference.registry import Roster

SCORES, FUNCTIONS, ACCOUNTS, MESSAGES = "site_score", "site_function", "account", "error_report"
DEDUCTIONS, SUPPLEMENT, EARLIER, PROBLEMS = "deduction", "supplement", "info_earlier", "info_problem"
RULES = "由检查指标规定，不取自报送的表格"
ROSTER = "由网站名录规定，不取自报送的表格"


@dataclass(frozen=True)
class Kind:
    """A kind of figure (数字类别): ``measure`` is the table that holds it, ``tables`` are the layouts it rests on.

    ``given`` says why there are no cells behind it, of a figure that the registry sets.
    """

    pattern: str
    name: str
    numerator: str
    denominator: str
    measure: str
    tables: tuple[str, ...] = ()
    given: str = ""

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.pattern).replace(r"\*", r"([^.]+)"))

    def parts(self, figure: str) -> tuple[str, ...] | None:
        """What stands for the stars of the pattern in an id, or nothing where it is of another kind."""
        match = self._form.fullmatch(figure)
        return match.groups() if match else None


def _all_sites() -> Iterator[Kind]:
    score = "mart/site_score"
    yield Kind("sites.registered", "名录中的网站", "名录中的网站数", "", "reference/site", given=ROSTER)
    for leaf, name, numerator, denominator in (
        ("inspected", "检查的网站", "检查的网站数", "名录中的网站数"),
        ("share", "抽查比例", "检查的网站数", "名录中的网站数"),
        ("rate", "政府网站合格率", "合格网站数", "检查的网站数"),
        ("basic", "基本合格网站", "基本合格网站数", "检查的网站数"),
        ("unqualified", "不合格网站", "不合格网站数", "检查的网站数"),
        ("reasons.*", "因{0}不合格的网站", "因该原因不合格的网站数", "不合格网站数"),
    ):
        yield Kind(f"sites.{leaf}", name, numerator, denominator, score, (SCORES,))
    for leaf, name, numerator, denominator in (
        ("streak", "连续没有不合格网站的季度", "季度数", ""),
        ("rechecked", "复查的上季度不合格网站", "复查的网站数", "上季度不合格网站数"),
        ("recovered", "复查通过的网站", "复查通过的网站数", "复查的网站数"),
        ("repeats.*.quarters", "连续{0}个季度不合格的季度数", "季度数", ""),
        ("repeats.*.sites", "连续{0}个季度不合格的网站", "连续不合格的网站数", "不合格网站数"),
        ("added", "比上季度新增的网站", "新增的网站数", "检查的网站数"),
        ("closed", "比上季度减少的网站", "减少的网站数", "上季度检查的网站数"),
    ):
        yield Kind(f"sites.{leaf}", name, numerator, denominator, score, (SCORES, EARLIER))


def _site_groups() -> Iterator[Kind]:
    group, score, ranking, band = "mart/group_score", "mart/site_score", "mart/site_ranking", "mart/score_band"
    for leaf, name, numerator, denominator, measure in (
        ("sites", "数量", "网站数", "", group),
        ("rate", "合格率", "合格网站数", "网站数", group),
        ("basic", "基本合格的数量", "基本合格网站数", "网站数", group),
        ("unqualified", "不合格的数量", "不合格网站数", "网站数", group),
        ("sound_units", "没有不合格网站的单位", "没有不合格网站的单位数", "主办单位数", score),
        ("faulty_units", "有不合格网站的单位", "有不合格网站的单位数", "主办单位数", score),
        ("average", "平均得分", "总分之和", "有得分的网站数", group),
        ("standings.*", "得分第{1}组", "该组的总分", "", ranking),
        ("scored", "有得分的网站", "有得分的网站数", "网站数", group),
        ("unvetoed", "未被单项否决的网站", "未被单项否决的网站数", "网站数", group),
        ("bands.*.sites", "第{1}个分数段的网站", "该分数段的网站数", "有得分的网站数", band),
        ("bands.*.share", "第{1}个分数段所占比例", "该分数段的网站数", "有得分的网站数", band),
        ("full", "得满分的网站", "得满分的网站数", "网站数", group),
        ("without_deduction", "未扣分的网站", "未扣分的网站数", "网站数", group),
        ("clean_indicators", "没有网站扣分的指标", "没有网站扣分的指标数", "扣分指标数", "mart/indicator_loss"),
        ("deduction", "平均扣分", "扣分之和", "未被单项否决的网站数", group),
        ("bonus", "平均加分", "加分之和", "未被单项否决的网站数", group),
        ("bonuses.*", "加分第{1}组", "该组的加分", "", score),
        ("bonus_stage", "进入加分指标检查的网站", "进入加分指标检查的网站数", "网站数", group),
        ("rows.*.base_score", "{1}扣分项得分", "扣分项得分", "", score),
        ("rows.*.bonus", "{1}加分项得分", "加分项得分", "", score),
        ("rows.*.score", "{1}总分", "总分", "", score),
        ("rows.*.place", "{1}名次", "名次", "", ranking),
    ):
        yield Kind(f"*_sites.{leaf}", f"{{0}}{name}", numerator, denominator, measure, (SCORES,))
    for leaf, name, measure in (
        ("change", "平均得分与上季度相比的变化", group),
        ("year_change", "平均得分与上年同期相比的变化", group),
    ):
        yield Kind(f"*_sites.{leaf}", f"{{0}}{name}", "本期数（印出）", "前期数（印出）", measure, (SCORES, EARLIER))
    yield Kind("*_sites.rises.*", "{0}得分提高第{1}组", "该组提高的分数", "", score, (SCORES, EARLIER))
    adoption = "mart/function_adoption"
    yield Kind(
        "*_sites.functions.*", "{0}中具备{1}功能的网站", "具备该功能的网站数", "网站数", adoption, (SCORES, FUNCTIONS)
    )
    for leaf, name in (("full_mark", "满分"), ("bonus_mark", "加分指标满分")):
        yield Kind(f"*_sites.{leaf}", f"{{0}}{name}", name, "", "reference/site_group", given=RULES)
    for leaf, name in (("low", "下限"), ("high", "上限")):
        name = f"第{{1}}个分数段的{name}"
        yield Kind(f"*_sites.bands.*.{leaf}", f"{{0}}{name}", "分数段界限", "", "reference/score_band", given=RULES)


def _new_media() -> Iterator[Kind]:
    rate, failed = "mart/account_rate", "mart/unqualified_account"
    for leaf, name, numerator, denominator, measure in (
        ("accounts", "政务新媒体账号", "账号数", "", rate),
        ("rate", "政务新媒体总体合格率", "合格账号数", "账号数", rate),
        ("platforms.*.accounts", "{0}账号", "该平台的账号数", "账号数", rate),
        ("platforms.*.rate", "{0}合格率", "该平台的合格账号数", "该平台的账号数", rate),
        ("unqualified", "不合格政务新媒体账号", "不合格账号数", "账号数", failed),
        ("vetoes.*.accounts", "因{0}不合格的账号", "该情形的账号数", "不合格账号数", failed),
        ("faulty_units", "有不合格账号的单位", "有不合格账号的单位数", "有账号的单位数", failed),
        ("worst", "不合格账号最多的单位", "不合格账号最多的单位数", "有不合格账号的单位数", failed),
        ("worst_share", "不合格账号最多的单位所占比例", "这些单位的不合格账号数", "不合格账号数", failed),
        ("d*s.accounts", "{0}账号", "所属的账号数", "账号数", rate),
        ("d*s.share", "{0}账号所占比例", "所属的账号数", "账号数", rate),
        ("d*s.rate", "{0}政务新媒体合格率", "所属的合格账号数", "所属的账号数", rate),
        ("d*s.units_at_100", "{0}中账号全部合格的单位", "账号全部合格的单位数", "有账号的单位数", rate),
        ("d*s.units_below", "{0}中账号没有全部合格的单位", "账号没有全部合格的单位数", "有账号的单位数", rate),
        ("d*s.scored", "{0}有得分的账号", "有得分的账号数", "所属的账号数", rate),
        ("d*s.average", "{0}政务新媒体平均得分", "得分之和", "有得分的账号数", rate),
    ):
        yield Kind(f"new_media.{leaf}", name, numerator, denominator, measure, (ACCOUNTS,))
    for leaf, name in (
        ("accounts_change", "政务新媒体账号数与上季度相比的变化"),
        ("rate_change", "政务新媒体总体合格率与上季度相比的变化"),
        ("platforms.*.change", "{0}账号数与上季度相比的变化"),
        ("d*s.change", "{0}政务新媒体平均得分与上季度相比的变化"),
    ):
        yield Kind(f"new_media.{leaf}", name, "本期数（印出）", "前期数（印出）", rate, (ACCOUNTS, EARLIER))
    yield Kind("new_media.d*s.full_mark", "{0}政务新媒体满分", "满分", "", "reference/policy", given=RULES)


def _error_reports() -> Iterator[Kind]:
    unit = "mart/error_report_unit"
    for leaf, name, numerator, denominator, measure in (
        ("messages", "网民留言", "留言数", "", unit),
        ("districts", "收到留言的区", "收到留言的区数", "名录中的区数", unit),
        ("departments", "收到留言的部门", "收到留言的部门数", "名录中的部门数", unit),
        ("types", "留言反映的问题类型", "类型数", "", "mart/error_report_type"),
        ("on_time", "留言按期办结率", "按期办结的留言数", "到期的留言数", unit),
        ("top", "收到留言较多的单位", "单位数", "收到留言的单位数", unit),
        ("top_share", "收到留言较多的单位所占比例", "这些单位的留言数", "留言数", unit),
        ("top_on_time", "收到留言较多的单位按期办结率", "这些单位按期办结的留言数", "这些单位到期的留言数", unit),
        ("late", "未按期办结的留言", "未按期办结的留言数", "到期的留言数", unit),
        ("late_units", "有留言未按期办结的单位", "有留言未按期办结的单位数", "有到期留言的单位数", unit),
        ("rows.*.messages", "{0}的留言", "留言数", "", unit),
        ("rows.*.due", "{0}到期的留言", "到期的留言数", "留言数", unit),
        ("rows.*.on_time", "{0}按期办结的留言", "按期办结的留言数", "到期的留言数", unit),
        ("rows.*.rate", "{0}留言按期办结率", "按期办结的留言数", "到期的留言数", unit),
    ):
        yield Kind(f"error_reports.{leaf}", name, numerator, denominator, measure, (MESSAGES,))


def _others() -> Iterator[Kind]:
    told = (SUPPLEMENT,)
    yield Kind("work.*", "{0}", "填报数", "", "core/supplement", told)
    yield Kind("work.*.whole", "{0}：总数", "总数", "", "core/supplement", told)
    yield Kind("work.*.part", "{0}：其中", "其中", "总数", "core/supplement", told)
    yield Kind("work.*.rate", "{0}：比率", "其中", "总数", "core/supplement", told)
    site = "mart/problem_site"
    yield Kind("problems.rows", "确认的网站问题", "扣分明细中确认的条数", "", site, (DEDUCTIONS,))
    yield Kind("problems.sites", "有问题的网站", "有确认问题的网站数", "检查的网站数", site, (DEDUCTIONS, SCORES))
    yield Kind("problems.clean_units", "网站没有扣分的单位", "网站没有扣分的单位数", "主办单位数", "mart/site_score",
               (SCORES, DEDUCTIONS))  # fmt: skip
    yield Kind("problems.concerned.*", "第{0}个问题涉及的单位", "涉及的单位数", "名录中的单位数", "mart/problem_unit",
               (PROBLEMS, DEDUCTIONS, SCORES, ACCOUNTS, MESSAGES))  # fmt: skip


KINDS = (*_all_sites(), *_site_groups(), *_new_media(), *_error_reports(), *_others())
_BY_LEAF: dict[str, list[Kind]] = defaultdict(list)  # by the last part of the pattern: few kinds share one
for _kind in KINDS:
    _BY_LEAF[_kind.pattern.rpartition(".")[2]].append(_kind)
_LIST = {"names": "的名单", "count": "的名单所列个数"}


def kind_of(figure: str) -> tuple[Kind, tuple[str, ...]]:
    """The kind of a figure, and what the stars of its pattern stand for (数字类别). Raises ``KeyError``."""
    for kind in (*_BY_LEAF.get(figure.rpartition(".")[2], ()), *_BY_LEAF["*"]):
        parts = kind.parts(figure)
        if parts is not None:
            return kind, parts
    raise KeyError(figure)


def namer(facts: BulletinFacts, roster: Roster) -> Callable[[str], str]:
    """What figures of a notice are called in Chinese, for people (数字称谓): by the id of a figure, or of its list.

    A figure that the catalogue does not know, as of another version, is called by its id.
    """
    words = called(facts) | {f"work.{item.id}": item.label for item in roster.registry.supplements}

    def named(figure: str) -> str:
        of, _, part = figure.rpartition(".")
        try:
            return name_of_list(figure, name_of(of if part in _LIST else figure, words))
        except KeyError:
            return figure

    return named


def name_of_list(figure: str, name: str) -> str:
    """The name of a figure, or where the id is of its list of names, what the list is called (名单名称).

    >>> name_of_list("sites.unqualified.names", "不合格网站"), name_of_list("sites.unqualified", "不合格网站")
    ('不合格网站的名单', '不合格网站')
    """
    return f"{name}{_LIST.get(figure.rpartition('.')[2], '')}"


def name_of(figure: str, called: Mapping[str, str]) -> str:
    """What a figure is called (数字名称), by what the stars of its pattern are called. Raises ``KeyError``."""
    kind, parts = kind_of(figure)
    at, places = figure.split("."), [index for index, part in enumerate(kind.pattern.split(".")) if "*" in part]
    keys = [".".join(at[: index + 1]) for index in places]
    return kind.name.format(*(called.get(key, part) for key, part in zip(keys, parts, strict=True)))


def called(facts: BulletinFacts) -> dict[str, str]:
    """What the parts of the facts are called, by their path (各部分的称谓)."""
    words = facts.brief.words
    names = {path: words[path]["everyone"] for path in words if "everyone" in words[path]}
    names |= {path: words[path]["result"] for path in ("district_sites", "department_sites")}
    for section, group in (("district_sites", facts.district_sites), ("department_sites", facts.department_sites)):
        names |= {f"{section}.functions.{item.sites.id.rpartition('.')[2]}": item.name for item in group.functions}
        names |= {row.id: row.site for row in group.rows}
    names |= {item.accounts.id.removesuffix(".accounts"): item.name for item in facts.new_media.platforms}
    names |= {item.accounts.id.removesuffix(".accounts"): item.name for item in facts.new_media.vetoes}
    names |= {row.id: row.owner for annex in facts.annexes for row in annex.messages}
    return names | {item.sites.id: item.name or "得分未达到合格线" for item in facts.sites.reasons}
