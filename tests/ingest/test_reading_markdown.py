"""Markdown: its own marks where it was written, page marks where it was exported."""

from ingest.paper import BlockRole
from tests.ingest.papers import check_laws, read_as, roles, said

EXPORT = """\
[Original file](https://papers.example.org/minutes%20(1).pdf)

---
**MINUTES OF THE HARBOUR BOARD**

**1.**

**Adoption of Minutes**

The harbour master told members that the quay wall had moved by two inches since

the spring, and asked that it be surveyed before the winter.

Proposed by Mrs Tidewell;

\uf0b7 the lamps of Quay Street, which
---
2

have not been lit since June.

(Image omitted)

---
*<small>Scanned page, text may contain errors. See original file for clarity</small>*

| will ask at the next meeting why the lamps are dark, and when the market will be held
again in the square.
"""


def test_an_export_is_read_page_by_page():
    text = read_as("minutes.md", EXPORT)
    assert roles(text) == [
        (BlockRole.HEADING, "MINUTES OF THE HARBOUR BOARD"),
        (BlockRole.HEADING, "1. Adoption of Minutes"),
        (
            BlockRole.PARAGRAPH,
            "The harbour master told members that the quay wall had moved by two inches since the "
            "spring, and asked that it be surveyed before the winter.",
        ),
        (BlockRole.PARAGRAPH, "Proposed by Mrs Tidewell;"),
        (
            BlockRole.LIST_ITEM,
            "• the lamps of Quay Street, which have not been lit since June.",
        ),
        (
            BlockRole.PARAGRAPH,
            "I will ask at the next meeting why the lamps are dark, and when the market will be "
            "held again in the square.",
        ),
    ]
    assert text.paged
    assert [(page.number, page.label) for page in text.pages] == [(1, None), (2, "2"), (3, None)]
    check_laws(text)


def test_an_export_without_its_link_shows_by_the_numbers_after_its_marks():
    pages = "\n---\n".join(f"{number}\n\nThe board met in room {number}." for number in range(1, 5))
    text = read_as("minutes.md", pages)
    assert [page.label for page in text.pages] == ["1", "2", "3", "4"]


def test_in_a_written_paper_a_rule_is_only_a_break():
    text = read_as("notes.md", "# Ferry\n\nIt sails.\n\n---\n\nIt sails again.\n")
    assert said(text) == ["Ferry", "It sails.", "It sails again."]
    assert not text.paged
    assert text.title == "Ferry"


def test_headings_lists_tables_and_emphasis_become_blocks():
    written = (
        "## Ferry *accounts*\n\nA line\nand [a link](https://example.org) ![a map](map.png)\n\n"
        "- lamps\n  1. of Quay Street\n  2. of the square\n\n"
        "| Item | Sum |\n|---|---|\n| Lamps | **20** |\n"
    )
    text = read_as("notes.md", written)
    assert [(block.role, block.level) for block in text.blocks] == [
        (BlockRole.HEADING, 2),
        (BlockRole.PARAGRAPH, 0),
        (BlockRole.LIST_ITEM, 0),
        (BlockRole.LIST_ITEM, 1),
        (BlockRole.LIST_ITEM, 1),
        (BlockRole.TABLE_ROW, 0),
        (BlockRole.TABLE_ROW, 0),
    ]
    assert said(text) == [
        "Ferry accounts",
        "A line and a link a map",
        "• lamps",
        "1. of Quay Street",
        "2. of the square",
        "Item | Sum",
        "Lamps | 20",
    ]
