"""Reads Markdown as it is written by hand, with its own headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.cleaning.assembling import ONE_LEAF, assemble
from ingest.cleaning.characters import clean_text
from ingest.cleaning.pieces import Paragraph, Piece, Pieces
from ingest.cleaning.starts import marker
from ingest.cleaning.tables.joined import row_of
from ingest.paper import BlockRole, CleanText
from ingest.reading.inline import is_bold, spoken, without_marks

_PARSER = MarkdownIt("commonmark", {"maxNesting": 30}).enable("table")


def read_marked(text: str) -> CleanText:
    """Return the paper's text; its first heading of the first level is its title."""
    paragraphs = list(_paragraphs(_PARSER.parse(text)))
    titles = [
        each.text for each in paragraphs if each.role is BlockRole.HEADING and each.level == 1
    ]
    return assemble(paragraphs, ONE_LEAF, paged=False, title=titles[0] if titles else None)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[Paragraph]:
    """Yield headings, paragraphs, list entries and table rows in order."""
    lists: list[int | None] = []
    entry = ""
    row: list[Pieces] | None = None
    head = False
    tables = 0
    for at, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                entry, lists = _entry(lists, token)
            case "table_open":
                tables += 1
            case "thead_open" | "thead_close":
                head = token.type == "thead_open"
            case "tr_open":
                row = []
            case "tr_close":
                if any(row or ()):
                    yield row_of(row or [], tables, head=head, between=" | ")
                row = None
            case "inline" if row is not None:
                said = _said(token)
                row.append((Piece(said, 1),) if said else ())
            case "inline":
                yield from _written(token, tokens[at - 1], entry, len(lists))
                entry = ""
            case "code_block" | "fence":
                for line in token.content.split("\n"):
                    yield from _made(BlockRole.PARAGRAPH, line)
            case "html_block":
                for line in token.content.split("\n"):
                    yield from _made(BlockRole.PARAGRAPH, without_marks(line))


def _entry(lists: list[int | None], token: Token) -> tuple[str, list[int | None]]:
    """Return how a list entry is numbered, and the lists with the next number."""
    following = lists[-1]
    if following is None:
        return "• ", lists
    return f"{following}{token.markup} ", [*lists[:-1], following + 1]


def _said(token: Token) -> str:
    """Return an inline token's text."""
    return clean_text(spoken(token.children or []))


def _written(token: Token, opening: Token, entry: str, depth: int) -> Iterator[Paragraph]:
    """Yield what one inline token is."""
    text = _said(token)
    if opening.type == "heading_open":
        yield from _made(BlockRole.HEADING, text, int(opening.tag[1]))
    elif entry:
        yield from _made(BlockRole.LIST_ITEM, entry + text, depth - 1)
    elif is_bold(token.content) and len(text) < 150:
        yield from _made(BlockRole.HEADING, text, 6)
    elif marker(text):
        yield from _made(BlockRole.LIST_ITEM, text)
    else:
        yield from _made(BlockRole.PARAGRAPH, text)


def _made(role: BlockRole, text: str, level: int = 0) -> Iterator[Paragraph]:
    """Yield a paragraph, unless it says nothing."""
    text = clean_text(text)
    if text:
        yield Paragraph(role, (Piece(text, 1),), level)
