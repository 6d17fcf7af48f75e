"""One contract per table (各表契约).

What lives here: dataframely schemas whose columns come from ``columns``. A docstring says what one row is.
What must not: validation code; that is ``contract.py``.
"""

from __future__ import annotations

import dataframely as dy

from pipeline.contracts import columns as c

# ---- reference: the registry of the quarter, for joins in SQL -------------------------------------------------


class Unit(dy.Schema):
    """A unit of the roster (单位名录)."""

    quarter = c.quarter()
    unit_id = c.key("单位标识")
    unit_group = c.site_group()
    roster_no = c.ordinal("名录次序")
    short_name = c.name("规范简称")
    full_name = c.name("全称")


class Site(dy.Schema):
    """A website of the roster (网站名录)."""

    quarter = c.quarter()
    site_code = c.site_code(primary_key=True)
    site_name = c.name("网站名称")
    site_kind = c.name("网站类别")
    site_group = c.site_group()
    unit_id = c.name("主办单位")
    serves_public = c.flag("是否有对外服务事项")
    roster_no = c.ordinal("名录次序")


class SiteGroup(dy.Schema):
    """A group of sites with its points and gates (网站分组)."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    label = c.name("分组名称")
    base_points = c.score("基础分")
    bonus_points = c.score("加分上限")
    pass_line = c.score("合格线")
    basic_line = c.score("基本合格线", nullable=True)
    bonus_above = c.score("加分门槛（高于）")
    exempt_points = c.score("免检指标补入的分值")
    scale_numerator = c.ordinal("换算系数分子")
    scale_denominator = c.ordinal("换算系数分母")


class ScoreBand(dy.Schema):
    """A band of scores of a group (分数段), half-open: from ``low`` on, below ``high``; the highest is the first."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    band_no = c.ordinal("分数段次序", primary_key=True)
    low = c.score("下限（含）", nullable=True)
    high = c.score("上限（不含）", nullable=True)


class Indicator(dy.Schema):
    """An indicator of the rule book (检查指标)."""

    quarter = c.quarter()
    indicator_id = c.key("指标标识")
    catalogue_no = c.ordinal("目录次序")
    level1 = c.name("一级指标")
    name = c.name("指标名称")
    part = c.name("部分（扣分、加分）")
    points = c.score("分值")
    report_as = c.name("通报中的名称")
    service = c.flag("是否办事服务指标")


class Citation(dy.Schema):
    """A name that 季度信息 may cite, and the findings it stands for (可引用的指标)."""

    quarter = c.quarter()
    name = c.key("名称")
    evidence = c.key("依据（indicator、site_veto、account_veto、account、message）")
    item = c.text("指标标识", primary_key=True)


class Platform(dy.Schema):
    """A platform of accounts (平台类型)."""

    quarter = c.quarter()
    platform_id = c.key("平台标识")
    platform_no = c.ordinal("平台次序")
    name = c.name("平台名称")


class Function(dy.Schema):
    """A function of sites (网站功能)."""

    quarter = c.quarter()
    function_id = c.key("功能标识")
    function_no = c.ordinal("功能次序")
    name = c.name("功能名称")


class SupplementItem(dy.Schema):
    """An item of 统计补充表 (统计补充项目)."""

    quarter = c.quarter()
    supplement_id = c.key("项目标识")
    label = c.name("项目名称")
    kind = c.name("填写方式（count、share、units）")
    within = c.text("所承接的项目")
    of_sites = c.flag("总数是网站数")


class ErrorType(dy.Schema):
    """A type of 找错 message (留言问题类型)."""

    quarter = c.quarter()
    type_id = c.key("类型标识")
    type_no = c.ordinal("类型次序")
    label = c.name("通报中的名称")


class ErrorStatus(dy.Schema):
    """A handling state of 找错 messages (办理状态)."""

    quarter = c.quarter()
    status_id = c.key("状态标识")
    name = c.name("状态名称")
    accepted = c.flag("是否受理")
    closed = c.flag("是否办结")


