"""How a passage's tables look on a terminal: aligned columns under their heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.tables import TableSlice


def tables(slices: Sequence[TableSlice]) -> Iterator[RenderableType]:
    """Yield tables, each figure below the others of its column; text is shown as it is."""
    for each in slices:
        headed = any(each.heads)
        shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=headed)
        for at, head in enumerate(each.heads):
            figures = at != each.label and headed
            shown.add_column(Text(head, style="dim"), justify="right" if figures else "left")
        for row in each.rows:
            shown.add_row(*(Text(cell.text if cell else "") for cell in row))
        if each.caption:
            yield Text(each.caption, style="italic")
        yield Padding(shown, (0, 0, 0, 2))
