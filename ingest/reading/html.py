"""Reads saved web pages, ModernGov's first: paragraphs come from tags, never from line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lxml import etree, html

from ingest.cleaning.assembling import ONE_LEAF, assemble
from ingest.cleaning.characters import clean_text
from ingest.cleaning.pieces import Paragraph, Piece
from ingest.cleaning.starts import bullet, marker, only_marker
from ingest.errors import UnreadablePaper
from ingest.paper import BlockRole, CleanText
from ingest.reading.decoding import decoded
from ingest.reading.webtables import holds_words, of_cells

MAX_DEPTH = 200
"""Elements one inside the other; deeper ones are read as text of the one above."""
MIN_SHARE = 0.3
"""Share of a page's words that a content column must hold to be taken for it."""

_CONTENT = (
    "//*[@id='modgov']//*[contains(concat(' ', @class, ' '), ' mgContent ')]",
    "//*[@id='modgov']",
    "//*[contains(concat(' ', @class, ' '), ' mgContent ')]",
    "//main",
    "//*[@role='main']",
    "//article",
)
_TITLES = "//h1 | //h2[contains(concat(' ', @class, ' '), ' mgSubTitleTxt ')]"
"""Where ModernGov names body and meeting: in the main column, but above its content."""
_FURNITURE = re.compile(
    r"\b(?:header|footer|banner|masthead|logo|nav\w*|menu|sidebar|cookies?|search)\b", re.IGNORECASE
)
_SITE = frozenset({"header", "footer", "nav", "aside", "form"})
_DROPPED = frozenset(
    "script style noscript template nav header footer form button select input textarea iframe "
    "object embed svg canvas audio video head link meta map aside dialog".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr img".split()
)
_HIDDEN = re.compile(
    r"(?:^|\s)(?:mgHide|mgFileSize|visually-?hidden|sr-only|breadcrumb\S*|skip\S*)(?:\s|$)"
)
_FILE_NOISE = re.compile(
    r"[ ,;]{0,3}\(?\b(?:PDF|DOCX?|XLSX?|PPTX?)\s*,?\s*[\d.,]+\s*[KMG]B\b\)?", re.IGNORECASE
)
_LABEL = "mgLabel"
_TITLE_CLASS = re.compile(r"\bmg(?:Ai|Sub|SubSub|SubItem|SubSubItem|Main)?TitleTxt\b")
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")
_ITEM_MARK = re.compile(r"</?AI\d{1,4}>")


def read_html(path: Path, content: bytes) -> CleanText:
    """Return the page's content without what surrounds it; nothing is fetched.

    Raises:
        UnreadablePaper: there is no markup in it.
    """
    root = _parsed(path, content)
    title = root.findtext(".//title")
    for each in root.xpath("//comment() | //processing-instruction()"):
        each.drop_tag() if isinstance(each, html.HtmlElement) else _forget(each)
    body = _content_of(root)
    paragraphs = [*_titles_above(root, body), *_tidied(_Walk().blocks(body))]
    return assemble(paragraphs, ONE_LEAF, paged=False, title=clean_text(title or "") or None)


def _parsed(path: Path, content: bytes) -> html.HtmlElement:
    """Parse without network, without entities of its own."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, recover=True, encoding="utf-8")
    text = _ITEM_MARK.sub(" ", _decoded(content)).translate(_NO_XML)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as exc:
        raise UnreadablePaper(path, "the web page is broken or empty") from exc
    return root


def _decoded(content: bytes) -> str:
    """Decode by the page's own declaration, else as any text."""
    declared = re.search(rb"charset=[\"']?([\w\-]{1,40})", content[:2048], re.IGNORECASE)
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return decoded(content)


def _forget(each: etree._Element) -> None:
    """Take a comment out, but not the words after it."""
    parent = each.getparent()
    if parent is None:
        return
    before = each.getprevious()
    if each.tail and before is not None:
        before.tail = (before.tail or "") + each.tail
    elif each.tail:
        parent.text = (parent.text or "") + each.tail
    parent.remove(each)


def _content_of(root: html.HtmlElement) -> html.HtmlElement:
    """Return the column that holds the paper, or the whole body."""
    body = root.find("body")
    body = root if body is None else body
    words = len(body.text_content().split())
    for path in _CONTENT:
        found = root.xpath(path)
        best = max(found, key=lambda each: len(each.text_content()), default=None)
        if best is not None and len(best.text_content().split()) >= MIN_SHARE * words:
            return best
    return body


