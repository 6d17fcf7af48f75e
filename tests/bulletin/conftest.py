"""Real facts, and templates, for tests of wording."""

from __future__ import annotations

import pytest

from pipeline.bulletin.facts import BulletinFacts
from pipeline.settings import CODE_ROOT

TEMPLATES = CODE_ROOT / "templates"


@pytest.fixture(scope="session")
def facts() -> BulletinFacts:
    """The facts of 2021Q2, as the quarter after it is given them."""
    return BulletinFacts.from_json((CODE_ROOT / "data/raw/2021Q3/前期/2021Q2.facts.json").read_bytes())
