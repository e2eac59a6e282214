"""Papers in Word, byte for byte the same at every making."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from .markup import Block, parse
from .source import Source

STAMP = (2024, 1, 1, 0, 0, 0)
"""Word files keep times; ours have always this one."""


def add_words(paragraph: Paragraph, words: str) -> None:
    """Add the words, bold where they are marked so."""
    for place, part in enumerate(re.split(r"\*\*", words)):
        paragraph.add_run(part).bold = True if place % 2 else None


def add_heading(paper: Paper, each: Block) -> None:
    """Add a title, or a heading with the lines below it."""
    first, *more = each.text.splitlines()
    if each.kind in ("title", "subtitle"):
        for line in each.text.splitlines():
            middle = paper.add_paragraph()
            middle.alignment = WD_ALIGN_PARAGRAPH.CENTER
            middle.add_run(line).bold = True
        return
    paper.add_heading(first, level=2 if each.kind == "heading" else 3)
    for line in more:
        paper.add_paragraph().add_run(line).italic = True


def add_table(paper: Paper, each: Block) -> None:
    """Add a table, its first row bold."""
    grid = paper.add_table(rows=0, cols=len(each.rows[0]))
    grid.style = "Table Grid"
    for place, line in enumerate(each.rows):
        for cell, words in zip(grid.add_row().cells, line, strict=True):
            cell.paragraphs[0].add_run(words).bold = True if place == 0 else None


def add(paper: Paper, each: Block) -> None:
    """Add one block."""
    if each.kind in ("title", "subtitle", "heading", "subheading"):
        add_heading(paper, each)
    elif each.kind == "table":
        add_table(paper, each)
    elif each.kind == "fields":
        for label, value in each.rows:
            add_words(paper.add_paragraph(), f"**{label}** {value}")
    elif each.kind == "bullet":
        add_words(paper.add_paragraph(style="List Bullet"), each.text)
    else:
        add_words(paper.add_paragraph(), f"{each.number}\t{each.text}".strip())


def settle(made: bytes, target: Path) -> None:
    """Write the file anew with one fixed time on every part."""
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))


def write_word(source: Source, target: Path) -> None:
    """Write the paper as a Word file."""
    paper = Document()
    about = paper.core_properties
    about.title, about.author = source.fact("title"), "Democratic Services"
    about.created = about.modified = datetime(*STAMP)
    paper.sections[0].header.paragraphs[0].text = source.fact("head")
    paper.sections[0].footer.paragraphs[0].text = source.fact("foot")
    for each in parse(source.text):
        add(paper, each)
    made = io.BytesIO()
    paper.save(made)
    settle(made.getvalue(), target)
