"""Rebuild the raw sheets of 2021Q2, 2021Q3 and 2023Q3: published aggregates, reconstructed rows.

The sheets behind the published notices are not public. `python -m samples.reconstruct` makes rows that add up to
every published figure and writes them to `data/raw/<quarter>/`. Which figure is published and which is free stands
beside it in `figures/`; the Chinese texts are in `texts.toml`. Rows, site codes, pages, dates, contacts and the
points of single indicators are made up; no real person appears. Each run writes the same bytes: all draws come from
generators with constant seeds, in roster order. At the end the files are read back and every figure is checked.
"""

from __future__ import annotations

from pathlib import Path

from samples.accounts import write_accounts
from samples.info import write_info
from samples.reports import write_reports
from samples.scores import write_functions, write_ledger, write_scores
from samples.source import RAW, load
from samples.verify import verify

QUARTERS = ("2021Q2", "2021Q3", "2023Q3")
WRITERS = (write_scores, write_ledger, write_accounts, write_reports, write_functions, write_info)


def reconstruct(target: Path = RAW) -> None:
    """Write the sheets of all quarters below a folder, and check them."""
    for key in QUARTERS:
        quarter = load(key)
        folder = target / key
        folder.mkdir(parents=True, exist_ok=True)
        for write in WRITERS:
            write(quarter, folder)
        verify(quarter, folder)


if __name__ == "__main__":
    reconstruct()
    print(f"已重建 {'、'.join(QUARTERS)} 的原始表格，公布的数字全部核对一致。")
