"""A sample notice of realistic length: invented text, invented units (样本通报)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.bulletin.blocks import Align, Annex, Column, Dispatch, Face, Notice, Paragraph, Role, Span, Table

TITLE = ("某某市政务服务管理局", "关于2021年第三季度", "全市政府网站", "与政府系统", "政务新媒体", "检查情况的", "通报")
DISTRICTS = ("序号", 140), ("区", 260), ("扣分项得分", 320), ("加分项得分", 320), ("总分", 280), ("名次", 240)
DEPARTMENTS = ("序号", 140), ("主办单位", 480), ("网站名称", 600), ("得分", 180), ("名次", 160)
_PLAIN = (
    "有的网站在首页和专题页面多处设置动态类栏目，未能做到每2周更新；有的将不定期更新的栏目设为动态类栏目，检查期内没有新信息；"
    "有的栏目内容空白，有的页面存在链接失效、附件无法下载、文字错误等问题，影响公众使用。"
)


def paragraph(role: Role, *spans: Span | str) -> Paragraph:
    """A paragraph of spans or plain texts."""
    return Paragraph(role, tuple(Span(span) if isinstance(span, str) else span for span in spans))


def table(columns: tuple[tuple[str, int], ...], rows: int) -> Table:
    """A table whose numbers have none, one or two decimals, with a missing value in every ninth row."""

    def cell(heading: str, row: int) -> Span:
        values = {
            "序号": str(row),
            "区": f"第{row}区",
            "主办单位": "市人力资源社会保障局" if row % 7 == 0 else "市发展改革委",
            "网站名称": "某某市人力资源和社会保障局（含专项网站）" if row % 7 == 0 else "某某市发展和改革委员会",
            "名次": str(row % 5 + 1),
        }
        number = ("100", "97.5", "98.67", "125.4")[row % 4] if row % 9 else "—"
        return Span(values.get(heading, number), figure=f"row{row}.{heading}")

    left, right = {"主办单位", "网站名称"}, {"得分", "总分", "加分项得分", "扣分项得分"}
    aligned = {
        heading: Align.LEFT if heading in left else Align.RIGHT if heading in right else Align.CENTER
        for heading, _ in columns
    }
    shown = tuple(tuple(cell(heading, row) for heading, _ in columns) for row in range(1, rows + 1))
    return Table(tuple(Column(heading, width, aligned[heading]) for heading, width in columns), shown)


def notice(districts: int = 16, departments: int = 59) -> Notice:
    """A notice of some pages with two annexes."""
    problems = (
        "部分网站内容更新不及时。",
        "个别网站政策解读不够规范。",
        "个别网站互动交流有待加强。",
        "个别网站日常维护不够细致。",
    )
    return Notice(
        (
            paragraph(Role.NUMBER, "某政服发〔2021〕12号"),
            paragraph(Role.TITLE, *TITLE),
            paragraph(Role.ADDRESSEE, "各区人民政府，市政府各委、办、局，各市属机构："),
            paragraph(
                Role.BODY,
                "为进一步提升全市政府网站和政府系统政务新媒体规范化建设管理水平，依据《关于印发政府网站与政务新媒体检查指标、"
                "监管工作年度考核指标的通知》（某办秘函〔2019〕19号）和本市有关工作要求，我局组织开展了2021年第三季度检查。"
                "现将检查情况通报如下：",
            ),
            paragraph(Role.HEADING, "一、总体情况"),
            paragraph(
                Role.BODY,
                Span("（一）政府网站检查情况。", face=Face.LEVEL2),
                "检查了",
                Span("16", figure="portals"),
                "个区政府门户网站和",
                Span("59", figure="departments"),
                "个市级部门政府网站（含专项网站），未发现不合格网站。",
            ),
            *(
                paragraph(
                    Role.BODY,
                    Span(f"{number}.{name}。", face=Face.LEVEL3),
                    "平均得分为",
                    Span("125.4分", figure=f"average{number}"),
                    "（满分130分，其中加分指标30分），比上季度提高0.1分。“我想问”等功能便于公众咨询。" + _PLAIN * 2,
                )
                for number, name in enumerate(("区政府门户网站", "市级部门政府网站"), start=1)
            ),
            paragraph(Role.HEADING, "二、存在的问题"),
            *(
                paragraph(Role.BODY, Span(f"（{'一二三四'[place]}）{problem}", face=Face.LEVEL2), _PLAIN)
                for place, problem in enumerate(problems)
            ),
            paragraph(Role.HEADING, "三、下一步工作要求"),
            paragraph(
                Role.BODY, "各区、各部门要高度重视，认真抓好落实，持续提升全市政府网站与政务新媒体建设管理水平。"
            ),
            paragraph(Role.ATTACHMENT, "1.2021年第三季度区政府门户网站检查得分情况"),
            paragraph(Role.ATTACHMENT, "2.2021年第三季度市级部门政府网站（含专项网站）检查得分情况及名次表"),
            paragraph(Role.SIGNATURE, "某某市政务服务管理局"),
            paragraph(Role.DATE, "2021年11月5日"),
            paragraph(Role.REMARK, "（此件公开发布）"),
        ),
        (
            Annex(1, ("2021年第三季度", "区政府门户网站", "检查得分情况"), table(DISTRICTS, districts)),
            Annex(
                2,
                ("2021年第三季度", "市级部门政府网站", "（含专项网站）", "检查得分情况", "及名次表"),
                table(DEPARTMENTS, departments),
            ),
        ),
    )


DISPATCH = Dispatch(
    mark="某某市政务服务管理局文件",
    copied_to=("市委办公厅", "市人大常委会办公厅", "市政协办公厅", "市高级人民法院", "市人民检察院", "各民主党派市委"),
    printer="某某市政务服务管理局办公室",
    printed_on="2021年11月5日",
)
LETTERHEAD = replace(DISPATCH, mark="某某市政务服务管理局")
