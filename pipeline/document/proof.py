"""A rendered proof (样张): .docx to PDF by LibreOffice, with declared substitute fonts.

What lives here: calling LibreOffice in a profile folder of its own. The bytes of its PDF differ from run to run, so a
proof is never an output. What must not: the document itself.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import DocumentError

_SECONDS = 180
_SUBSTITUTES = {
    "仿宋_GB2312": "AR PL UMing CN",
    "楷体_GB2312": "AR PL UKai CN",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "宋体": "AR PL UMing CN",
    "Times New Roman": "Liberation Serif",
}


def render_pdf(docx: bytes) -> bytes:
    """Render a .docx as PDF (样张).

    Raises ``DocumentError`` where LibreOffice is absent or fails: a proof is a convenience, not a condition.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DocumentError("no_libreoffice", "本机没有安装 LibreOffice，不能生成样张。", "通报文件不受影响；需要样张时请安装。")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bulletin.docx").write_bytes(docx)
        (folder / "fonts.conf").write_text(_fonts_conf(), "utf-8")
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "bulletin.docx"),
        ]  # fmt: skip
        environment = {"HOME": name, "PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": str(folder / "fonts.conf"), "LANG": "C.UTF-8"}
        result = subprocess.run(command, env=environment, capture_output=True, timeout=_SECONDS, check=False)
        pdf = folder / "bulletin.pdf"
        if result.returncode or not pdf.exists():
            raise DocumentError("proof_failed", "LibreOffice 没有生成样张。", "请在本机用 Word 或 WPS 打开文档核对。")
        return pdf.read_bytes()


def _fonts_conf() -> str:
    aliases = "".join(
        f"<match><test name='family'><string>{name}</string></test>"
        f"<edit name='family' mode='assign' binding='strong'><string>{instead}</string></edit></match>"
        for name, instead in _SUBSTITUTES.items()
    )
    return f"<?xml version='1.0'?><fontconfig><include>/etc/fonts/fonts.conf</include>{aliases}</fontconfig>"
