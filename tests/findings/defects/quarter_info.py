"""季度信息: what the office itself fills, and its corrections of delivered cells."""

from __future__ import annotations

import datetime as dt

from tests.findings.defects.form import Change, Defect, append, both, put, rework
from tests.support.quarter import ACCOUNTS, INFO, PORTALS, REPORTS, SCORES, Delivered
from tests.support.told import Told

_SCORES = "2021年第三季度政府网站检查评分表.xlsx"
_DEDUCTIONS = "2021年第三季度政府网站扣分明细.xlsx"
_ACCOUNTS = "2021年第三季度政务新媒体检查情况表.xlsx"
_ITEMS = {
    "季度": "B2",
    "同意机关": "B7",
    "检查依据文件": "B9",
    "新媒体统计截至": "B12",
    "结束语": "B18",
}


def _item(name: str, cell: str, wrong: object, code: str, says: str = "") -> Defect:
    """An item of 基本信息 that is filled in another form."""
    return Defect(
        name, put(INFO, "基本信息", **{cell: wrong}), Told(code, INFO, "基本信息", cell, str(wrong), says=says)
    )


def _correct(
    place: tuple[str, str, str],
    *values: object,
    reason: str | None = "录入错误",
    by: str = "检测机构项目组",
    on: str = "2021-10-08",
) -> Change:
    """Add a correction of a cell to 更正."""
    return append(INFO, "更正", *place, *values, reason, by, on)


def _unreal_calendar() -> Change:
    """A message of a year for which no holidays are known, in windows that allow it."""
    return both(
        put(INFO, "基本信息", B13="2003年5月10日"),
        put(INFO, "时间范围", C4=dt.datetime(2003, 5, 10)),
        put(REPORTS, "", H2="2003-05-12 08:00:00"),
    )


def _rename_facts(delivered: Delivered) -> None:
    path = delivered.folder / "前期" / "2021Q2.facts.json"
    path.rename(path.with_name("facts.json"))


