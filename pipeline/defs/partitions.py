"""Partitions: one per declared quarter (季度分区).

What lives here: a folder of `data/raw/` named like 2021Q3 that holds 季度信息.xlsx is a quarter.
"""

import re

import dagster as dg

from pipeline.findings import INFO_FILE
from pipeline.settings import Paths

_KEY = re.compile(r"\d{4}Q[1-4]", re.ASCII)


def declared_quarters(paths: Paths) -> list[str]:
    """The declared quarters in order of time (已申报季度)."""
    folder = paths.data / "raw"
    found = folder.iterdir() if folder.is_dir() else []
    return sorted(path.name for path in found if _KEY.fullmatch(path.name) and (path / INFO_FILE).is_file())


def quarter_partitions(paths: Paths) -> dg.StaticPartitionsDefinition:
    """Partitions of all assets. With no quarter yet, the definitions still load."""
    return dg.StaticPartitionsDefinition(declared_quarters(paths))
