import io
import json
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from api.app import create_app
from api.documents.briefing_markdown import escaped, markdown_of
from api.documents.briefing_outline import (
    Outline,
    Part,
    Quoted,
    Reference,
    outline_of,
    text_equivalent,
    vote_in_words,
)
from api.documents.briefing_pdf import briefing_pdf
from api.documents.briefing_timeline import timeline_svg
from api.documents.briefing_word import briefing_word
from api.schemas.briefings import BriefingModel
from api.schemas.cards import paper_link
from ingest.paper import Business, Due, Resolution, Ruling, Vote
from search.briefing.values import Matter
from search.errors import EmptyQuery
from search.library import Library
from search.register.values import due_of
from tests.api.conftest import house_at
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising

TODAY = "2031-09-01"
RESOLVED = "RESOLVED that the tram depot “at” Żary & <b>Sallowmere</b> cost £4.1 million – no more."
PROMISE = "Ms Tarn undertook to publish the tram depot *survey* by 30 June 2031."


def minutes(*paragraphs: str, **given):
    whole = replace(paper(list(paragraphs), **given), business=Business())
    starts = [(whole.text.text.index(each), each) for each in paragraphs]
    ruled = tuple(
        Resolution(None, Ruling.RESOLVED, (start, start + len(each)))
        for start, each in starts
        if each.startswith("RESOLVED")
    )
    return replace(whole, business=Business(resolutions=ruled))


MAY = promising(
    minutes(PROMISE, source="/papers/may.md", body="Streets Panel"),
    PROMISE,
    owner="Ms Tarn",
    due=Due("by 30 June 2031", date(2031, 6, 30), date(2031, 6, 30)),
)
JULY = minutes(
    "Ms Tarn reported that the tram depot had no roof yet, and no windows.",
    RESOLVED,
    source="/papers/july.md",
    meeting_date=date(2031, 7, 1),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trams") / "library"
    filler = [
        minutes(f"Matter {n} was noted by the Panel.", source=f"/papers/{n}.md") for n in range(40)
    ]
    with Library.create_or_open(folder, "hash", HashEmbedder.dimension) as library:
        library.keep(embedded(MAY, JULY, *filler))
    house = house_at(folder, council="Sallowmere Council")
    yield house
    house.close()


@pytest.fixture(scope="module")
def served(house):
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def briefing(house):
    asked = ("What does the tram depot at Sallowmere cost?", "Who keeps zebras?")
    return house.brief(Matter("tram depot", date.fromisoformat(TODAY), questions=asked))


@pytest.fixture(scope="module")
def outline(briefing):
    def link(card, page, words):
        return f"https://papers.sallowmere.example{paper_link(card, page, words)}"

    return outline_of(briefing, link, "Sallowmere Council")


@pytest.fixture(scope="module")
def word(outline):
    return Document(io.BytesIO(briefing_word(outline)))


@pytest.fixture(scope="module")
def pdf(outline):
    return pypdfium2.PdfDocument(briefing_pdf(outline))


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (due_of("2031-08-31"), "due: 31 August 2031"),
        (due_of("2031-08-01/2031-08-31"), "due: August 2031"),
        (Due("in the autumn", date(2031, 9, 1), date(2031, 11, 30)), "due: in the autumn"),
        (Due("in due course"), "due: in due course"),
    ],
)
def test_a_day_that_an_officer_set_is_told_in_words(briefing, due, told):
    (one,) = briefing.promises
    entry = replace(one.entry, present=replace(one.entry.present, due=due))
    made = outline_of(replace(briefing, promises=(replace(one, entry=entry),)), paper_link)
    (part,) = (each for each in made.parts if each.title == "Commitments, open and overdue")
    assert f"owner: Ms Tarn; {told}" in str(part.blocks)


def one_line(text: str) -> str:
    return "".join(text.split())


def printed(briefing) -> list[str]:
    """Return what every form of a briefing has to quote."""
    lines = [line.quote for met in briefing.meetings for line in met.lines]
    return [
        quote.text
        for quote in (
            *briefing.position,
            *(each for reply in briefing.replies for each in reply.quotes),
            *lines,
            *(each.quote for each in briefing.promises),
        )
    ]


