"""Runs that are killed: at instants drawn from a seed over the whole run, and at every file operation of the swap.

What lives here: killing, and asking what is left. ``python -m tests.faults.kills 100`` is the soak, which writes a page in docs/soak.
What must not: changing the product's behaviour; the swap is killed from an audit hook of the interpreter.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.settings import CODE_ROOT
from tests.e2e.conftest import ROOT, Office
from tests.faults.office import QUARTER, Good, make_good

SEED = 20211025
PAGE = CODE_ROOT / "docs" / "soak" / "faults.md"
_SWAP = """
import os, signal, sys
from pathlib import Path
from pipeline.output import publish, recover
from pipeline.settings import CODE_ROOT, Paths
data, last, command = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
paths, seen = Paths(CODE_ROOT, data), 0

def kill_at_last(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"):
        if str(data) in os.fsdecode(arguments[0]) or event in ("os.remove", "os.rmdir"):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill_at_last)
if command == "recover":
    recover(paths, "2021Q3")
else:
    publish(paths, "2021Q3", {"bulletin.docx": command.encode(), "machine/facts.json": b"{}"}, {"quarter": "2021Q3"})
"""


def kill_in_swap(data: Path, operation: int, command: str) -> bool:
    """Publish ``command`` as the notice, or ``recover``, and die before a file operation; whether it came so far."""
    arguments = [sys.executable, "-S", "-c", _SWAP, str(data), str(operation), command]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode == -9


def instants(kills: int, seconds: float, seed: int = SEED) -> list[float]:
    """Instants over a run of some seconds, the same for the same seed."""
    drawn = random.Random(seed)
    return [drawn.uniform(0, seconds) for _ in range(kills)]


def measure(office: Office) -> float:
    """The seconds of an undisturbed run."""
    start = time.monotonic()
    assert office.run("bulletin", "run", QUARTER)[0] == 0
    return time.monotonic() - start


def kill_run(good: Good, office: Office, seconds: float) -> bool:
    """Kill a run at an instant, then ask what is left and run again; whether the run was still alive."""
    process = office.start("bulletin", "run", QUARTER)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    killed = process.returncode == -9
    good.assert_intact(office)
    good.assert_next_run_is_the_same(office)
    return killed


def main(kills: int) -> int:
    """Kill so many runs of one office, and write the page; ends with the first that leaves anything but the last good output."""
    fault, killed, done = "", 0, 0
    with tempfile.TemporaryDirectory() as name:
        good = make_good(Path(name) / "good")
        office = good.copy(Path(name) / "office")
        seconds = measure(office)
        try:
            for instant in instants(kills, seconds):
                killed += kill_run(good, office, instant)
                done += 1
        except AssertionError as error:
            fault = f"instant {done + 1}: {error}"
    PAGE.write_text(
        "# Runs that are killed\n\n"
        f"Written by `python -m tests.faults.kills` (100 in `make soak`).\n\n"
        f"Seed {SEED}; {done} of {kills} instants over a run of {seconds:.1f} s; "
        f"{killed} runs were still alive.\n\n"
        "After each: the last good output is intact, and the next run gives the same bytes.\n\n"
        f"Violations: {fault or 'none'}.\n",
        "utf-8",
    )
    sys.stdout.write(PAGE.read_text("utf-8"))
    return bool(fault)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
