"""Profiles of the standard, and local variants kept as data (版式登记)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.base import build_template
from pipeline.document.geometry import FILE, INTERNAL, LETTER, MANUSCRIPT, Profile
from pipeline.document.package import read_parts
from pipeline.document.profiles import load_profiles
from pipeline.errors import RegistryError

_REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PROFILES = load_profiles(_REFERENCE)


def written(folder: Path, text: str) -> dict[str, Profile]:
    (folder / "profiles").mkdir()
    (folder / "profiles" / "local.toml").write_text(text, "utf-8-sig")
    return load_profiles(folder)


def test_the_profiles_of_the_standard_are_always_there(tmp_path: Path) -> None:
    assert load_profiles(tmp_path) == {"正文稿": MANUSCRIPT, "文件格式": FILE, "信函格式": LETTER} | {
        "内部材料": INTERNAL
    }


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_every_profile_fills_its_type_area(profile: Profile) -> None:
    page, text = profile.page, profile.text
    assert page.text_height_twips // text.line_twips == text.lines
    assert page.text_width_twips // (text.em_twips + text.spacing_twips) == text.characters
    assert profile.fonts.body.encode() in read_parts(build_template(profile))["word/styles.xml"]


def test_only_a_changed_number_gives_up_the_standard() -> None:
    assert {name for name, profile in PROFILES.items() if not profile.standard} == {
        "正文稿（28磅行距）",
        "文件格式（28磅行距）",
        "正文稿（33磅行距）",
        "内部材料",
    }
    assert PROFILES["正文稿（GBK字库）"].fonts.title == "方正小标宋_GBK"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "甲"', "local.toml 无法使用"),
        ('name = "甲"\nform = "公告"', "local.toml 无法使用"),
        ('name = "甲"\nform = "正文稿"\nnumbers.page.topp = 1', "local.toml 无法使用"),
        ('name = "甲"\nform = "正文稿"\nnumbers.text.line_twips = "28磅"', "local.toml 无法使用"),
        ('name = "甲"\nform = "正文稿"\nnumbers.text.line_twips = 600', "写明 22 行，按版心和行距是 21 行"),
        ('name = "甲"\nform = "正文稿"\nnumbers.text.line_twips = 0', "是 0 行"),
        ('name = "正文稿"\nform = "正文稿"', "同名"),
        ("name = “甲”", "local.toml"),
    ],
)
def test_a_profile_that_cannot_be_used_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RegistryError, match=message):
        written(tmp_path, text)


def test_a_local_profile_is_a_file(tmp_path: Path) -> None:
    made = written(tmp_path, 'name = "甲"\nform = "信函格式"\nnumbers.head.mark_half_points = 60')
    assert made["甲"].head.mark_half_points == 60
    assert (made["甲"].form, made["甲"].standard) == (LETTER.form, "")
