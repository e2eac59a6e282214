"""Web pages as ModernGov serves them: a meeting, an agenda item, a decision."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from .markup import Block, parse
from .source import Source

FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>{title} | {council}</title>
<link rel="canonical" href="{address}" />
</head>
<body>
<div id="modgov">
<div class="mgHeader"><a href="mgListCommittees.aspx">Committees</a> | \
<a href="ieListMeetings.aspx?CId={committee}&amp;Year=0">Meetings</a></div>
<h1 class="mgMainTitleTxt">{heading}</h1>
<div class="mgContent">
{content}
</div>
<div class="mgFooter">{council}</div>
</div>
</body>
</html>
"""


def words(text: str) -> str:
    """Write words for HTML, bold where they are marked so."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text, quote=False))


def link(each: Block) -> str:
    """Write a paper's entry: title, address and size."""
    title, address, size = (part.strip() for part in each.text.split("|"))
    href = escape(address).replace(" ", "%20")
    size = f'<span class="mgFileSize">PDF {size}</span>'
    return f'<li><a href="{href}" >{words(title)}</a> {size}</li>'


def grid(each: Block) -> str:
    """Write a table as Word exports it."""
    lines = ["".join(f"<td>{words(cell)}</td>" for cell in line) for line in each.rows]
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="MsoTableGrid">{rows}</table>'


def prose(each: Block) -> str:
    """Write running text; Word's export sets numbers off with no-break spaces."""
    if each.kind == "table":
        return grid(each)
    mark = "\u00b7" if each.kind == "bullet" else each.number
    gap = "&nbsp;&nbsp;&nbsp;&nbsp; " if mark else ""
    return f'<p class="MsoNormal">{mark}{gap}{words(each.text)}</p>'


def body(blocks: list[Block]) -> str:
    """Write an item's blocks: text in `mgWordPara`, sub-headings and papers between."""
    out: list[str] = []
    kind = ""
    for each in blocks:
        group = each.kind if each.kind in ("label", "paper") else "text"
        if group != kind:
            out += [CLOSE[kind], OPEN[group]]
        out.append(LABEL.format(words(each.text)) if group == "label" else "")
        out.append(link(each) if group == "paper" else "")
        out.append(prose(each) if group == "text" else "")
        kind = group
    return "\n".join(line for line in [*out, CLOSE[kind]] if line)


LABEL = '<p class="mgSubItemTitleTxt">{}</p>'
OPEN = {"label": "", "paper": '<ul class="mgBulletList">', "text": '<div class="mgWordPara">'}
CLOSE = {"": "", "label": "", "paper": "</ul>", "text": "</div>"}


def files(source: Source) -> str:
    """Write the meeting's own papers."""
    lines = [
        link(Block("paper", each)).replace("<li>", '<li class="mgActionItem">')
        for each in source.lists.get("file", [])
    ]
    return '<ul class="mgActionList">\n' + "\n".join(lines) + "\n</ul>"


def item_row(head: str, blocks: list[Block]) -> str:
    """Write one row of the meeting's table; the head is number, title and id."""
    number, title, key = (part.strip() for part in head.split("|"))
    return (
        f'<tr>\n<td class="mgItemNumberCell"><a name="AI{key}"></a>'
        f'<p class="mgAiTitleTxt">{number}</p></td>\n<td>'
        f'<p class="mgAiTitleTxt"><a class="mgAiTitleLnk" href="mgAi.aspx?ID={key}" >'
        f"{words(title)}</a></p>\n{body(blocks)}\n</td>\n</tr>"
    )


def item_rows(blocks: list[Block]) -> str:
    """Write the rows: a heading opens each item."""
    starts = [place for place, each in enumerate(blocks) if each.kind == "heading"]
    ends = [*starts[1:], len(blocks)]
    spans = zip(starts, ends, strict=True)
    return "\n".join(item_row(blocks[a].text, blocks[a + 1 : b]) for a, b in spans)


def meeting(source: Source) -> str:
    """Write a meeting's page."""
    return "\n".join(
        [
            f'<h2 class="mgSubTitleTxt">{words(source.fact("title"))}</h2>',
            f'<p><span class="mgLabel">Venue:</span> {words(source.fact("venue"))}</p>',
            f'<p><span class="mgLabel">Contact:</span> {words(source.fact("contact"))}</p>',
            files(source),
            f'<table class="mgItemTable">\n{item_rows(parse(source.text))}\n</table>',
        ]
    )


def item(source: Source) -> str:
    """Write an agenda item's page."""
    title = words(source.fact("item"))
    meeting_line = words(source.fact("title"))
    return (
        f'<h2 class="mgSubTitleTxt">{title}</h2>\n<p><a href="{escape(source.fact("meeting"))}">'
        f"{meeting_line}</a> (Item {source.fact('number')})</p>\n{body(parse(source.text))}"
    )


def decision(source: Source) -> str:
    """Write a decision's page: labelled lines, then the parts of the decision."""
    out = [f'<h2 class="mgSubTitleTxt">{words(source.fact("title"))}</h2>']
    for each in parse(source.text):
        if each.kind == "fields":
            out += [f'<p><span class="mgLabel">{a} </span>{words(b)}</p>' for a, b in each.rows]
        elif each.kind == "heading":
            out.append(f'<h3 class="mgSubSubTitleTxt">{words(each.text)}</h3>')
        elif each.kind == "paper":
            out.append(f'<ul class="mgBulletList">{link(each)}</ul>')
        else:
            out.append(f'<div class="WordSection1">{prose(each)}</div>')
    return "\n".join(out)


HEADINGS = {
    "meeting": "Agenda, decisions and minutes",
    "item": "Agenda item",
    "decision": "Decision details",
}
MAKERS = {"meeting": meeting, "item": item, "decision": decision}


def write_page(source: Source, target: Path) -> None:
    """Write the paper as a web page of the kind that its head names."""
    kind = source.fact("layout")
    page = FRAME.format(
        title=words(source.fact("item") or source.fact("title")),
        council=words(source.fact("council")),
        address=escape(source.fact("address")),
        committee=source.fact("committee"),
        heading=HEADINGS[kind],
        content=MAKERS[kind](source),
    )
    target.write_text(page, encoding="utf-8", newline="\n")
