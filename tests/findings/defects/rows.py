"""Data that contradict each other: told where the clerk has to look, once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

from tests.findings.defects.form import Change, Defect, append, both, put, rework
from tests.support.quarter import (
    ACCOUNTS,
    DEPARTMENTS,
    FUNCTIONS,
    LEDGER,
    PORTALS,
    REPORTS,
    SCORES,
    Delivered,
)
from tests.support.told import Told


def _clear(file: str, sheet: str, row: int) -> Change:
    """Empty a row and leave it in place."""

    def clear(book: Any) -> None:
        for cell in book[sheet][row]:
            cell.value = None

    return rework(file, clear)


def _repeat(book: Any) -> None:
    """The first portal again below the average, where a merged note stands."""
    sheet = book[PORTALS]
    sheet.unmerge_cells("A22:AP22")
    for cell in sheet[5]:
        sheet[f"{cell.column_letter}22"] = cell.value


def _in_another_file(delivered: Delivered) -> None:
    """The first portal again, in a workbook of its own."""
    shutil.copyfile(delivered.file(SCORES), delivered.folder / "补报.xlsx")
    with delivered.edit("补报") as book:
        book.remove(book[DEPARTMENTS])
        sheet = book[PORTALS]
        sheet.title, sheet["A5"] = "补报", "补"
        sheet.delete_rows(6, sheet.max_row)


def _swap_codes(book: Any) -> None:
    sheet = book[DEPARTMENTS]
    sheet["B5"] = sheet["B6"].value


def _swing(delivered: Delivered) -> None:
    path = delivered.folder / "前期" / "2021Q2.facts.json"
    facts = json.loads(path.read_text("utf-8"))
    row = next(row for row in facts["district_sites"]["rows"] if row["id"].endswith("1101010001"))
    row["score"] = "60.00"
    path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def _evidence(named: str = "1.png") -> Callable[[Any], None]:
    def name(book: Any) -> None:
        sheet = book["扣分明细"]
        sheet["K1"], sheet["K3"] = "证据文件", named

    return name


def _shoot(name: str) -> Change:
    """Lay a screenshot into the folder of evidence."""

    def change(delivered: Delivered) -> None:
        (delivered.folder / "截图").mkdir()
        (delivered.folder / "截图" / name).write_bytes(b"x")

    return change


def _bonus_of_departments(book: Any) -> None:
    sheet = book[DEPARTMENTS]
    sheet["AJ3"], sheet["AJ4"], sheet["AJ5"] = "加分指标", "数据发布\n（5分）", "5"
    for row in range(6, 64):
        sheet[f"AJ{row}"] = "0"


ROWS = (
    Defect("得分超过分值", put(SCORES, PORTALS, F5="3.5"), Told("R404", SCORES, PORTALS, "F5", "3.5", says="分值 3")),
    Defect(
        "得分不是半分的倍数", put(SCORES, PORTALS, F5="2.9"), Told("R430", SCORES, PORTALS, "F5", "2.9", says="0.5 分")
    ),
    *(
        Defect(f"{header}加错", put(SCORES, PORTALS, **{cell: wrong}), Told("R405", SCORES, PORTALS, cell, wrong))
        for header, cell, wrong in (("扣分项得分", "AN5", "99"), ("加分", "AO5", "30"), ("总分", "AP5", "126.5"))
    ),
    Defect("总分空白", put(SCORES, PORTALS, AP5=None), Told("R405", SCORES, PORTALS, "AP5", "空", says="126")),
    Defect(
        "扣分项得分加错而总分随之",
        put(SCORES, PORTALS, AN5="99", AP5="125"),
        Told("R405", SCORES, PORTALS, "AN5", "99"),
    ),
    Defect("得分录错与明细不符", put(SCORES, DEPARTMENTS, F5="2"), Told("R406", SCORES, DEPARTMENTS, "F5", "1")),
    Defect("扣分的依据是误报", put(LEDGER, "扣分明细", J8="误报"), Told("R406", SCORES, DEPARTMENTS, "N7", "1")),
    Defect("扣分的依据已核减", put(LEDGER, "扣分明细", J8="核减"), Told("R406", SCORES, DEPARTMENTS, "N7", "1")),
    Defect("明细少列半分", put(LEDGER, "扣分明细", F8="0.5"), Told("R406", SCORES, DEPARTMENTS, "N7", "1", says="0.5")),
    Defect(
        "明细扣分而评分表未扣",
        append(
            LEDGER,
            "扣分明细",
            "75",
            "1100000001",
            "北京市发展和改革委员会",
            "发布解读",
            "概况信息",
            "1",
            "简介未更新。",
            "",
            "2021-09-01",
            "确认",
        ),
        Told("R406", SCORES, DEPARTMENTS, "F5", "0", says="确认的扣分为 1 分"),
    ),
    Defect("评分表缺一个网站", _clear(SCORES, PORTALS, 5), Told("R401", SCORES, PORTALS, "", "北京市东城区人民政府")),
    Defect(
        "功能表缺一个网站",
        _clear(FUNCTIONS, "功能建设", 18),
        Told("R401", FUNCTIONS, "功能建设", "", "北京市发展和改革委员会"),
    ),
    Defect(
        "同一网站填了两行",
        rework(SCORES, _repeat),
        Told("R402", SCORES, PORTALS, "B22", "北京市东城区人民政府", says=f"首次在 {PORTALS}!B5"),
    ),
    Defect(
        "同一网站在两个文件中",
        _in_another_file,
        Told(
            "R402",
            "补报",
            "补报",
            "B5",
            "北京市东城区人民政府",
            says=f"首次在 2021年第三季度{SCORES}.xlsx!{PORTALS}!B5",
        ),
    ),
    Defect(
        "标识码填成另一个网站的",
        rework(SCORES, _swap_codes),
        Told("R412", SCORES, DEPARTMENTS, "C5", "北京市发展和改革委员会", says="北京市教育委员会"),
    ),
    Defect(
        "同一账号填了两行",
        put(ACCOUNTS, "检查情况", B9="北京东城", C9="微博"),
        Told("R403", ACCOUNTS, "检查情况", "B9", "北京东城", says="首次在 检查情况!B2"),
    ),
    Defect(
        "同一账号全半角各一行",
        put(ACCOUNTS, "检查情况", B9="北京\u3000东城 ", C9="新浪微博"),
        Told("R403", ACCOUNTS, "检查情况", "B9", "北京\u3000东城"),
    ),
    Defect(
        "不合格没有否决情形",
        put(ACCOUNTS, "检查情况", F3="不合格", G3=None),
        Told("R408", ACCOUNTS, "检查情况", "G3", "东城发改"),
    ),
    Defect(
        "合格却有否决情形",
        put(ACCOUNTS, "检查情况", F3="合格", G3="内容不更新"),
        Told("R408", ACCOUNTS, "检查情况", "G3", "东城发改"),
    ),
    *(
        Defect(
            f"名称像备注的账号{name}",
            put(ACCOUNTS, "检查情况", A9=None, B9=name, F9="合格", G9="内容不更新"),
            Told("R408", ACCOUNTS, "检查情况", "G9", name),
        )
        for name in ("注册会计师之窗", "合计2021")
    ),
    Defect(
        "检查日期超出范围两处",
        put(ACCOUNTS, "检查情况", H4="2021-06-30", H6="2021年9月25日"),
        Told("R407", ACCOUNTS, "检查情况", "H4", "2021-06-30", 2),
    ),
    Defect(
        "留言时间早于范围",
        put(REPORTS, "", H2="2019-05-10 08:00:00"),
        Told("R407", REPORTS, "", "H2", "2019-05-10 08:00:00"),
    ),
    Defect(
        "留言时间晚于范围",
        put(REPORTS, "", H2="2021-12-01 08:00:00"),
        Told("R407", REPORTS, "", "H2", "2021-12-01 08:00:00"),
    ),
    Defect("留言编号重复", put(REPORTS, "", A6="ZC2021051000001"), Told("R409", REPORTS, "", "A6", "ZC2021051000001")),
    Defect(
        "留言编号像合计行而重复",
        put(REPORTS, "", A3="合计001", A4="合计001"),
        Told("R409", REPORTS, "", "A4", "合计001"),
    ),
    Defect(
        "办结早于留言",
        put(REPORTS, "", K5="2021-05-10 00:00:00"),
        Told("R411", REPORTS, "", "K5", "2021-05-10 00:00:00"),
    ),
    Defect("已办结没有办结时间", put(REPORTS, "", K2=""), Told("R422", REPORTS, "", "I2", "ZC2021051000001")),
    Defect("受理单位不是网站的单位", put(REPORTS, "", D4="东城区"), Told("R416", REPORTS, "", "D4", "东城区")),
    Defect("平均分印错", put(SCORES, PORTALS, AP21="125.5"), Told("R413", SCORES, PORTALS, "AP21", "125.5")),
    Defect("表头分值不同", put(SCORES, PORTALS, F4="概况信息（4分）"), Told("R414", SCORES, PORTALS, "F4", "4")),
    Defect("应检查的指标填不涉及", put(SCORES, PORTALS, F5="不涉及"), Told("R410", SCORES, PORTALS, "F5", "不涉及")),
    Defect("免检的指标填了得分", put(SCORES, DEPARTMENTS, O28="2"), Told("R417", SCORES, DEPARTMENTS, "O28", "2")),
    Defect(
        "单项否决仍有得分",
        put(SCORES, DEPARTMENTS, E5="站点无法访问"),
        Told("R415", SCORES, DEPARTMENTS, "E5", "站点无法访问"),
    ),
    Defect(
        "部门网站填了加分",
        rework(SCORES, _bonus_of_departments),
        Told("R423", SCORES, DEPARTMENTS, "AJ5", "5", says="数据发布"),
    ),
    Defect("总分比上季度突变", _swing, Told("R419", SCORES, PORTALS, "AP5", "126", says="上季度为 60")),
    Defect(
        "整行填不涉及",
        put(SCORES, PORTALS, F5="不涉及", G5="—", H5="不涉及"),
        Told("R410", SCORES, PORTALS, "F5", "不涉及", 3),
    ),
    Defect(
        "主办单位填成另一个单位",
        put(SCORES, DEPARTMENTS, D5="市教委"),
        Told("R424", SCORES, DEPARTMENTS, "D5", "市教委", says="市发展改革委"),
    ),
    Defect(
        "明细扣了加分指标的分",
        append(
            LEDGER,
            "扣分明细",
            "75",
            "1101010001",
            "北京市东城区人民政府",
            "加分指标",
            "数据发布",
            "1",
            "没有更新。",
            "",
            "2021-09-01",
            "确认",
        ),
        Told("R425", LEDGER, "扣分明细", "E76", "数据发布"),
    ),
    Defect(
        "账号归口到另一个区",
        put(ACCOUNTS, "检查情况", E3="西城区"),
        Told("R426", ACCOUNTS, "检查情况", "E3", "东城区发展和改革委员会", says="归口单位却是西城区"),
    ),
    Defect(
        "不合格的否决情形填无",
        put(ACCOUNTS, "检查情况", F3="不合格", G3="无"),
        Told("R408", ACCOUNTS, "检查情况", "G3", "东城发改"),
    ),
    Defect("证据文件没有交", rework(LEDGER, _evidence()), Told("R421", LEDGER, "扣分明细", "K3", "1.png")),
    Defect(
        "两个证据文件缺一个",
        both(rework(LEDGER, _evidence("1.png、2.png")), _shoot("1.PNG")),
        Told("R421", LEDGER, "扣分明细", "K3", "2.png"),
    ),
)
