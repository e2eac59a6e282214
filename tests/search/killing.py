"""Kills a process that reads papers in and removes them, and looks whether the library is whole.

python -m tests.search.killing 200 does so two hundred times.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from search.checking import Fault, check
from search.generation import open_view
from search.library import Library
from tests.search.factory import embedded, paper
from tests.shared import ROOT

LATEST_SECONDS = 1.0
"""After the first paper: long enough for several papers to have come and gone."""


def write_for_ever(folder: Path) -> None:
    """Read papers in, exempt ones among them, remove some and their traces, until it is ended."""
    Library.create_or_open(folder, "hash", 64).close()
    print("ready", flush=True)
    turn = 0
    while True:
        with Library.create_or_open(folder, "hash", 64) as library:
            for _ in range(4):
                turn += 1
                made = paper([f"Lido of turn {turn}.", "Towels."], source=f"/papers/{turn % 7}.md")
                if turn % 3 == 0:
                    made = replace(made, exempt=True, closed=((0, len(made.text.text)),))
                library.keep(embedded(made))
            library.forget([f"/papers/{(turn + 2) % 7}.md"])


def kill_and_check(folder: Path, seed: int) -> list[Fault]:
    """Return what is wrong with a library after its writer was killed and a reader came."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.search.killing", "write", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(random.Random(seed).uniform(0, LATEST_SECONDS))
    writer.kill()
    writer.communicate()
    with open_view(folder) as view:
        view.papers()
    return check(folder)


def main() -> None:
    if sys.argv[1] == "write":
        write_for_ever(Path(sys.argv[2]))
    broken = 0
    for seed in range(int(sys.argv[1])):
        folder = Path(tempfile.mkdtemp()) / "library"
        broken += bool(kill_and_check(folder, seed))
        shutil.rmtree(folder.parent)
    print(f"{sys.argv[1]} kills, {broken} broken libraries")
    sys.exit(broken > 0)


if __name__ == "__main__":
    main()
