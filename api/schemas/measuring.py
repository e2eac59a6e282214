"""What a file of questions with known answers holds, a line each."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.measuring import Gold, Question


class GoldLine(BaseModel):
    """A quotation that answers, as a line of a question file gives it."""

    doc: str
    page: int | None = None
    quote: str


class QuestionLine(BaseModel):
    """One line of a question file; without gold, the papers do not answer the question."""

    id: str
    kind: str
    question: str
    gold: list[GoldLine] = Field(default=[])

    def as_asked(self) -> Question:
        """Return it as measuring takes it."""
        gold = tuple(Gold(each.doc, each.page, each.quote) for each in self.gold)
        return Question(self.id, self.kind, self.question, gold)
