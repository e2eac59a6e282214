import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.meeting import canonical, same_body, tidy_body
from ingest.meeting.bodies import fuller_name, read_body

KINDS = ["Committee", "Panel", "Board", "Sub-Committee", "Forum", "Cabinet Committee"]
names = st.builds(
    lambda words, kind: " ".join([*words, kind]),
    st.lists(
        st.sampled_from(["Harbour", "Planning", "Audit", "Housing", "Vale"]), min_size=1, max_size=3
    ),
    st.sampled_from(KINDS),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cabinet held in the Council Chamber", "Cabinet"),
        ("PLANNING COMMITTEE HELD ON MONDAY", "PLANNING COMMITTEE"),
        ("Municipal District of Upper Vale to be held", "Municipal District of Upper Vale"),
        ("County Council, Harbour House, Northtown", "County Council"),
        ("Cabinet, Council Chamber", "Cabinet"),
        ("Municipal District of Upper Vale Supplementary Item", "Municipal District of Upper Vale"),
        ("Municipal District of Upper Vale The Roads Act", "Municipal District of Upper Vale"),
        (
            "Climate, Biodiversity and Harbour Committee on",
            "Climate, Biodiversity and Harbour Committee",
        ),
        (
            "Northvale City and County Council, Housing Committee",
            "Northvale City and County Council, Housing Committee",
        ),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(text, name):
    found = read_body(text)
    assert found is not None
    assert found[0] == name
    assert text.startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "Committee",
        "the weather",
        "Council Chamber",
        "A Chara",
        "",
        "12 Board",
        "Meeeting of the District of Vale",
    ],
)
def test_a_bare_kind_or_no_name_is_no_body(text):
    assert read_body(text) is None


@pytest.mark.parametrize(
    ("spelt", "tidy"),
    [
        ("PLANNING & HARBOUR COMMITTEE", "Planning and Harbour Committee"),
        ("Municipal District of East - West", "Municipal District of East-West"),
        ("Vale Municipal District", "Municipal District of Vale"),
        ("Northvale City & County Council’s Housing Committee", "Housing Committee"),
        ("Northvale County Council Cabinet", "Cabinet"),
        ("Northvale County Council", "Northvale County Council"),
        ("Housing SPC", "Housing Strategic Policy Committee"),
        (
            "Policing Subcommittee of the Municipal District of Vale",
            "Municipal District of Vale Policing Sub-Committee",
        ),
        ("Budget County Council", "County Council"),
        ("Budget Scrutiny Committee", "Budget Scrutiny Committee"),
    ],
)
def test_spellings_of_one_body_become_one_name(spelt, tidy):
    assert tidy_body(spelt) == tidy
    assert same_body(spelt, tidy)


@given(names)
def test_tidying_twice_changes_nothing(name):
    assert tidy_body(tidy_body(name)) == tidy_body(name)


@given(names)
def test_shouting_does_not_make_another_body(name):
    assert tidy_body(name.upper()) == tidy_body(name)
    assert canonical(name.upper()) == canonical(name)


@given(names, names)
def test_being_the_same_body_does_not_depend_on_the_order(a, b):
    assert same_body(a, b) == same_body(b, a)


def test_the_full_council_is_whichever_council_the_other_name_gives():
    assert same_body("Full Council", "Northvale County Council")
    assert not same_body("Full Council", "Planning Committee")
    assert not same_body("Cabinet", "Cabinet Committee")


@pytest.mark.parametrize(
    ("told", "filed", "better"),
    [
        ("Council", "Northvale City Council", "Northvale City Council"),
        (
            "Municipal District of Harboursiide",
            "Municipal District of Harbourside",
            "Municipal District of Harbourside",
        ),
        (
            "Municipal District of Vale",
            "Municipal District of Vale West",
            "Municipal District of Vale West",
        ),
        ("Northern Area Committee", "Southern Area Committee", "Northern Area Committee"),
        ("Cabinet", "Cabinet Committee", "Cabinet"),
    ],
)
def test_the_file_only_completes_or_mends_the_name_that_the_text_gives(told, filed, better):
    assert fuller_name(told, filed) == better
