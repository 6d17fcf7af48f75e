"""The profiles an office may choose from (版式登记): those of the standard, and local variants kept as data.

What lives here: reading `data/reference/profiles/*.toml` over the declared numbers. What must not: numbers
(`geometry.py`), layout. A variant that changes a number claims no standard.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from pipeline.document.geometry import FILE, FONT_SETS, INTERNAL, LETTER, MANUSCRIPT, Form, Profile
from pipeline.errors import RegistryError
from pipeline.reference.models import Entry
from pipeline.reference.registry import read_toml

STANDARD = {profile.name: profile for profile in (MANUSCRIPT, FILE, LETTER)}


class Variant(Entry):
    """A local variant (地方版式): the form it follows, its font set, and the numbers that it changes."""

    name: str
    form: Form
    fonts: Literal["GB2312", "GBK"] = "GB2312"
    numbers: dict[Literal["page", "text", "table", "head", "imprint"], dict[str, int]] = Field(default_factory=dict)

    def profile(self) -> Profile:
        """The profile with all of its numbers (版式). Raises ``TypeError`` for a number that no profile has."""
        basis = replace(STANDARD[self.form.value], name=self.name, fonts=FONT_SETS[self.fonts])
        changed: dict[str, Any] = {
            group: replace(getattr(basis, group), **numbers) for group, numbers in self.numbers.items()
        }
        made = replace(basis, **changed)
        return made if made == basis else replace(made, standard="")


def load_profiles(reference: Path) -> dict[str, Profile]:
    """Every profile by its name (全部版式). Raises ``RegistryError`` that names the file which cannot be used."""
    profiles = STANDARD | {INTERNAL.name: INTERNAL}
    for path in sorted((reference / "profiles").glob("*.toml")):
        try:
            profile = Variant.model_validate(read_toml(path)).profile()
        except (ValidationError, TypeError) as error:
            raise RegistryError("profile", f"版式登记 {path.name} 无法使用：{error}", "请维护人员改正。") from error
        lines = profile.page.text_height_twips // profile.text.line_twips if profile.text.line_twips > 0 else 0
        if lines != profile.text.lines:
            raise RegistryError(
                "profile",
                f"版式登记 {path.name} 每页写明 {profile.text.lines} 行，按版心和行距是 {lines} 行。",
                "请维护人员改正。",
            )
        if profile.name in profiles:
            raise RegistryError("profile", f"版式登记 {path.name} 与另一版式同名：{profile.name}。", "请维护人员改名。")
        profiles[profile.name] = profile
    return profiles
