"""The same inputs give the same bytes, whatever the surroundings."""

from pathlib import Path

import pytest

from tests.e2e.conftest import make_office
from tests.e2e.hashes import hashes

SURROUNDINGS = (
    {"TZ": "Asia/Shanghai", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LANG": "POSIX", "LC_ALL": "C", "PYTHONHASHSEED": "4242"},
)
UMASKS = (0o022, 0o077)


@pytest.mark.slow
@pytest.mark.parametrize("quarter", ["2021Q2", "2021Q3", "2023Q3"])
def test_two_runs_in_other_surroundings_give_the_same_bytes(tmp_path: Path, quarter: str) -> None:
    made = []
    for number, (extra, umask) in enumerate(zip(SURROUNDINGS, UMASKS, strict=True)):
        office = make_office(tmp_path / f"office {number}", quarter)
        office.extra = extra
        status, printed = office.run("bulletin", "run", quarter, umask=umask)
        assert status == 0, printed
        made.append(hashes(office.out(quarter)))
    assert made[0] == made[1]
    assert {"bulletin.docx", "manifest.json", "machine/bulletin.txt"} <= made[0].keys()
