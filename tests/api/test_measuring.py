import importlib.util
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.measuring import (
    Given,
    Gold,
    Question,
    Shown,
    bootstrap,
    holds,
    measures,
    same_paper,
    score,
    wilson,
)
from tests.shared import shared

QUOTE = "the ferry shall run every hour on weekdays until the end of October"


def question(*gold: Gold, kind: str = "fact") -> Question:
    return Question("q", kind, "When does the ferry run?", gold)


def outcome(asked: Question, *passages: Shown, answered: bool | None = True):
    return score([asked], {"q": Given(passages, answered)})[0]


def test_a_passage_that_holds_the_quotation_is_a_hit_whatever_its_case_and_spacing():
    assert holds(
        "AGREED: The  Ferry shall run\nevery hour, on weekdays until the end of Octo\u00adber",
        QUOTE,
    )


def test_a_passage_that_holds_less_than_four_fifths_of_it_is_no_hit():
    assert not holds("the ferry shall run every hour", QUOTE)


def test_an_empty_quotation_is_held_by_nothing():
    assert not holds("anything", " .")


def test_papers_are_the_same_when_their_last_folder_and_name_are():
    assert same_paper("/srv/papers/2024-01/a.pdf", "x/2024-01/a.pdf")
    assert not same_paper("/srv/papers/2024-02/a.pdf", "x/2024-01/a.pdf")


def test_rank_characters_and_page_are_those_of_the_first_hit():
    other = Shown("x/b.txt", 1, "12345")
    hit = Shown("x/a.txt", 3, QUOTE)
    went = outcome(question(Gold("x/a.txt", 3, QUOTE)), other, hit, hit)
    assert (went.rank, went.characters, went.page_right) == (2, 5 + len(QUOTE), True)


def test_a_page_counts_only_where_question_and_passage_are_paged():
    gold = question(Gold("x/a.txt", 3, QUOTE))
    assert outcome(gold, Shown("x/a.txt", 4, QUOTE)).page_right is False
    assert outcome(gold, Shown("x/a.txt", None, QUOTE)).page_right is None


def test_the_eleventh_passage_is_not_looked_at():
    others = [Shown("x/b.txt", 1, "no")] * 10
    went = outcome(question(Gold("x/a.txt", None, QUOTE)), *others, Shown("x/a.txt", None, QUOTE))
    assert went.rank is None


def test_a_question_that_was_not_asked_counts_as_missed():
    assert score([question(Gold("a", None, QUOTE))], {})[0].rank is None


def test_measures_count_answerable_and_unanswerable_questions_apart():
    good = question(Gold("x/a.txt", None, QUOTE))
    outcomes = [
        outcome(good, Shown("x/a.txt", None, QUOTE)),
        outcome(good, Shown("x/b.txt", None, QUOTE), Shown("x/a.txt", None, QUOTE)),
        outcome(question(), Shown("x/b.txt", None, "no"), answered=False),
    ]
    found = {each.name: each.value for each in measures(outcomes)}
    assert found["hit@1"] == 0.5
    assert found["mrr@10"] == 0.75
    assert found["read@1500"] == 1
    assert found["says-answered|answerable"] == 1
    assert found["says-none|unanswerable"] == 1
    assert "page@hit" not in found


def test_no_question_makes_no_measure():
    assert measures([]) == []


def test_wilson_gives_the_known_interval():
    # Newcombe, Statistics in Medicine 1998, table I: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval_and_that_within_nought_and_one(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_the_bootstrap_interval_holds_the_mean_and_is_always_the_same():
    values = [1.0, 0.5, 0.0, 1.0, 0.25] * 10
    low, high = bootstrap(values)
    assert low < sum(values) / len(values) < high
    assert bootstrap(values) == (low, high)


def test_the_figures_are_those_of_the_shared_scorer():
    folder = shared() / "eval"
    spec = importlib.util.spec_from_file_location("shared_score", folder / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for file in sorted(folder.glob("*-dev.jsonl")):
        lines = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
        if "question" not in lines[0]:
            continue
        answers = {each["id"]: made_up(each, at) for at, each in enumerate(lines)}
        theirs, rows = scorer.score(lines, answers)
        outcomes = score(
            [
                Question(
                    each["id"],
                    each["kind"],
                    each["question"],
                    tuple(Gold(gold["doc"], gold["page"], gold["quote"]) for gold in each["gold"]),
                )
                for each in lines
            ],
            {
                name: Given(
                    tuple(Shown(p["doc"], p["page"], p["text"]) for p in each["passages"]),
                    each["answered"],
                )
                for name, each in answers.items()
            },
        )
        assert [each.rank for each in outcomes] == [row["rank"] for row in rows]
        assert [each.page_right for each in outcomes] == [row["page"] for row in rows]
        ours = {each.name: each.value for each in measures(outcomes)}
        assert ours == pytest.approx({k: v for k, v in theirs.items() if k != "questions"})


def made_up(asked: dict, at: int) -> dict:
    """Return an answer that is right, late, on a wrong page or wrong, by turns."""
    filler = {"doc": "x/none.txt", "page": 1, "text": "nothing of the kind " * 40}
    gold = asked["gold"][0] if asked["gold"] else None
    right = gold and {
        "doc": f"/srv/{gold['doc']}",
        "page": gold["page"],
        "text": gold["quote"].upper(),
    }
    passages = [filler] * (at % 12)
    if right and at % 5:
        passages = [*passages, {**right, "page": right["page"] and right["page"] + (at % 3 == 0)}]
    return {"id": asked["id"], "passages": passages, "answered": at % 4 != 0}