QUARTER_INFO = (
    _item("季度与文件夹不符", "B2", "2021年第二季度", "I502", "2021Q3"),
    *(
        Defect(f"没有填写{item}", put(INFO, "基本信息", **{cell: None}), Told("I501", INFO, "基本信息", cell, item))
        for item, cell in _ITEMS.items()
    ),
    Defect(
        "删去了检查依据文件一行",
        rework(INFO, lambda book: book["基本信息"].delete_rows(9)),
        Told("I501", INFO, "基本信息", "", "检查依据文件"),
    ),
    _item("尚未取得同意", "B8", "未同意", "I505"),
    _item("同意状态写法不明", "B8", "同意", "I540"),
    _item("发文字号用方括号", "B5", "京政服发[2021]12号", "I532"),
    _item("成文日期不存在", "B6", "2021年11月31日", "I530"),
    _item("依据文件的年份用方括号", "B9", "《检查指标》（国办秘函[2019]19号）", "I534"),
    _item("统计截至不是年月", "B12", "2021.9", "I533"),
    _item("找错截止日期与范围不符", "B14", "2021年9月29日", "I531"),
    Defect(
        "同一项目填了两行",
        append(INFO, "基本信息", "结束语", "另一段。"),
        Told("I541", INFO, "基本信息", "A19", "结束语"),
    ),
    Defect(
        "没有规定时间范围",
        rework(INFO, lambda book: book["时间范围"].delete_rows(2)),
        Told("I504", INFO, "时间范围", "", "发现时间"),
    ),
    Defect(
        "时间范围规定了两次",
        append(INFO, "时间范围", "找错台账", "留言时间", dt.datetime(2021, 7, 1), dt.datetime(2021, 9, 30)),
        Told("I542", INFO, "时间范围", "A6", "留言时间"),
    ),
    Defect(
        "时间范围起止颠倒",
        put(INFO, "时间范围", C2=dt.datetime(2021, 9, 24), D2=dt.datetime(2021, 7, 5)),
        Told("I549", INFO, "时间范围", "D2", "2021-07-05"),
    ),
    Defect(
        "措辞不可选",
        put(INFO, "语句选择", K1="措辞", K2="胡乱"),
        Told("I544", INFO, "语句选择", "K2", "胡乱", says="较…提"),
    ),
    Defect(
        "无关点名的语句设为点名",
        put(INFO, "语句选择", K1="点名", K2="点名"),
        Told("I545", INFO, "语句选择", "K2", "点名"),
    ),
    Defect(
        "通报结构不存在", append(INFO, "基本信息", "通报结构", "2020"), Told("I547", INFO, "基本信息", "B19", "2020")
    ),
    Defect(
        "同一语句选择了两次",
        append(INFO, "语句选择", "区门户平均分变化", "是"),
        Told("I548", INFO, "语句选择", "A9", "区门户平均分变化", says="A2"),
    ),
    Defect(
        "时间范围的表名写错", put(INFO, "时间范围", A2="扣分台账"), Told("I510", INFO, "时间范围", "A2", "发现时间")
    ),
    Defect("时间范围的列名写错", put(INFO, "时间范围", B2="日期"), Told("I510", INFO, "时间范围", "B2", "日期")),
    Defect("工作日历没有该年", _unreal_calendar(), Told("I508", REPORTS, "", "H2", "2003")),
    Defect(
        "做法所列账号没有检查",
        put(INFO, "典型做法", D16="北京交通警察"),
        Told("I506", INFO, "典型做法", "D16", "北京交通警察"),
    ),
    Defect(
        "做法所列账号不合格",
        put(ACCOUNTS, "检查情况", F45="不合格", G45="内容不更新"),
        Told("I507", INFO, "典型做法", "D13", "北京新街口"),
    ),
    Defect(
        "做法列错了部分",
        put(INFO, "典型做法", B3="市级部门政府网站"),
        Told("I538", INFO, "典型做法", "C3", "朝阳区", says="市级部门政府网站"),
    ),
    Defect(
        "做法重复主语", put(INFO, "典型做法", G2="东城区建成专栏。"), Told("I537", INFO, "典型做法", "G2", "东城区")
    ),
    Defect(
        "标题自带序号",
        put(INFO, "存在的问题", B2="（一）更新不及时"),
        Told("I535", INFO, "存在的问题", "B2", "（一）更新不及时"),
    ),
    Defect(
        "要求引用的数字不存在",
        put(INFO, "工作要求", C3="平均得{区平均分}分的，要巩固成果。"),
        Told("I553", INFO, "工作要求", "C3", "区平均分", says="区门户平均分"),
    ),
    Defect(
        "问题中手工填写数字",
        put(INFO, "存在的问题", C6="有3个账号2周以上没有更新，占0.2%。"),
        Told("I554", INFO, "存在的问题", "C6", "3", 2),
    ),
    Defect(
        "要求中手工填写数字",
        put(INFO, "工作要求", C5="5个工作日内报送，合格率达到98%以上。"),
        Told("I555", INFO, "工作要求", "C5", "98%"),
    ),
    Defect(
        "问题引用的指标写错",
        put(INFO, "存在的问题", D2="动态新闻"),
        Told("I556", INFO, "存在的问题", "D2", "动态新闻", says="动态要闻"),
    ),
    Defect(
        "问题引用的指标没有扣分",
        put(INFO, "存在的问题", D4="兼容性"),
        Told("I557", INFO, "存在的问题", "B4", "个别网站互动交流有待加强"),
    ),
    Defect(
        "数量词过大",
        put(INFO, "存在的问题", B3="多数网站政策发布解读不够规范"),
        Told("I558", INFO, "存在的问题", "B3", "多数网站", says="个别"),
    ),
    Defect(
        "问题点名没有决定",
        put(INFO, "存在的问题", C3="市审计局等单位政策文件栏目更新滞后。"),
        Told("I559", INFO, "存在的问题", "C3", "市审计局"),
    ),
    Defect(
        "表扬了有扣分的单位",
        put(INFO, "典型做法", C10="市粮食和储备局"),
        Told("I561", INFO, "典型做法", "F10", "市粮食和储备局"),
    ),
    Defect("要求没有句号", put(INFO, "工作要求", C3="抓好落实"), Told("I536", INFO, "工作要求", "C3", "抓好落实")),
    Defect(
        "要求用了半角标点",
        put(INFO, "工作要求", C2="各区,各部门要抓好落实。"),
        Told("I539", INFO, "工作要求", "C2", "各区,各部门要抓好"),
    ),
    Defect(
        "前期数据的项目不存在",
        append(INFO, "前期数据", "2021Q2", "区门户总分", 125),
        Told("I509", INFO, "前期数据", "B2", "区门户总分"),
    ),
    Defect(
        "前期数据的季度写法不对",
        append(INFO, "前期数据", "二季度", "区门户平均分", 125),
        Told("I509", INFO, "前期数据", "B2", "区门户平均分"),
    ),
    Defect(
        "前期数据与前期文件不符",
        append(INFO, "前期数据", "2021Q2", "区门户平均分", 125),
        Told("I543", INFO, "前期数据", "C2", "125"),
    ),
    Defect(
        "前期数据超过满分",
        append(INFO, "前期数据", "2021Q1", "区门户平均分", 130.5),
        Told("I562", INFO, "前期数据", "C2", "130.5", says="130 分"),
    ),
    Defect("前期文件改了名", _rename_facts, Told("I509", "前期/facts.json", "", "", "前期/facts.json")),
    Defect(
        "更正的原值不符",
        _correct((_SCORES, PORTALS, "F5"), "9", "3"),
        Told("I521", INFO, "更正", "A2", "3", says="原值写作“9”"),
    ),
    Defect(
        "更正的文件不存在",
        _correct(("评分表.xlsx", PORTALS, "F5"), "3", "2"),
        Told("I522", INFO, "更正", "A2", "评分表.xlsx", says=_SCORES),
    ),
    Defect(
        "更正的工作表不存在",
        _correct((_SCORES, "区门户", "F5"), "3", "2"),
        Told("I522", INFO, "更正", "A2", f"{_SCORES}!区门户!F5", says=PORTALS),
    ),
    Defect(
        "更正的单元格不存在",
        _correct((_SCORES, PORTALS, "ZZ999"), "3", "2"),
        Told("I522", INFO, "更正", "A2", f"{_SCORES}!{PORTALS}!ZZ999", says="AP24"),
    ),
    Defect(
        "更正的单元格写法不对",
        _correct((_SCORES, PORTALS, "第5行"), "3", "2"),
        Told("I522", INFO, "更正", "A2", f"{_SCORES}!{PORTALS}!第5行", says="H3"),
    ),
    Defect(
        "同一单元格更正两次",
        both(
            put(SCORES, PORTALS, F5="9"),
            _correct((_SCORES, PORTALS, "F5"), "9", "3"),
            _correct((_SCORES, PORTALS, "$F$5"), "9", "3"),
        ),
        Told("I523", INFO, "更正", "A3", f"{_SCORES}!{PORTALS}!F5"),
    ),
    Defect(
        "同一单元格两次更正不一致",
        both(
            put(SCORES, PORTALS, F5="9"),
            _correct((_SCORES, PORTALS, "F5"), "9", "2"),
            _correct((_SCORES, PORTALS, "F5"), "9", "3"),
        ),
        Told("I523", INFO, "更正", "A3", f"{_SCORES}!{PORTALS}!F5"),
    ),
    *(
        Defect(
            f"更正的日期{when}",
            both(put(SCORES, PORTALS, F5="9"), _correct((_SCORES, PORTALS, "F5"), "9", "3", on=day)),
            Told("I528", INFO, "更正", "H2", day, says=bound),
        )
        for when, day, bound in (
            ("在季度以前", "2020-10-08", "2021-07-01"),
            ("在成文以后", "2031-10-08", "2021-11-05"),
        )
    ),
    Defect(
        "更正没有理由",
        both(put(SCORES, PORTALS, F5="9"), _correct((_SCORES, PORTALS, "F5"), "9", "3", reason=None)),
        Told("I524", INFO, "更正", "A2", f"{_SCORES}!{PORTALS}!F5", says="理由"),
    ),
    Defect("更正没有改变", _correct((_SCORES, PORTALS, "F5"), "3", "3"), Told("I525", INFO, "更正", "A2", "3")),
    Defect("更正季度信息自身", _correct((INFO, "基本信息", "B2"), "a", "b"), Told("I526", INFO, "更正", "A2", INFO)),
    Defect(
        "附件不存在", append(INFO, "基本信息", "附件", "得分总表"), Told("I570", INFO, "基本信息", "B19", "得分总表")
    ),
    Defect(
        "附件点名没有决定",
        append(INFO, "基本信息", "附件", "不合格账号名单"),
        Told("I571", INFO, "基本信息", "B19", "不合格账号名单"),
    ),
    Defect(
        "更正问题证据",
        _correct((_DEDUCTIONS, "扣分明细", "G2"), "栏目未更新", "栏目更新不及时"),
        Told("I527", INFO, "更正", "A2", f"{_DEDUCTIONS}!扣分明细!G2"),
    ),
    Defect(
        "更正个人信息",
        _correct((_ACCOUNTS, "检查情况", "I3"), "联系人丙", "联系人丁"),
        Told("I527", INFO, "更正", "A2", f"{_ACCOUNTS}!检查情况!I3"),
    ),
    Defect(
        "更正的表头写错",
        put(INFO, "更正", D1="原来的值"),
        Told("F102", INFO, "更正", "", "更正", says="缺少：原值"),
    ),
    Defect(
        "更正值含不可见字符",
        both(put(SCORES, PORTALS, F5="9"), _correct((_SCORES, PORTALS, "F5"), "9", "3\u200b")),
        Told("C206", INFO, "更正", "E2", "3\u200b"),
    ),
    Defect(
        "更正后仍然不对",
        _correct((_SCORES, PORTALS, "F5"), "3", "优"),
        Told("C201", SCORES, PORTALS, "F5", "优"),
    ),
)
