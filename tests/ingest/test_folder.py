"""What lies about in a raw folder: read, ignored or told, and nothing else."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from pipeline.errors import Severity, SourceError
from pipeline.findings import INFO_FILE
from pipeline.ingest.folder import Folder, evidence, survey


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A declared quarter without anything else."""
    put(tmp_path, INFO_FILE)
    return tmp_path


def put(folder: Path, name: str, data: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path, paths: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def told(found: Folder) -> list[tuple[str, str]]:
    return [(item.code, item.where.file) for item in found.findings]


def test_files_are_found_at_any_depth_in_order_of_names(folder: Path) -> None:
    for name in ("乙/2.csv", "乙/1.xlsx", "甲.xls", "乙.xlsx", "深/" * 300 + "3.ods"):
        put(folder, name)
    found = survey(folder)
    wanted = [INFO_FILE, "乙.xlsx", "乙/1.xlsx", "乙/2.csv", "深/" * 300 + "3.ods", "甲.xls"]
    assert found.files == tuple(sorted(folder / name for name in wanted))
    assert (found.ignored, found.findings, found.evidence, found.earlier) == ((), (), (), ())


@pytest.mark.parametrize(
    "name",
    ["~$甲.xlsx", ".~甲.et", ".~lock.甲.ods#", "Thumbs.db", "THUMBS.DB", "desktop.ini", "Desktop.ini", ".DS_Store", "._甲.xlsx",
     ".gitkeep", "README.md", "readme.txt", "README"],
)  # fmt: skip
def test_litter_of_programs_is_ignored_and_listed(folder: Path, name: str) -> None:
    put(folder, name)
    put(folder, f"机构/{name}")
    put(folder, f"截图/{name}")
    found = survey(folder)
    assert names(folder, found.files) == [INFO_FILE]
    assert found.ignored == tuple(sorted((name, f"机构/{name}", f"截图/{name}")))
    assert (found.findings, found.evidence) == ((), ())


def test_an_ignored_folder_is_not_entered(folder: Path) -> None:
    put(folder, ".git/甲.xlsx")
    found = survey(folder)
    assert (found.ignored, names(folder, found.files)) == ((".git/",), [INFO_FILE])


@pytest.mark.parametrize("lock", ["~$甲.xlsx", ".~甲.xlsx", ".~lock.甲.xlsx#"])
def test_a_lock_beside_its_workbook_warns(folder: Path, lock: str) -> None:
    put(folder, "机构/甲.xlsx")
    put(folder, f"机构/{lock}")
    found = survey(folder)
    (item,) = found.findings
    assert (item.code, item.where.file, item.value) == ("F121", "机构/甲.xlsx", "机构/甲.xlsx")
    assert item.severity is Severity.WARNING
    assert lock in item.message
    assert found.ignored == (f"机构/{lock}",)
    assert folder / "机构/甲.xlsx" in found.files


def test_two_locks_of_one_workbook_are_one_warning(folder: Path) -> None:
    for name in ("甲.xlsx", "~$甲.xlsx", ".~lock.甲.xlsx#"):
        put(folder, name)
    assert told(survey(folder)) == [("F121", "甲.xlsx")]


def test_a_lock_elsewhere_warns_of_nothing(folder: Path) -> None:
    put(folder, "甲.xlsx")
    put(folder, "机构/~$甲.xlsx")
    (folder / "机构/甲.xlsx").mkdir()
    assert survey(folder).findings == ()


def test_links_pipes_sockets_and_devices_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = put(folder.parent / f"{folder.name}-outside", "表.xlsx")
    (folder / "链接.xlsx").symlink_to(outside)
    (folder / "链接文件夹").symlink_to(outside.parent)
    (folder / "断开.xlsx").symlink_to("没有.xlsx")
    (folder / "截图").mkdir()
    (folder / "截图/1.png").symlink_to(outside)
    os.mkfifo(folder / "管道.xlsx")
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("套接字")
        found = survey(folder)
    entries = sorted(["链接.xlsx", "链接文件夹", "断开.xlsx", "截图/1.png", "管道.xlsx", "套接字"])
    assert told(found) == [("F122", name) for name in entries]
    assert {item.severity for item in found.findings} == {Severity.ERROR}
    kinds = {item.where.file: item.message for item in found.findings}
    assert "命名管道" in kinds["管道.xlsx"] and "链接" in kinds["断开.xlsx"] and "套接字" in kinds["套接字"]
    assert (names(folder, found.files), found.evidence) == ([INFO_FILE], ())


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "圈").symlink_to(folder)
    assert told(survey(folder)) == [("F122", "圈")]