class Statement(dy.Schema):
    """A statement kind with its default policy (语句)."""

    quarter = c.quarter()
    statement_id = c.key("语句标识")
    label = c.name("语句名称")
    statement_no = c.ordinal("次序")
    enabled = c.flag("默认采用")
    list_form = c.name("列名方式")
    list_count = c.ordinal("列名个数")
    groups = c.ordinal("并列组数")
    decimals = c.count("小数位数", nullable=True)
    naming = c.name("点名")
    wordings = c.text("可选措辞，以顿号分隔")


class FigureName(dy.Schema):
    """What 季度信息 may call a figure (可引用的数字)."""

    quarter = c.quarter()
    name = c.key("名称")
    figure = c.name("数字标识")


class NumberPattern(dy.Schema):
    """What a number looks like in editorial text, or what has digits and is none (文字中的数字)."""

    quarter = c.quarter()
    kind = c.key("类别（typed 数字，plain 不是数字）")
    name = c.key("名称")
    pattern = c.name("正则表达式")


class Quantifier(dy.Schema):
    """A word for how many of a population (数量词): the noun counted, where it stands, the share it may stand for."""

    quarter = c.quarter()
    quantifier_no = c.ordinal("次序")
    word = c.key("数量词")
    noun = c.key("对象名称")
    population = c.name("范围")
    pattern = c.name("正则表达式")
    low = c.count("下限（%，不含）")
    high = c.count("上限（%，含）")


class LayoutColumn(dy.Schema):
    """A column of a layout, for 时间范围 and messages (表式的列)."""

    quarter = c.quarter()
    layout = c.key("表式标识")
    field = c.key("字段")
    title = c.name("表式名称")
    header = c.name("列名")
    dated = c.flag("是否须规定时间范围")


class Policy(dy.Schema):
    """Single numbers of the registry that SQL needs (规则参数): one row."""

    quarter = c.quarter()
    rule_book = c.name("检查指标")
    book_from = c.name("检查指标启用季度")
    taxonomy = c.name("平台口径")
    totals_only = c.flag("是否只交合计")
    census = c.flag("是否全覆盖检查")
    score_step = c.score("得分的最小单位")
    scaled_step = c.score("换算得分的最小单位")
    half_even = c.flag("逢五是否取偶")
    veto_score = c.score("单项否决的得分", nullable=True)
    account_mark = c.score("账号满分", nullable=True)
    account_decimals = c.count("账号平均分小数位数", nullable=True)
    score_decimals = c.count("平均分小数位数")
    rate_decimals = c.count("比率小数位数")
    exact_change = c.flag("变化是否按精确值计算")
    swing = c.score("总分变动提示限")
    limit_workdays = c.count("找错留言办结时限（工作日）")
    outlines = c.text("可选通报结构，以顿号分隔")


class Workday(dy.Schema):
    """A day and how many working days lie up to it (工作日历): due day = the day whose number is limit higher."""

    quarter = c.quarter()
    day = c.date("日期", primary_key=True)
    working = c.flag("是否工作日")
    working_no = c.count("累计工作日数")


# ---- raw: what was delivered, cell by cell --------------------------------------------------------------------


class File(dy.Schema):
    """A file of the raw folder (来源文件清单)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sha256 = c.name("SHA-256")
    size = c.count("字节数")
    layouts = c.text("识别为")


class Cell(dy.Schema):
    """A delivered cell that a layout knows (单元格): as delivered, and its value after reading."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    cell = c.cell(primary_key=True)
    layout = c.name("表式")
    field = c.key("字段")
    member = c.text("矩阵列成员")
    text = c.text("原文")
    value = c.text("读取结果")
    state = c.name("状态（ok、blank、not_applicable、bad）")


class Finding(dy.Schema):
    """A finding of the quarter (检查发现)."""

    quarter = c.quarter()
    number = c.ordinal("序号", primary_key=True)
    code = c.name("代码")
    severity = c.name("级别")
    file = c.text("文件")
    sheet = c.text("工作表")
    cell = c.text("单元格")
    value = c.text("发现的内容")
    message = c.name("说明")
    action = c.text("处理办法")
    places = c.ordinal("处数")


