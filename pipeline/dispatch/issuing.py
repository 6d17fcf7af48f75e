"""Issuing: number, date, head and imprint on the approved text, and everything frozen (印发).

What lives here: what an order to issue must be, the issued document, the folder of an issue, sealed files that come back.
What must not: changing a word of the text.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.bulletin.blocks import Dispatch, Notice, Paragraph, Role, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.dispatch.approved import differences
from pipeline.dispatch.corrections import Text, corrections
from pipeline.dispatch.letters import CORRECTIONS, Reference, correction_sheet
from pipeline.dispatch.packages import make_packages, read_feedback
from pipeline.dispatch.public import FOLDER, PROACTIVE, load_publicity, public_files, public_notice
from pipeline.dispatch.recipients import Recipient, choose, recipients_of
from pipeline.dispatch.records import (
    FACTS,
    FROZEN,
    ISSUE,
    LEDGER,
    SIGNATURE,
    Corrected,
    Issue,
    Signature,
    figure_names,
    issue_folder,
    issues,
    manifest_outputs,
    problems,
    read_facts,
    read_issue,
    read_notice,
    signature_folder,
    to_json,
)
from pipeline.dispatch.signing import alone, freeze, parse_day, usable_signature
from pipeline.document.base import build_template
from pipeline.document.compose import Typesetter, compose
from pipeline.document.conformance.checker import conform
from pipeline.document.geometry import MANUSCRIPT, Form, Profile
from pipeline.document.profiles import load_profiles
from pipeline.errors import DispatchError
from pipeline.output import MANIFEST, sha256
from pipeline.quarter import Quarter
from pipeline.reference.registry import Roster, load_registry
from pipeline.settings import Paths

_NUMBER = re.compile(r"(?P<mark>[\u4e00-\u9fff]{2,14})〔(?P<year>\d{4})〕[1-9]\d{0,4}号")
_SEALED = "sealed"
_SEALED_KINDS = (".pdf", ".ofd", ".docx", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


@dataclass(frozen=True)
class Order:
    """What is decided at issue (印发要求). ``copies`` are those who get a copy; empty means all registered.

    ``corrects`` is the issue that this one corrects, ``why`` the reasons of its corrections by figure, ``reason`` of all others.
    """

    number: str
    date: str
    profile: str = "文件"
    copies: tuple[str, ...] = ()
    corrects: int | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def issue(paths: Paths, quarter: str, order: Order) -> Issue:
    """Issue the approved text (印发): everything that goes out is made and frozen now, or nothing is.

    Raises ``DispatchError`` with everything that stands against it.
    """
    with alone(paths):
        return _issue(paths, quarter, order)


def _issue(paths: Paths, quarter: str, order: Order) -> Issue:
    signature, approved = usable_signature(paths, quarter)
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    corrected = _chain(paths, quarter, order, signature)
    profile = _profile(paths, order.profile)
    day = _vet(paths, order, signature, roster.office.mark if profile.form is Form.FILE else "")
    recipients = _recipients(roster, order)
    source = signature_folder(paths, quarter, signature.number)
    facts, manifest = read_facts(source), (source / MANIFEST).read_bytes()
    feedback = read_feedback(paths.out(quarter), manifest_outputs(manifest), facts, recipients)
    problems(
        DispatchError("feedback", "反馈材料不齐", f"请重新运行 bulletin run {quarter}；数据有变动的，请重新签发。"),
        feedback.faults,
    )
    notice = _numbered(approved, order.number, day)
    issuer = next(item.text for item in notice.paragraphs if item.role is Role.SIGNATURE)
    copied_to = tuple(item.name for item in recipients if item.copied)
    document = _document(notice, profile, (issuer, facts.brief.printer or issuer), copied_to, day)
    title = "".join(item.text for item in notice.paragraphs if item.role is Role.TITLE)
    reference = Reference(title, order.number, day, issuer)
    extra = _corrections(paths, quarter, order, (approved, signature), reference)
    name = f"{order.number}.docx"
    frozen = {name: document, **extra} | {item: (source / item).read_bytes() for item in (*FROZEN, SIGNATURE)}
    frozen |= _public(paths, notice, facts)
    packages = []
    for package, files in make_packages(reference, document, extra, feedback.files, recipients):
        packages.append(package)
        frozen |= files
    made = Issue(
        quarter=quarter,
        number=(issues(paths, quarter) or [0])[-1] + 1,
        document_number=order.number,
        date=order.date,
        title=title,
        document=name,
        profile=profile.name,
        copied_to=copied_to,
        corrects=corrected,
        signature=signature.number,
        approvals=signature.approvals,
        accepted=signature.accepted,
        figures=signature.figures,
        facts=sha256((source / FACTS).read_bytes()),
        ledger=sha256((source / LEDGER).read_bytes()),
        code=json.loads(manifest).get("code", ""),
        packages=tuple(packages),
        files={path: sha256(data) for path, data in sorted(frozen.items())},
    )
    freeze(issue_folder(paths, quarter, made.number), frozen | {ISSUE: to_json(made)})
    return made


def register(paths: Paths, quarter: str, file: Path, number: int | None = None) -> str:
    """Keep the sealed file that came back from the office's own system, by its hash (登记盖章件); returns the hash.

    A .docx is compared with the approved text. Raises ``DispatchError``; the same file again is no error.
    """
    known = read_issue(paths, quarter, number)
    folder = issue_folder(paths, quarter, known.number)
    if file.suffix.lower() not in _SEALED_KINDS:
        raise DispatchError("sealed_kind", f"{file.name} 不是盖章件。", f"可登记的格式：{'、'.join(_SEALED_KINDS)}。")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DispatchError("sealed_read", f"{file} 无法读取：{error.strerror}。", "请核对文件名称和权限。") from error
    if not data:
        raise DispatchError("sealed_empty", f"{file.name} 是空文件。", "请重新取得盖章件。")
    if file.suffix.lower() == ".docx":
        problems(
            DispatchError(
                "sealed_text",
                f"{file.name} 与签发的文字不同",
                "只有发文字号、成文日期、抄送、红头和印章可以不同；文字要改的，请重新签发、印发。",
            ),
            differences(read_notice(folder), data),
        )
    digest = sha256(data)
    if not (folder / _SEALED / digest).is_dir():
        with alone(paths):
            freeze(folder / _SEALED / digest, {file.name: data})
    return digest


def _vet(paths: Paths, order: Order, signature: Signature, mark: str) -> str:
    """The day of issue as printed, after every check of number and date (核对要求).

    ``mark`` is the 代字 that the number must have, empty for any. Raises ``DispatchError`` with all problems.
    """
    match, day, faults = _NUMBER.fullmatch(order.number), parse_day(order.date, "成文日期"), list[str]()
    if match is None:
        faults.append(
            f"发文字号“{order.number}”写法不对，例如{mark or '某某函'}〔{day.year}〕12号：六角括号，序号不加零"
        )
    elif int(match["year"]) != day.year:
        faults.append(f"发文字号“{order.number}”的年份与成文日期 {order.date} 不同")
    elif mark and match["mark"] != mark:
        faults.append(f"发文字号“{order.number}”的代字应为{mark}")
    for known in _all_issues(paths):
        if known.document_number == order.number:
            faults.append(f"发文字号“{order.number}”已用于 {known.quarter} 第 {known.number} 次印发")
    last = max(approval.on for approval in signature.approvals)
    if day < dt.date.fromisoformat(last):
        faults.append(f"成文日期 {order.date} 早于签发日期 {last}")
    problems(DispatchError("issue_order", "印发的要求有误", "请改正后重新印发。"), faults)
    return f"{day.year}年{day.month}月{day.day}日"


def _chain(paths: Paths, quarter: str, order: Order, signature: Signature) -> Corrected | None:
    """The issue that this one corrects. Raises ``DispatchError`` where a document would be issued twice."""
    done = issues(paths, quarter)
    if not done:
        if order.corrects is not None:
            raise DispatchError("corrects", f"{quarter} 还没有印发，不能更正。", "第一次印发不写 --corrects。")
        return None
    last = read_issue(paths, quarter)
    if order.corrects != last.number:
        raise DispatchError(
            "issued_already",
            f"{quarter} 已经印发：第 {last.number} 次，{last.document_number}。",
            f"确需更正并重新印发的，请写明 --corrects {last.number}；只能更正最后一次印发的文件。",
        )
    if signature.number <= last.signature:
        raise DispatchError("not_signed_again", "更正后的文字还没有签发。", f"请先运行 bulletin sign {quarter}。")
    record = (issue_folder(paths, quarter, last.number) / ISSUE).read_bytes()
    return Corrected(last.number, last.document_number, last.date, sha256(record))


def _corrections(
    paths: Paths, quarter: str, order: Order, now: tuple[Notice, Signature], document: Reference
) -> dict[str, bytes]:
    """The sheet of corrections of a re-issue. Raises ``DispatchError`` for corrections without a reason."""
    if order.corrects is None:
        return {}
    last, folder = read_issue(paths, quarter), issue_folder(paths, quarter, order.corrects)
    source = signature_folder(paths, quarter, now[1].number)
    before = Text(read_notice(folder), last.figures, figure_names(folder))
    after = Text(now[0], now[1].figures, figure_names(source))
    rows, faults = corrections(before, after, order.why, order.reason)
    if not rows:
        faults.append("与所更正的文件没有不同")
    problems(
        DispatchError("corrections", "更正须逐项说明原因", "用 --why 数字=原因 逐个说明，或者用 --why 原因 统一说明。"),
        faults,
    )
    day = dt.date.fromisoformat(last.date)
    corrected = Reference(last.title, last.document_number, f"{day.year}年{day.month}月{day.day}日", document.issuer)
    return {CORRECTIONS: Typesetter(MANUSCRIPT).write(correction_sheet(document, corrected, rows))}


def _public(paths: Paths, notice: Notice, facts: BulletinFacts) -> dict[str, bytes]:
    """The public version, where the notice is to be published. Raises ``DispatchError`` where a person has to make it."""
    if facts.brief.publicity != PROACTIVE:
        return {}
    made, faults = public_notice(notice, facts, paths.templates, load_publicity(paths.reference))
    hint = "请改回原文重新签发，或者在 publicity.toml 中调整公开属性，或者在季度信息中改为不主动公开。"
    problems(DispatchError("public", "不能形成公开文本", hint), faults)
    return {f"{FOLDER}/{name}": data for name, data in public_files(made).items()}


def _profile(paths: Paths, name: str) -> Profile:
    profiles = load_profiles(paths.reference)
    found = profiles.get(name) or profiles.get(f"{name}格式")
    if found is None or found.form is Form.MANUSCRIPT:
        named = "、".join(key for key, item in profiles.items() if item.form is not Form.MANUSCRIPT)
        raise DispatchError("issue_profile", f"没有可供印发的版式“{name}”。", f"可用的版式：{named}。")
    return found


def _recipients(roster: Roster, order: Order) -> tuple[Recipient, ...]:
    """Everybody addressed, and those of the others who get a copy."""
    known = recipients_of(roster)
    if not order.copies:
        return known
    copied = choose((item for item in known if item.copied), order.copies)
    return tuple(item for item in known if not item.copied or item in copied)


def _document(
    notice: Notice, profile: Profile, offices: tuple[str, str], copied_to: tuple[str, ...], day: str
) -> bytes:
    """The notice under its head, above its imprint (印发稿): by which office it is issued, and by which printed.

    Raises ``DispatchError`` unless it says the same and conforms.
    """
    issuer, printer = offices
    head = Dispatch(
        mark=f"{issuer}文件" if profile.form is Form.FILE else issuer,
        copied_to=copied_to,
        printer=printer,
        printed_on=day,
    )
    document = compose(notice, build_template(profile), profile, head)
    told = [f"与签发的文字不同：{text}" for text in differences(notice, document)]
    problems(
        DispatchError("issue_form", "印发稿不能使用", "请告知维护人员。"),
        [*told, *map(str, conform(document, profile).failures)],
    )
    return document


def _numbered(approved: Notice, number: str, day: str) -> Notice:
    """The approved text with number and date, and nothing else of its own (编号、署日期)."""
    kept = [item for item in approved.paragraphs if item.role not in (Role.NUMBER, Role.DATE)]
    at = next(place for place, item in enumerate(kept, start=1) if item.role is Role.SIGNATURE)
    number_line, date_line = Paragraph(Role.NUMBER, (Span(number),)), Paragraph(Role.DATE, (Span(day),))
    return Notice((number_line, *kept[:at], date_line, *kept[at:]), approved.annexes)


def _all_issues(paths: Paths) -> list[Issue]:
    folder = paths.issued("")
    quarters = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [read_issue(paths, quarter, number) for quarter in quarters for number in issues(paths, quarter)]
