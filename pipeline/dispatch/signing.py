"""Signing: the text that was approved is frozen (签发).

What lives here: what a run made, what the approved file says beside it, and the folder that keeps both. What must not:
layout, numbers and dates of an issue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.bulletin.blocks import Notice
from pipeline.bulletin.facts import BulletinFacts
from pipeline.bulletin.prose import write_notice
from pipeline.dispatch.approved import Altered, read_approved
from pipeline.dispatch.records import (
    FACTS,
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
    signature_folder,
    signatures,
    to_json,
)
from pipeline.document.compose import compose
from pipeline.document.conformance.checker import conform
from pipeline.document.text import plain_text
from pipeline.errors import DispatchError
from pipeline.office.folder import place
from pipeline.output import MANIFEST, sha256
from pipeline.settings import Paths

_PLAIN = "machine/bulletin.txt"
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200}")
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Made:
    """What a run made (生成的结果): its manifest, its facts, and the notice as blocks."""

    manifest: bytes
    data: bytes  # of the facts
    facts: BulletinFacts
    notice: Notice


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
        facts = BulletinFacts.from_json(data := (out / FACTS).read_bytes())
    except ValidationError as error:
        raise DispatchError("output_other", f"{out / FACTS} 是另一版本程序生成的。", again) from error
    notice = write_notice(facts, paths.templates)
    if plain_text(notice).encode() != (out / _PLAIN).read_bytes():
        raise DispatchError("output_other", f"程序或者模板在 {quarter} 生成以后有变动，现在成文与输出不同。", again)
    return Made(manifest, data, facts, notice)


def sign(paths: Paths, quarter: str, file: Path, approval: Approval, accept: Mapping[str, str]) -> Signature:
    """Freeze the text that was approved (签发). ``accept`` gives the reason for each altered figure, by its id.

    Signing the very same file again adds an approval. Raises ``DispatchError`` with everything that stands against it.
    """
    _vet(approval, accept)
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
    faults += _unaccepted(read.altered, accept)
    problems(
        DispatchError(
            "sign_refused",
            f"{file.name} 不能签发",
            "数字有误的，在原始表或季度信息中更正并重新生成；确需改动的，用 --accept 数字=理由 逐个说明。",
        ),
        faults,
    )
    done = signatures(paths, quarter)
    number = (done[-1] if done else 0) + 1
    frozen = {SIGNED: data, TEXT: notice_json(read.notice), MANIFEST: made.manifest, FACTS: made.data}
    signature = Signature(
        quarter=quarter,
        number=number,
        approvals=(*_earlier(paths, quarter, done, data, made), approval),
        accepted=_accepted(read.altered, accept),
        figures=read.figures(),
        files={name: sha256(content) for name, content in sorted(frozen.items())},
    )
    folder = signature_folder(paths, quarter, number)
    freeze(folder, frozen | {SIGNATURE: to_json(signature)})
    return signature


def freeze(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that appears whole, its files read-only (冻结). Raises ``RunError`` where it stands already."""

    def lock(new: Path) -> None:
        for name in files:
            (new / name).chmod(_READ_ONLY)

    place(folder, files, lock)


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


def _unaccepted(altered: Sequence[Altered], accept: Mapping[str, str]) -> list[str]:
    known = {item.figure for item in altered}
    told = [str(item) for item in altered if item.figure not in accept]
    return told + [f"--accept {figure}：文件没有改动这个数字" for figure in accept if figure not in known]


def _accepted(altered: Sequence[Altered], accept: Mapping[str, str]) -> tuple[Deviation, ...]:
    made = (Deviation(item.figure, item.was, item.now, accept[item.figure].strip()) for item in altered)
    return tuple(dict.fromkeys(made))


def _earlier(paths: Paths, quarter: str, done: Sequence[int], data: bytes, made: Made) -> tuple[Approval, ...]:
    """The approvals that the same text has already."""
    if not done:
        return ()
    last = read_signature(paths, quarter, done[-1])
    same = last.files[SIGNED] == sha256(data) and last.files[MANIFEST] == sha256(made.manifest)
    return last.approvals if same else ()