class Correction(dy.Schema):
    """A delivered cell that was read as corrected in 季度信息 (更正)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    cell = c.cell(primary_key=True)
    delivered = c.text("原文")
    corrected = c.text("更正值")
    reason = c.text("理由")
    reported_by = c.text("提出者")
    reported_on = c.date("日期", nullable=True)
    row_cell = c.text("更正登记于（单元格）")


class Earlier(dy.Schema):
    """Facts of an earlier quarter given as an input (前期数据文件)."""

    quarter = c.quarter()
    earlier = c.key("前期季度")
    file = c.file()
    content = c.name("facts.json 内容")


# ---- core: typed rows joined to the registry -------------------------------------------------------------------


class SiteResult(dy.Schema):
    """A site's row of the score sheet: veto, printed totals (评分表各网站)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    site_code = c.site_code()
    site_name = c.text("表中网站名称")
    veto = c.text("单项否决情形")
    printed_base = c.score("表中扣分项得分", nullable=True)
    printed_bonus = c.score("表中加分", nullable=True)
    printed_total = c.score("表中总分", nullable=True)


class IndicatorScore(dy.Schema):
    """A site's score under one indicator (各指标得分)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    cell = c.cell(primary_key=True)
    site_code = c.site_code()
    indicator_id = c.name("指标标识")
    applicable = c.flag("是否检查")
    score = c.score("得分", nullable=True)


class Deduction(dy.Schema):
    """A problem row of the deduction ledger (扣分明细)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    site_code = c.site_code()
    site_name = c.text("表中网站名称")
    indicator_id = c.name("指标标识")
    points = c.score("扣分")
    problem = c.text("问题描述")
    page = c.text("问题页面")
    found_on = c.date("发现时间")
    confirmed = c.flag("是否确认")


class Account(dy.Schema):
    """An inspected new-media account (政务新媒体账号)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    account = c.name("账号名称")
    platform_id = c.name("平台")
    organiser = c.text("主办单位")
    unit_id = c.name("归口单位")
    passed = c.flag("是否合格")
    score = c.score("得分", nullable=True)
    veto = c.text("否决情形")
    inspected_on = c.date("检查日期")


class ErrorReport(dy.Schema):
    """A message of the 找错 platform (找错留言)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    report_no = c.name("留言编号")
    site_code = c.site_code()
    unit_id = c.name("受理单位")
    type_id = c.name("问题类型")
    status_id = c.name("办理状态")
    created_at = c.moment("留言时间")
    closed_at = c.moment("办结时间", nullable=True)


class SiteFunction(dy.Schema):
    """Whether a site has a function (网站功能建设)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    cell = c.cell(primary_key=True)
    site_code = c.site_code()
    function_id = c.name("功能标识")
    present = c.flag("是否具备")


class Supplement(dy.Schema):
    """A row of 统计补充表: an item with its numbers, or with a unit (统计补充数据)."""

    quarter = c.quarter()
    file = c.file(primary_key=True)
    sheet = c.sheet(primary_key=True)
    row_no = c.row_no(primary_key=True)
    supplement_id = c.name("项目")
    unit_id = c.text("单位")
    total = c.count("总数", nullable=True)
    part = c.count("其中", nullable=True)
    note = c.text("说明")


class InfoItem(dy.Schema):
    """An item of 基本信息 (基本信息)."""

    quarter = c.quarter()
    item = c.key("项目")
    content = c.text("内容")


class InfoWindow(dy.Schema):
    """The window that the dates of one column must lie in (时间范围)."""

    quarter = c.quarter()
    layout = c.key("表式")
    field = c.key("字段")
    start_on = c.date("起")
    end_on = c.date("止")


class InfoChoice(dy.Schema):
    """A statement as the quarter's editorial choices leave it (语句选择)."""

    quarter = c.quarter()
    statement_id = c.key("语句标识")
    enabled = c.flag("采用")
    list_form = c.name("列名方式")
    list_count = c.ordinal("列名个数")
    groups = c.ordinal("并列组数")
    decimals = c.count("小数位数", nullable=True)
    place = c.ordinal("次序", nullable=True)
    naming = c.name("点名")
    decided_by = c.text("点名决定人（职务）")
    wording = c.text("措辞")


