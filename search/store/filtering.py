"""Filters as SQL."""

from __future__ import annotations

import json

from search.answer import Filters
from search.store.bodies import SAME_BODY, keys


def where(filters: Filters) -> tuple[str, list[str]]:
    """Return a condition on table paper, and its parameters."""
    parts: list[str] = ["1"]
    values: list[str] = []
    for column, allowed in (
        ("kind", [kind.value for kind in filters.kinds]),
        ("id", filters.papers),
    ):
        if allowed:
            # One parameter however many values: a clerk may choose thousands of papers.
            parts.append(f"paper.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(json.dumps(list(allowed)))
    if filters.bodies:
        parts.append(f"paper.body_key IN ({SAME_BODY})")
        values.append(keys(filters.bodies))
    if filters.since:
        parts.append("paper.meeting_date >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        parts.append("paper.meeting_date <= ?")
        values.append(filters.until.isoformat())
    return " AND ".join(parts), values
