"""A layout that is written wrongly is refused in words, with the name of the file or the layout; it never fails later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import RegistryError
from pipeline.reference.registry import load_registry
from pipeline.settings import CODE_ROOT

REFERENCE = CODE_ROOT / "data" / "reference"
LEDGER = (Path(__file__).parent / "forms" / "ledger.toml").read_text("utf-8")
OWNER = '\n[[column]]\nfield = "owner"\nheaders = ["{}"]\nkind = "unit"\n'
SUMMARY = '\n[[summary]]\npattern = "^平均"\ncolumn = "printed_total"\nfield = "printed_average"\n'


def load(tmp_path: Path, text: str, name: str = "agency.toml") -> None:
    """Load the registry with one more layout."""
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    (folder / "layouts" / name).write_text(text, "utf-8")
    load_registry(folder)


def test_a_sound_layout_is_loaded(tmp_path: Path) -> None:
    load(tmp_path, LEDGER + OWNER.format("主办单位"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("key =", "keys =", "key"),
        ('kind = "code"', 'kind = "codes"', "column.0.kind"),
        ('kind = "code"', 'kind = "choice"', "没有 choices"),
        ("^得(", "^得((", "正则表达式"),
        ("(?P<value>", "(", "没有名为 value 的组"),
        ('key = "site_code"', 'key = "code"', "key“code”"),
        ('key = "site_code"', 'key = "site_code"\nskip = ["^(合计"]', "skip.0"),
        ('key = "site_code"', 'key = "site_code"\nheader_rows = 0', "header_rows"),
        ('id = "score_ledger"', 'id = "site_score"', "id“site_score”出现 2 次"),
        ('feeds = "site_score"', 'feeds = "scores"', "feeds“scores”"),
        ('field = "site_name"', 'field = "name"', "没有 field“name”"),
        ('field = "score"', 'field = "points"', "members 应为"),
        ('field = "veto"', 'field = "site_name"', "field“site_name”出现 2 次"),
        ('headers = ["站点名称"]', "headers = []", "headers"),
        ('headers = ["站点名称"]', 'headers = ["站点 标识码"]', "headers“站点标识码”出现 2 次"),
        ('value_headers = ["绩效得分"]', "", "value_headers"),
        ('value = "none"\n', f'value = "none"\n{SUMMARY}', "summary 的 column“printed_total”"),
    ],
)
def test_a_layout_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert LEDGER.count(old) == 1
    with pytest.raises(RegistryError) as error:
        load(tmp_path, LEDGER.replace(old, new))
    assert says in str(error.value)
    assert "agency.toml" in str(error.value) or "表式" in str(error.value)


def test_a_layout_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="agency"):
        load(tmp_path, f"{LEDGER}\n[[")


def test_a_form_that_opens_what_the_native_sheet_keeps_closed_is_refused(tmp_path: Path) -> None:
    native = (REFERENCE / "layouts" / "deduction.toml").read_text("utf-8")
    form = native.replace('id = "deduction"', 'id = "problems"\nfeeds = "deduction"')
    load(tmp_path / "marked", form)
    with pytest.raises(RegistryError, match="field“problem”在“deduction”中是 sensitive = true"):
        load(tmp_path / "open", form.replace("sensitive = true\n", "", 1))