class InfoPractice(dy.Schema):
    """A practice worth naming (典型做法)."""

    quarter = c.quarter()
    number = c.ordinal("序号", primary_key=True)
    file = c.file()
    sheet = c.sheet()
    row_no = c.row_no()
    section = c.name("部分")
    topic = c.text("主题")
    unit_id = c.name("单位")
    account = c.text("账号")
    platform_id = c.text("平台")
    indicators = c.text("相关指标")
    content = c.name("做法")


class InfoParagraph(dy.Schema):
    """A paragraph of problems or requirements (存在的问题、工作要求)."""

    quarter = c.quarter()
    section = c.key("部分")
    number = c.ordinal("序号", primary_key=True)
    file = c.file()
    sheet = c.sheet()
    row_no = c.row_no()
    title = c.name("标题")
    content = c.name("内容")
    indicators = c.text("涉及指标")


class InfoEarlier(dy.Schema):
    """A declared baseline figure of an earlier quarter (前期数据)."""

    quarter = c.quarter()
    earlier = c.key("前期季度")
    item = c.key("项目")
    value = dy.Decimal(12, 4, description="数值")


# ---- mart: measures --------------------------------------------------------------------------------------------


class SiteScore(dy.Schema):
    """The score of a site (网站得分)."""

    quarter = c.quarter()
    site_code = c.site_code(primary_key=True)
    site_group = c.site_group()
    unit_id = c.name("主办单位")
    roster_no = c.ordinal("名录次序")
    veto = c.name("单项否决情形（none 为没有）")
    lost = c.score("扣分", nullable=True)
    base_score = c.score("扣分项得分", nullable=True)
    bonus = c.score("加分", nullable=True)
    bonus_stage = c.flag("是否进入加分指标检查")
    score = c.score("总分", nullable=True)
    level = c.name("等次（qualified、basic、unqualified）")
    passed = c.flag("是否合格")


class GroupScore(dy.Schema):
    """A group of sites summed up (分组汇总)."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    sites = c.count("网站数")
    scored = c.count("计分网站数")
    score_total = c.total("总分之和")
    unvetoed = c.count("未被单项否决的网站数")
    deduction_total = c.total("基础分与扣分项得分之差的和")
    bonus_total = c.total("加分之和")
    basic = c.count("基本合格网站数")
    unqualified = c.count("不合格网站数")
    full_score = c.count("满分网站数")
    without_deduction = c.count("没有扣分的网站数")
    bonus_stage = c.count("进入加分指标检查的网站数")


class BandCount(dy.Schema):
    """How many sites of a group score within a band (分数段网站数)."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    band_no = c.ordinal("分数段次序", primary_key=True)
    low = c.score("下限（含）", nullable=True)
    high = c.score("上限（不含）", nullable=True)
    sites = c.count("网站数")


class SiteRanking(dy.Schema):
    """The place of a site in its group (名次); equal scores share a place."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    site_code = c.site_code(primary_key=True)
    unit_id = c.name("主办单位")
    roster_no = c.ordinal("名录次序")
    score = c.score("总分")
    place = c.ordinal("名次")
    tied = c.flag("是否并列")


class IndicatorLoss(dy.Schema):
    """What a group lost under one reported indicator (指标扣分)."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    report_as = c.key("指标")
    catalogue_no = c.ordinal("目录次序")
    lost = c.total("扣分合计")
    sites = c.count("扣分网站数")


class FunctionAdoption(dy.Schema):
    """How many sites of a group have a function (功能建设)."""

    quarter = c.quarter()
    site_group = c.site_group(primary_key=True)
    function_id = c.key("功能标识")
    sites = c.count("网站数")
    present = c.count("具备的网站数")


