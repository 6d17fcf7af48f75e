"""``bulletin trace``: from a printed number down to the cells, from a cell up to what it moves (数字追溯).

What lives here: the command, reading what the last good run left, its tables and its JSON. What must not: finding what is
asked for.
"""

import dataclasses
import json
from collections.abc import Iterator

import click
import polars as pl
from rich.markup import escape
from rich.table import Table

from pipeline.cli.check import examine
from pipeline.cli.shell import CONSOLE, main
from pipeline.errors import BulletinError, RunError
from pipeline.output import read_manifest
from pipeline.quarter import Quarter
from pipeline.review.ledger.book import Derivation, Entry, Ledger
from pipeline.review.ledger.places import fold
from pipeline.review.ledger.sheet import corrections_text, shown, told
from pipeline.review.ledger.trace import FACTS, Answer, Cells, Value, ask, read_cells, values
from pipeline.settings import Paths, load_paths
from pipeline.warehouse.store import Warehouse

_SHOWN_VALUES = 12
_SHOWN_AREAS = 4
_INPUTS = ("inputs", "reference")


@main.command()
@click.argument("quarter")
@click.argument("question", required=False, metavar="[数字|“文字”|文件!工作表!单元格]")
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出，供其他程序使用。")
def trace(quarter: str, question: str | None, machine: bool) -> None:
    """数字追溯：一个数字来自哪些单元格，一个单元格影响哪些数字。不写问题时列出全部数字；数字可写编号或标识。"""
    paths, key = load_paths(), Quarter.parse(quarter).key
    ledger = read_ledger(paths, key)
    cells = _cells(paths, key) if question else {}
    answer = ask(ledger, question, cells) if question else Answer((), ledger.entries)
    if machine:
        click.echo(json.dumps(_plain(answer, cells), ensure_ascii=False, indent=2))
        return
    _warn(paths, key)
    if answer.place:
        _show_moved(answer, ledger)
    elif question is None:
        _show_entries(f"{key} 印出的数字", answer.entries)
    else:
        for made in answer.figures:
            _show_figure(made, [entry for entry in answer.entries if entry.of == made.id], cells)
            _show_earlier(paths, key, made)


def read_ledger(paths: Paths, quarter: str) -> Ledger:
    """The ledger that the last good run of a quarter left (读取台账). Raises ``RunError``."""
    path = paths.out(quarter) / "machine" / "figures.json"
    try:
        return Ledger.from_json(path.read_bytes())
    except FileNotFoundError as error:
        raise RunError(
            "no_ledger", f"{quarter} 还没有数字台账。", f"请先运行 bulletin run {quarter}，生成通报以后再追溯。"
        ) from error
    except (OSError, ValueError) as error:
        raise RunError(
            "ledger_damaged", f"{path} 无法读取，或者是另一版本的程序生成的。", f"请重新运行 bulletin run {quarter}。"
        ) from error


def _warn(paths: Paths, quarter: str) -> None:
    """Say plainly where the ledger is no longer that of today's inputs."""
    standing = examine(paths, quarter)
    if standing.unknown or any(standing.since.get(part) for part in _INPUTS):
        why = standing.unknown or "生成以后，原始表或者登记数据有变动。"
        CONSOLE.print(f"[yellow]○[/] 以下是上一次成功运行的结果。{escape(why)}")


def _cells(paths: Paths, quarter: str) -> Cells:
    """The delivered cells as the last good run read them; none where the warehouse has others by now, or is in use."""
    told = json.loads((paths.out(quarter) / "manifest.json").read_text("utf-8"))["inputs"]
    if not paths.warehouse(quarter).exists():
        return {}
    try:
        with Warehouse(paths.warehouse(quarter), paths.sql) as warehouse:
            files = warehouse.read("raw/file").filter(pl.col("layouts") != "不读取")
            same = all(told.get(file) == digest for file, digest in files.select("file", "sha256").iter_rows())
            return read_cells(warehouse.read("raw/cell"), warehouse.read("reference/layout_column")) if same else {}
    except BulletinError:
        return {}


def _plain(answer: Answer, cells: Cells) -> dict[str, object]:
    """The same as plain values, for JSON."""
    asked = {} if answer.place else cells  # of a cell, the figures that it moves are told without their other cells
    figures = [
        dataclasses.asdict(made) | {"values": [dataclasses.asdict(value) for value in values(made, asked)]}
        for made in answer.figures
    ]
    return {"place": answer.place, "figures": figures, "entries": [*map(dataclasses.asdict, answer.entries)]}


def _table(title: str, *headings: str) -> Table:
    table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == "标识")  # an id is copied whole
    return table