class TestWord:
    def test_it_has_real_headings(self, word, outline):
        found = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
        assert found == list(outline.headings)

    def test_it_quotes_everything_word_for_word(self, word, briefing):
        whole = one_line("".join(each.text for each in word.paragraphs))
        assert [each for each in printed(briefing) if one_line(each) not in whole] == []
        assert one_line(RESOLVED) in whole

    def test_every_number_leads_to_a_reference_and_every_reference_outside(self, word, outline):
        links = list(word.element.body.iter(qn("w:hyperlink")))
        inside = {each.get(qn("w:anchor")) for each in links} - {None}
        marks = {each.get(qn("w:name")) for each in word.element.body.iter(qn("w:bookmarkStart"))}
        assert inside <= marks
        assert {f"reference_{each.number}" for each in outline.references} <= inside
        outside = [
            each.target_ref
            for each in word.part.rels.values()
            if each.reltype == RELATIONSHIP_TYPE.HYPERLINK
        ]
        assert sorted(outside) == sorted({each.link for each in outline.references})

    def test_bookmarks_have_numbers_of_their_own(self, word):
        ids = [each.get(qn("w:id")) for each in word.element.body.iter(qn("w:bookmarkStart"))]
        assert len(ids) == len(set(ids))

    def test_contents_and_page_numbers_are_fields_that_word_brings_up_to_date(self, word):
        foot = word.sections[0].footer._element
        codes = [each.text.split()[0] for part in (word.element.body, foot)
                 for each in part.iter(qn("w:instrText"))]  # fmt: skip
        assert codes == ["TOC", "PAGE", "NUMPAGES"]
        kinds = [each.get(qn("w:fldCharType")) for each in word.element.body.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"]

    def test_it_is_in_arial_and_says_its_title_and_language(self, word):
        assert word.styles["Normal"].font.name == "Arial"
        assert word.core_properties.title == "Briefing: tram depot"
        assert word.core_properties.language == "en-GB"


class TestPdf:
    def test_it_quotes_everything_word_for_word(self, pdf, briefing):
        whole = one_line("".join(page.get_textpage().get_text_range() for page in pdf))
        # The one letter that the fonts lack stands without its accent.
        wanted = [one_line(each).replace("Ż", "Z") for each in printed(briefing)]
        assert [each for each in wanted if each not in whole] == []
        assert any("£4.1million–nomore." in each for each in wanted)

    def test_its_bookmarks_are_the_headings(self, pdf, outline):
        assert [each.get_title() for each in pdf.get_toc()] == list(outline.headings)

    def test_its_references_lead_to_the_papers(self, outline):
        content = briefing_pdf(outline)
        for each in outline.references:
            assert each.link.encode() in content

    def test_every_page_has_its_number(self, pdf):
        for number, page in enumerate(pdf, start=1):
            assert f"Page {number}" in page.get_textpage().get_text_range()

    def test_the_same_briefing_gives_the_same_bytes(self, outline):
        assert briefing_pdf(outline) == briefing_pdf(outline)


class TestMarkdown:
    def test_it_shows_the_quotations_as_they_are(self, outline, briefing):
        rendered = MarkdownIt().render(markdown_of(outline))
        shown = one_line("".join(etree.HTML(rendered).itertext()))
        assert [each for each in printed(briefing) if one_line(each) not in shown] == []
        assert "<b>" not in rendered

    def test_its_links_lead_to_the_papers(self, outline):
        tree = etree.HTML(MarkdownIt().render(markdown_of(outline)))
        assert set(tree.xpath("//a/@href")) == {each.link for each in outline.references}

    @given(st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), min_size=1))
    def test_what_is_escaped_stays_text(self, text):
        line = f"x {text.strip()} x"
        (paragraph,) = etree.HTML(MarkdownIt().render(escaped(line))).xpath("//body/*")
        assert paragraph.tag == "p" and len(paragraph) == 0
        assert one_line(paragraph.text) == one_line(line)


