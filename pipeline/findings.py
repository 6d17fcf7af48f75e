"""The catalogue of findings: every code, what it means, and what to do (检查发现目录).

What lives here: one ``Code`` per kind of finding and ``finding()``, which words one. Codes are never reused.
The letter is the family: F files, C cells, N names, R rows against each other, I 季度信息. ``docs/errors.md`` is
generated from here. What must not: looking for findings; that is done in ``ingest/`` and ``sql/check/``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import Finding, Severity, Where

INFO_FILE = "季度信息.xlsx"
FAMILIES = {
    "F": ("files", "文件是否齐全可读"),
    "C": ("cells", "单元格是否填写正确"),
    "N": ("names", "名称与标识是否已登记"),
    "R": ("rows", "数据之间是否一致"),
    "I": ("quarter_info", "季度信息是否完整"),
}


class Owner(StrEnum):
    """Who has to act on a finding (由谁处理)."""

    AGENCY = "检测机构"
    CLERK = "填报人员（季度信息）"
    MAINTAINER = "维护人员"


@dataclass(frozen=True)
class Code:
    """A kind of finding (发现类别): title, message with named places, why it is checked, what to do, who does it."""

    code: str
    title: str
    message: str
    why: str
    action: str
    severity: Severity = Severity.ERROR
    owner: Owner = Owner.AGENCY


_E, _W = Severity.ERROR, Severity.WARNING
_CLERK, _MAINTAINER = Owner.CLERK, Owner.MAINTAINER
_CODES = (
    Code(
        "F101",
        "缺少应交表格",
        "没有找到“{table}”。",
        "缺表会使整组数据缺失。",
        "请检测机构补交该表，放入本季度文件夹。",
    ),
    Code(
        "F102",
        "无法识别的文件",
        "“{value}”与已登记的任何表式都不相符；最接近的是“{nearest}”，缺少：{lacks}。",
        "表头决定数据的含义，不能猜测。",
        "核对表头文字；确属新表式的，请维护人员登记表式。",
    ),
    Code(
        "F103",
        "文本编码无法识别",
        "“{value}”既不是 UTF-8，也不是 GB18030 编码，第 {line} 行附近无法读取。",
        "误认编码会产生乱码。",
        "用表格软件打开原件，另存为 .xlsx 后重新提交。",
    ),
    Code(
        "F104",
        "文件无法打开",
        "“{value}”不是可读取的工作簿或文本表格（{detail}）。",
        "损坏、加密或非表格文件无法取数。",
        "用表格软件打开并另存为 .xlsx 后重新提交；如已加密请先取消密码。",
    ),
    Code(
        "F105",
        "表式不唯一",
        "“{value}”同时符合多个表式：{layouts}。",
        "同一张表只能有一种读法。",
        "请维护人员调整表式登记，使其可以区分。",
        owner=_MAINTAINER,
    ),
    Code(
        "F106",
        "同一表格重复提交",
        "“{table}”已由“{first}”提供，本处又提供一份。",
        "重复提交会造成重复计算。",
        "只保留最终稿，其余移出本季度文件夹。",
        owner=_CLERK,
    ),
    Code(
        "F107",
        "缺少一组网站的数据",
        "“{table}”中没有任何{value}的数据（应有 {sites} 个网站）。",
        "全覆盖检查不得缺少任何一组网站。",
        "补交该组网站的工作表。",
    ),
    Code(
        "F108",
        "空文件",
        "“{value}”是空文件，没有任何内容。",
        "空文件多因误存或传输中断。",
        "打开原件，确认有内容后另存为 .xlsx 重新提交。",
    ),
    Code(
        "F109",
        "文件已加密",
        "“{value}”设有打开密码，无法读取。",
        "加密的文件不能自动取数。",
        "用表格软件输入密码打开，取消密码后另存为 .xlsx 重新提交。",
    ),
    Code(
        "F110",
        "网页或 XML 格式的表格",
        "“{value}”的内容是{kind}，不是工作簿，不论扩展名为何。",
        "网页中的表格没有可靠的单元格地址和数据类型。",
        "用表格软件打开，另存为 .xlsx 后重新提交。",
    ),
    Code(
        "F111",
        "压缩包",
        "“{value}”是压缩包（{kind}），没有直接提供表格。",
        "压缩包内的文件无法逐个核对来源。",
        "解压后将其中的表格（.xlsx）逐个放入本季度文件夹。",
    ),
    Code(
        "F112",
        "PDF 或扫描件",
        "“{value}”是 {kind} 文件或扫描件，不能逐格取数。",
        "版式文件和扫描件没有单元格。",
        "请提供生成该文件的原始表格，另存为 .xlsx 后提交。",
    ),
    Code(
        "F113",
        "图片",
        "“{value}”是图片（{kind}），不能逐格取数。",
        "图片没有单元格，识别文字会出错。",
        "请提供原始表格，另存为 .xlsx 后提交；截图等佐证材料移出本季度文件夹。",
    ),
    Code(
        "F114",
        "文字文档",
        "“{value}”是{kind}，不是电子表格。",
        "文字文档中的表格没有可靠的单元格地址和数据类型。",
        "请提供原始表格，或者将其中的表格复制到表格软件，另存为 .xlsx 后提交。",
    ),
    Code(
        "F115",
        "旧版表格格式",
        "“{value}”是旧版表格（{kind}），无法读取。",
        "过旧的格式不能保证读取完整。",
        "用表格软件打开，另存为 .xlsx 后重新提交。",
    ),
    Code(
        "F116",
        "超出读取上限",
        "“{value}”超出读取上限（{detail}）。",
        "异常庞大的文件会耗尽内存，通常是误填到表格尽头或夹带无关内容。",
        "删去多余的行列、工作表和图片，另存为 .xlsx 后重新提交；确有需要的，分成几个文件。",
    ),
    Code(
        "F117",
        "文件内含实体声明",
        "“{value}”内含 DTD 或实体声明（{part}），不予读取。",
        "表格软件不写这种声明，它可用于夹带其他文件的内容。",
        "用表格软件打开，另存为 .xlsx 后重新提交。",
    ),
    Code(
        "F118",
        "隐藏的工作表含有数据",
        "工作表“{value}”已隐藏，其中是“{table}”的数据。",
        "隐藏的工作表可能是留存的旧稿。",
        "核对该表是否为正式数据：是的取消隐藏，不是的删去。",
        _W,
    ),
    Code(
        "F119",
        "隐藏的行含有数据",
        "工作表“{value}”中第 {rows} 行已隐藏或被筛选，但含有数据。",
        "隐藏的行仍按数据读取，可能与所见不一致。",
        "取消隐藏和筛选后核对；不应计入的行请删去。",
        _W,
    ),
    Code(
        "F120",
        "隐藏的列含有数据",
        "工作表“{value}”中 {columns} 列已隐藏，但含有数据。",
        "隐藏的列仍按数据读取，可能与所见不一致。",
        "取消隐藏后核对；不应计入的列请删去。",
        _W,
    ),
    Code(
        "F121",
        "工作簿可能仍在编辑",
        "“{value}”旁边有临时文件“{lock}”，该工作簿可能仍在编辑，尚未保存。",
        "没有保存的修改不会被读取。",
        "保存并关闭该工作簿后再运行；已经关闭的，删除该临时文件。",
        _W,
        _CLERK,
    ),
    Code(
        "F122",
        "不是普通文件",
        "“{value}”是{kind}，没有读取。",
        "其内容不在本季度文件夹之内，或者不能作为文件读取。",
        "把文件本身放入本季度文件夹；不需要的，请删除。",
        owner=_CLERK,
    ),
    Code(
        "F123",
        "名称含有不可见字符",
        "“{value}”的名称含有不可见字符或者乱码，没有读取。",
        "这样的名称在清单和文稿中不能正确显示。",
        "改成普通的名称。",
        owner=_CLERK,
    ),
    Code(
        "C201",
        "不是数值",
        "“{value}”不是可识别的数值（{column}）。",
        "分值必须准确读取。",
        "改为数字，例如 3 或 2.5；不检查的指标填“不涉及”。",
    ),
    Code(
        "C202",
        "不是日期",
        "“{value}”不是有效日期（{column}）。",
        "日期用于核对范围和时限。",
        "改为 2021-09-03 的形式。",
    ),
    Code(
        "C203",
        "不在可填内容之内",
        "“{value}”不在“{column}”的可填内容之内，可填：{allowed}。",
        "含义不明的内容不能计入统计。",
        "改为可填内容之一。",
    ),
    Code("C204", "必填内容为空", "“{column}”没有填写。", "缺项无法计入统计。", "补填该单元格。"),
    Code(
        "C205",
        "小数位数超出规定",
        "“{value}”的小数位数超出规定（{column}，最多 {decimals} 位）。",
        "多余小数通常来自公式误差。",
        "按规定的位数填写。",
    ),
    Code(
        "C206",
        "含不可见控制字符",
        "单元格含有不可见的控制字符（{column}）。",
        "控制字符会破坏公文文字。",
        "重新录入该单元格的文字。",
    ),
    Code(
        "C207",
        "网站标识码格式不正确",
        "“{value}”不是网站标识码（应为 10 位数字或 bm 加 8 位数字）。",
        "标识码位数丢失会认错网站。",
        "将该列设为文本格式，重新填写完整的标识码。",
    ),
    Code("C208", "数值为负", "“{value}”为负数（{column}）。", "得分、扣分均以正数填写。", "改为正数或 0。"),
    Code(
        "C209",
        "公式错误",
        "“{value}”是公式的错误结果（{column}）。",
        "公式没有算出结果，单元格没有内容可读。",
        "改正公式，或者直接填写内容。",
    ),
    Code(
        "C210",
        "公式没有结果",
        "单元格是公式，但文件中没有保存计算结果（{column}）。",
        "没有打开过的表格只有公式，读出来是空白。",
        "用表格软件打开，重新计算后另存为 .xlsx，或者直接填写内容。",
    ),
    Code(
        "C211",
        "数值过小",
        "“{value}”小于 {least}（{column}）。",
        "个数、组数至少为 1。",
        "改为不小于该数的整数；不需要时留空。",
    ),
    Code(
        "N301",
        "单位名称未登记",
        "单位名称“{value}”未登记；相近的有：{nearest}。",
        "名称不能猜测，否则计入错误的单位。",
        "改为规范简称；确属新单位或别称的，请维护人员登记。",
    ),
    Code(
        "N302",
        "网站标识码未登记",
        "网站标识码“{value}”在本季度网站名录中不存在；相近的有：{nearest}。",
        "名录以外的网站不计入统计。",
        "核对标识码；确属新增网站的，请维护人员登记。",
    ),
    Code(
        "N303",
        "平台类型未登记",
        "平台类型“{value}”未登记；相近的有：{nearest}。",
        "平台口径决定分类统计。",
        "改为登记的平台名称。",
    ),
    Code(
        "N304",
        "指标名称未登记",
        "指标“{value}”不在检查指标（{rule_book}）之中；相近的有：{nearest}。",
        "指标名称决定分值。",
        "改为检查指标中的名称。",
    ),
    Code(
        "N305",
        "缺少指标列",
        "工作表缺少指标列：{value}。",
        "缺少的指标无法计分。",
        "补全该指标列后重新提交。",
    ),
    Code(
        "N307",
        "缺少功能列",
        "工作表缺少功能列：{value}。",
        "缺少的功能无法统计。",
        "补全该列后重新提交；表头写法不同的，改为登记的功能名称。",
    ),
    Code(
        "N308",
        "表头重复",
        "表头“{value}”出现两次，首次在 {first}。",
        "同一含义有两列时，无法确定取哪一列。",
        "只保留一列；另一列改名或删除。",
    ),
    Code(
        "N306",
        "留言类型或状态未登记",
        "“{value}”不是登记的{column}；相近的有：{nearest}。",
        "类型和状态决定统计口径。",
        "改为登记的名称。",
    ),
    Code(
        "R401",
        "网站缺报",
        "“{table}”中没有{value}（{site_code}）的数据。",
        "全覆盖检查不得缺少任何网站。",
        "补充该网站的一行数据；网站已关停的，请维护人员更新名录。",
    ),
    Code(
        "R402",
        "网站重复",
        "{value}（{site_code}）在“{table}”中出现 {times} 次，首次在 {first}。",
        "重复会造成重复计算。",
        "只保留一行。",
    ),
    Code(
        "R403",
        "账号重复",
        "账号“{value}”（{platform}）出现 {times} 次，首次在 {first}。",
        "重复会造成重复计算。",
        "只保留一行；确为两个账号的，请注明区别。",
    ),
    Code(
        "R404",
        "得分超过指标分值",
        "“{indicator}”得分 {value}，超过分值 {points}。",
        "得分不得高于指标分值，也不得低于 0。",
        "核对并更正该得分。",
    ),
    Code(
        "R405",
        "合计与明细不符",
        "{column}填写为 {value}，按各指标得分计算应为 {expected}。",
        "表内数据必须能够相加。",
        "核对各指标得分与合计。",
    ),
    Code(
        "R406",
        "扣分明细与评分表不符",
        "{site}“{indicator}”评分表扣 {value} 分，扣分明细中确认的扣分为 {expected} 分。",
        "每一分扣分都应有依据。",
        "核对评分表与扣分明细。",
    ),
    Code(
        "R407",
        "日期超出规定范围",
        "{column}为 {value}，不在本表规定的 {start} 至 {end} 之内。",
        "超出检查时段的内容不计入本季度。",
        "核对日期；范围有误的，请在季度信息“时间范围”中更正。",
    ),
    Code(
        "R408",
        "检查结果与否决情形不一致",
        "账号“{value}”检查结果为{result}，否决情形{reason}。",
        "不合格必须有否决情形，合格不得有。",
        "核对检查结果与否决情形。",
    ),
    Code(
        "R409",
        "留言编号重复",
        "留言编号“{value}”出现 {times} 次，首次在 {first}。",
        "重复会造成重复计算。",
        "只保留一行。",
    ),
    Code(
        "R410",
        "不得填写“不涉及”",
        "{site}的“{indicator}”填写为不涉及，但该网站应检查此项指标。",
        "只有登记为无对外服务事项的网站才免检办事服务指标。",
        "填写得分；确无服务事项的，请维护人员更新名录。",
    ),
    Code(
        "R411",
        "办结时间早于留言时间",
        "留言“{number}”办结时间 {value} 早于留言时间 {created}。",
        "时间顺序决定办结时限。",
        "核对两处时间。",
    ),
    Code(
        "R412",
        "标识码与网站名称不一致",
        "标识码 {site_code} 登记的网站是“{expected}”，此处为“{value}”。",
        "两者不一致时无法确定是哪个网站。",
        "核对标识码与网站名称。",
    ),
    Code(
        "R413",
        "平均分与明细不符",
        "表中平均分为 {value}，按各网站总分计算应为 {expected}。",
        "印发的平均分由明细计算，两者应当一致。",
        "核对平均分。",
    ),
    Code(
        "R414",
        "表头分值与检查指标不符",
        "“{indicator}”表头分值为 {value}，检查指标规定为 {points}。",
        "分值不同说明检查依据不同。",
        "核对本季度采用的检查指标。",
    ),
    Code(
        "R415",
        "单项否决网站仍有得分",
        "{site}存在单项否决情形（{value}），仍填写了得分。",
        "单项否决的网站不再评分。",
        "核对单项否决情形；属实的，得分各栏填“—”。",
    ),
    Code(
        "R416",
        "归口单位与网站不一致",
        "留言“{number}”受理单位为{value}，而网站 {site_code} 属于{expected}。",
        "单位不一致时无法确定归属。",
        "核对受理单位与网站标识码。",
    ),
    Code(
        "R417",
        "免检指标填写了得分",
        "{site}登记为无对外服务事项，但“{indicator}”填写了得分 {value}。",
        "免检的指标不计分，其余得分按规定换算。",
        "改为“不涉及”；确有服务事项的，请维护人员更新名录。",
    ),
    Code(
        "R418",
        "同一指标填写两次",
        "{site}的“{value}”填写了 {times} 次，首次在 {first}。",
        "一项指标只能有一个得分。",
        "只保留一处。",
    ),
    Code(
        "R419",
        "总分与上季度相差过大",
        "{site}总分为 {value}，上季度为 {earlier}，相差超过 {limit} 分。",
        "变动过大常由错行、错列造成。",
        "核对该网站各项得分；属实的无需处理。",
        _W,
    ),
    Code(
        "R422",
        "已办结留言没有办结时间",
        "留言“{value}”的状态为{status}，却没有办结时间。",
        "没有办结时间就无法判断是否按期。",
        "补填办结时间；尚未办结的，更正办理状态。",
    ),
    Code(
        "R423",
        "不设加分的网站填写了加分",
        "{site}不设加分指标，“{indicator}”却填写了 {value} 分。",
        "只有规定的网站分组才有加分指标。",
        "删除该分数；表中不应有加分列。",
    ),
    Code(
        "R421",
        "证据文件不存在",
        "扣分明细所列的证据文件“{value}”不在“截图”文件夹之中。",
        "扣分应当有据可查。",
        "补交该文件，或更正文件名称。",
    ),
    Code(
        "R420",
        "文件名中的标识码与内容不符",
        "文件名中的标识码是 {value}，表中却没有该网站的数据。",
        "文件可能放错或内容取错。",
        "核对文件与其中的网站标识码。",
    ),
    Code(
        "I501",
        "季度信息缺项",
        "“基本信息”缺少“{value}”。",
        "通报需要此项内容。",
        "在季度信息“基本信息”中补填。",
        owner=_CLERK,
    ),
    Code(
        "I502",
        "季度不一致",
        "季度信息填写的季度是“{value}”，而文件夹为{expected}。",
        "防止误用其他季度的材料。",
        "核对文件夹与季度信息。",
        owner=_CLERK,
    ),
    Code(
        "I503",
        "语句名称未登记",
        "“语句选择”中的“{value}”不是已有语句；相近的有：{nearest}。",
        "未识别的选择不会生效。",
        "改为已有语句的名称。",
        owner=_CLERK,
    ),
    Code(
        "I504",
        "未规定时间范围",
        "“时间范围”没有规定“{table}”的“{value}”。",
        "没有范围就无法核对日期。",
        "在季度信息“时间范围”中补充一行。",
        owner=_CLERK,
    ),
    Code(
        "I510",
        "时间范围所列的表或列不存在",
        "“时间范围”所列的“{table}”“{value}”不是应交表格中的日期列。",
        "写错的名称不会生效。",
        "按应交表格的名称和列名填写。",
        owner=_CLERK,
    ),
    Code(
        "I505",
        "同意状态未记载",
        "“基本信息”中同意状态为“{value}”，不能印出“经{authority}同意”。",
        "经同意是印发的法定前提。",
        "取得同意后，将同意状态填为“已同意”。",
        _W,
        owner=_CLERK,
    ),
    Code(
        "I506",
        "做法所列账号不在检查范围",
        "做法所列“{value}”（{platform}，{unit}）不在本季度检查的账号之中。",
        "通报点名的账号必须在检查范围之内。",
        "核对账号名称、平台和归口单位。",
        owner=_CLERK,
    ),
    Code(
        "I507",
        "做法所列对象不合格",
        "做法所列“{value}”本季度检查结果为不合格。",
        "不得既表扬又通报不合格。",
        "更换典型做法。",
        owner=_CLERK,
    ),
    Code(
        "I508",
        "工作日历缺少年份",
        "工作日历没有 {value} 年的放假安排。",
        "办结时限按工作日计算。",
        "请维护人员在 data/reference/holidays/ 中补充该年。",
        owner=_MAINTAINER,
    ),
    Code(
        "I509",
        "前期数据无法识别",
        "“{value}”不能作为前期数据使用（{detail}）。",
        "与上季度相比需要可靠的前期数据。",
        "核对“前期数据”工作表或“前期”文件夹。",
        owner=_CLERK,
    ),
    Code(
        "I530",
        "基本信息的日期不正确",
        "{item}“{value}”不是有效日期。",
        "日期原样印入通报，并用于核对范围。",
        "改为 2021年9月3日 的形式。",
        owner=_CLERK,
    ),
    Code(
        "I531",
        "找错起止日期不一致",
        "{item}为“{value}”，{detail}。",
        "通报所述时段必须就是统计的时段。",
        "核对“基本信息”与“时间范围”两处日期。",
        owner=_CLERK,
    ),
    Code(
        "I532",
        "发文字号不规范",
        "发文字号“{value}”不符合“机关代字〔年份〕序号”的格式。",
        "发文字号由机关代字、年份、序号组成，年份用六角括号，序号不加“第”字、不编虚位。",
        "改为“京政服发〔2021〕12号”的形式；尚未编号的留空。",
        owner=_CLERK,
    ),
    Code(
        "I533",
        "新媒体统计截至不规范",
        "新媒体统计截至“{value}”不是规范的年月。",
        "此项原样印入通报。",
        "改为“2021年9月”或“2021年9月30日”的形式。",
        owner=_CLERK,
    ),
    Code(
        "I534",
        "检查依据文件不规范",
        "检查依据文件“{value}”{detail}。",
        "引用公文应当先引标题、后引发文字号。",
        "改为“《文件名称》（国办秘函〔2019〕19号）”的形式。",
        owner=_CLERK,
    ),
    Code(
        "I535",
        "标题自带序号或标点",
        "标题“{value}”{detail}。",
        "序号和标题后的句号由程序统一添加，重复会印出两次。",
        "删去标题中的序号和末尾标点。",
        owner=_CLERK,
    ),
    Code(
        "I536",
        "文字没有以句号结尾",
        "“{value}”没有以句号“。”结尾。",
        "各段文字依次相接，缺少句号会连成一句。",
        "在末尾补上句号“。”。",
        owner=_CLERK,
    ),
    Code(
        "I537",
        "做法重复主语",
        "做法以“{value}”开头，而单位或账号名称由程序加在句首。",
        "名称会印出两次。",
        "删去做法开头的单位或账号名称。",
        owner=_CLERK,
    ),
    Code(
        "I538",
        "做法所列部分不符",
        "{value}的做法列入了“{section}”。",
        "区的做法与市级部门的做法分别印出。",
        "核对“部分”与“单位”。",
        owner=_CLERK,
    ),
    Code(
        "I539",
        "文字中有半角标点",
        "“{value}”中有半角标点。",
        "公文使用全角标点。",
        "将半角标点改为全角标点。",
        _W,
        owner=_CLERK,
    ),
    Code(
        "I540",
        "同意状态无法识别",
        "同意状态“{value}”既不是“已同意”，也不是“未同意”。",
        "是否印出“经……同意”由此项决定，不能猜测。",
        "改为“已同意”或“未同意”。",
        owner=_CLERK,
    ),
    Code(
        "I541",
        "基本信息项目重复",
        "项目“{value}”已在 {first} 填写，本处又填写一次。",
        "两处内容不能确定以哪一处为准。",
        "只保留一行。",
        owner=_CLERK,
    ),
    Code(
        "I542",
        "时间范围重复",
        "“{table}”的“{value}”已在 {first} 规定时间范围，本处又规定一次。",
        "两个范围不能确定以哪一个为准。",
        "只保留一行。",
        owner=_CLERK,
    ),
    Code(
        "I543",
        "前期数据与前期文件不符",
        "{earlier} {item}填写为 {value}，“前期”文件夹中该季度的数据为 {expected}。",
        "有前期文件的以文件为准，此处填写的数值不会采用。",
        "核对数值；前期文件无误的，删去这一行。",
        _W,
        owner=_CLERK,
    ),
    Code(
        "I521",
        "更正的原值不符",
        "更正 {place}：原值写作“{expected}”，表中实为“{value}”。",
        "表格在登记更正以后又有改动，更正是否仍然成立须由人判断。",
        "核对该单元格；检测机构已改正重交的，删去这一行更正。",
        owner=_CLERK,
    ),
    Code(
        "I522",
        "更正所指的位置不存在",
        "更正所指的“{value}”不存在：{detail}。",
        "没有生效的更正不得略过。",
        "按文件、工作表、单元格的实际名称填写。",
        owner=_CLERK,
    ),
    Code(
        "I523",
        "同一单元格重复更正",
        "{value} 已在 {first} 更正，本处又更正一次。",
        "两次更正不能确定以哪一次为准。",
        "只保留一行。",
        owner=_CLERK,
    ),
    Code(
        "I524",
        "更正缺项",
        "更正 {value} 没有填写{lacks}。",
        "每一处更正都应有位置、理由、提出者和日期可查。",
        "补填该行。",
        owner=_CLERK,
    ),
    Code(
        "I525",
        "更正值与原值相同",
        "更正 {place}：更正值与原值同为“{value}”。",
        "没有改变的更正通常是填写错误。",
        "核对更正值；不需要更正的，删去这一行。",
        owner=_CLERK,
    ),
    Code(
        "I526",
        "季度信息不作更正",
        "“更正”中的“{value}”是季度信息自身。",
        "更正只用于检测机构提交的表格。",
        "直接修改季度信息，删去这一行更正。",
        owner=_CLERK,
    ),
    Code(
        "I527",
        "更正所指的是个人信息",
        "更正所指的 {value} 是联系人、电话等个人信息。",
        "个人信息在读取时即隐去，不进入任何输出，无须更正。",
        "删去这一行更正。",
        owner=_CLERK,
    ),
)
CODES: dict[str, Code] = {code.code: code for code in _CODES}


def finding(code: str, where: Where, value: object = "", *, count: int = 1, **places: object) -> Finding:
    """Word one finding from the catalogue (生成一条检查发现).

    ``places`` fill the named places of the message. An unknown code is a fault of the program (``KeyError``).
    """
    entry = CODES[code]
    text = entry.message.format(value=value, **places)
    if count > 1:
        text += f"（共 {count} 处）"
    return Finding(where, code, str(value), text, entry.severity, count)


def who_fixes(code: str, file: str) -> Owner:
    """Who has to act on a finding (由谁处理): what stands in 季度信息 is never the agency's."""
    owner = CODES[code].owner
    return Owner.CLERK if owner is Owner.AGENCY and file == INFO_FILE else owner


def visible(text: str) -> str:
    """A text whose hidden characters can be seen (显示不可见字符); line breaks and tabs stay.

    >>> visible("甲\u202e乙")
    '甲〈U+202E〉乙'
    """
    return "".join(char if char in "\n\t" or not is_hidden(char) else f"〈U+{ord(char):04X}〉" for char in text)


def is_hidden(char: str) -> bool:
    """Whether a character shows nothing by itself (不可见字符): control, format, private use, half a pair."""
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") or char in "\ufffe\uffff"


def family(code: str) -> str:
    """The family of a code (发现所属类别), e.g. ``rows`` for ``R404``."""
    return FAMILIES[code[0]][0]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop the quarter (阻断性发现)."""
    return [item for item in findings if item.severity is Severity.ERROR]
