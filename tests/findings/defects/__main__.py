"""Write every defect as a workbook named after it, and a list of what is told: ``python -m tests.findings.defects FOLDER``.

What lives here: the command. What must not: defects.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.findings import CODES
from tests.findings.defects import DEFECTS, Defect
from tests.support.quarter import Delivered

_LIST = "清单.csv"
_HEADERS = ("缺陷", "文件", "代码", "发现类别", "所在文件", "工作表", "单元格", "发现的内容", "处数")


def write_all(out: Path, thinned: Delivered, defects: Sequence[Defect] = DEFECTS) -> None:
    """The files that each defect changes or adds, named after it; a defect that only takes a file away is in the list."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / _LIST).open("w", encoding="utf-8-sig", newline="") as stream:
        listed = csv.writer(stream)
        listed.writerow(_HEADERS)
        for defect in defects:
            told = defect.told
            names = "、".join(_write(out, thinned, defect))
            place = (told.file, told.sheet, told.cell, told.value, told.places)
            listed.writerow((defect.name, names, told.code, CODES[told.code].title, *place))


def _write(out: Path, thinned: Delivered, defect: Defect) -> Iterator[str]:
    sound = _contents(thinned)
    with TemporaryDirectory() as folder:
        delivered = Delivered.copy(Path(folder), data=thinned.root)
        defect.change(delivered)
        changed = {path: data for path, data in _contents(delivered).items() if sound.get(path) != data}
    for path, data in changed.items():
        name = f"{defect.name}{path.suffix}" if len(changed) == 1 else f"{defect.name}（{path.stem}）{path.suffix}"
        (out / name).write_bytes(data)
        yield name


def _contents(delivered: Delivered) -> dict[Path, bytes]:
    folder = delivered.folder
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        write_all(Path(sys.argv[1]), Delivered.copy(Path(scratch)).thin())