def test_every_document_sets_a_quotation_with_marks_of_its_own_between_them_once():
    said = "“That the tram depot be opened in May.”"
    quoted = Quoted(None, said, cut=False, number=1)
    outline = Outline("Trams", (), (Part("Moved", (quoted,)),), (Reference(1, "Cabinet", None),))
    texts = [
        "".join(each.text for each in Document(io.BytesIO(briefing_word(outline))).paragraphs),
        pypdfium2.PdfDocument(briefing_pdf(outline))[0].get_textpage().get_text_range(),
        markdown_of(outline),
    ]
    assert [one_line(text).count(one_line(said)) for text in texts] == [1, 1, 1]
    assert not any("““" in text or "””" in text for text in texts)


class TestTimeline:
    def test_it_has_a_mark_for_each_dated_meeting_and_says_the_same_in_words(self, briefing):
        tree = etree.fromstring(timeline_svg(briefing).encode())
        space = "{http://www.w3.org/2000/svg}"
        marks = [each.text for each in tree.iter(f"{space}title")][1:]
        meetings = [each for each in marks if "sentence" in each]
        assert len(meetings) == len(briefing.meetings) == 2
        assert "Cabinet, 1 July 2031: 2 sentences, with a decision" in meetings
        told = tree.find(f"{space}desc").text
        assert all(f"{body}: {years}" in told for body, years in text_equivalent(briefing.meetings))

    def test_without_meetings_it_says_so(self, house):
        empty = house.brief(Matter("moon base", date(2031, 9, 1)))
        assert "No meeting speaks of it." in timeline_svg(empty)


def test_an_empty_briefing_says_that_the_papers_hold_nothing(house):
    outline = outline_of(house.brief(Matter("moon base", date(2031, 9, 1))), paper_link)
    assert outline.references == () and outline.headings == ()
    assert "The papers hold nothing on this." in " ".join(outline.about)
    assert Document(io.BytesIO(briefing_word(outline))).paragraphs
    assert len(pypdfium2.PdfDocument(briefing_pdf(outline))) == 1


def test_a_question_that_the_papers_do_not_answer_is_named(outline):
    (untold,) = [part for part in outline.parts if part.title == "What the papers do not tell"]
    assert [block.words for block in untold.blocks] == [
        "Who keeps zebras?",
        "The papers do not seem to answer this.",
    ]


def test_a_vote_is_told_as_far_as_it_is_printed():
    assert vote_in_words(Vote((0, 1), 12, 9, None, "recorded")) == "12 for, 9 against, recorded"


# Over HTTP


def test_the_api_gives_exact_quotations_with_their_references(served):
    reply = served.post("/v1/briefings", json={"topic": "tram depot", "today": TODAY})
    assert reply.status_code == 200, reply.text
    found = BriefingModel.model_validate_json(reply.content)
    numbers = [each.number for each in found.references]
    assert numbers == list(range(1, len(numbers) + 1))
    assert found.decisions[0].quote.text == RESOLVED
    assert found.commitments[0].overdue and found.commitments[0].owner == "Ms Tarn"
    quote = found.commitments[0].quote
    paper_of = {each.number: each.paper for each in found.references}
    assert paper_of[quote.reference].id == MAY.id
    assert MAY.text.text[quote.citation.start : quote.citation.end] == quote.text


def test_the_api_refuses_what_makes_no_sense(served):
    assert served.post("/v1/briefings", json={"topic": "?"}).status_code == 422
    assert served.post("/v1/briefings", json={"topic": "trams", "x": 1}).status_code == 422
    missing = {"topic": "trams", "passages": ["0" * 20]}
    assert served.post("/v1/briefings", json=missing).status_code == 404
    long = {"topic": "tram " * 200}
    assert served.post("/v1/briefings", json=long).status_code == 422


@pytest.mark.parametrize("form", ["docx", "pdf", "md", "svg"])
def test_documents_can_be_had_over_http(served, form):
    asked = {"topic": "tram depot", "today": TODAY, "form": form}
    reply = served.get("/v1/briefings/document", params=asked)
    assert reply.status_code == 200, reply.text
    assert f'filename="briefing-{TODAY}.{form}"' in reply.headers["content-disposition"]
    if form == "docx":
        targets = {
            each.target_ref for each in Document(io.BytesIO(reply.content)).part.rels.values()
        }
        assert any(each.startswith(f"http://testserver/papers/{MAY.id}/pages/") for each in targets)


