"""Makes PDF papers with ruled tables, as word processors and spreadsheets print them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen import canvas

from tests.ingest.papers import Drawn

ROW, PAD = 20.0, 6.0
"""Height of a row of one line, and distance of its words from the rules, in points."""

Cell = str | tuple[str, ...]
"""What a cell says: one line, or several."""


class Sheets:
    """Draws pages with tables and words."""

    def __init__(self) -> None:
        """Start the first page."""
        self._buffer = BytesIO()
        self._canvas = canvas.Canvas(self._buffer, pagesize=(595, 842), invariant=1)

    def write(self, drawn: Sequence[Drawn]) -> Sheets:
        """Draw words."""
        for x, y, text, *style in drawn:
            font, size = style or ("Helvetica", 11)
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, y, text)
        return self

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 1) -> None:
        """Draw one line, so many points wide."""
        self._canvas.setLineWidth(width)
        self._canvas.line(x, y, to_x, to_y)
        self._canvas.setLineWidth(1)

    def table(
        self,
        rows: Sequence[Sequence[Cell | None]],
        sides: Sequence[float] = (60, 200, 300, 400, 500),
        top: float = 700.0,
        bold: int = 0,
        ruled: bool = True,
    ) -> float:
        """Draw a table and return where it ends.

        Args:
            rows: None goes on with the cell to its left.
            sides: of its columns, from the left.
            top: its upper side.
            bold: how many of its first rows are bold.
            ruled: draw the lines.
        """
        for at, row in enumerate(rows):
            lines = max(len(cell) if isinstance(cell, tuple) else 1 for cell in row)
            foot = top - ROW - (lines - 1) * 12
            self._canvas.setFont("Helvetica-Bold" if at < bold else "Helvetica", 9)
            for column, cell in enumerate(row):
                said = (cell,) if isinstance(cell, str) else cell or ()
                for line, words in enumerate(said):
                    self._canvas.drawString(sides[column] + PAD, top - 13 - 12 * line, words)
                if ruled and cell is not None:
                    self._canvas.line(sides[column], top, sides[column], foot)
            if ruled:
                self._canvas.line(sides[0], top, sides[len(row)], top)
                self._canvas.line(sides[len(row)], top, sides[len(row)], foot)
                self._canvas.line(sides[0], foot, sides[len(row)], foot)
            top = foot
        return top

    def turn(self) -> Sheets:
        """Start the next page."""
        self._canvas.showPage()
        return self

    def done(self) -> bytes:
        """Return the PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()
