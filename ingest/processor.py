"""What this machine has to work with."""

from __future__ import annotations

import os


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # a container may be given some of the machine's
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
