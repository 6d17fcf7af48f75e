"""Proofs: a .docx rendered by LibreOffice, with substitutes for fonts that the machine lacks (校样).

What lives here: calling LibreOffice, the font substitutes. What must not: layout. A proof differs from run to run, so
it belongs to `data/work`, never to a manifest. LibreOffice 7.4 sets digits beside Chinese with a small gap although
``autoSpaceDE`` is off: lines with digits hold fewer characters in a proof than in Word.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from pipeline.document.geometry import MANUSCRIPT
from pipeline.errors import DocumentError

_SECONDS = 180
_FONTS = MANUSCRIPT.fonts
_BOLD = 200
SUBSTITUTES = {
    _FONTS.body: "AR PL UMing CN",
    _FONTS.title: "Noto Serif CJK SC",
    _FONTS.level1: "Noto Sans CJK SC",
    _FONTS.level2: "AR PL UKai CN",
    _FONTS.page_number: "AR PL UMing CN",
    _FONTS.latin: "Liberation Serif",
}


def render_pdf(docx: bytes, folder: Path) -> bytes:
    """The document as a PDF for proof-reading (校样).

    Works in a temporary folder inside ``folder``, with its own LibreOffice profile: renderings do not disturb each
    other. Raises ``DocumentError`` when LibreOffice is absent or fails.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DocumentError(
            "no_libreoffice",
            "这台机器没有 LibreOffice，不能生成校样。",
            "通报本身不受影响；需要校样时请安装 LibreOffice。",
        )
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="proof-", dir=folder.resolve()) as name:
        work = Path(name)
        source = work / "bulletin.docx"
        source.write_bytes(docx)
        fonts = work / "fonts.conf"
        fonts.write_text(font_configuration(), "utf-8")
        command = [office, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(work), str(source)]
        environment = {"HOME": str(work), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": str(fonts)}
        try:
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentError("proof", "LibreOffice 没有生成校样。", "请重试；仍不成功时请告知维护人员。") from error


def font_configuration() -> str:
    """A fontconfig file that puts substitutes behind the declared fonts (字体替代): an installed font still wins."""
    rules = "".join(_rule(name, substitute, name == _FONTS.title) for name, substitute in SUBSTITUTES.items())
    return f"<fontconfig>\n<include>/etc/fonts/fonts.conf</include>\n{rules}</fontconfig>\n"


def _rule(name: str, substitute: str, bold: bool) -> str:
    test = f'<test name="family" compare="eq"><string>{escape(name)}</string></test>'
    edit = f'<edit name="family" mode="append" binding="strong"><string>{escape(substitute)}</string></edit>'
    weight = f'<edit name="weight" mode="assign"><int>{_BOLD}</int></edit>' if bold else ""
    return f'<match target="pattern">{test}{edit}{weight}</match>\n'
