"""The version of this program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def our_version() -> str:
    """Return the installed version; "0" where the program runs without being installed."""
    try:
        return version("matters-arising")
    except PackageNotFoundError:
        return "0"
