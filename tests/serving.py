"""Serves a library in a process of its own, and asks it as a client does."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.cli.measuring import read_questions
from tests.shared import ROOT

PROGRAM = "api.cli"
PATIENCE = 120.0
"""Seconds for a server to come up."""
OTHERS = ROOT / "data" / "questions" / "sample.jsonl"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    address: str
    process: subprocess.Popen[bytes]
    ready: float
    """Seconds from its start until it said that it is ready."""

    def ask(self, question: str, filters: Mapping[str, object] | None = None) -> float:
        """Return the seconds that a question takes, as a client sees it.

        Raises:
            HTTPError: it was refused.
        """
        body = json.dumps({"question": question, "filters": filters or {}}).encode()
        request = urllib.request.Request(
            f"{self.address}/v1/ask", body, {"Content-Type": "application/json"}
        )
        began = time.perf_counter()
        with urllib.request.urlopen(request) as answer:
            answer.read()
        return time.perf_counter() - began

    def warm_up(self) -> None:
        """Ask what loads the models and brings the library's files into memory.

        A server remembers what it was asked, so these are not questions that are timed.
        """
        for each in read_questions(OTHERS):
            self.ask(each.text)

    def resident(self) -> dict[str, int]:
        """Return megabytes in memory: all, and those that no file gives back."""
        lines = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        )
        return {
            name: round(int(lines[key].split()[0]) / 1024)
            for name, key in (("all", "VmRSS"), ("not of files", "RssAnon"))
        }


@contextmanager
def served(folder: Path, *, core: int | None = None, program: str = PROGRAM) -> Iterator[Server]:
    """Serve a library, without limits and logs.

    Args:
        folder: the library's.
        core: the only one that the server may use; None for all.
        program: the module that is run; tests run one with a quick model.

    Raises:
        RuntimeError: it did not come up; what it said is told.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", program, "serve", "--library", str(folder)]
    settings = {"MATTERS_PER_MINUTE": "0", "MATTERS_LOG": "none", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=said,
            stderr=said,
            preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
        )
        address = f"http://127.0.0.1:{port}"
        try:
            while not _ready(address):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    said.seek(0)
                    raise RuntimeError(f"no server of {folder}: {said.read()[-2000:].decode()}")
                time.sleep(0.02)
            yield Server(address, process, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz") as answer:
            return answer.status == 200
    except OSError:
        return False