class AccountRate(dy.Schema):
    """Accounts, passed accounts and scores of a scope: all, platform, group, unit (账号合格与得分情况)."""

    quarter = c.quarter()
    scope = c.key("统计口径")
    member = c.key("对象")
    accounts = c.count("账号数")
    passed = c.count("合格账号数")
    scored = c.count("计分账号数")
    score_total = c.total("得分之和")


class UnqualifiedAccount(dy.Schema):
    """An unqualified account (不合格账号), in the order of the roster's units, then of the sheet."""

    quarter = c.quarter()
    number = c.ordinal("次序", primary_key=True)
    unit_id = c.name("归口单位")
    unit_group = c.site_group()
    account = c.name("账号名称")
    platform_id = c.name("平台")
    veto = c.name("否决情形")


class ErrorReportUnit(dy.Schema):
    """Messages of a unit: all, due by the window's end, closed on time (各单位留言)."""

    quarter = c.quarter()
    unit_id = c.key("单位")
    unit_group = c.site_group()
    roster_no = c.ordinal("名录次序")
    messages = c.count("留言数")
    due = c.count("应办结数")
    on_time = c.count("按期办结数")


class ErrorReportType(dy.Schema):
    """Messages by printed type (留言类型)."""

    quarter = c.quarter()
    label = c.key("类型")
    type_no = c.ordinal("类型次序")
    messages = c.count("留言数")


class ProblemSite(dy.Schema):
    """A site with confirmed rows in the ledger of deductions (有问题的网站)."""

    quarter = c.quarter()
    site_code = c.site_code(primary_key=True)
    unit_id = c.name("主办单位")
    rows = c.ordinal("确认的问题数")


class ProblemUnit(dy.Schema):
    """A unit that a paragraph of problems concerns (问题涉及单位): it has confirmed findings under what that cites."""

    quarter = c.quarter()
    number = c.ordinal("问题序号", primary_key=True)
    unit_id = c.key("单位")
    roster_no = c.ordinal("名录次序")


CONTRACTS: dict[str, type[dy.Schema]] = {
    "reference/unit": Unit,
    "reference/site": Site,
    "reference/site_group": SiteGroup,
    "reference/score_band": ScoreBand,
    "reference/indicator": Indicator,
    "reference/citation": Citation,
    "reference/platform": Platform,
    "reference/function": Function,
    "reference/supplement": SupplementItem,
    "reference/error_type": ErrorType,
    "reference/error_status": ErrorStatus,
    "reference/statement": Statement,
    "reference/figure_name": FigureName,
    "reference/number_pattern": NumberPattern,
    "reference/quantifier": Quantifier,
    "reference/layout_column": LayoutColumn,
    "reference/policy": Policy,
    "reference/workday": Workday,
    "raw/file": File,
    "raw/cell": Cell,
    "raw/finding": Finding,
    "raw/correction": Correction,
    "raw/earlier": Earlier,
    "core/site_result": SiteResult,
    "core/indicator_score": IndicatorScore,
    "core/deduction": Deduction,
    "core/account": Account,
    "core/error_report": ErrorReport,
    "core/site_function": SiteFunction,
    "core/supplement": Supplement,
    "core/info_item": InfoItem,
    "core/info_window": InfoWindow,
    "core/info_choice": InfoChoice,
    "core/info_practice": InfoPractice,
    "core/info_paragraph": InfoParagraph,
    "core/info_earlier": InfoEarlier,
    "core/finding": Finding,
    "bulletin/remark": Finding,
    "mart/site_score": SiteScore,
    "mart/group_score": GroupScore,
    "mart/score_band": BandCount,
    "mart/site_ranking": SiteRanking,
    "mart/indicator_loss": IndicatorLoss,
    "mart/function_adoption": FunctionAdoption,
    "mart/account_rate": AccountRate,
    "mart/unqualified_account": UnqualifiedAccount,
    "mart/error_report_unit": ErrorReportUnit,
    "mart/error_report_type": ErrorReportType,
    "mart/problem_site": ProblemSite,
    "mart/problem_unit": ProblemUnit,
}
