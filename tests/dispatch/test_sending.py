"""To every recipient once, only what was issued, and everything in the journal (分发)."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.dispatch import journal
from pipeline.dispatch.journal import JOURNAL, Event, Kind, State, open_journal, read_events
from pipeline.dispatch.records import ISSUE, Package, read_issue
from pipeline.dispatch.register import REGISTER
from pipeline.dispatch.sending import Wish, dispatch, open_transport, stand, unsettled
from pipeline.dispatch.transports import OUTBOX, FolderTransport, MailTransport, mail_transport
from pipeline.errors import DispatchError
from pipeline.output import sha256
from pipeline.settings import Mail
from tests.dispatch.desk import QUARTER, Desk, tamper
from tests.dispatch.post import PASSWORD, SENDER, USER, Post, open_post

DATE = "Fri, 06 Aug 2021 09:00:00 +0800"


def folder_transport(desk: Desk) -> FolderTransport:
    return FolderTransport(desk.folder() / OUTBOX)


def refusal(desk: Desk, transport: object, **wish: tuple[str, ...]) -> str:
    before = (desk.folder() / JOURNAL).read_bytes() if (desk.folder() / JOURNAL).exists() else b""
    with pytest.raises(DispatchError) as raised:
        dispatch(desk.paths, QUARTER, transport, Wish(**wish))  # type: ignore[arg-type]
    assert (desk.folder() / JOURNAL).read_bytes() == before
    return raised.value.message


def kinds(desk: Desk, key: str) -> list[Kind]:
    return [event.kind for event in read_events(desk.folder()) if event.recipient == key]


# ---- folder ----------------------------------------------------------------------------------------------------------


def test_every_package_once_and_a_rerun_sends_nothing(issued: Desk) -> None:
    way = folder_transport(issued)
    seen: list[str] = []
    standing = dispatch(
        issued.paths, QUARTER, way, Wish(), progress=lambda name, at, of: seen.append(f"{name}{at}/{of}")
    )
    made = read_issue(issued.paths, QUARTER)
    assert seen[0] == "东城区1/81" and len(seen) == 81
    assert len(standing.in_state(State.SENT)) == 81 and unsettled(standing) == []
    for package in made.packages:
        assert sha256((way.folder / Path(package.zip).name).read_bytes()) == package.sha256
        assert kinds(issued, package.key) == [Kind.INTENT, Kind.SENT]
    assert dispatch(issued.paths, QUARTER, way, Wish()).due == ()
    assert len(read_events(issued.folder())) == 162


def test_a_dry_run_does_nothing(issued: Desk) -> None:
    standing = dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("朝阳区", "haidian")), dry_run=True)
    assert [package.name for package in standing.due] == ["朝阳区", "海淀区"]
    assert not (issued.folder() / OUTBOX).exists() and not (issued.folder() / JOURNAL).exists()


def test_all_problems_before_anything_is_sent(issued: Desk) -> None:
    made = read_issue(issued.paths, QUARTER)
    changed = issued.folder() / made.package("chaoyang").zip
    tamper(changed, b"other")
    (issued.folder() / made.document).unlink()
    told = refusal(issued, folder_transport(issued), to=("朝阳区", "某区", "海淀区", "海淀区"), confirm=("东城区",))
    for words in ("03-朝阳区.zip 与记录的校验值不符", f"{made.document} 无法读取", "没有分发对象“某区”", "重复：haidian",
                  "东城区不是待核实的"):  # fmt: skip
        assert words in told
    assert "共 5 项" in told


def test_a_record_other_than_that_of_the_journal(issued: Desk) -> None:
    dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("朝阳区",)))
    record = issued.folder() / ISSUE
    tamper(record, record.read_bytes() + b"\n")
    assert "issued.json 与流水所记的不同" in refusal(issued, folder_transport(issued))


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(issued: Desk) -> None:
    blocked = issued.folder() / OUTBOX / "01-东城区.zip"
    blocked.mkdir(parents=True)
    standing = dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("东城区", "西城区")))
    (failed,) = unsettled(standing)
    assert failed.name == "东城区" and "无法写入" in standing.of(failed).detail
    blocked.rmdir()
    assert [item.name for item in dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("东城区",))).due] == [
        "东城区"
    ]
    assert kinds(issued, "dongcheng") == [Kind.INTENT, Kind.FAILED, Kind.INTENT, Kind.SENT]


# ---- the journal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def interrupted(issued: Desk) -> Desk:
    """朝阳区 was being sent when the power went."""
    made = read_issue(issued.paths, QUARTER)
    record = sha256((issued.folder() / ISSUE).read_bytes())
    with open_journal(issued.folder()) as held:
        held.append(Event(Kind.INTENT, "chaoyang", record, made.package("chaoyang").sha256, "交换系统"))
    return issued


def test_an_intent_without_outcome_waits_for_a_decision(interrupted: Desk) -> None:
    way = folder_transport(interrupted)
    standing = dispatch(interrupted.paths, QUARTER, way, Wish())
    (open_,) = unsettled(standing)
    assert open_.name == "朝阳区" and not (way.folder / "03-朝阳区.zip").exists()
    assert len(standing.in_state(State.SENT)) == 80
    assert kinds(interrupted, "chaoyang") == [Kind.INTENT]
    again = dispatch(interrupted.paths, QUARTER, way, Wish(resend=("朝阳区",)))
    assert unsettled(again) == [] and (way.folder / "03-朝阳区.zip").exists()
    assert kinds(interrupted, "chaoyang") == [Kind.INTENT, Kind.RESEND, Kind.INTENT, Kind.SENT]


def test_a_confirmed_one_is_not_sent(interrupted: Desk) -> None:
    way = folder_transport(interrupted)
    standing = dispatch(interrupted.paths, QUARTER, way, Wish(to=("朝阳区",), confirm=("朝阳区",)))
    assert standing.due == () and not (way.folder / "03-朝阳区.zip").exists()
    assert standing.of(standing.issue.package("chaoyang")).state is State.SENT
    assert "朝阳区不是待核实的" in refusal(interrupted, way, resend=("朝阳区",))


@pytest.mark.parametrize("kept", [1, 40, -1])
def test_a_line_cut_off_counts_for_nothing(interrupted: Desk, kept: int) -> None:
    path = interrupted.folder() / JOURNAL
    whole = path.read_bytes()
    path.write_bytes(whole + whole.replace(b"chaoyang", b"haidian").rstrip(b"\n")[:kept])
    assert kinds(interrupted, "haidian") == []
    dispatch(interrupted.paths, QUARTER, folder_transport(interrupted), Wish(("海淀区",)))
    assert kinds(interrupted, "haidian") == [Kind.INTENT, Kind.SENT]
    assert kinds(interrupted, "chaoyang") == [Kind.INTENT]


def test_a_line_that_was_changed_is_refused(interrupted: Desk) -> None:
    path = interrupted.folder() / JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"intent"', b'"sent!!"'))
    assert "第 1 行已经损坏" in refusal(interrupted, folder_transport(interrupted))


@pytest.mark.parametrize("line", [b"", b'{"kind": "intent", "recip'])
def test_a_line_taken_out_or_damaged_is_seen(interrupted: Desk, line: bytes) -> None:
    dispatch(interrupted.paths, QUARTER, folder_transport(interrupted), Wish(("海淀区", "丰台区")))
    path = interrupted.folder() / JOURNAL
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:1], line and line + b"\n", *lines[2:]]))
    assert "以前的内容被改动" in refusal(interrupted, folder_transport(interrupted))


def test_a_full_disk_stops_before_anything_is_handed_over(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    written = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: written(descriptor, data[:50]))
    with pytest.raises(DispatchError, match="No space left"):
        dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("朝阳区",)))
    monkeypatch.undo()
    assert not (issued.folder() / OUTBOX).exists() and read_events(issued.folder()) == []
    standing = dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("朝阳区",)))
    assert [item.name for item in standing.in_state(State.SENT)] == ["朝阳区"]


def test_a_clock_that_goes_back_changes_no_state(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("朝阳区",)))
    earlier = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(journal, "moment", lambda: earlier)
    standing = dispatch(issued.paths, QUARTER, folder_transport(issued), Wish())
    assert len(standing.in_state(State.SENT)) == 81 and len(standing.due) == 80


def test_two_do_not_send_at_once(issued: Desk) -> None:
    with open_journal(issued.folder()), pytest.raises(DispatchError, match="另一个程序正在分发"):
        dispatch(issued.paths, QUARTER, folder_transport(issued), Wish())


# ---- the register ----------------------------------------------------------------------------------------------------


def fill(path: Path, **cells: str) -> None:
    book = openpyxl.load_workbook(path)
    for cell, text in cells.items():
        book["分发登记表"][cell] = text
    book.save(path)


def test_the_register_is_filled_and_read_back(issued: Desk) -> None:
    way = folder_transport(issued)
    dispatch(issued.paths, QUARTER, way, Wish(("东城区", "西城区")))
    path = way.folder / REGISTER
    sheet = openpyxl.load_workbook(path)["分发登记表"]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True)}
    package = read_issue(issued.paths, QUARTER).package("dongcheng")
    assert rows["东城区"][2:6] == ("主送", "01-东城区.zip", package.sha256, "已发") and rows["东城区"][7] == "交换系统"
    assert rows["朝阳区"][5] == "未发" and len(rows) == 83
    fill(path, H3="机要交换", I3="2021-08-09 10:30", I4="2021年8月10日", H5="专人送达")
    standing = stand(issued.paths, QUARTER)
    assert [item.name for item in standing.in_state(State.RECEIVED)] == ["东城区", "西城区"]
    assert standing.of(package).received_at == "2021-08-09 10:30" and standing.of(package).transport == "机要交换"
    dispatch(issued.paths, QUARTER, way, Wish(("朝阳区",)))
    rows = {row[1]: row for row in openpyxl.load_workbook(path)["分发登记表"].iter_rows(values_only=True)}
    assert rows["东城区"][7:9] == ("机要交换", "2021-08-09 10:30") and rows["朝阳区"][7] == "专人送达"
    assert kinds(issued, "dongcheng") == [Kind.INTENT, Kind.SENT, Kind.RECEIVED]


def test_a_register_filled_wrongly_is_refused_with_every_fault(issued: Desk) -> None:
    way = folder_transport(issued)
    dispatch(issued.paths, QUARTER, way, Wish(("东城区", "西城区", "朝阳区")))
    fill(way.folder / REGISTER, B3="某区", I4="上周", E5="0" * 64, I6="2021-08-09")
    with pytest.raises(DispatchError) as raised:
        stand(issued.paths, QUARTER)
    for words in ("没有分发对象“某区”", "西城区的签收时间“上周”不是日期", "朝阳区的校验值与印发的不同",
                  "海淀区登记了签收时间，但状态是未发"):  # fmt: skip
        assert words in raised.value.message
    (way.folder / REGISTER).write_bytes(b"?")
    with pytest.raises(DispatchError, match="无法读取"):
        stand(issued.paths, QUARTER)


# ---- e-mail ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder_of_post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("post")


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mail(post: Post, folder_of_post: Path) -> Iterator[Mail]:
    with open_post(post, folder_of_post) as settings:
        yield settings


def by_mail(desk: Desk, mail: Mail) -> MailTransport:
    packages = read_issue(desk.paths, QUARTER).packages
    return MailTransport(mail, DATE, {item.key: address(item) for item in packages})


def address(package: Package) -> str:
    return f"unit{package.number}@example.org"


def test_mail_carries_the_issued_bytes_to_their_recipient(issued: Desk, post: Post, mail: Mail) -> None:
    standing = dispatch(issued.paths, QUARTER, by_mail(issued, mail), Wish(("朝阳区", "海淀区", "市委办公厅")))
    assert len(standing.in_state(State.SENT)) == 3 and post.identities == [USER]  # over one connection
    for package in standing.due:
        (message,) = post.got(address(package))
        (attachment,) = message.iter_attachments()
        assert sha256(attachment.get_content()) == package.sha256
        assert attachment.get_filename() == Path(package.zip).name
        assert package.name in str(message["Subject"]) and message["From"] == SENDER
    ids = {str(message["Message-ID"]) for message in post.accepted}
    assert all(message.as_bytes().isascii() for message in post.accepted)
    assert len(ids) == 3 and all(item.startswith("<2021Q2.1.") and item.endswith("@example.org>") for item in ids)


@pytest.mark.parametrize(
    ("faults", "state", "accepted"),
    [
        (["451"], State.SENT, 1),
        (["450 rcpt", "451"], State.SENT, 1),
        (["slow"], State.SENT, 1),
        (["451", "451", "451"], State.FAILED, 0),
        (["554"], State.FAILED, 0),
        (["drop"], State.UNCERTAIN, 0),
        (["lost"], State.UNCERTAIN, 1),
    ],
)
def test_what_the_server_answers(
    issued: Desk, post: Post, mail: Mail, faults: list[str], state: State, accepted: int
) -> None:
    package = read_issue(issued.paths, QUARTER).package("chaoyang")
    post.faults[address(package)] = list(faults)
    standing = dispatch(issued.paths, QUARTER, by_mail(issued, mail), Wish(("朝阳区",)))
    assert standing.of(package).state is state and len(post.accepted) == accepted
    assert post.faults[address(package)] == []


@pytest.mark.parametrize("polite", [True, False])
def test_a_connection_that_ends_between_messages_costs_no_try(
    issued: Desk, post: Post, mail: Mail, polite: bool
) -> None:
    post.patience, post.polite = 2, polite
    names = ("东城区", "西城区", "朝阳区", "海淀区", "丰台区")
    standing = dispatch(issued.paths, QUARTER, by_mail(issued, replace(mail, pause_seconds=600)), Wish(names))
    assert [item.name for item in standing.in_state(State.SENT)] == [*names]
    assert [str(message["To"]) for message in post.accepted] == [address(item) for item in standing.due]
    assert post.identities == [USER] * 3


def test_a_refused_one_does_not_hold_up_the_next(issued: Desk, post: Post, mail: Mail) -> None:
    names, known = ("东城区", "西城区", "朝阳区", "海淀区", "丰台区"), read_issue(issued.paths, QUARTER)
    for package, fault in zip(known.packages, ("554", "lost", "450 rcpt", "drop"), strict=False):
        post.faults[address(package)] = [fault]
    standing = dispatch(issued.paths, QUARTER, by_mail(issued, mail), Wish(names))
    states = [standing.of(package).state for package in standing.due]
    assert states == [State.FAILED, State.UNCERTAIN, State.SENT, State.UNCERTAIN, State.SENT]
    assert len(post.accepted) == 3  # one of them was lost on the way back


def test_a_message_sent_again_has_the_same_id(issued: Desk, post: Post, mail: Mail) -> None:
    package = read_issue(issued.paths, QUARTER).package("chaoyang")
    post.faults[address(package)] = ["lost"]
    dispatch(issued.paths, QUARTER, by_mail(issued, mail), Wish(("朝阳区",)))
    dispatch(issued.paths, QUARTER, by_mail(issued, mail), Wish(("朝阳区",), resend=("朝阳区",)))
    first, second = (str(message["Message-ID"]) for message in post.accepted)
    assert first == second


def test_no_mail_without_a_trusted_certificate_and_the_right_password(issued: Desk, post: Post, mail: Mail) -> None:
    package = read_issue(issued.paths, QUARTER).package("chaoyang")
    for settings, told in (
        (replace(mail, authorities=""), "证书或者加密连接不能通过核验"),
        (replace(mail, password="wrong"), "不接受登录"),
        (replace(mail, port=1), "无法连接邮件服务器"),
    ):
        standing = dispatch(issued.paths, QUARTER, by_mail(issued, settings), Wish(("朝阳区",)))
        assert standing.of(package).state is State.FAILED and told in standing.of(package).detail
    assert post.accepted == []
    assert PASSWORD not in (issued.folder() / JOURNAL).read_text("utf-8") and PASSWORD not in repr(mail)


def test_addresses_and_sizes_are_checked_before_anything_is_sent(issued: Desk, post: Post, mail: Mail) -> None:
    packages = read_issue(issued.paths, QUARTER).packages
    addresses = {item.key: address(item) for item in packages} | {
        "chaoyang": "",
        "haidian": "a@example.org\nBcc: b@example.org",
        "fengtai": "Unit1@example.org",
    }
    told = refusal(issued, MailTransport(mail, DATE, addresses))
    assert "朝阳区没有登记电子邮件地址" in told and "海淀区的电子邮件地址不能使用" in told and "共 4 项" in told
    assert all(f"{name}的电子邮件地址与其他单位的相同" in told for name in ("东城区", "丰台区"))
    told = refusal(issued, by_mail(issued, replace(mail, limit=100_000)))
    assert "东城区的材料包" in told and "超过邮件的上限 97 KB" in told and "共 81 项" in told
    assert post.accepted == []


def test_mail_is_off_unless_it_is_set_up(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DispatchError, match="没有设置电子邮件"):
        open_transport(issued.paths, QUARTER, "smtp")
    monkeypatch.setenv("BULLETIN_SMTP_HOST", "mail.example.org")
    with pytest.raises(DispatchError, match="不是电子邮件地址"):
        open_transport(issued.paths, QUARTER, "smtp")
    monkeypatch.setenv("BULLETIN_SMTP_FROM", SENDER)
    way = open_transport(issued.paths, QUARTER, "smtp")
    assert isinstance(way, MailTransport) and way.mail.port == 587 and not way.mail.implicit_tls
    with pytest.raises(DispatchError):
        mail_transport(None, DATE, {})


def test_a_list_of_recipients_that_changed_after_the_issue(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = issued.paths.reference / "recipients.toml"
    entries = path.read_text("utf-8").split("[[recipient]]\n")
    kept = [
        f'{entry.rstrip()}\naddress = "u{at}@example.org"\n'
        for at, entry in enumerate(entries)
        if "chaoyang" not in entry
    ]
    path.write_text("[[recipient]]\n".join([entries[0], *kept[1:], 'name = "某办"\ncategory = "copied_to"\n']), "utf-8")
    monkeypatch.setenv("BULLETIN_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("BULLETIN_SMTP_FROM", SENDER)
    told = refusal(issued, open_transport(issued.paths, QUARTER, "smtp"))
    assert "朝阳区没有登记电子邮件地址" in told and "共 1 项" in told
    standing = dispatch(issued.paths, QUARTER, open_transport(issued.paths, QUARTER, "folder"), Wish())
    assert len(standing.in_state(State.SENT)) == 81  # to whom, and what, was decided at issue


def test_states_for_machines_name_every_recipient(issued: Desk) -> None:
    dispatch(issued.paths, QUARTER, folder_transport(issued), Wish(("东城区",)))
    lines = [json.loads(line) for line in (issued.folder() / JOURNAL).read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["intent", "sent"] and lines[0]["at"] <= lines[1]["at"]
    with pytest.raises(DispatchError, match="没有第 3 次印发"):
        stand(issued.paths, QUARTER, 3)
