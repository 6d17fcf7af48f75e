"""What an issue is made of, what it refuses, and that nothing of it changes afterwards (印发)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.dispatch.issuing import register
from pipeline.dispatch.later import Later, changes_since_issue
from pipeline.dispatch.recipients import choose, recipients_of
from pipeline.dispatch.records import changed_files, issues, read_issue
from pipeline.document.conformance.checker import conform
from pipeline.document.geometry import FILE, LETTER
from pipeline.document.package import read_parts
from pipeline.document.reading import read_docx
from pipeline.errors import DispatchError
from pipeline.office.opening import open_quarter
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from tests.dispatch.conftest import copied
from tests.dispatch.desk import FACTS, NUMBER, QUARTER, Desk, called, feedback, owners, replaced, secret, tamper


def refusal(desk: Desk, **order: object) -> str:
    done = issues(desk.paths, QUARTER)
    with pytest.raises(DispatchError) as raised:
        desk.issue(**order)  # type: ignore[arg-type]
    assert issues(desk.paths, QUARTER) == done
    return raised.value.message


def texts(path: Path) -> list[str]:
    return read_docx(path.read_bytes())


def rest(path: Path) -> Iterator[str]:
    """Every part of a package of parts, packages within it opened."""
    for name, data in read_parts(path.read_bytes()).items():
        yield name
        if zipfile.is_zipfile(BytesIO(data)):
            yield from (part.decode("utf-8", "replace") for part in read_parts(data).values())
        else:
            yield data.decode("utf-8", "replace")


# ---- the document ----------------------------------------------------------------------------------------------------


def test_the_approved_words_under_a_red_head(desk: Desk) -> None:
    desk.sign(("我局组织开展了", "我局会同有关单位组织开展了"))
    made = desk.issue()
    path = desk.folder() / f"{NUMBER}.docx"
    printed = texts(path)
    assert printed[:2] == ["北京市政务服务管理局文件", NUMBER]
    assert any("我局会同有关单位组织开展了" in text for text in printed)
    assert "2021年8月6日" in printed
    assert printed[-1].split() == ["北京市政务服务管理局办公室", "2021年8月6日印发"]
    assert printed[-2].startswith("抄送：市委办公厅，")
    assert conform(path.read_bytes(), FILE).conforms
    assert (made.document_number, made.date, made.profile) == (NUMBER, "2021-08-06", "文件格式")
    assert made.approvals[0].consent == "市政府办公厅批件第1号"
    assert changed_files(desk.folder(), made.files) == []


def test_a_letter_and_chosen_copies(desk: Desk) -> None:
    desk.sign()
    made = desk.issue("京政服函〔2021〕3号", profile="信函", copies=("市委办公厅",))
    data = (desk.folder() / "京政服函〔2021〕3号.docx").read_bytes()
    assert conform(data, LETTER).conforms
    assert read_docx(data)[-1] == "抄送：市委办公厅。"
    assert [item.name for item in made.packages if item.category == "抄送"] == ["市委办公厅"]


def test_copies_go_to_registered_bodies(desk: Desk) -> None:
    known = recipients_of(load_registry(desk.paths.reference).at(Quarter.parse(QUARTER)))
    with pytest.raises(DispatchError, match=r"没有分发对象“某办”\n　市政协办公厅 写了 2 次"):
        choose(known, ("市政协办公厅", "市政协办公厅", "某办"))


def test_comments_changes_and_names_do_not_go_out(desk: Desk) -> None:
    heading = "一、总体情况</w:t></w:r>"
    inserted = '<w:ins w:id="9" w:author="张三"><w:r><w:t>（检查范围）</w:t></w:r></w:ins>'
    comment = '<w:commentRangeStart w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    desk.sign((heading, heading + inserted + comment))
    desk.issue()
    parts = read_parts((desk.folder() / f"{NUMBER}.docx").read_bytes())
    whole = "".join(part.decode("utf-8", "replace") for part in parts.values())
    assert "（检查范围）" in whole
    assert [word for word in ("张三", "<w:ins ", "<w:del ", "comment", "lastModifiedBy") if word in whole] == []


def test_the_same_order_gives_the_same_bytes(issued: Desk, produced: Path, tmp_path: Path) -> None:
    other = copied(produced, tmp_path / "other")
    other.sign()
    other.issue()
    first, second = ({path.relative_to(desk.folder()): path.read_bytes() for path in desk.folder().rglob("*") if path.is_file()}
                     for desk in (issued, other))  # fmt: skip
    assert first == second
    assert {oct(path.stat().st_mode & 0o777) for path in issued.folder().rglob("*") if path.is_file()} == {"0o444"}


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"number": "京政服发[2021]12号"}, "六角括号"),
        ({"number": "京政服发〔2021〕012号"}, "序号不加零"),
        ({"number": "京政服发〔2020〕12号"}, "年份与成文日期"),
        ({"number": "京政发〔2021〕12号"}, "代字应为京政服发"),
        ({"date": "2021-08-02"}, "早于签发日期"),
        ({"date": "2021.8.6"}, "不是日期"),
        ({"profile": "正文稿"}, "没有可供印发的版式"),
        ({"corrects": 1}, "还没有印发"),
    ],
)
def test_orders_that_cannot_be_followed(desk: Desk, order: dict[str, object], told: str) -> None:
    desk.sign()
    assert told in refusal(desk, **order)


def test_a_number_is_used_once_in_all_quarters(issued: Desk) -> None:
    other = issued.paths.issued("2021Q1")
    (other / "1").mkdir(parents=True)
    record = (issued.folder() / "issued.json").read_text("utf-8").replace(f'"{QUARTER}"', '"2021Q1"')
    (other / "1" / "issued.json").write_text(record.replace(NUMBER, "京政服发〔2021〕9号"), "utf-8")
    issued.sign()
    told = refusal(issued, number="京政服发〔2021〕9号", date="2021-07-01", corrects=1)
    assert "已用于 2021Q1 第 1 次印发" in told and "早于签发日期" in told and "共 2 项" in told


def test_nothing_is_issued_twice_or_unsigned(desk: Desk) -> None:
    assert "还没有签发" in refusal(desk)
    desk.sign()
    desk.issue()
    assert f"已经印发：第 1 次，{NUMBER}" in refusal(desk, number="京政服发〔2021〕13号")
    assert "更正后的文字还没有签发" in refusal(desk, number="京政服发〔2021〕13号", corrects=1)
    assert f"已经印发：第 1 次，{NUMBER}" in refusal(desk, number="京政服发〔2021〕13号", corrects=2)


def test_feedback_of_an_inspected_unit_is_there_and_that_of_the_signed_run(desk: Desk) -> None:
    facts = BulletinFacts.from_json(FACTS.read_bytes())
    sheets = feedback(facts)
    gone = next(name for name in sheets if "海淀区" in name)
    desk.produce(facts, {name: data for name, data in sheets.items() if name != gone} | {"feedback/99-某区.docx": b"?"})
    desk.sign()
    (desk.paths.out(QUARTER) / next(name for name in sheets if "东城区" in name)).write_bytes(b"changed")
    told = refusal(desk)
    assert "被检查单位海淀区没有反馈单" in told
    assert "东城区的反馈单" in told and "与签发时的不同" in told
    assert "feedback/99-某区.docx 不是任何分发对象的反馈材料" in told


def test_a_unit_with_accounts_alone_has_a_feedback_sheet(desk: Desk) -> None:
    facts = BulletinFacts.from_json(FACTS.read_bytes())
    media = facts.new_media
    below = replace(media.departments.units_below, members=("市人民检察院",))
    only = replace(facts, new_media=replace(media, departments=replace(media.departments, units_below=below)))
    desk.produce(only, feedback(facts))
    desk.sign()
    assert "被检查单位市人民检察院没有反馈单" in refusal(desk)


def test_recipients_of_the_registry(desk: Desk) -> None:
    desk.sign()
    path = desk.paths.reference / "recipients.toml"
    with path.open("a", encoding="utf-8") as stream:
        stream.write('\n[[recipient]]\nunit = "haidian"\ncategory = "addressee"\n')
        stream.write('\n[[recipient]]\nname = "某办/某处"\ncategory = "copied_to"\n')
        stream.write('\n[[recipient]]\ncategory = "copied_to"\n')
    told = refusal(desk)
    assert "haidian 列了 2 次" in told and "“某办/某处”不能用作文件名" in told and "二者取一" in told


# ---- packages --------------------------------------------------------------------------------------------------------


def test_every_package_holds_its_own_feedback_and_nobody_elses(issued: Desk) -> None:
    made = read_issue(issued.paths, QUARTER)
    assert len(made.packages) == 81
    inspected = 0
    for package in made.packages:
        found = "\n".join(rest(issued.folder() / package.zip))
        secrets = set(re.findall(r"仅[^可]+可见的问题证据", found))
        own = {secret(package.name)} if f"{package.name}反馈单.docx" in package.files else set()
        assert secrets == own, package.name
        inspected += bool(own)
    assert inspected == len(owners(BulletinFacts.from_json(FACTS.read_bytes())))
    outside = [item for item in made.packages if item.category == "抄送"]
    assert {tuple(item.files) for item in outside} == {("京政服发〔2021〕12号.docx", "材料清单.txt", "送达函.docx")}


def test_zips_open_everywhere_and_hold_the_issued_bytes(issued: Desk) -> None:
    made = read_issue(issued.paths, QUARTER)
    package = made.package("chaoyang")
    notice = (issued.folder() / made.document).read_bytes()
    with zipfile.ZipFile(issued.folder() / package.zip) as archive:
        assert archive.testzip() is None
        assert all(info.flag_bits & 0x800 for info in archive.infolist())  # names are UTF-8 and say so
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read(f"{NUMBER}.docx") == notice
        listed = archive.read("材料清单.txt").decode("utf-8-sig")
        for name in archive.namelist():
            assert (issued.folder() / package.zip.removesuffix(".zip") / name).read_bytes() == archive.read(name)
            assert name == "材料清单.txt" or re.search(rf"{re.escape(name)}\t\d+\t{package.files[name]}\r\n", listed)


def test_the_covering_letter_conforms_and_names_its_enclosures(issued: Desk) -> None:
    path = issued.folder() / "packages" / "03-朝阳区" / "送达函.docx"
    printed = texts(path)
    assert printed[1] == "北京市朝阳区人民政府：" and "整改回执" in printed[2]
    assert f"随函材料共3件：{NUMBER}、朝阳区反馈单、朝阳区整改回执；" in printed[2]
    assert conform(path.read_bytes()).failures == ()
    other = texts(issued.folder() / "packages" / "76-市委办公厅" / "送达函.docx")
    assert "反馈" not in "".join(other)


# ---- afterwards ------------------------------------------------------------------------------------------------------


def test_what_is_issued_is_seen_to_be_changed(issued: Desk) -> None:
    made = read_issue(issued.paths, QUARTER)
    path = issued.folder() / made.package("chaoyang").zip
    tamper(path, path.read_bytes()[:-1])
    (issued.folder() / "notice.json").unlink()
    told = changed_files(issued.folder(), made.files)
    assert len(told) == 2 and "notice.json 无法读取" in told[0] and "03-朝阳区.zip 与记录的校验值不符" in told[1]


def test_a_sealed_file_is_kept_by_its_hash(issued: Desk) -> None:
    scan = issued.paths.data / "盖章件.pdf"
    scan.write_bytes(b"%PDF-1.4 sealed")
    digest = register(issued.paths, QUARTER, scan)
    assert register(issued.paths, QUARTER, scan) == digest
    kept = issued.folder() / "sealed" / digest / "盖章件.pdf"
    assert kept.read_bytes() == scan.read_bytes()
    with pytest.raises(DispatchError, match="不是盖章件"):
        register(issued.paths, QUARTER, scan.rename(scan.with_suffix(".txt")))


def test_a_sealed_document_may_differ_in_number_date_copies_and_head_alone(issued: Desk) -> None:
    data = (issued.folder() / f"{NUMBER}.docx").read_bytes()
    head = replaced(
        data, ("北京市政务服务管理局文件</w:t>", "北京市政务服务管理局</w:t>"), (NUMBER, "京政服发〔2021〕20号")
    )
    register(issued.paths, QUARTER, issued.save(head, "盖章.docx"))
    worded = replaced(data, ("二、存在的问题", "二、有关问题"))
    with pytest.raises(DispatchError, match="签发：二、存在的问题；现为：二、有关问题"):
        register(issued.paths, QUARTER, issued.save(worded, "改字.docx"))


def test_the_next_quarter_takes_its_earlier_facts_from_the_issue(issued: Desk) -> None:
    facts = BulletinFacts.from_json(FACTS.read_bytes())
    issued.produce(later(facts))
    opened = open_quarter(issued.paths, "2021Q3")
    assert opened.earlier == {QUARTER: issued.folder()}
    assert (issued.paths.raw("2021Q3") / "前期" / f"{QUARTER}.facts.json").read_bytes() == facts.to_json()


def later(facts: BulletinFacts) -> BulletinFacts:
    """Facts after a late correction: one message more."""
    messages = facts.error_reports.messages
    more = replace(messages, value=messages.value + 1)
    return replace(facts, error_reports=replace(facts.error_reports, messages=more))


def test_a_later_run_is_compared_with_what_was_issued(issued: Desk) -> None:
    assert changes_since_issue(issued.paths, QUARTER) == []
    facts = BulletinFacts.from_json(FACTS.read_bytes())
    issued.produce(later(facts))
    count = facts.error_reports.messages.value
    (change,) = changes_since_issue(issued.paths, QUARTER)
    figure = facts.error_reports.messages.id
    assert change == Later(figure, called(figure), str(count), str(count + 1))


def test_a_re_issue_names_what_it_corrects_figure_by_figure(issued: Desk) -> None:
    facts = BulletinFacts.from_json(FACTS.read_bytes())
    count, figure = facts.error_reports.messages.value, facts.error_reports.messages.id
    issued.produce(later(facts))
    issued.sign(("我局组织开展了", "我局会同有关单位组织开展了"))
    order = {"number": "京政服发〔2021〕15号", "date": "2021-09-01", "corrects": 1}
    told = refusal(issued, **order)
    assert f"{figure}　{called(figure)}：{count} → {count + 1}" in told and "会同有关单位" in told
    assert "没有这个数字" in refusal(issued, **order, why={"sites.none": "补报"}, reason="补报")
    made = issued.issue(**order, why={figure: "补报一条留言"}, reason="文字调整")  # type: ignore[arg-type]
    assert made.corrects is not None
    assert (made.corrects.issue, made.corrects.document_number) == (1, NUMBER)
    sheet = texts(issued.folder(2) / "更正说明.docx")
    assert any(f"2021年8月6日印发的《{made.title}》（{NUMBER}）" in text for text in sheet)
    row = sheet.index(str(count))
    assert sheet[row : row + 3] == [str(count), str(count + 1), "补报一条留言"]
    assert "文字调整" in sheet
    assert conform((issued.folder(2) / "更正说明.docx").read_bytes()).failures == ()
    assert all("更正说明.docx" in package.files for package in made.packages)
    assert issues(issued.paths, QUARTER) == [1, 2]
    assert changed_files(issued.folder(), read_issue(issued.paths, QUARTER, 1).files) == []
    assert open_quarter(issued.paths, "2021Q3").earlier == {QUARTER: issued.folder(2)}