def test_a_document_of_a_backward_period_is_refused(served):
    asked = {"topic": "tram depot", "since": "2031-09-01", "until": "2031-01-01"}
    assert served.get("/v1/briefings/document", params=asked).status_code == 422


# On the page


def test_the_page_shows_the_briefing_its_picture_and_its_documents(served):
    reply = served.get("/briefings", params={"topic": "tram depot", "question": "Who keeps bees?"})
    assert reply.status_code == 200
    tree = etree.HTML(reply.text)
    assert one_line(RESOLVED) in one_line("".join(tree.itertext()))
    assert "<b>Sallowmere" not in reply.text
    assert tree.xpath("//svg/@role") == ["img"]
    for link in tree.xpath("//a[starts-with(@href, '/v1/briefings/document')]/@href"):
        assert served.get(link).status_code == 200
    inside = {each[1:] for each in tree.xpath("//a[starts-with(@href, '#')]/@href")}
    assert inside <= set(tree.xpath("//@id"))


def test_the_empty_page_has_the_form_alone(served):
    reply = served.get("/briefings")
    assert reply.status_code == 200 and "Write the briefing" in reply.text
    assert "References" not in reply.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"topic": "trams", "since": "soon"}, "Enter a day"),
        ({"topic": "trams", "since": "2031-02-01", "until": "2031-01-01"}, "must not be before"),
        ({"topic": "?!"}, "The question is empty"),
    ],
)
def test_the_page_says_what_is_wrong_with_the_form(served, typed, told):
    reply = served.get("/briefings", params=typed)
    assert reply.status_code == 422 and told in reply.text


def test_the_page_says_when_there_is_no_library(tmp_path):
    with TestClient(create_app(house_at(tmp_path / "none"))) as client:
        assert client.get("/briefings", params={"topic": "trams"}).status_code == 503


# On the command line


@pytest.fixture
def brief(house, matters):
    def run(*arguments):
        return matters("brief", *arguments, library=house.settings.library)

    return run


def test_the_command_shows_markdown(brief):
    shown = brief("tram depot", "--today", TODAY)
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("# Briefing: tram depot") and "file:///papers/" in shown.output


def test_the_command_writes_json_as_the_api_gives_it(brief, served, tmp_path):
    file = tmp_path / "trams.json"
    assert brief("tram depot", "--today", TODAY, "--output", file).exit_code == 0
    reply = served.post("/v1/briefings", json={"topic": "tram depot", "today": TODAY})
    assert json.loads(file.read_text()) == reply.json()


def test_references_lead_to_the_server_that_is_named(brief):
    shown = brief("tram depot", "--address", "https://papers.sallowmere.example/")
    assert set(re.findall(r"<(\w+://[^/]+)/", shown.output)) == {
        "https://papers.sallowmere.example"
    }


@pytest.mark.parametrize(
    ("since", "until", "bodies"),
    [
        ("2031", "2031", {"Cabinet", "Streets Panel"}),
        ("2031-06", None, {"Cabinet"}),
        (None, "2031-05", {"Streets Panel"}),
        ("2031-05-07", "2031-06-30", set()),
    ],
)
def test_periods_are_days_months_or_years(brief, since, until, bodies, tmp_path):
    file = tmp_path / "trams.json"
    given = [*(["--since", since] if since else []), *(["--until", until] if until else [])]
    result = brief("tram depot", *given, "--output", file)
    assert result.exit_code == 0, result.output
    assert {each["body"] for each in json.loads(file.read_text())["meetings"]} == bodies


@pytest.mark.parametrize(
    "wrong",
    [
        ("--output", "trams.odt"),
        ("--since", "last week"),
        ("--since", "2031", "--until", "2030"),
        ("--kind", "poem"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(brief, wrong):
    assert brief("tram depot", *wrong).exit_code == 2


def test_the_house_refuses_a_topic_without_words(house):
    with pytest.raises(EmptyQuery):
        house.brief(Matter("", date(2031, 9, 1)))
