"""Cleans characters: one way to write a space, a bullet, a hyphen; no ligatures, no debris.

The marks of a word broken at a line's end (U+0002 and U+FFFE from pdfium, U+00AD from
typesetters) become BREAK, which joining two lines takes away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ingest.cleaning.pieces import Piece, Pieces, text_of

BREAK = "\u00ad"
"""A word was broken here; whether its hyphen belongs to it, hyphens.py decides."""

_SPACES = "\t\x0b\x0c\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
_SPACES += "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\r\n\x85\uf020"
_BULLETS = "\u2023\u2043\u2219\u25a0\u25a1\u25aa\u25ab\u25b6\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6"
_BULLETS += "\u2756\u27a2\u27a4\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf076\uf077\uf06e\uf071\uf09f"
_BULLETS += "\uf0de\uf0f0\uf0b8\uf0be\uf02a\uf06c\uf06f\uf075\uf0e8\uf0a2\uf0d2\uf0d6"
_ONE_FOR_ONE = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _BULLETS), "•"),
    **dict.fromkeys(map(ord, "\u2010\u2011\uf02d"), "-"),
    **dict.fromkeys(map(ord, "\x02\ufffe"), BREAK),
}
# Symbol fonts without a mapping give their letters in the private range from U+F020.
_ONE_FOR_ONE.update({0xF000 + code: chr(code) for code in range(0x21, 0x7F)} | _ONE_FOR_ONE)

_PLAIN = re.compile(r"[ -~£€’‘“”–—…•\u00ad]*")
_RUNS = ("  ", "....", "____", "……", "----", ". . . . ")
_SUSPECT = re.compile(
    "(?P<spaces>  +)"
    "|(?P<leader>\\.{4,}|_{4,}|…{2,}|-{4,}|(?:\\. ){4,}\\.?)"
    "|(?P<ligature>[\ufb00-\ufb06]+)"
    "|(?P<composed>[^\\W\\d_][\u0300-\u036f]+)"
    "|(?P<debris>[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff\u0300-\u036f]+)"
)


def clean_pieces(pieces: Sequence[Piece]) -> Pieces:
    """Return the pieces with clean characters, no space doubled, none at either end.

    A ligature's letters all point at the ligature on the page.
    """
    if len(pieces) == 1 and _is_clean(pieces[0].text):
        # Nearly every line: all that can be wrong is a space at either end.
        text = pieces[0].text
        start = len(text) - len(text.lstrip(" "))
        kept = pieces[0].cut(start, len(text.rstrip(" ")))
        return (kept,) if kept.text else ()
    cleaned = [part for piece in pieces for part in _clean(piece)]
    return _stripped(_single_spaced(cleaned))


def clean_text(text: str) -> str:
    """Return text with clean characters, for formats without a text layer."""
    return text_of(settled(clean_pieces([Piece(text, 1)])))


def _is_clean(text: str) -> bool:
    """Tell whether nothing within text has to go or to change."""
    if _PLAIN.fullmatch(text) is None:
        return False
    for run in _RUNS:  # noqa: SIM110 - `any` takes as long again, and every line comes here
        if run in text:
            return False
    return True


def _clean(piece: Piece) -> Iterator[Piece]:
    """Replace one for one, then cut out what has to go or to become more letters."""
    if _is_clean(piece.text):
        yield piece
        return
    piece = piece._replace(text=piece.text.translate(_ONE_FOR_ONE))
    done = 0
    for match in _SUSPECT.finditer(piece.text):
        yield from _printable(piece.cut(done, match.start()))
        yield from _instead(piece.cut(match.start(), match.end()), str(match.lastgroup))
        done = match.end()
    yield from _printable(piece.cut(done, len(piece.text)))


def _printable(piece: Piece) -> Iterator[Piece]:
    """Leave out what no font can show."""
    if piece.text.replace(BREAK, "").isprintable():
        yield piece
        return
    start = 0
    for at, character in enumerate(piece.text):
        if character != BREAK and not character.isprintable():
            yield piece.cut(start, at)
            start = at + 1
    yield piece.cut(start, len(piece.text))


def _instead(found: Piece, kind: str) -> Iterator[Piece]:
    """Yield what a clerk types for a run of suspect characters."""
    if kind == "spaces":
        yield found.cut(0, 1)
    elif kind == "leader":
        yield found.cut(0, 3) if found.text[1] == found.text[0] else found.cut(0, 1)
    elif kind == "ligature":
        for at, ligature in enumerate(found.text):
            for letter in unicodedata.normalize("NFKC", ligature):
                yield found.cut(at, at + 1)._replace(text=letter)
    elif kind == "composed":
        whole = unicodedata.normalize("NFC", found.text)
        yield found.cut(0, 1)._replace(text=whole[0])


def _single_spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Drop a space that follows a space, also across pieces, and empty pieces."""
    after_space = True
    for piece in pieces:
        if after_space and piece.text.startswith(" "):
            piece = piece.cut(1, len(piece.text))
        if piece.text:
            yield piece
            after_space = piece.text.endswith(" ")


def _stripped(pieces: Iterable[Piece]) -> Pieces:
    """Drop a space at the end."""
    kept = list(pieces)
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        if len(last.text) > 1:
            kept.append(last.cut(0, len(last.text) - 1))
    return tuple(kept)


def settled(pieces: Pieces) -> Pieces:
    """Take away the breaks that joining left: printed as hyphens at the end, not at all inside."""
    if not any(BREAK in piece.text for piece in pieces):
        return pieces
    kept = []
    for number, piece in enumerate(pieces, start=1):
        start = 0
        for match in re.finditer(BREAK, piece.text):
            kept.append(piece.cut(start, match.start()))
            start = match.end()
            if number == len(pieces) and start == len(piece.text):
                kept.append(piece.cut(start - 1, start)._replace(text="-"))
        kept.append(piece.cut(start, len(piece.text)))
    return _stripped(_single_spaced(kept))
