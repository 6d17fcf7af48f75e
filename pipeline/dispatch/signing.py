"""Signing: the text that was approved is frozen (签发).

What lives here: what a run made, what the approved file says beside it, what of that may be signed, and the folder that keeps
both. What must not: comparing figures and wording, which the back-check and the wording check do; numbers and dates of an issue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.bulletin.blocks import Notice, Span
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.dispatch.approved import read_approved
from pipeline.dispatch.records import (
    FACTS,
    LEDGER,
    SIGNATURE,
    SIGNED,
    TEXT,
    Approval,
    Deviation,
    Signature,
    changed_files,
    manifest_outputs,
    notice_json,
    problems,
    read_notice,
    read_signature,
    reprinted,
    signature_folder,
    signatures,
    sync_folder,
    to_json,
)
from pipeline.document.compose import compose
from pipeline.document.conformance.checker import conform
from pipeline.document.text import plain_text
from pipeline.errors import DispatchError
from pipeline.office.folder import clear, hold, place
from pipeline.output import MANIFEST, sha256
from pipeline.quarter import Quarter
from pipeline.reference.registry import load_registry
from pipeline.review.backcheck.compare import back_check, texts_of
from pipeline.review.backcheck.differences import Difference, Verdict
from pipeline.review.backcheck.report import named, notes, where
from pipeline.review.ledger.book import Ledger
from pipeline.review.wording.rules import Remark, check_wording, load_rules
from pipeline.settings import Paths

_PLAIN = "machine/bulletin.txt"
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200}")
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Made:
    """What a run made (生成的结果): its files as they are frozen, the notice as blocks and as text, its ledger."""

    files: Mapping[str, bytes]
    notice: Notice
    text: str
    ledger: Ledger


@dataclass(frozen=True)
class Examined:
    """A file beside what the run made (送签的文件).

    ``differences`` are for a person to accept one by one, ``remarks`` on its wording are advice, ``notes`` say how it was read,
    ``faults`` stand against it.
    """

    name: str
    data: bytes
    made: Made
    notice: Notice
    differences: tuple[Difference, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def read_made(paths: Paths, quarter: str) -> Made:
    """What the last run of a quarter made (读取生成的结果).

    Raises ``DispatchError`` where there is nothing, a file was changed, or the code gives another notice by now.
    """
    out = paths.out(quarter)
    again = f"请重新运行 bulletin run {quarter}。"
    try:
        manifest = (out / MANIFEST).read_bytes()
        outputs = manifest_outputs(manifest)
    except (OSError, ValidationError, KeyError) as error:
        raise DispatchError("no_output", f"{quarter} 没有可用的输出：{out} 中没有完整的 {MANIFEST}。", again) from error
    problems(DispatchError("output_changed", f"{out} 中的文件在生成以后被改动", again), changed_files(out, outputs))
    try:
        files = {name: (out / name).read_bytes() for name in (FACTS, LEDGER)} | {MANIFEST: manifest}
        facts, ledger = BulletinFacts.from_json(files[FACTS]), Ledger.from_json(files[LEDGER])
    except (OSError, ValidationError) as error:
        raise DispatchError("output_other", f"{out} 的内容是另一版本程序生成的。", again) from error
    notice = write_notice(facts, paths.templates)
    text = plain_text(notice)
    if text.encode() != (out / _PLAIN).read_bytes():
        raise DispatchError("output_other", f"程序或者模板在 {quarter} 生成以后有变动，现在成文与输出不同。", again)
    return Made(files, notice, text, ledger)


def examine(paths: Paths, quarter: str, file: Path) -> Examined:
    """Read a file that is to be signed and check it (送签核对): figures and lists, wording, form.

    Raises ``DispatchError`` where nothing can be compared, ``DocumentError`` for a file that is no document.
    """
    made = read_made(paths, quarter)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DispatchError("sign_read", f"{file} 无法读取：{error.strerror}。", "请核对文件名称和权限。") from error
    read = read_approved(data, made.notice)
    faults = list(read.faults)
    if not faults:
        recomposed = compose(read.notice, (paths.templates / "bulletin.docx").read_bytes())
        faults += map(str, conform(recomposed).failures)
    edited = read.edited(made.notice)
    differences = back_check(made.text, made.ledger, edited).differences
    roster = load_registry(paths.reference).at(Quarter.parse(quarter))
    remarks = check_wording(texts_of(edited), load_rules(paths.reference), roster)
    told = tuple(notes(edited))
    return Examined(file.name, data, made, read.notice, differences, tuple(remarks), told, tuple(faults))


def sign(paths: Paths, quarter: str, examined: Examined, approval: Approval, accept: Mapping[str, str]) -> Signature:
    """Freeze the text that was approved (签发). ``accept`` gives the reason for each difference, by its ``handle``.

    Signing the very same file again adds an approval. Raises ``DispatchError`` with everything that stands against it.
    """
    with alone(paths):
        return _sign(paths, quarter, examined, approval, accept)


def _sign(paths: Paths, quarter: str, examined: Examined, approval: Approval, accept: Mapping[str, str]) -> Signature:
    _vet(approval, accept)
    made = examined.made
    problems(
        DispatchError(
            "sign_refused",
            f"{examined.name} 不能签发",
            "数据有误的，在原始表或季度信息中更正并重新生成；确需改动的，用 --accept 标识=理由 逐个说明，标识写在各项开头。",
        ),
        [*examined.faults, *_unaccepted(examined, accept)],
    )
    done = signatures(paths, quarter)
    number = (done[-1] if done else 0) + 1
    frozen = {SIGNED: examined.data, TEXT: notice_json(examined.notice), **made.files}
    signature = Signature(
        quarter=quarter,
        number=number,
        approvals=(*_earlier(paths, quarter, done, examined), approval),
        accepted=_accepted(examined, accept),
        figures=_printed(examined),
        files={name: sha256(content) for name, content in sorted(frozen.items())},
    )
    folder = signature_folder(paths, quarter, number)
    freeze(folder, frozen | {SIGNATURE: to_json(signature)})
    return signature


def handle(difference: Difference) -> str:
    """What a difference is accepted by (标识): the id of the figure, or the words where it is none."""
    return difference.figure or difference.now or difference.was


@contextmanager
def alone(paths: Paths) -> Iterator[None]:
    """One at a time writes what is signed and issued in a data root, so that a number is taken once (逐一办理)."""
    folder = paths.issued("")
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder):
        yield


def clear_leftovers(paths: Paths) -> None:
    """Remove what a signature or an issue that was cut off left behind, unless one is being made now (清除中断的残留)."""
    folder = paths.issued("")
    if folder.is_dir():
        with suppress(OSError), hold(folder, wait=False):
            clear(folder)


def freeze(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that appears whole, its files read-only (冻结). Raises ``RunError`` where it stands already."""

    def lock(new: Path) -> None:
        for name in files:
            (new / name).chmod(_READ_ONLY)

    place(folder, files, lock)
    for parent in (folder, folder.parent):
        sync_folder(parent)