def _titles_above(root: html.HtmlElement, body: html.HtmlElement) -> Iterator[Paragraph]:
    """Yield the headings of the main column that stand above the content, not the site's own."""
    if root.find("body") is body:
        return
    inside = set(body.iter())
    said = set()
    for heading in root.xpath(_TITLES):
        if heading in inside:
            return
        text = _unnoised(heading.text_content())
        if text and text not in said and not _is_site(heading):
            said.add(text)
            yield Paragraph(BlockRole.HEADING, (Piece(text, 1),), int(heading.tag[1]))


def _is_site(heading: html.HtmlElement) -> bool:
    """Tell whether a heading belongs to the site around the paper: its banner, its menu."""
    return any(
        not isinstance(each.tag, str)
        or each.tag in _SITE
        or _is_dropped(each)
        or _FURNITURE.search(f"{each.get('id') or ''} {each.get('class') or ''}") is not None
        for each in (heading, *heading.iterancestors())
        if each.tag not in ("html", "body")
    )


class _Walk:
    """Walks a page's elements and gathers what stands between two block tags."""

    def __init__(self, tables: Iterator[int] | None = None) -> None:
        """Start with nothing said; tables numbers the page's tables."""
        self._said: list[str] = []
        self._tables = tables or count()
        self._open: tuple[html.HtmlElement, int] | None = None

    def blocks(self, element: html.HtmlElement, depth: int = 0) -> Iterator[Paragraph]:
        """Yield the blocks of an element, in order."""
        self._say(element.text)
        for child in element:
            yield from self._child(child, depth)
            self._say(child.tail)
        yield from self._closed(_role(element))

    def _child(self, child: html.HtmlElement, depth: int) -> Iterator[Paragraph]:
        """Yield what one child adds; an inline one only adds words to what is being said."""
        if not isinstance(child.tag, str) or _is_dropped(child):
            return
        if child.tag in _INLINE and not _holds_blocks(child):
            self._say(child.text_content())
            if _LABEL in (child.get("class") or ""):
                self._say(" ")
        elif child.tag == "br":
            yield from self._closed_at_break(child)
        elif child.tag == "tr":
            yield from self._closed((BlockRole.PARAGRAPH, 0))
            yield from self._row(child, depth)
        elif child.tag in ("ul", "ol"):
            yield from self._closed((BlockRole.PARAGRAPH, 0))
            yield from _list(child, depth, tables=self._tables)
        elif depth > MAX_DEPTH:
            self._say(child.text_content())
        else:
            yield from self._closed(_role(child.getparent()))
            yield from self.blocks(child, depth + 1)

    def _row(self, row: html.HtmlElement, depth: int) -> Iterator[Paragraph]:
        """Yield a table row, as one of its table."""
        table = next(row.iterancestors("table"), row)
        if self._open is None or self._open[0] is not table:
            self._open = (table, next(self._tables))
        yield from _row(row, depth, table, self._open[1], self._tables)

    def _say(self, text: str | None) -> None:
        """Add words; a line break in the source is a space."""
        if text:
            self._said.append(text)

    def _closed_at_break(self, br: html.HtmlElement) -> Iterator[Paragraph]:
        """End a block at two breaks in a row; one is a space."""
        following = br.getnext()
        doubled = following is not None and following.tag == "br" and not (br.tail or "").strip()
        if doubled:
            yield from self._closed(_role(br.getparent()))
        else:
            self._say(" ")

    def _closed(self, role: tuple[BlockRole, int]) -> Iterator[Paragraph]:
        """Yield what was said as one block."""
        text = _unnoised("".join(self._said))
        self._said = []
        if text:
            yield Paragraph(role[0], (Piece(text, 1),), role[1])


def _unnoised(text: str) -> str:
    """Return clean text without the sizes of files."""
    return clean_text(_FILE_NOISE.sub("", clean_text(text)))


def _is_dropped(element: html.HtmlElement) -> bool:
    """Tell whether an element is none of the paper."""
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return bool(_HIDDEN.search(element.get("class") or "")) or "display:none" in style


def _holds_blocks(element: html.HtmlElement) -> bool:
    """Tell whether an inline element wraps block elements, as careless pages have it."""
    return any(
        isinstance(each.tag, str) and (each.tag not in _INLINE or _is_dropped(each))
        for each in element.iterdescendants()
    )


