"""Finds the items of business of a paper: number, title, kind, and the span that each takes.

Minutes and agendas print their items; a pack carries them as its outline; a report is at most one
item. Section headings of a report, numbered paragraphs and lists are no items.
"""

from __future__ import annotations

from ingest.agenda.printed import printed_items
from ingest.agenda.whole import items_of_pack, one_item
from ingest.paper import AgendaItem, CleanText, PaperKind

_PRINTED = frozenset({PaperKind.MINUTES, PaperKind.AGENDA, PaperKind.QUESTIONS})

__all__ = ["find_items"]


def find_items(text: CleanText, kind: PaperKind) -> tuple[AgendaItem, ...]:
    """Return the paper's agenda items, in its order.

    A span runs from the item's heading to the next item of the same or a lower depth; sub-items
    lie inside their parent's span.

    Args:
        text: the paper, read and cleaned.
        kind: what it is for; transcripts, motions and other papers have no items.
    """
    if kind is PaperKind.PACK:
        return items_of_pack(text)
    single = one_item(text, kind)
    if single or kind not in _PRINTED:
        return single
    return printed_items(text, agenda=kind is PaperKind.AGENDA)
