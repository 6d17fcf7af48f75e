"""The review page as HTML (核稿页).

What lives here: rendering `templates/review/page.html.j2`, every text escaped. What must not: what the page says.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


def render_page(page: object, templates: Path) -> bytes:
    """The review page, one file in UTF-8 (核稿页); ``page`` is what the template shows."""
    env = SandboxedEnvironment(
        loader=FileSystemLoader(templates / "review"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return env.get_template("page.html.j2").render(page=page).encode()
