"""What must not be spread stays in the delivered sheet: elsewhere its kind alone."""

from __future__ import annotations

import pytest

from pipeline.flow import open_context, run_flow
from pipeline.settings import CODE_ROOT, Paths
from tests.support.quarter import LEDGER, REPORTS, Delivered

PLANTED = "zq7planted"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"页面底部存在暗链 http://{PLANTED}.invalid", "暗链"),
        pytest.param(f"链接指向赌博网站 {PLANTED}", "非法外链", marks=pytest.mark.slow),
        pytest.param(f"页脚有暗\u200b链 {PLANTED}", "暗链", marks=pytest.mark.slow),
        pytest.param(f"泄漏联系人电话 138-0000-0000 {PLANTED}", "泄露个人信息", marks=pytest.mark.slow),
        pytest.param(f"正文出现错敏词“{PLANTED}”", "错敏词", marks=pytest.mark.slow),
        pytest.param(f"公示名单泄露个人信息：{PLANTED}", "泄露个人信息", marks=pytest.mark.slow),
        (f"公开了电话 13800000000 {PLANTED}", "泄露个人信息"),
    ],
)
def test_a_sensitive_problem_is_kept_as_its_kind_alone(delivered: Delivered, text: str, kind: str) -> None:
    with delivered.edit(LEDGER) as book:
        book["扣分明细"]["G3"] = text
        book["扣分明细"]["H3"] = f"http://{PLANTED}.invalid/page"
    with delivered.edit_reports() as rows:
        rows[2][6] = text.replace(",", "")
    context = open_context(Paths(CODE_ROOT, delivered.root), delivered.quarter)
    with context.warehouse:
        for _ in run_flow(context):
            pass
        cells = context.table("raw/cell")
        assert cells.filter(cells["text"] == f"（不宜扩散：{kind}）").height == 3
    kept = [path for path in delivered.root.rglob("*") if path.is_file() and delivered.folder not in path.parents]
    assert any(path.name == "bulletin.docx" for path in kept)
    assert [path.name for path in kept if PLANTED.encode() in path.read_bytes()] == []
    assert delivered.file(REPORTS).exists()
