"""Files and sheets that are missing, unreadable, not recognised or hidden: one finding, and no missing sites on top."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.findings.defects.form import Change, Defect, both, put, rework, write
from tests.support.quarter import (
    ACCOUNTS,
    DEPARTMENTS,
    FUNCTIONS,
    INFO,
    LEDGER,
    PORTALS,
    REPORTS,
    SCORES,
    Delivered,
    column_of,
)
from tests.support.told import Told

_OLD = (Path(__file__).parents[2] / "ingest" / "samples" / "biff8.xls").read_bytes()
_GARBAGE = b"PK\x03\x04" + b"garbage" * 100
_TITLES = {
    SCORES: "政府网站检查评分表",
    LEDGER: "扣分明细",
    ACCOUNTS: "政务新媒体检查情况表",
    FUNCTIONS: "网站功能建设情况表",
    REPORTS: "找错台账",
}


def _file(name: str) -> str:
    """The name of the delivered file, which findings about it carry."""
    return name if name == REPORTS else f"2021年第三季度{name}.xlsx"


def _remove(name: str) -> Change:
    return lambda delivered: delivered.file(name).unlink()


def _copy(name: str, copy: str) -> Change:
    return lambda delivered: shutil.copyfile(delivered.file(name), delivered.folder / copy)


def _rename(name: str, new: str) -> Change:
    return lambda delivered: delivered.file(name).rename(delivered.folder / new)


def _package(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return data.getvalue()


def _encrypted() -> bytes:
    """An old workbook whose first record says that the rest is encrypted."""
    data = bytearray(_OLD)
    at = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data[at : at + 2] = b"\x2f\x00"
    return bytes(data)


def _declare_entity(delivered: Delivered) -> None:
    path = delivered.file(FUNCTIONS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def _undecodable(delivered: Delivered) -> None:
    path = delivered.file(REPORTS)
    lines = path.read_bytes().split(b"\r\n")
    lines[4] = lines[4][:40] + b"\xff\xff" + lines[4][40:]
    path.write_bytes(b"\r\n".join(lines))


def _separate(separator: str) -> Change:
    def change(delivered: Delivered) -> None:
        path = delivered.file(REPORTS)
        path.write_bytes(path.read_bytes().replace(b",", separator.encode()))

    return change


def _second_info(delivered: Delivered) -> None:
    _copy(INFO, "材料.xlsx")(delivered)
    with delivered.edit("材料.xlsx") as book:
        for name in book.sheetnames[1:]:
            del book[name]
        book["基本信息"]["B2"] = "2021年第二季度"


def _without(file: str, sheet: str) -> Change:
    return rework(file, lambda book: book.remove(book[sheet]))


def _rest_on_another_sheet(book: Any) -> None:
    rest = book.create_sheet("检查情况续")
    for row in book["检查情况"].iter_rows(min_row=30, max_row=35, values_only=True):
        rest.append(row)


def _keep(file: str, sheet: str) -> Change:
    return rework(file, lambda book: book[sheet].delete_rows(2, book[sheet].max_row))


def _keep_first_line(delivered: Delivered) -> None:
    with delivered.edit_reports() as rows:
        del rows[1:]


def _recheck(cell: str, text: str) -> Callable[[Any], None]:
    """A copy of the first sheet in which one cell differs."""

    def copy(book: Any) -> None:
        book.copy_worksheet(book.worksheets[0])[cell] = text

    return copy


def _renamed_header(book: Any) -> None:
    book[DEPARTMENTS][f"{column_of(book[DEPARTMENTS], '单项否决')}3"] = "备考"


def _hide(sheet: str, dimension: str, at: object) -> Any:
    def hide(book: Any) -> None:
        getattr(book[sheet], f"{dimension}_dimensions")[at].hidden = True

    return hide


def _foreign(name: str, file: str, data: bytes, code: str, says: str = "") -> Defect:
    """A further file that is no table."""
    return Defect(name, write(file, data), Told(code, file, "", "", file, says=says))


FILES = (
    *(Defect(f"缺少{title}", _remove(name), Told("F101", "", "", "", title)) for name, title in _TITLES.items()),
    *(
        Defect(f"{title}损坏", write(name, _GARBAGE), Told("F104", name, "", "", _file(name)))
        for name, title in _TITLES.items()
    ),
    Defect("季度信息损坏", write(INFO, b"\xd0\xcf\x11\xe0" + bytes(600)), Told("F104", INFO, "", "", INFO)),
    Defect("评分表是空文件", write(SCORES, b""), Told("F108", SCORES, "", "", _file(SCORES))),
    Defect("找错台账是空文件", write(REPORTS, b""), Told("F108", REPORTS, "", "", REPORTS)),
    Defect("找错台账编码损坏", _undecodable, Told("F103", REPORTS, "", "", REPORTS, says="第 5 行")),
    _foreign("设有密码的旧版工作簿", "附表.xls", _encrypted(), "F109"),
    _foreign("网页另存为xls", "导出.xls", b"<html><table><tr><td>1</td></tr></table></html>", "F110", "网页"),
    _foreign("压缩包改名为xlsx", "附表.xlsx", b"Rar!\x1a\x07\x01\x00rest", "F111", "RAR"),
    _foreign("多个表格打成压缩包", "附表.zip", _package("一.xlsx", "二.xlsx"), "F111", "ZIP"),
    _foreign("扫描件", "盖章件.pdf", b"%PDF-1.7\n\x00\x01", "F112", "PDF"),
    _foreign("照片", "盖章件.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "F113", "JPEG"),
    _foreign("文字文档改名为xlsx", "说明.xlsx", _package("[Content_Types].xml", "word/document.xml"), "F114"),
    _foreign("上世纪的表格", "附表.xls", b"\x09\x08\x08\x00\x00\x05\x10\x00", "F115"),
    Defect(
        "写到表格尽头",
        put(FUNCTIONS, "功能建设", A100001="完"),
        Told("F116", FUNCTIONS, "", "", _file(FUNCTIONS), says="100000 行"),
    ),
    Defect("工作簿内含实体声明", _declare_entity, Told("F117", FUNCTIONS, "", "", _file(FUNCTIONS))),
    *(
        Defect(f"缺少{sheet}工作表", _without(INFO, sheet), Told("F101", INFO, "", "", f"季度信息“{sheet}”"))
        for sheet in ("基本信息", "时间范围", "存在的问题", "工作要求")
    ),
    Defect("缺少区门户工作表", _without(SCORES, PORTALS), Told("F107", SCORES, "", "", PORTALS, says="应有 16 个网站")),
    Defect(
        "缺少部门网站工作表",
        _without(SCORES, DEPARTMENTS),
        Told("F107", SCORES, "", "", DEPARTMENTS, says="应有 59 个网站"),
    ),
    Defect(
        "必有的列改了名",
        rework(SCORES, _renamed_header),
        Told("F102", SCORES, DEPARTMENTS, "", DEPARTMENTS, says="最接近的是“政府网站检查评分表”，缺少：单项否决"),
    ),
    Defect(
        "没有表头的续表",
        rework(ACCOUNTS, _rest_on_another_sheet),
        Told("F102", ACCOUNTS, "检查情况续", "", "检查情况续"),
    ),
    Defect(
        "别的表格",
        write("采购清单.csv", "品名,数量,单价\n纸,3,20\n".encode("gb18030")),
        Told("F102", "采购清单.csv", "", "", "采购清单.csv"),
    ),
    Defect(
        "台账用竖线分隔",
        _separate("|"),
        Told("F102", REPORTS, "", "", REPORTS, says="以逗号、制表符或者分号分列的表头"),
    ),
    Defect(
        "季度信息的工作表写错名称",
        rework(INFO, lambda book: setattr(book["典型做法"], "title", "典型作法")),
        Told("F102", INFO, "典型作法", "", "典型作法", says="典型做法"),
    ),
    Defect(
        "同一文件交了两份",
        _copy(SCORES, "评分表（副本）.xlsx"),
        Told("F106", "评分表（副本）.xlsx", "", "", "评分表（副本）.xlsx"),
    ),
    Defect(
        "同一工作表另存后又交",
        both(_copy(ACCOUNTS, "账号.xlsx"), rework("账号.xlsx", lambda book: None)),
        Told("F106", "账号.xlsx", "检查情况", "", "检查情况"),
    ),
    Defect("有两本季度信息", _second_info, Told("F106", "材料.xlsx", "基本信息", "", "基本信息")),
    *(
        Defect(f"只有表头的{sheet}", _keep(name, sheet), Told("F124", name, sheet, "", title))
        for name, sheet, title in (
            (LEDGER, "扣分明细", "扣分明细"),
            (ACCOUNTS, "检查情况", "政务新媒体检查情况表"),
            (FUNCTIONS, "功能建设", "网站功能建设情况表"),
        )
    ),
    Defect("只有表头的找错台账", _keep_first_line, Told("F124", REPORTS, "", "", "找错台账")),
    Defect("只有表头的时间范围", _keep(INFO, "时间范围"), Told("F124", INFO, "时间范围", "", "季度信息“时间范围”")),
    *(
        Defect(f"复查后的{name}又作一张工作表", rework(name, _recheck(cell, text)), Told("F106", name, copy, "", copy))
        for name, cell, text, copy in (
            (SCORES, "F5", "2", f"{PORTALS} Copy"),
            (LEDGER, "F8", "0.5", "扣分明细 Copy"),
            (ACCOUNTS, "F5", "不合格", "检查情况 Copy"),
            (FUNCTIONS, "D5", "否", "功能建设 Copy"),
        )
    ),
    Defect(
        "表题是上季度的",
        put(SCORES, PORTALS, A1="2021年第二季度区政府门户网站检查评分表"),
        Told("F125", SCORES, PORTALS, "A1", "2021年第二季度区政府门户网站检查评分表", says="2021年第三季度"),
    ),
    Defect(
        "文件名是上季度的",
        _rename(FUNCTIONS, "2021年2季度功能.xlsx"),
        Told("F125", "2021年2季度功能.xlsx", "", "", "2021年2季度功能.xlsx"),
    ),
    Defect(
        "数据所在的工作表隐藏",
        rework(FUNCTIONS, lambda book: (book.create_sheet("说明"), setattr(book["功能建设"], "sheet_state", "hidden"))),
        Told("F118", FUNCTIONS, "功能建设", "", "功能建设"),
    ),
    Defect(
        "有隐藏行",
        rework(ACCOUNTS, _hide("检查情况", "row", 5)),
        Told("F119", ACCOUNTS, "检查情况", "", "检查情况", says="第 5 行"),
    ),
    Defect(
        "有隐藏列",
        rework(ACCOUNTS, _hide("检查情况", "column", "F")),
        Told("F120", ACCOUNTS, "检查情况", "", "检查情况", says="F 列"),
    ),
    Defect(
        "工作簿正在编辑",
        lambda delivered: (delivered.folder / f"~${delivered.file(LEDGER).name}").write_bytes(b"x"),
        Told("F121", LEDGER, "", "", _file(LEDGER)),
    ),
    Defect(
        "文件是快捷方式",
        lambda delivered: (delivered.folder / "附表.xlsx").symlink_to("原件.xlsx"),
        Told("F122", "附表.xlsx", "", "", "附表.xlsx", says="链接"),
    ),
    Defect(
        "文件名含不可见字符",
        write("附\u200b表.xlsx", b"x"),
        Told("F123", "附〈U+200B〉表.xlsx", "", "", "附〈U+200B〉表.xlsx"),
    ),
    Defect(
        "文件名中的标识码与内容不符",
        _rename(LEDGER, "1_1101010001_20210928.xlsx"),
        Told("R420", "1_1101010001", "", "", "1101010001"),
    ),
)
