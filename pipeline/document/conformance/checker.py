"""The checker: every check in its group, and a document held against a profile (版式核查).

What lives here: the list of groups in the order of the report. What must not: a check.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document.conformance import (
    closing,
    distances,
    head,
    imprint,
    layers,
    letters,
    page,
    page_numbers,
    soundness,
    wps,
)
from pipeline.document.conformance.elements import recognise
from pipeline.document.conformance.report import LOCAL, Check, Report, Subject
from pipeline.document.conformance.source import Source
from pipeline.document.geometry import MANUSCRIPT, Profile

GROUPS: Mapping[str, tuple[Check, ...]] = {
    "页面": page.CHECKS,
    "文字": letters.CHECKS,
    "版头、标题和主送机关": (*head.CHECKS, *distances.CHECKS),
    "正文层次": layers.CHECKS,
    "附件说明、署名、日期、附注和附件": closing.CHECKS,
    "页码": page_numbers.CHECKS,
    "版记": imprint.CHECKS,
    "在 WPS 中打开": wps.CHECKS,
    "文件包": soundness.CHECKS,
}


def conform(data: bytes, profile: Profile = MANUSCRIPT) -> Report:
    """A .docx of anybody's making, clause by clause against a profile (版式核查).

    Raises ``DocumentError`` for a file that cannot be read.
    """
    source = Source(data)
    subject = Subject(source, recognise(source), profile)
    results = (result for checks in GROUPS.values() for check in checks for result in check.results(subject))
    return Report(profile.name, profile.standard or LOCAL, tuple(results))
