"""Runs the examples of docs/papers.md: what it says is understood of a paper is understood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.overrides import SUFFIX, overrides_of
from ingest.paper import BlockRole, Motion, Paper, Vote
from ingest.passages import embedded_text
from ingest.understanding import make_paper
from tests.ingest.papers import lines, pdf
from tests.reading_documents import MARKDOWN
from tests.shared import ROOT

DOCUMENT = ROOT / "docs" / "papers.md"
NEXT_PAGE = "-- next page --"
ROLES = {role.value.replace("list item", "list entry"): role for role in BlockRole}


@dataclass
class Example:
    """Files, by path, of which the last that is no sidecar is the paper; what is said of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return [name for name in self.files if not name.endswith(SUFFIX)][-1]


def printed(text: str) -> bytes:
    """Return a text set as a PDF: its first line is at the head and a bare number at the foot."""
    pages = []
    for page in text.split(f"{NEXT_PAGE}\n"):
        head, *rest = page.splitlines()
        foot = rest.pop() if rest and rest[-1].isdigit() else ""
        drawn = [*lines(head, top=810), *lines(*rest, top=740), *lines(foot, top=30, left=290)]
        pages.append(drawn)
    return pdf(*pages)


def examples() -> list[Example]:
    """Return the document's examples in order; one without files is about the last one's."""
    found = [Example()]
    for token in MARKDOWN.parse(DOCUMENT.read_text(encoding="utf-8")):
        how, _, name = token.info.partition(" ") if token.type == "fence" else ("", "", "")
        if how == "understood":
            found[-1].files = found[-1].files or found[-2].files
            found[-1].said = token.content.splitlines()
            found.append(Example())
        elif how in ("paper", "printed"):
            content = printed(token.content) if how == "printed" else token.content.encode()
            found[-1].files[name] = content
    assert not found.pop().files, "the last paper has nothing that is understood of it"
    return found


FACTS: dict[str, Callable[[Paper], object]] = {
    "format": lambda paper: paper.format,
    "title": lambda paper: paper.title,
    "kind": lambda paper: paper.kind.value,
    "state": lambda paper: paper.state and paper.state.value,
    "body": lambda paper: paper.body or "unknown",
    "date": lambda paper: paper.meeting_date.isoformat() if paper.meeting_date else "unknown",
    "exempt": lambda paper: "yes" if paper.exempt else "no",
}


def motions(paper: Paper) -> list[Motion]:
    return [each for motion in paper.business.motions for each in (motion, *motion.amendments)]


def votes(paper: Paper) -> list[str]:
    found = [each.vote for each in motions(paper) if each.vote]
    return [", ".join(filter(None, (figures(vote), vote.manner))) for vote in found]


def figures(vote: Vote) -> str:
    if vote.against is None:
        return f"{vote.in_favour} in favour"
    return f"{vote.in_favour} to {vote.against}"


def shortened(paper: Paper, start: int, end: int) -> str:
    words = " ".join(paper.text.text[start:end].split())
    return f"{words[:14]} … {words[-7:]}"


BUSINESS: dict[str, Callable[[Paper], list[str]]] = {
    "motion": lambda paper: [paper.text.text[slice(*m.words)] for m in paper.business.motions],
    "amendment": lambda paper: [
        paper.text.text[slice(*m.words)] for m in paper.business.motions[0].amendments
    ],
    "proposed by": lambda paper: [m.proposer for m in motions(paper)],
    "seconded by": lambda paper: [m.seconder for m in motions(paper)],
    "outcome": lambda paper: [m.outcome.value for m in motions(paper) if m.outcome],
    "vote": votes,
    "question": lambda paper: [paper.text.text[slice(*q.words)] for q in paper.business.questions],
    "asked by": lambda paper: [q.asker for q in paper.business.questions],
    "asked of": lambda paper: [q.asked_of for q in paper.business.questions],
    "reply": lambda paper: [paper.text.text[slice(*q.reply)] for q in paper.business.questions],
    "resolved": lambda paper: [shortened(paper, *r.span) for r in paper.business.resolutions],
    "clauses": lambda paper: [
        ", ".join(each.mark for each in r.clauses) for r in paper.business.resolutions
    ],
}


def holds(paper: Paper, claim: str, words: str) -> bool:
    """Tell whether what the document claims of a paper is so."""
    if claim in FACTS:
        return FACTS[claim](paper) == words
    if claim in ROLES:
        blocks = (block for block in paper.text.blocks if block.role is ROLES[claim])
        return words in [paper.text.text[block.start : block.end] for block in blocks]
    if claim.endswith(" from"):
        return paper.facts[claim.removesuffix(" from")].found_in == words
    if claim.startswith("item "):
        number, _, kind = claim.removeprefix("item ").partition(", ")
        items = ((each.number or each.minute, each.kind.value, each.title) for each in paper.items)
        return (number, kind, words) in items
    if claim.startswith("page "):
        return paper.text.pages[int(claim.split()[1]) - 1].text.startswith(words)
    if claim == "left out":
        return words not in paper.text.text
    if claim == "context":
        return all(each.context.startswith(words) for each in paper.passages)
    if claim == "searched with":
        return any(words in embedded_text(each) for each in paper.passages)
    if claim in ("speaks", "silent"):
        speaking = {name for each in paper.passages for name in each.speakers}
        return (words in speaking) == (claim == "speaks")
    if claim == "paragraphs":
        return words in {" to ".join(each.citation.paragraphs or ()) for each in paper.passages}
    if claim in BUSINESS:
        return words in BUSINESS[claim](paper)
    if claim == "passage":
        first, _, last = words.partition(" … ")
        return any(
            each.text.find(first) >= 0 and each.text.endswith(last) for each in paper.passages
        )
    raise AssertionError(f"the document claims {claim!r}, which no test knows")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_what_the_document_says_is_understood(example, tmp_path):
    for name, content in example.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    paper = tmp_path / example.name
    claims = [claim.partition(": ") for claim in example.said]
    assert claims
    if claims[0][0] == "fails":
        with pytest.raises(IngestError) as failure:
            understood(paper)
        assert claims[0][2] in failure.value.reason
        return
    read = understood(paper)
    false = [f"{claim}: {words}" for claim, _, words in claims if not holds(read, claim, words)]
    assert false == []


def understood(path: Path) -> Paper:
    return make_paper(path, path.read_bytes(), overrides_of(path, {}))
