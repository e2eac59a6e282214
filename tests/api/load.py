"""Asks a real server everything at once, while papers are read in and removed.

python -m tests.api.load 60 does so for sixty minutes over the sample papers;
python -m tests.api.load 60 LIBRARY over a copy of a library. It prints how long answers took, what
failed, and whether the server's memory or open files grew.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import httpx2

from tests.serving import PROGRAM, served
from tests.shared import ROOT

CLIENTS = 3
"""Who ask at once, each THINKING between two requests: about what two cores hold."""

THINKING = 0.3
"""Seconds."""

WRITING = 15.0
"""Seconds from one reading in or removal to the next."""

LOOKING = 2.0
"""Seconds between two looks at memory and handles."""

WARM = 0.3
"""Share of the time after which all that is kept for later should be there."""

GROWN_MIB, GROWN_HANDLES = 64, 16
"""By which memory and handles may differ from one look to another without growing."""

QUESTIONS = [
    json.loads(line)["question"]
    for line in (ROOT / "data" / "questions" / "sample.jsonl").read_text().splitlines()
]

TOPICS = ["flood defence", "home to school transport", "the budget", "planning"]


@dataclass
class Seen:
    """What came of it."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """How long each request took, by kind."""
    faults: list[str] = field(default_factory=list)
    looks: list[tuple[float, int]] = field(default_factory=list)
    """MiB and open files of the server's processes."""
    written: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of request: how often it is sent, and what may be asked."""

    weight: int
    asked: list[tuple[str, dict[str, str] | None]]
    """Addresses, each with the body that is posted there, if one is."""


def kinds_of(client: httpx2.Client) -> dict[str, Kind]:
    """Return what is asked of a server."""

    def got(*addresses: str) -> list[tuple[str, dict[str, str] | None]]:
        return [(each, None) for each in addresses]

    papers = client.get("/v1/papers?limit=60").json()["papers"]
    printed = [each for each in papers if each["format"] == "pdf"]
    shown = [each["id"] for each in printed if client.get(each["file"]).status_code == 200]
    kinds = {
        "ask": Kind(8, [("/v1/ask", {"question": each}) for each in QUESTIONS]),
        "page": Kind(4, got(*(f"/?{urlencode({'q': each})}" for each in QUESTIONS))),
        "register": Kind(2, got("/commitments")),
        "follow-up": Kind(1, got("/v1/commitments?with_follow_up=true")),
        "briefing": Kind(1, got(*(f"/briefings?{urlencode({'topic': each})}" for each in TOPICS))),
        "picture": Kind(2, got(*(f"/papers/{each}/pages/1.png" for each in shown))),
        "papers": Kind(2, got("/papers")),
    }
    return {name: kind for name, kind in kinds.items() if kind.asked}


def ask(address: str, kinds: dict[str, Kind], until: float, seen: Seen) -> None:
    """Ask until a time; notes what was refused or failed."""
    rng = random.Random(threading.get_ident())
    weights = [kind.weight for kind in kinds.values()]
    with httpx2.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < until:
            name = rng.choices(list(kinds), weights)[0]
            where, body = rng.choice(kinds[name].asked)
            began = time.perf_counter()
            try:
                reply = client.post(where, json=body) if body else client.get(where)
            except httpx2.HTTPError as error:
                seen.faults.append(f"{name}: {error!r}")
                continue
            seen.seconds[name].append(time.perf_counter() - began)
            if reply.status_code >= 400:
                seen.faults.append(f"{name}: {reply.status_code} {reply.text[:200]}")
            time.sleep(THINKING * 2 * rng.random())


def write(program: str, library: Path, folder: Path, until: float, seen: Seen) -> None:
    """Read a few papers in and remove them again, as a clerk does, until a time."""
    folder.mkdir()
    turn = 0
    while time.monotonic() < until:
        turn += 1
        for number in range(3):
            said = f"Minutes\n\n{number + 1}. Lido\n\nRESOLVED that lido {turn} open.\n"
            (folder / f"lido {number}.txt").write_text(said)
        if turn % 3:
            command = ["ingest", str(folder)]
        else:
            command = ["remove", *map(str, sorted(folder.iterdir()))]
        ran = matters(program, *command, "--library", str(library))
        seen.written += 1
        if ran.returncode:
            seen.faults.append(f"{command[0]}: {ran.stderr[-300:]}")
        time.sleep(max(0.0, min(WRITING, until - time.monotonic())))


def matters(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def look(process: int) -> tuple[float, int]:
    """Return MiB in memory and open files of a process and of those that it began."""
    family, memory, handles = [process], 0, 0
    for each in family:
        place = Path("/proc") / str(each)
        try:
            for task in (place / "task").iterdir():
                family += map(int, (task / "children").read_text().split())
            pages = int((place / "statm").read_text().split()[1])
            memory += pages * 4096
            handles += sum(1 for _ in (place / "fd").iterdir())
        except OSError:
            continue  # it has ended
    return memory / 2**20, handles


def run(seconds: float, library: Path, program: str = PROGRAM) -> Seen:
    """Load a server for so long."""
    seen = Seen()
    with served(library, program=program) as server:
        with httpx2.Client(base_url=server.address, timeout=60) as client:
            kinds = kinds_of(client)
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=ask, args=(server.address, kinds, until, seen))
            for _ in range(CLIENTS)
        ]
        written = (program, library, library.parent / "lidos", until, seen)
        threads.append(threading.Thread(target=write, args=written))
        for thread in threads:
            thread.start()
        while time.monotonic() < until:
            time.sleep(min(LOOKING, seconds / 20))
            seen.looks.append(look(server.process.pid))
            if server.process.poll() is not None:
                seen.faults.append(f"the server ended with {server.process.returncode}")
                break
        for thread in threads:
            thread.join()
    return seen


def growth(looks: list[tuple[float, int]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return memory and handles when all is warm and at the end: medians of a fifth of the time."""
    fifth = max(1, len(looks) // 5)
    warm = int(len(looks) * WARM)
    first, last = looks[warm : warm + fifth], looks[-fifth:]
    return tuple(tuple(median(each[n] for each in part) for part in (first, last)) for n in (0, 1))


def tell(seen: Seen) -> bool:
    """Print what came of it; tell whether nothing failed and nothing grew."""
    every = [each for times in seen.seconds.values() for each in times]
    for name, times in [*sorted(seen.seconds.items()), ("all", every)]:
        parts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
        told = ", ".join(f"p{p} {1000 * parts[p - 1]:.0f} ms" for p in (50, 95, 99))
        print(f"{name}: {len(times)} requests, {told}")
    (before, after), (opened, still) = growth(seen.looks)
    print(f"{seen.written} times papers were read in or removed")
    print(f"memory {before:.0f} MiB when warm, {after:.0f} at the end")
    print(f"open files {opened:.0f} when warm, {still:.0f} at the end")
    print(f"{len(seen.faults)} faults", *seen.faults[:20], sep="\n")
    return not seen.faults and after - before <= GROWN_MIB and still - opened <= GROWN_HANDLES


def main() -> None:
    minutes = float(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        library = Path(place) / "library"
        if len(sys.argv) > 2:
            shutil.copytree(sys.argv[2], library)
        else:
            matters(PROGRAM, "ingest", str(ROOT / "data" / "sample"), "--library", str(library))
        held = tell(run(60 * minutes, library))
    sys.exit(not held)


if __name__ == "__main__":
    main()
