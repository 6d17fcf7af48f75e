"""Proofs: a .docx rendered by LibreOffice, with substitutes for fonts that the machine lacks (校样).

What lives here: calling LibreOffice and poppler, the font substitutes. What must not: layout. A proof differs from run to run, so
it belongs to `data/work`, never to a manifest. LibreOffice 7.4 sets digits beside Chinese with a small gap although
``autoSpaceDE`` is off: lines with digits hold fewer characters in a proof than in Word.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from pipeline.document.geometry import FONT_SETS
from pipeline.errors import DocumentError

_SECONDS = 180
_BOLD = 200
_PICTURES = "pages"
_DOTS_PER_INCH = "100"
_HEAVY = "Noto Serif CJK SC"  # set bold, for the title face
_FACES = {
    "body": "AR PL UMing CN",
    "title": _HEAVY,
    "level1": "Noto Sans CJK SC",
    "level2": "AR PL UKai CN",
    "page_number": "AR PL UMing CN",
    "latin": "Liberation Serif",
}
SUBSTITUTES = {getattr(fonts, face): name for fonts in FONT_SETS.values() for face, name in _FACES.items()}


def render_pdfs(documents: Sequence[bytes], folder: Path) -> list[bytes]:
    """Documents as PDFs for proof-reading (校样), all in one call of LibreOffice.

    Raises ``DocumentError`` when LibreOffice is absent or fails.
    """
    named = {f"{number}.docx": docx for number, docx in enumerate(documents)}
    return convert(named, "pdf", folder) if named else []


def convert(files: Mapping[str, bytes], target: str, folder: Path) -> list[bytes]:
    """Files by name in another format (转换), all in one call of LibreOffice.

    Works in a temporary folder inside ``folder``, with its own LibreOffice profile: renderings do not disturb each
    other. Raises ``DocumentError`` when LibreOffice is absent or fails.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DocumentError(
            "no_libreoffice",
            "这台机器没有 LibreOffice，不能生成校样或转换文件。",
            "通报本身不受影响；需要时请安装 LibreOffice，或者用 Word、WPS 另存为 .docx。",
        )
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="proof-", dir=folder.resolve()) as name:
        work = Path(name)
        for source, data in files.items():
            (work / source).write_bytes(data)
        fonts = work / "fonts.conf"
        fonts.write_text(font_configuration(), "utf-8")
        command = [office, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", target, "--outdir", str(work / "made"), *(str(work / source) for source in files)]
        environment = {"HOME": str(work), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": str(fonts)}
        try:
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
            return [(work / "made" / source).with_suffix(f".{target}").read_bytes() for source in files]
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentError(
                "proof",
                "LibreOffice 没有完成转换。",
                "请重试；仍不成功时请用 Word、WPS 另存为 .docx，或者告知维护人员。",
            ) from error


def write_proof(docx: bytes, folder: Path) -> Path:
    """The proof ``bulletin.pdf``, and a picture of every page where poppler is installed (校样与页面图)."""
    proof = discard_proof(folder)
    [pdf] = render_pdfs([docx], folder)
    proof.write_bytes(pdf)
    if drawer := shutil.which("pdftoppm"):
        pages = folder / _PICTURES
        pages.mkdir()
        command = [drawer, "-r", _DOTS_PER_INCH, "-png", str(proof), str(pages / "page")]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentError(
                "proof_pictures", "校样已生成，页面图没有生成。", "请直接查看 bulletin.pdf。"
            ) from error
    return proof


def discard_proof(folder: Path) -> Path:
    """Remove the proof of an earlier run (清除旧校样), which would show another text; returns where a proof belongs.

    Raises ``DocumentError`` when it cannot be removed.
    """
    proof = folder / "bulletin.pdf"
    try:
        proof.unlink(missing_ok=True)
    except OSError as error:
        raise DocumentError(
            "proof_old",
            f"旧校样 {proof} 无法清除：{error.strerror or error}。",
            "请关闭已打开的校样，检查写入权限，再重新运行。",
        ) from error
    shutil.rmtree(folder / _PICTURES, ignore_errors=True)
    return proof


def font_configuration() -> str:
    """A fontconfig file that puts substitutes behind the declared fonts (字体替代): an installed font still wins."""
    rules = "".join(_rule(name, substitute, substitute == _HEAVY) for name, substitute in SUBSTITUTES.items())
    return f"<fontconfig>\n<include>/etc/fonts/fonts.conf</include>\n{rules}</fontconfig>\n"


def _rule(name: str, substitute: str, bold: bool) -> str:
    test = f'<test name="family" compare="eq"><string>{escape(name)}</string></test>'
    edit = f'<edit name="family" mode="append" binding="strong"><string>{escape(substitute)}</string></edit>'
    weight = f'<edit name="weight" mode="assign"><int>{_BOLD}</int></edit>' if bold else ""
    return f'<match target="pattern">{test}{edit}{weight}</match>\n'