def _role(element: html.HtmlElement | None) -> tuple[BlockRole, int]:
    """Return what an element's own words are."""
    if element is None or not isinstance(element.tag, str):
        return BlockRole.PARAGRAPH, 0
    if re.fullmatch(r"h[1-6]", element.tag):
        return BlockRole.HEADING, int(element.tag[1])
    if _TITLE_CLASS.search(element.get("class") or ""):
        return BlockRole.HEADING, 5 if "SubItem" in (element.get("class") or "") else 3
    if element.tag in ("dt", "legend", "caption"):
        return BlockRole.HEADING, 6
    return BlockRole.PARAGRAPH, 0


def _list(
    element: html.HtmlElement, depth: int, nesting: int = 0, *, tables: Iterator[int]
) -> Iterator[Paragraph]:
    """Yield a list's entries with their bullets or numbers."""
    number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
    for child in element:
        if child.tag in ("ul", "ol"):
            yield from _list(child, depth + 1, nesting + 1, tables=tables)
        elif child.tag == "li" and not _is_dropped(child):
            sign = f"{number}. " if element.tag == "ol" else "• "
            yield from _entry(child, sign, depth + 1, nesting, tables)
            number += 1


def _entry(
    element: html.HtmlElement, sign: str, depth: int, nesting: int, tables: Iterator[int]
) -> Iterator[Paragraph]:
    """Yield one list entry: its first block carries the sign."""
    if depth > MAX_DEPTH:
        return
    first = True
    for block in _Walk(tables).blocks(element, depth + 1):
        if first and block.role in (BlockRole.PARAGRAPH, BlockRole.HEADING):
            text = block.text if marker(block.text) else sign + block.text
            yield Paragraph(BlockRole.LIST_ITEM, (Piece(text, 1),), nesting)
        elif block.role is BlockRole.LIST_ITEM:
            yield Paragraph(block.role, block.pieces, block.level + 1)
        else:
            yield block
        first = False


def _row(
    element: html.HtmlElement,
    depth: int,
    table: html.HtmlElement,
    number: int,
    tables: Iterator[int],
) -> Iterator[Paragraph]:
    """Yield a table row as one block; a row that only lays out the page as its blocks."""
    elements = [cell for cell in element if cell.tag in ("td", "th")]
    blocks = [list(_Walk(tables).blocks(cell, depth + 1)) for cell in elements]
    cells = [cell for cell in blocks if cell]
    if not cells:
        return
    if only_marker(cells[0][0].text) and len(cells) > 1 and len(cells[0]) == 1:
        yield from _item(cells)
    elif (len(cells) > 1 and all(len(cell) == 1 for cell in cells)) or (
        len(blocks) > 1 and holds_words(table, cells)
    ):
        yield of_cells(elements, blocks, number)
    else:
        yield from (block for cell in cells for block in cell)


def _item(cells: list[list[Paragraph]]) -> Iterator[Paragraph]:
    """Yield an agenda item of a ModernGov table: number and title as one heading."""
    title = cells[1][0]
    text = f"{cells[0][0].text} {title.text}"
    heading = title.role is BlockRole.HEADING
    role = BlockRole.HEADING if heading else BlockRole.LIST_ITEM
    yield Paragraph(role, (Piece(text, 1),), title.level)
    yield from cells[1][1:]
    yield from (block for cell in cells[2:] for block in cell)


def _tidied(blocks: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """Join a number alone with the block after it; call a bullet's block a list entry."""
    waiting: Paragraph | None = None
    for block in blocks:
        if waiting is not None:
            joins = block.role is not BlockRole.TABLE_ROW and not only_marker(block.text)
            if joins:
                text = f"{waiting.text} {block.text}"
                role = block.role
                if role is BlockRole.PARAGRAPH:
                    role = BlockRole.LIST_ITEM
                block = Paragraph(role, (Piece(text, 1),), block.level)
            else:
                yield waiting
            waiting = None
        if only_marker(block.text):
            waiting = block
            continue
        if block.role is BlockRole.PARAGRAPH and (bullet(block.text) or marker(block.text)):
            block = Paragraph(BlockRole.LIST_ITEM, block.pieces)
        yield block
    if waiting is not None:
        yield waiting