def usable_signature(paths: Paths, quarter: str) -> tuple[Signature, Notice]:
    """The last signature and its text (现行签发稿). Raises ``DispatchError`` that names what was changed since."""
    done = signatures(paths, quarter)
    if not done:
        raise DispatchError(
            "not_signed",
            f"{quarter} 还没有签发。",
            f"请先运行 bulletin sign {quarter} 签发稿.docx，写明批准的角色和日期。",
        )
    folder = signature_folder(paths, quarter, done[-1])
    signature = read_signature(paths, quarter, done[-1])
    problems(
        DispatchError(
            "signed_changed",
            f"第 {done[-1]} 次签发的文件在签发以后被改动",
            "签发以后只有发文字号、成文日期、抄送、红头和印章可以不同；文字要改的，请重新签发。",
        ),
        changed_files(folder, signature.files),
    )
    return signature, read_notice(folder)


def parse_day(text: str, what: str) -> dt.date:
    """A day as people write it on the command line, 2021-11-05 (日期). Raises ``DispatchError``."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise DispatchError("date", f"{what}“{text}”不是日期。", "请写成 2021-11-05 这样的形式。") from error


def _vet(approval: Approval, accept: Mapping[str, str]) -> None:
    given = {"批准的角色": approval.role, "同意依据": approval.consent}
    given |= {f"接受 {figure} 的理由": reason for figure, reason in accept.items()}
    faults = [f"{what}须是一行文字，不能空缺。" for what, text in given.items() if not _LINE.fullmatch(text.strip())]
    problems(DispatchError("sign_words", "签发的说明不能使用", "请逐项补全。"), faults)
    parse_day(approval.on, "签发日期")


def _unaccepted(examined: Examined, accept: Mapping[str, str]) -> list[str]:
    names = _names(examined)
    known = {handle(item) for item in examined.differences}
    lines = [_line(item, names) for item in examined.differences if handle(item) not in accept]
    return lines + [f"--accept {key}：文件中没有这项改动" for key in accept if key not in known]


def _line(item: Difference, names: Mapping[str, str]) -> str:
    what = f"新增的{item.kind}" if item.verdict is Verdict.UNSOURCED else named(item, names)
    change = f"{item.was or '无'} → {item.now or '删去'}"
    return f"{handle(item)}　{what}：{change}（{where(item)}）"


def _accepted(examined: Examined, accept: Mapping[str, str]) -> tuple[Deviation, ...]:
    names = _names(examined)
    made = (
        Deviation(handle(item), named(item, names), item.was, item.now, accept[handle(item)].strip())
        for item in examined.differences
    )
    return tuple(dict.fromkeys(made))


def _names(examined: Examined) -> dict[str, str]:
    return {key: figure.name for key, figure in examined.made.ledger.figures.items()}


def _printed(examined: Examined) -> dict[str, str]:
    """What the approved text prints of every figure, by its id (印出的数字): what the run printed, but for the differences."""
    found = defaultdict[str, list[str]](list)
    for span in _spans(examined.made.notice):
        if span.figure:
            found[span.figure].append(span.text)
    for item in examined.differences:
        printed = found.get(item.figure, [])
        at = next((at for at, text in enumerate(printed) if text in item.was), None)
        if at is not None:
            printed[at] = reprinted(printed[at], item.was, item.now)
    return {figure: "；".join(dict.fromkeys(filter(None, texts))) for figure, texts in found.items() if any(texts)}


def _spans(notice: Notice) -> Iterator[Span]:
    for paragraph in notice.paragraphs:
        yield from paragraph.spans
    for annex in notice.annexes:
        yield from (span for lead in annex.lead for span in lead.spans)
        yield from (cell for row in annex.table.rows for cell in row)


def _earlier(paths: Paths, quarter: str, done: Sequence[int], examined: Examined) -> tuple[Approval, ...]:
    """The approvals that the same text has already."""
    if not done:
        return ()
    last = read_signature(paths, quarter, done[-1])
    same = last.files[SIGNED] == sha256(examined.data) and last.files[MANIFEST] == sha256(examined.made.files[MANIFEST])
    return last.approvals if same else ()
