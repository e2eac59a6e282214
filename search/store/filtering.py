"""Filters as SQL."""

from __future__ import annotations

import json

from search.answer import Filters


def where(filters: Filters) -> tuple[str, list[str]]:
    """Return a condition on table paper, and its parameters."""
    parts: list[str] = ["1"]
    values: list[str] = []
    for column, allowed in (
        ("body", filters.bodies),
        ("kind", [kind.value for kind in filters.kinds]),
        ("id", filters.papers),
    ):
        if allowed:
            # One parameter however many values: a clerk may choose thousands of papers.
            parts.append(f"paper.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(json.dumps(list(allowed)))
    if filters.since:
        parts.append("paper.meeting_date >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        parts.append("paper.meeting_date <= ?")
        values.append(filters.until.isoformat())
    return " AND ".join(parts), values
