"""One paper's source: a few `key: value` lines, a line of dashes, and the paper's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

RULE = "\n---\n"
REPEATABLE = ("file", "change")


@dataclass(frozen=True, slots=True)
class Source:
    """What one file under `sample_text/` says.

    Attributes:
        name: the source file's own name.
        facts: the single-valued lines of its head, such as `paper` and `layout`.
        lists: the lines that may repeat, such as `file` and `change`.
        text: the paper's text, in the markup of `papermaking.markup`.
    """

    name: str
    facts: dict[str, str]
    lists: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""

    @property
    def paper(self) -> str:
        """Where the finished paper goes, below the sample folder."""
        return self.facts["paper"]

    def fact(self, key: str) -> str:
        """Return one line of the head, or nothing."""
        return self.facts.get(key, "")


def read_head(head: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Part the head's lines into single and repeatable ones."""
    facts: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for line in head.strip().splitlines():
        key, _, value = line.partition(":")
        if key in REPEATABLE:
            lists.setdefault(key, []).append(value.strip())
        else:
            facts[key] = value.strip()
    return facts, lists


def changed(text: str, changes: list[str]) -> str:
    """Apply `old => new` lines, each of which must fit the text exactly once.

    Raises:
        ValueError: an old wording is missing or stands more than once.
    """
    for change in changes:
        old, _, new = change.partition(" =>")
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        text = text.replace(old, new.strip())
    return text


def read(path: Path) -> Source:
    """Read one source; `same-as` takes another one's text, with its changes."""
    head, _, text = path.read_text(encoding="utf-8").partition(RULE)
    facts, lists = read_head(head)
    if "same-as" in facts:
        text = read(path.with_name(facts["same-as"])).text
    return Source(path.name, facts, lists, changed(text, lists.get("change", [])))
