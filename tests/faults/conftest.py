"""One undisturbed run for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.faults.office import Good, make_good


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """An office after an undisturbed run; tests work on copies."""
    return make_good(tmp_path_factory.mktemp("good"))