def test_a_folder_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "机构"
    closed.mkdir()
    listed = Path.iterdir

    def iterdir(path: Path) -> object:
        if path == closed:
            raise PermissionError(13, "denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = survey(folder)
    assert told(found) == [("F122", "机构")]
    assert "无权读取" in found.findings[0].message


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xe7\x94\xb2\n.xlsx", "甲〈U+000A〉.xlsx"),
        (b"\xe7\x94\xb2\x1b[31m.xlsx", "甲〈U+001B〉[31m.xlsx"),
        ("甲\u202excod.xlsx".encode(), "甲〈U+202E〉xcod.xlsx"),
        (b"\xbc\xd7.xlsx", "〈U+DCBC〉〈U+DCD7〉.xlsx"),  # GB18030 from an archive
        (b"tab\t", "tab〈U+0009〉"),
    ],
)
def test_names_that_cannot_be_shown_are_told_not_read(folder: Path, name: bytes, shown: str) -> None:
    path = os.fsencode(folder) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(b"x")
    found = survey(folder)
    (item,) = found.findings
    assert (item.code, item.where.file) == ("F123", shown)
    assert item.message.isprintable() and item.message.encode()
    assert names(folder, found.files) == [INFO_FILE]


def test_a_folder_whose_name_cannot_be_shown_is_one_finding(folder: Path) -> None:
    for name in ("1.xlsx", "2.xlsx"):
        put(folder, f"机\x07构/{name}")
    assert told(survey(folder)) == [("F123", "机〈U+0007〉构")]


def test_earlier_quarters_are_kept_apart(folder: Path) -> None:
    for name in ("前期/2021Q2.facts.json", "前期/旧稿.docx", "前期/x/2021Q1.facts.json", "机构/前期/表.xlsx"):
        put(folder, name)
    found = survey(folder)
    assert names(folder, found.earlier) == ["前期/2021Q2.facts.json"]
    assert found.ignored == ("前期/x/2021Q1.facts.json", "前期/旧稿.docx")
    assert names(folder, found.files) == [INFO_FILE, "机构/前期/表.xlsx"]


def test_evidence_is_hashed_not_read(folder: Path) -> None:
    put(folder, "截图/1.png", b"one")
    put(folder, "机构/截图/深/2.png", b"")
    put(folder, "截图/Thumbs.db")
    put(folder, "截图.xlsx")
    found = survey(folder)
    assert names(folder, found.files) == sorted([INFO_FILE, "截图.xlsx"])
    assert evidence(folder) == {
        "截图/1.png": hashlib.sha256(b"one").hexdigest(),
        "机构/截图/深/2.png": hashlib.sha256(b"").hexdigest(),
    }
    assert list(evidence(folder)) == names(folder, found.evidence)


def test_evidence_that_cannot_be_read_is_a_plain_message(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "截图/1.png")

    def refuse(*_: object) -> object:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"无法读取“1\.png”"):
        evidence(folder)


def test_a_folder_without_quarter_info_is_no_quarter(tmp_path: Path) -> None:
    put(tmp_path, "甲.xlsx")
    with pytest.raises(SourceError, match=INFO_FILE) as caught:
        survey(tmp_path)
    assert caught.value.code == "quarter_folder"
    (tmp_path / INFO_FILE).mkdir()
    with pytest.raises(SourceError, match=INFO_FILE):
        survey(tmp_path)


def test_an_agency_surveys_a_folder_without_quarter_info(tmp_path: Path) -> None:
    put(tmp_path, "甲.xlsx")
    assert names(tmp_path, survey(tmp_path, declared=False).files) == ["甲.xlsx"]
    with pytest.raises(SourceError, match="没有文件夹"):
        survey(tmp_path / "无", declared=False)
    with pytest.raises(SourceError, match="没有文件夹"):
        evidence(tmp_path / "甲.xlsx")
