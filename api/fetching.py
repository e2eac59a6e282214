"""Fetches a model by its name from the hub: the one thing of ours that uses the network.

It happens in a process of its own, which ends with it, and only where an operator asks for it in so
many words (`matters model use NAME --fetch`). Nothing of papers or questions is in that process.
HF_ENDPOINT names a mirror of the hub within the council's network, where there is one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
"""What models are called on the hub: OWNER/NAME."""

WANTED = ("*.json", "*.txt", "*.model", "*.safetensors")
"""Files that a model consists of; weights in pickled form are not fetched: they can hold code."""

UNWANTED = ("onnx/*", "openvino/*", "coreml/*", "rust/*")
"""The same model in forms that we do not run."""

ENVIRONMENT = {
    "HF_HUB_OFFLINE": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_XET": "1",  # plain https, which a council's proxy lets through
    "DO_NOT_TRACK": "1",
}


class FetchFailed(Exception):
    """A model could not be fetched; the message says why, and how else it can be had."""


def how_to_have(name: str, place: Path) -> str:
    """Say how a model comes to this machine, over the network and without one."""
    if not HUB_NAME.fullmatch(name):
        return f"Copy its folder to {place / name}, or name it as the hub does: OWNER/NAME."
    return (
        f"To fetch it over the network: `matters model use {name} --fetch`. {_by_hand(name, place)}"
    )


def _by_hand(name: str, place: Path) -> str:
    return (
        f"Without a network: download all files of {name} on another machine, but for folders such "
        f"as onnx, and copy them to {place / name}."
    )


def fetch(name: str, place: Path, tell: Callable[[str], None]) -> None:
    """Fetch a model into the folder of its name, whole or not at all.

    Args:
        name: as OWNER/NAME.
        place: where models lie.
        tell: told what is fetched and where it goes, before it comes.

    Raises:
        FetchFailed: the hub does not have it or is not reached, or the disk has no room for it.
    """
    if not HUB_NAME.fullmatch(name):
        raise FetchFailed(f"{name} cannot be fetched. {how_to_have(name, place)}")
    with subprocess.Popen(  # noqa: S603 (this program itself; the name is checked)
        [sys.executable, "-m", "api.fetching", name, str(place / name)],
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout and child.stderr  # noqa: S101 (pipes were asked for)
        for line in child.stdout:
            tell(line.rstrip())
        complaint = child.stderr.read().strip().splitlines()
    if child.returncode:
        reason = complaint[-1] if complaint else f"it ended with {child.returncode}"
        raise FetchFailed(f"{name} could not be fetched ({reason}). {_by_hand(name, place)}")


def _fetch(name: str, folder: Path) -> None:
    """Do the fetching, in a process of its own."""
    from fnmatch import fnmatch

    from huggingface_hub import HfApi, snapshot_download

    found = HfApi().model_info(name, files_metadata=True)
    sizes = {
        each.rfilename: each.size or 0
        for each in found.siblings or ()
        if any(fnmatch(each.rfilename, form) for form in WANTED)
        and not any(fnmatch(each.rfilename, form) for form in UNWANTED)
    }
    if not any(each.endswith(".safetensors") for each in sizes):
        raise ValueError("it has no weights in the form safetensors")
    folder.parent.mkdir(parents=True, exist_ok=True)
    whole, free = sum(sizes.values()), shutil.disk_usage(folder.parent).free
    if whole > free:
        raise ValueError(f"it has {whole / 1e6:,.0f} MB, and the disk {free / 1e6:,.0f} MB free")
    print(f"fetching {name}, {whole / 1e6:,.0f} MB, into {folder}", flush=True)
    # What an earlier run had fetched whole is not fetched again.
    aside = folder.with_name(f".{folder.name}.fetching")
    snapshot_download(name, revision=found.sha, local_dir=aside, allow_patterns=list(sizes))
    shutil.rmtree(aside / ".cache", ignore_errors=True)
    aside.replace(folder)


def main(arguments: Sequence[str]) -> int:
    """Fetch the model of a name into a folder; say in one line why it did not come."""
    name, folder = arguments
    try:
        _fetch(name, Path(folder))
    except Exception as error:  # the network and the hub can fail in many ways
        said = " ".join(str(error).split())
        print(f"{type(error).__name__}: {said[:300]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
