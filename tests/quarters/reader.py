"""Statements read back from the text of a notice (从通报文字读回语句).

What lives here: a reader of its own, written from what published notices say and not from the templates: it finds the sections of a
notice by their headings, takes sentences apart, and recognises each statement by the words that only its kind has.
What must not: `pipeline/`, raw rows, judging whether a statement is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

Text = str | tuple[str, ...] | None
Listed = tuple[tuple[str, ...], bool, str]  # names, whether 等 follows, count: what a list of names says


class UnknownSentence(Exception):
    """A sentence that the reader does not know, or can read in two ways."""


@dataclass(frozen=True)
class Claim:
    """What a notice says (所言): a kind of statement, of whom, and its words and numbers as printed."""

    kind: str
    subject: str
    says: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, kind: str, subject: str = "", /, **says: Any) -> Claim:
        return cls(kind, subject, tuple(sorted((name, value) for name, value in says.items() if value is not None)))

    @property
    def form(self) -> tuple[str, str, str]:
        """Kind, subject and form, by which statements are counted."""
        return self.kind, self.subject, str(dict(self.says).get("form", ""))

    def __str__(self) -> str:
        return f"{self.kind}（{self.subject}）" + "，".join(f"{name}={value}" for name, value in self.says)


# ---- the words of each kind -----------------------------------------------------------------------------------------
# <name:> in angle brackets stands for: <n:> a whole number, <v:> a number, <p:> a rate, <w:> words, <l:noun> a list that a
# count with this noun may close, <m:> names alone. Of a group of sites or units: {all} all of them, {one} what is counted,
# {among} and {checked} nothing, or that it is the inspected ones.

_SITES = {
    "district": {"all": "各区政府门户网站", "one": "个区政府门户网站", "units": "个区", "own": "个区", "site": "个区门户网站",
                 "kind": "区政府门户网站", "member": "区", "among": "", "checked": ""},
    "department": {"all": "各市级部门政府网站", "one": "个市级部门政府网站", "units": "个部门", "own": "个网站",
                   "site": "个部门网站", "kind": "市级部门政府网站", "member": "部门", "among": "", "checked": ""},
}  # fmt: skip
# Where not every site of the group was inspected, it is the inspected ones that are spoken of.
_SAMPLED = {
    "district": {"all": "受检的区政府门户网站", "one": "个受检的区政府门户网站", "units": "个区", "own": "个区",
                 "site": "个受检的区门户网站", "kind": "受检的区政府门户网站", "member": "区", "checked": "受检的",
                 "among": "受检的区政府门户网站中，"},
    "department": {"all": "受检的市级部门政府网站", "one": "个受检的市级部门政府网站", "units": "个部门", "own": "个网站",
                   "site": "个受检的部门网站", "kind": "受检的市级部门政府网站", "member": "部门", "checked": "受检的",
                   "among": "受检的市级部门政府网站中，"},
}  # fmt: skip
_OWNERS = {
    "districts": {"all": "各区", "units": "个区", "senders": "个区"},
    "departments": {"all": "各市级部门", "units": "个部门", "senders": "个市级部门"},
}

# of one group of sites; a form after the colon
_OF_GROUP = {
    "average": "(?:{all}|有得分的<scored:n>{one})平均得分为<value:v>分（满分<full:v>分(?:，其中加分指标<bonus:v>分)?）",
    "rate": "{all}合格率为<rate:p>(?:（含基本合格<basic:n>个）)?",
    "units:all": "{checked}<count:n>{units}均未发现不合格网站",
    "units": "{among}<who:l{units}>未发现不合格网站",
    "units_except": "{among}除<who:l{units}>外，其他<others:n>{units}均未发现不合格网站",
    "rises": "{among}(?:<who:l{units}>|<name:{member}>)得分比上季度提高最多，(?P<both>均)?提高<by:v>分",
    "standings:tied": "{all}得分(?P<each>相同，均)?为<score:v>分",
    "lowest": "(?:在有得分的<scored:n>{one}中，|{among})<who:l{units}>得分最低，为<score:v>分",
    "bands": "(?P<part>有得分的)?<scored:n>{one}(?:得分(?P<each>全部)?在<band:b>|中，得分在<bands:bs>)",
    "full:all": "{checked}<count:n>{own}均得满分",
    "full": "{among}<who:l{own}>得满分",
    "full:none": "没有{kind}得满分",
    "clean:all": "{checked}<count:n>{own}均未扣分",
    "clean": "{among}<who:l{own}>未扣分",
    "clean:none": "{all}均有扣分",
    "deduction": "(?:{all}|未被单项否决的<sites:n>{one})平均扣分<value:v>分",
    "bonus:none": "(?:{all}|未被单项否决的<sites:n>{one})(?P<each>均)?没有加分",
    "bonus:tied": "(?:{all}|未被单项否决的<sites:n>{one})加分(?P<each>相同，均)?为<value:v>分",
    "bonus": "(?:{all}|未被单项否决的<sites:n>{one})平均加分<value:v>分，<who:l{units}>加分最多，为<most:v>分",
    "bonus_least": "{among}<who:l{units}>加分最少，为<value:v>分",
    "stage:all": "{checked}<count:n>{own}均进入加分指标检查",
    "stage": "{among}<who:l{own}>进入加分指标检查",
    "stage:none": "没有{kind}进入加分指标检查",
    "indicators:all": "(?:{kind}|未被单项否决的<sites:n>{one})<count:n>项扣分指标(?P<each>均)?未扣分",
    "indicators": "(?:{kind}|未被单项否决的<sites:n>{one})<who:l项指标>未扣分",
    "indicators:none": "(?:{kind}|未被单项否决的<sites:n>{one})各项扣分指标均有网站扣分",
    "function:all": "<count:n>{site}均已具备<name:w>功能",
    "function": "<count:n>{site}已具备<name:w>功能",
    "function:none": "{all}均尚未具备<name:w>功能",
}
# of the one site or unit of a group that a sample has
_OF_ONE = {
    "units:one": "{checked}<count:n>{units}未发现不合格网站",
    "full:one": "{checked}<count:n>{own}得满分",
    "clean:one": "{checked}<count:n>{own}未扣分",
    "stage:one": "{checked}<count:n>{own}进入加分指标检查",
}
# of districts or departments and their accounts, or messages
_OF_OWNERS = {
    "account_share:all": "{all}政务新媒体合格率均为<rate:p>",
    "account_share": "{all}政务新媒体合格率为<rate:p>，其中<who:l{units}>政务新媒体合格率达到<full:p>",
    "account_share:none": "{all}政务新媒体合格率为<rate:p>，没有合格率达到<full:p>的单位",
    "accounts_below": "除<who:l{units}>外，其他<others:n>{units}政务新媒体合格率均达到<full:p>",
    "account_average": "{all}(?:有得分的<scored:n>个)?政务新媒体平均得分为<value:v>分（满分<full:v>分）",
    "senders:all": "{all}均收到留言",
    "senders": "<who:l{senders}>收到留言",
}
_ALONE = {
    "scope": "按照国务院办公厅有关要求，委托第三方检测机构对<district:n>个区政府门户网站和<department:n>个市级部门政府网站"
    "(?P<special>（含专项网站）)?进行了全覆盖检查",
    "scope:sample": "按照国务院办公厅有关要求，委托第三方检测机构从<registered:n>个政府网站中抽查<inspected:n>个，"
    "抽查比例为<share:p>，其中区政府门户网站<district:n>个、市级部门政府网站<department:n>个",
    "result:none": "未发现不合格网站",
    "result": "发现(?:不合格区政府门户网站<district:n>个)?(?:(?<=个)、)?(?:(?<=[现、])不合格市级部门政府网站<department:n>个)?",
    "reasons:one": "不合格原因为<reason:w>",
    "reasons": "不合格原因包括<reasons:c>",
    "all_rate": "(?:(?P<sampled>受检)的)?政府网站合格率为<rate:p>(?:（含基本合格<basic:n>个）)?",
    "streak": "连续<quarters:n>个季度未发现不合格网站",
    "failures:all": "检查的<count:n>个网站(?P<each>均)?不合格",
    "failures": "<who:l个网站>不合格",
    "recheck:all": "复查上季度不合格网站<count:n>个，(?P<each>全部)?通过检查",
    "recheck:none": "复查上季度不合格网站<count:n>个，(?P<each>全部)?未通过检查",
    "recheck": "复查上季度不合格网站<count:n>个，其中<passed:n>个通过检查",
    "repeated": "<who:l个网站>连续<quarters:n>个季度不合格",
    "register": "与上季度相比，检查范围(?:新增<added:l个网站>)?(?:(?<=个网站)，)?(?:(?<=[围，])减少<closed:l个网站>)?",
    "standings": "(?:受检的(?P<of>区政府门户网站|市级部门政府网站)中，)?<top:m>得分最高，为<score:v>分"
    "(?P<rest>(?:；[^；，。]+得分[\\d.]+分)*)",
    "change:rise": "(?P<words>比|较)<since:s>(?P<verb>提高|提升)<by:v>(?P<unit>分|个百分点)",
    "change:fall": "(?P<words>比|较)<since:s>下降<by:v>(?P<unit>分|个百分点)",
    "change:flat": "与<since:s>基本持平",
    "opening": "依据政务新媒体单项否决指标，对全市政府系统政务新媒体开展检查",
    "accounts:none": "截至<day:w>，全市没有纳入检查的政府系统政务新媒体账号",
    "accounts": "截至<day:w>，全市共有政府系统政务新媒体<count:n>个",
    "accounts_change:flat": "与上季度持平",
    "accounts_change:rise": "比上季度增加<by:n>个",
    "accounts_change:fall": "比上季度减少<by:n>个",
    "platforms": "其中<platforms:c>",
    "platform_changes:flat": "各平台账号数量均与上季度持平",
    "platform_changes": "与上季度相比，<changes:x>",
    "owners": "按归口统计，各区<districts:n>个，占<districts_share:p>；各市级部门<departments:n>个，占<departments_share:p>",
    "owners:districts": "按归口统计，<districts:n>个账号均属于各区",
    "owners:departments": "按归口统计，<departments:n>个账号均属于各市级部门",
    "account_rate:all": "政务新媒体全部合格",
    "account_rate": "政务新媒体总体合格率为<rate:p>",
    "platform_rates": "其中<platforms:r>",
    "account_rate_change:flat": "政务新媒体总体合格率与上季度基本持平",
    "account_rate_change:rise": "政务新媒体总体合格率比上季度提高<by:v>个百分点",
    "account_rate_change:fall": "政务新媒体总体合格率比上季度下降<by:v>个百分点",
    "account_failures:none": "未发现不合格政务新媒体账号",
    "account_failures:all": "<count:n>个政务新媒体账号(?P<each>均)?不合格",
    "account_failures": "发现不合格政务新媒体账号<count:n>个",
    "account_list": "(?P<several>分别)?为(?P<names>“[^，。；]+)",
    "account_list:units": "涉及<units:n>家单位",
    "account_reasons:one": "<count:n>个不合格政务新媒体账号的否决情形为<reason:w>",
    "account_reasons": "不合格政务新媒体账号的否决情形为<reasons:c>",
    "account_concentration": "<who:l家单位>的不合格政务新媒体账号较多，占不合格账号总数的<share:p>",
    "messages:none": "自<since:w>以来，截至<until:w>，“我为政府网站找错”平台没有收到涉及本市的网民留言",
    "messages": "自<since:w>以来，截至<until:w>，“我为政府网站找错”平台共收到涉及本市的网民留言<count:n>条，涉及"
    "(?:<departments:n>个市级部门)?(?:(?<=部门)和)?(?:(?<=[及和])<districts:n>个区)?",
    "message_types": "问题主要集中在<names:m>等方面",
    "message_types:all": "问题涉及<names:m>方面",
    "on_time:all": "有关单位对留言逐条核实、处理和反馈，按期办结率为<rate:p>",
    "on_time": "到期留言按期办结率为<rate:p>",
    "message_concentration": "其中，<who:l家单位>收到的留言较为集中，合计占全市留言总数的<share:p>"
    "(?:，按期办结率(?P<each>均)?为<rate:p>)?",
    "late:none": "到期的留言(?P<each>均)?已按期办结",
    "late:all": "到期的<count:n>条留言(?P<each>均)?未按期办结",
    "late": "到期的留言中有<count:n>条未按期办结",
    "late_units": "未按期办结的留言涉及<who:l家单位>",
    "period": "检查时间为<start:w>至<end:w>",
    "method": "检查方式为<what:w>",
    "visits": "检查中累计访问检查对象<count:n>次",
    "topic": "(?P<quarter>\\d{{4}}年第[一二三四]季度)检查主题为<what:w>",
    "special": "同步开展<what:w>",
    "reposts:all": "布置的<whole:n>项转载任务(?P<each>全部|已)完成",
    "reposts:none": "布置的<whole:n>项转载任务(?P<each>均)?未完成",
    "reposts": "布置转载任务<whole:n>项，完成<part:n>项，完成率为<rate:p>",
    "superior:none": "上级抽查全市政府网站和政务新媒体<whole:n>个，未发现不合格",
    "superior:all": "上级抽查全市政府网站和政务新媒体<whole:n>个，(?P<each>均)?不合格",
    "superior": "上级抽查全市政府网站和政务新媒体<whole:n>个，其中不合格<part:n>个，占<rate:p>",
    "cross_sites": "组织互查网站<count:n>个",
    "cross_problems:none": "未发现问题",
    "cross_problems": "发现问题<count:n>个",
    "opened:none": "没有新开设政务新媒体账号",
    "opened": "新开设政务新媒体账号<count:n>个",
    "closed:none": "没有关停注销政务新媒体账号",
    "closed": "关停注销政务新媒体账号<count:n>个",
    "unregistered:none": "未发现未备案政务新媒体账号",
    "unregistered": "发现未备案政务新媒体账号<count:n>个",
    "cleaned:none": "没有清理长期不更新的政务新媒体账号",
    "cleaned": "清理长期不更新的政务新媒体账号<count:n>个",
    "ipv6:all": "<whole:n>个政府网站(?P<each>均)?支持IPv6访问",
    "ipv6:none": "<whole:n>个政府网站(?P<each>均)?不支持IPv6访问",
    "ipv6": "<whole:n>个政府网站中，支持IPv6访问的<part:n>个，占<rate:p>",
    "rectified:all": "检查发现问题<whole:n>个，已(?P<each>全部)?整改",
    "rectified:none": "检查发现问题<whole:n>个，(?P<each>均)?未整改",
    "rectified": "检查发现问题<whole:n>个，已整改<part:n>个，整改率为<rate:p>",
    "rectified_on_time:all": "已整改的(?P<each>均)?按期完成",
    "rectified_on_time:none": "已整改的(?P<each>均)?未按期完成",
    "rectified_on_time": "其中按期整改<part:n>个，占<rate:p>",
    "last_rectified:all": "上季度通报问题<whole:n>个，已(?P<each>全部)?整改",
    "last_rectified:none": "上季度通报问题<whole:n>个，(?P<each>均)?未整改",
    "last_rectified": "上季度通报问题<whole:n>个，已整改<part:n>个，整改率为<rate:p>",
    "silent:all": "<count:n>家单位均未按要求报送整改情况",
    "silent": "<who:l家单位>未按要求报送整改情况",
    "problem_count:none": "检查没有确认网站问题",
    "problem_count": "检查确认网站问题<count:n>个，涉及<sites:n>个网站",
    "clean_units:all": "<count:n>家单位的(?P<sampled>受检)?网站均没有扣分问题",
    "clean_units": "<who:l家单位>的(?P<sampled>受检)?网站没有扣分问题",
    "problem_units": "上述问题涉及<who:l家单位>",
    "order": "责令(?:<sites:n>个不合格网站)?(?:(?<=网站)和)?(?:(?<=[令和])<accounts:n>个不合格政务新媒体账号)?"
    "的主办单位于<day:w>前完成整改或者关停",
    "accountability": "已对相关责任人员问责<count:n>人",
    "deadline": "有关单位要于<day:w>前报送整改情况",
}  # fmt: skip

_NUMBER = r"\d+(?:\.\d+)?"
_NAME = r"[^，；。、]+"
_EDGE = rf"{_NUMBER}分(?:以上（含）|以下（不含）)"
_BAND = rf"{_EDGE}(?:、{_EDGE})?"
_PIECES = {
    "n": r"\d+",
    "v": _NUMBER,
    "p": rf"{_NUMBER}%",
    "w": r"[^，；。]+?",
    "s": "上季度|上年同期",
    "m": rf"{_NAME}?(?:、{_NAME}?)*?",
    "c": r"[^，；。]+?\d+个(?:、[^，；。]+?\d+个)*",
    "区": r"[^，；。、]+区",
    "部门": r"[^，；。、]+(?<!区)",
    "r": rf"{_NAME}?合格率{_NUMBER}%(?:、{_NAME}?合格率{_NUMBER}%)*",
    "x": rf"{_NAME}?(?:增加|减少)\d+个(?:、{_NAME}?(?:增加|减少)\d+个)*",
    "b": _BAND,
    "bs": rf"{_BAND}的\d+个，占{_NUMBER}%(?:；{_BAND}的\d+个，占{_NUMBER}%)*",
}


def _pattern(words: str) -> re.Pattern[str]:
    def piece(match: re.Match[str]) -> str:
        name, what = match[1], match[2]
        if what.startswith("l") and what not in _PIECES:
            return rf"(?P<{name}>(?:(?!等|受检){_PIECES['m']}等?)?\d+{what[1:]})"
        return f"(?P<{name}>{_PIECES[what]})"

    return re.compile(re.sub(r"<(\w+):([^<>]+)>", piece, words) + r"(?=，|$)")


@dataclass(frozen=True)
class _Kind:
    kind: str
    form: str
    subject: str
    pattern: re.Pattern[str]
    nouns: dict[str, str]  # of the lists
    sampled: bool  # it speaks of the inspected sites alone


@cache
def _kinds() -> tuple[_Kind, ...]:
    tables: list[tuple[str, bool, dict[str, str], dict[str, str]]] = [("", False, {}, _ALONE)]
    tables += [(subject, False, nouns, _OF_GROUP) for subject, nouns in _SITES.items()]
    tables += [(subject, True, nouns, _OF_GROUP | _OF_ONE) for subject, nouns in _SAMPLED.items()]
    tables += [(subject, False, nouns, _OF_OWNERS) for subject, nouns in _OWNERS.items()]
    kinds = []
    for subject, sampled, nouns, table in tables:
        for key, template in table.items():
            kind, _, form = key.partition(":")
            words = template.format(**nouns)
            lists = dict(re.findall(r"<(\w+):l([^<>]+)>", words))
            kinds.append(_Kind(kind, form, subject, _pattern(words), lists, sampled))
    return tuple(kinds)


def forms() -> set[tuple[str, str, str]]:
    """Every kind, subject and form that the reader knows (语句形式)."""
    changed = {(subject, form) for subject in (*_SITES, *_OWNERS) for form in ("rise", "fall", "flat")}
    known = {(kind.kind, kind.subject, kind.form) for kind in _kinds() if kind.kind != "change"}
    return known | {("change", subject, form) for subject, form in changed}


# ---- a sentence -----------------------------------------------------------------------------------------------------


def listed(text: str, noun: str) -> Listed:
    """A list of names: 甲、乙、丙等7个区 / 甲、乙2个区 / 甲、乙 / 7个区 (名单)."""
    match = re.fullmatch(rf"(?:(.*?\D)(等)?)?(\d+){noun}", text)
    if match is None:
        return tuple(text.split("、")), False, ""
    return tuple(match[1].split("、")) if match[1] else (), bool(match[2]), match[3]


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """微博3个、微信2个 by name and number."""
    found = [re.fullmatch(rf"(.+?)(合格率)?(\d+个|{_NUMBER}%)", part) for part in re.split("(?<=[个%])、", text)]
    return tuple((match[1], match[3].removesuffix("个")) for match in found if match)


def _band(text: str) -> tuple[str, str]:
    low, high = re.search(rf"({_NUMBER})分以上（含）", text), re.search(rf"({_NUMBER})分以下（不含）", text)
    return low[1] if low else "", high[1] if high else ""


def _bands(text: str) -> tuple[tuple[str, ...], ...]:
    parts = [re.fullmatch(rf"(.+)的(\d+)个，占({_NUMBER}%)", part) for part in text.split("；")]
    return tuple((*_band(part[1]), part[2], part[3]) for part in parts if part)


def _standings(text: str) -> tuple[tuple[str, str], ...]:
    parts = [re.fullmatch(rf"(.+)得分({_NUMBER})分", part) for part in text.split("；") if part]
    return tuple((part[1], part[2]) for part in parts if part)


def _value(kind: _Kind, name: str, text: str) -> Any:
    if name in kind.nouns:
        return listed(text, kind.nouns[name])
    if name in ("top", "names"):
        return tuple(text.split("、"))
    if name == "band":
        return _band(text)
    if name == "bands":
        return _bands(text)
    if name == "rest":
        return _standings(text)
    if name in ("reasons", "platforms"):
        return _parts(text)
    if name == "changes":
        found = [re.fullmatch(r"(.+?)(增加|减少)(\d+)个", part) for part in text.split("、")]
        return tuple((match[1], match[2], match[3]) for match in found if match)
    return text


def _readings(sentence: str, at: int, before: tuple[Claim, ...]) -> Iterator[tuple[Claim, ...]]:
    """Every way to read a sentence from a place on as statements joined by commas."""
    if at >= len(sentence):
        yield before
        return
    for kind in _kinds():
        match = kind.pattern.match(sentence, at)
        if match is None or match.end() == at:
            continue
        says = {name: _value(kind, name, text) for name, text in match.groupdict().items() if text}
        says |= ({"form": kind.form} if kind.form else {}) | ({"sampled": "受检"} if kind.sampled else {})
        claim = Claim.of(kind.kind, kind.subject, **says)
        yield from _readings(sentence, match.end() + 1, (*before, claim))


def read_sentence(sentence: str) -> tuple[Claim, ...]:
    """The statements of a sentence without its full stop (一句). Raises ``UnknownSentence``."""
    readings = list(_readings(sentence, 0, ()))
    if len(readings) != 1:
        told = "".join(f"\n  {'；'.join(map(str, reading))}" for reading in readings)
        raise UnknownSentence(f"{'不认识的句子' if not readings else '可作多种理解的句子'}：{sentence}{told}")
    return tuple(_with_subjects(readings[0]))


def _with_subjects(claims: Sequence[Claim]) -> Iterator[Claim]:
    """A change is of what stands before it in its sentence (承前省略)."""
    for at, claim in enumerate(claims):
        if claim.kind != "change":
            yield claim
            continue
        levels = [each for each in claims[:at] if each.kind in ("average", "account_average")]
        if not levels:
            raise UnknownSentence(f"变化前面没有所比的数：{claim}")
        yield Claim(claim.kind, levels[-1].subject, claim.says)


# ---- a notice -------------------------------------------------------------------------------------------------------

_LEAD = re.compile(r"（[一二三四五六七八九十]+）|\d\.")
_TITLES = (
    "政府网站检查情况", "区政府门户网站", "市级部门政府网站", "政务新媒体检查情况", "“我为政府网站找错”平台留言办理情况",
    "其他工作情况", "总体情况", "政府网站", "政府系统政务新媒体", "典型做法", "政务新媒体", "政策解读", "互动交流",
)  # fmt: skip
_PRACTICE = re.compile(r"^(?P<subject>[^，。]+?)注重实效（做法(?P<number>\d+)）$")
_EDITORIAL = "有关内容另行说明"
_CLOSING = "请抓好整改落实"


def read_notice(paragraphs: Sequence[tuple[str, str]]) -> list[Claim]:
    """Every statement of a notice, in order (通报各语句): paragraphs are roles and texts.

    Raises ``UnknownSentence`` for a sentence of no kind, a heading with nothing below it, and numbers out of order.
    """
    claims: list[Claim] = []
    body = [text for role, text in paragraphs if role in ("body", "heading")]
    chapters = [text for role, text in paragraphs if role == "heading"]
    _in_order("、", [text.partition("、")[0] for text in chapters], "一二三")
    kept: list[list[str]] = []  # the paragraphs of each chapter
    for role, text in [item for item in paragraphs if item[0] in ("heading", "body")]:
        if role == "heading":
            kept.append([text])
        elif kept:
            kept[-1].append(text)
    if not body or len(chapters) != len(kept):
        raise UnknownSentence("通报没有正文。")
    for title, *below in kept:
        if not below:
            raise UnknownSentence(f"标题下没有内容：{title}")
        claims += _chapter(title.partition("、")[2], below)
    return claims


def _chapter(title: str, paragraphs: list[str]) -> Iterator[Claim]:
    _in_order("（", [text[1 : text.index("）")] for text in paragraphs if text.startswith("（")], "一二三四五六七八九")
    for at, text in enumerate(paragraphs):
        lead = _LEAD.match(text)
        rest = text[lead.end() :] if lead else text
        if lead and title in ("总体情况", "检查情况"):
            named = re.match(rf"({'|'.join(map(re.escape, sorted(_TITLES, key=len, reverse=True)))})(。|$)", rest)
            if named is None:
                raise UnknownSentence(f"不认识的段首：{text[:30]}")
            rest = rest[named.end() :]
            follows = paragraphs[at + 1][:2] if at + 1 < len(paragraphs) else ""
            if not rest and not (text.startswith("（") and follows == "1."):
                raise UnknownSentence(f"段首之后没有内容：{text}")
        elif lead:
            rest = re.sub(r"^事项\d+。", "", rest)
        yield from _paragraph(rest)


def _paragraph(text: str) -> Iterator[Claim]:
    if text and not text.endswith("。"):
        raise UnknownSentence(f"段落没有以句号结束：{text}")
    for sentence in text.split("。")[:-1]:
        if not sentence:
            raise UnknownSentence(f"句号之前没有文字：{text}")
        practice = _PRACTICE.match(sentence)
        if practice:
            yield Claim.of("practice", who=practice["subject"], number=practice["number"])
        elif sentence not in (_EDITORIAL, _CLOSING):
            yield from read_sentence(sentence)


def _in_order(what: str, found: list[str], wanted: str) -> None:
    if "".join(found) != wanted[: len(found)]:
        raise UnknownSentence(f"层次序数（{what}）不连续：{found}")


# ---- the summary, the annexes ---------------------------------------------------------------------------------------

_OCCASION = re.compile(
    r"(?P<who>[^，。]+)近期组织开展了(?P<quarter>\d{4}年第[一二三四]季度)全市政府网站与政府系统政务新媒体检查"
)


def read_summary(text: str) -> list[Claim]:
    """Every statement of the summary, in order (摘要各语句). Raises ``UnknownSentence``."""
    first, *sentences = text.split("。")
    occasion = _OCCASION.fullmatch(first)
    if occasion is None or not sentences or sentences.pop() or "" in sentences:
        raise UnknownSentence(f"不认识的摘要：{text}")
    return [
        Claim.of("occasion", **occasion.groupdict()),
        *(claim for each in sentences for claim in read_sentence(each)),
    ]


# What a table of an annex is, by its title, and what its columns say.
_ANNEXES = {
    "区政府门户网站检查得分情况": ("district_scores", {
        "序号": "number", "区": "owner", "扣分项得分": "base_score", "加分项得分": "bonus", "总分": "score", "名次": "place"}),
    "市级部门政府网站检查得分情况": ("department_scores", {
        "序号": "number", "主办单位": "owner", "网站名称": "site", "扣分项得分": "base_score", "加分项得分": "bonus",
        "得分": "score", "总分": "score", "名次": "place"}),
    "政务新媒体检查不合格账号名单": ("unqualified_accounts", {
        "序号": "number", "归口单位": "owner", "平台": "platform", "账号名称": "account", "否决情形": "veto"}),
    "“我为政府网站找错”平台留言办理情况": ("error_reports", {
        "序号": "number", "单位": "owner", "留言数": "messages", "应办结数": "due", "按期办结数": "on_time", "按期办结率": "rate"}),
}  # fmt: skip


def read_annexes(
    listed: Sequence[str], tables: Sequence[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]
) -> Iterator[Claim]:
    """Every row of every annex, in order (附件各行), and that the notice lists just these annexes.

    Raises ``UnknownSentence`` for a title, a column or a list that it does not know.
    """
    if list(listed) != [f"{number}.{title}" for number, (title, *_) in enumerate(tables, start=1)]:
        raise UnknownSentence(f"附件说明与附件不符：{listed}")
    for title, headings, rows in tables:
        known = re.fullmatch(r"(\d{4}年第[一二三四]季度)(.+)", title)
        if known is None or known[2] not in _ANNEXES or not {*headings} <= {*_ANNEXES[known[2]][1]}:
            raise UnknownSentence(f"不认识的附件：{title}，{headings}")
        table, columns = _ANNEXES[known[2]]
        yield Claim.of("annex", table, quarter=known[1], columns=tuple(columns[heading] for heading in headings))
        for row in rows:
            yield Claim.of("row", table, **dict(zip((columns[heading] for heading in headings), row, strict=True)))