def _show_entries(title: str, entries: tuple[Entry, ...]) -> None:
    table = _table(title, "编号", "印作", "所在句子", "标识")
    for entry in entries:
        table.add_row(str(entry.number), escape(entry.printed), escape(entry.sentence), escape(entry.figure))
    CONSOLE.print(table)
    CONSOLE.print(f"共 {len(entries)} 处")


def _show_figure(made: Derivation, entries: list[Entry], cells: Cells) -> None:
    table = _table(f"{made.name}（{made.id}）", "", "")
    table.show_header = False
    rows = [
        (
            "印于",
            "\n".join(f"{entry.number}．{entry.printed}　{entry.sentence}" for entry in entries) or "本期通报没有印出",
        ),
        ("精确值", f"{shown(made.exact)} {made.unit}"),
        ("分子", told(made.numerator)),
        ("分母", told(made.denominator)),
        ("修约规则", made.rounding),
        ("构成", "、".join(made.members)),
        ("测算", f"{made.measure}；复算：{made.sql}" if made.sql else made.measure),
        ("来源", "\n".join(_areas(source.file, source.sheet, source.cells) for source in made.sources) or made.given),
        ("内容", _contents(values(made, cells))),
        ("更正", corrections_text(made)),
    ]
    for name, text in rows:
        if text:
            table.add_row(f"[bold]{name}[/]", escape(text))
    CONSOLE.print(table)


def _show_earlier(paths: Paths, quarter: str, made: Derivation) -> None:
    """The figures of earlier quarters behind a figure, where the run that wrote the facts file is still there."""
    for source in made.sources:
        before = source.file.rpartition("/")[2].removesuffix(FACTS)
        if source.cells or not _same_facts(paths, quarter, source.file, before):
            continue
        ledger = read_ledger(paths, before)
        if source.sheet in ledger.figures:
            then = ledger.figures[source.sheet]
            printed = "、".join(dict.fromkeys(entry.printed for entry in ledger.entries if entry.of == then.id))
            CONSOLE.print(
                escape(
                    f"  前期 {before} {then.name}：{f'印作{printed}，' if printed else ''}精确值{shown(then.exact)}{then.unit}"
                )
            )
            CONSOLE.print(escape(f"  继续追溯：bulletin trace {before} {then.id}"))


def _same_facts(paths: Paths, quarter: str, file: str, before: str) -> bool:
    """Whether the last run of an earlier quarter wrote the very facts file that a run read."""
    try:
        wrote = read_manifest(paths.out(before))["outputs"]
        read = read_manifest(paths.out(quarter))["inputs"]
    except RunError:
        return False
    told = read.get(file) if isinstance(read, dict) else None
    return told is not None and isinstance(wrote, dict) and wrote.get("machine/facts.json") == told


def _areas(file: str, sheet: str, cells: tuple[str, ...]) -> str:
    areas = "、".join(cells[:_SHOWN_AREAS]) + (f" 等 {len(cells)} 处" if len(cells) > _SHOWN_AREAS else "")
    return "!".join(part for part in (file, sheet, areas) if part)


def _contents(found: list[Value]) -> str:
    """What the source cells say under each heading, the rarest first; of many texts how many there are."""
    headings = dict.fromkeys((value.file, value.sheet, value.heading) for value in found)
    return "\n".join(line for key in headings for line in _heading(*key, found))


def _heading(file: str, sheet: str, heading: str, found: list[Value]) -> Iterator[str]:
    own = [value for value in found if (value.file, value.sheet, value.heading) == (file, sheet, heading)]
    where = "!".join(part for part in (sheet or file, heading) if part)
    if len(own) > _SHOWN_VALUES:
        yield f"{where}：{len(own)} 种内容，{sum(len(value.cells) for value in own)} 格"
        return
    for value in sorted(own, key=lambda value: len(value.cells)):
        yield f"{where}：“{value.text or '（空）'}”{len(value.cells)} 格，{_areas('', '', fold(value.cells))}"


def _show_moved(answer: Answer, ledger: Ledger) -> None:
    if not answer.figures:
        CONSOLE.print(f"{escape(answer.place)} 不影响任何数字：它只用于核对，或者是写入通报的文字。")
        typed = [item for item in ledger.others if item.place == answer.place]
        CONSOLE.print(f"其中的数字印在通报中 {len(typed)} 处。" if typed else "", end="\n" if typed else "")
        return
    if answer.entries:
        _show_entries(f"{answer.place} 可能影响的数字（印出的）", answer.entries)
    else:
        CONSOLE.print(f"{escape(answer.place)} 不影响印出的数字。")
    unprinted = [made.name for made in answer.figures if made.id not in {entry.of for entry in answer.entries}]
    if unprinted:
        CONSOLE.print(f"另有 {len(unprinted)} 个没有印出的数字：{escape('、'.join(unprinted[:_SHOWN_VALUES]))}"
                      + ("……" if len(unprinted) > _SHOWN_VALUES else ""))  # fmt: skip
