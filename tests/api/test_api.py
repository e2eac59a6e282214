import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.problems import STATUS
from api.routes.papers import MOST_PAPERS
from search.errors import SearchError
from tests.api.conftest import house_at

DREDGING = "What was decided about dredging the inner harbour?"
PROBLEM = "application/problem+json"


def ask(client, question=DREDGING, **more):
    return client.post("/v1/ask", json={"question": question, **more})


def every_kind(error: type[Exception]) -> Iterator[type[Exception]]:
    yield error
    for each in error.__subclasses__():
        yield from every_kind(each)


def test_every_refusal_of_search_has_a_status():
    assert set(every_kind(SearchError)) <= set(STATUS)


def test_an_answer_quotes_the_paper_and_cites_body_day_and_item(client):
    reply = ask(client)
    assert reply.status_code == 200
    hit = reply.json()["hits"][0]
    assert "dredging of the inner harbour begin in September 2024" in hit["text"]
    assert hit["answer"]["text"] == hit["text"][hit["answer"]["start"] : hit["answer"]["end"]]
    assert hit["paper"]["body"] == "Harbour Committee"
    assert hit["paper"]["meeting_date"] == "2024-03-12"
    assert hit["item"]["title"] == "Dredging of the inner harbour"


def test_the_same_words_in_two_papers_are_one_hit_with_a_twin(client):
    hits = ask(client).json()["hits"]
    twins = [twin["paper"]["id"] for twin in hits[0]["twins"]]
    assert len(twins) == 1
    assert hits[0]["paper"]["id"] not in twins
    assert len({hit["text"] for hit in hits}) == len(hits)


def test_an_answer_holds_no_path_of_the_server(client, papers):
    for each in (ask(client), client.get("/v1/papers")):
        assert str(papers) not in each.text


def test_the_limit_is_the_most_passages(client):
    assert len(ask(client, limit=1).json()["hits"]) == 1


@pytest.mark.parametrize(
    "filters",
    [
        {"bodies": ["Committee of None"]},
        {"kinds": ["transcript"]},
        {"since": "2030-01-01"},
        {"until": "1999-12-31"},
        {"papers": ["0" * 16]},
    ],
)
def test_a_filter_that_matches_nothing_returns_nothing(client, filters):
    reply = ask(client, filters=filters).json()
    assert reply["hits"] == []
    assert reply["answered"] is False


def test_filters_keep_to_their_papers_and_are_given_back(client):
    filters = {"bodies": ["Libraries Committee"], "since": "2024-06-01"}
    reply = ask(client, "What was resolved?", filters=filters).json()
    assert {hit["paper"]["body"] for hit in reply["hits"]} == {"Libraries Committee"}
    assert reply["filters"]["bodies"] == ["Libraries Committee"]
    assert reply["filters"]["since"] == "2024-06-01"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body.question"),
        ({"question": "x", "limit": 0}, "body.limit"),
        ({"question": "x", "filter": {}}, "body.filter"),
        ({"question": "x", "filters": {"kinds": ["novel"]}}, "body.filters.kinds.0"),
        (
            {"question": "x", "filters": {"since": "2024-02-01", "until": "2024-01-01"}},
            "body.filters",
        ),
    ],
)
def test_a_wrong_request_is_a_problem_that_names_the_value(client, body, where):
    reply = client.post("/v1/ask", json=body)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == PROBLEM
    assert [fault["where"] for fault in reply.json()["faults"]] == [where]


def test_a_wrong_request_is_not_read_back(client):
    assert "secret" not in ask(client, "secret", limit="secret").text


@pytest.mark.parametrize(
    ("question", "kind"),
    [(" \n", "empty-query"), ("harbour " * 26, "question-too-long")],
)
def test_a_question_that_is_none_is_a_problem_of_its_own_type(client, question, kind):
    reply = ask(client, question)
    assert (reply.status_code, reply.headers["content-type"]) == (422, PROBLEM)
    assert reply.json()["type"] == f"urn:matters-arising:{kind}"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", f"/v1/papers/{'0' * 16}", 404),
        ("GET", f"/v1/papers/{'0' * 16}/file", 404),
        ("GET", f"/v1/passages/{'0' * 20}", 404),
        ("GET", "/v1/papers/..%2f..%2fetc%2fpasswd", 404),
        ("GET", "/v1/papers/passwd", 422),
        ("GET", "/v1/papers?since=soon", 422),
        ("GET", "/v1/papers?since=2024-02-01&until=2024-01-01", 422),
        ("DELETE", "/v1/papers", 405),
        ("GET", "/docs", 404),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_every_refusal_is_a_problem(client, method, path, status):
    reply = client.request(method, path)
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM)
    assert reply.json()["status"] == status
    assert {"type", "title"} <= reply.json().keys()


def test_a_browser_gets_a_refusal_as_a_page(client):
    reply = client.get("/v1/nothing", headers={"accept": "text/html,*/*"})
    assert reply.status_code == 404
    assert "<h1>This page cannot be found</h1>" in reply.text


def test_a_body_above_the_limit_is_refused_whether_or_not_its_length_is_told(client):
    long = b'{"question": "' + b"x" * 70_000 + b'"}'
    pieces = iter([long[:35_000], long[35_000:]])
    for content in (long, pieces):
        reply = client.post(
            "/v1/ask", content=content, headers={"content-type": "application/json"}
        )
        assert (reply.status_code, reply.headers["content-type"]) == (413, PROBLEM)


def test_papers_are_listed_latest_meeting_first_and_a_page_at_a_time(client):
    whole = client.get("/v1/papers").json()
    days = [each["meeting_date"] for each in whole["papers"] if each["meeting_date"]]
    assert whole["total"] == 5 == len(whole["papers"])
    assert days == sorted(days, reverse=True)
    second = client.get("/v1/papers", params={"offset": 1, "limit": 1}).json()
    assert second["papers"] == whole["papers"][1:2]
    assert second["total"] == 5
    assert client.get("/v1/papers", params={"limit": MOST_PAPERS + 1}).status_code == 422


def test_papers_are_listed_by_body_kind_and_day(client):
    params = {"body": "Harbour Committee", "kind": "minutes", "until": "2024-03-12"}
    listed = client.get("/v1/papers", params=params).json()["papers"]
    assert {each["file_name"] for each in listed} == {"minutes.txt", "minutes as printed.txt"}
    assert client.get("/v1/papers", params={"body": "None"}).json()["papers"] == []


def test_a_paper_comes_with_items_pages_and_the_evidence_for_its_facts(client):
    listed = client.get("/v1/papers", params={"body": "Libraries Committee"}).json()["papers"]
    paper = client.get(f"/v1/papers/{listed[0]['id']}").json()
    assert date.fromisoformat(paper["meeting_date"]) == date(2024, 6, 3)
    assert "3 June 2024" in paper["facts"]["meeting_date"]["evidence"]
    assert "Opening hours" in [item["title"] for item in paper["items"]]
    assert [page["number"] for page in paper["pages"]] == [1]


def test_a_passage_can_be_fetched_by_the_id_that_a_hit_gives(client):
    hit = ask(client).json()["hits"][0]
    alone = client.get(f"/v1/passages/{hit['passage']}").json()
    for name in ("passage", "text", "context", "citation", "paper", "item"):
        assert alone[name] == hit[name]


def test_bodies_are_listed_with_how_many_papers_each_has(client):
    bodies = client.get("/v1/bodies").json()["bodies"]
    listed = client.get("/v1/papers").json()["papers"]
    held = Counter(paper["body"] for paper in listed)
    assert {each["body"]: each["papers"] for each in bodies} == held
    assert held["Libraries Committee"] == 1


def test_a_server_that_can_answer_is_ready(client):
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_a_server_without_a_library_lives_but_is_not_ready_and_says_why(tmp_path):
    with TestClient(create_app(house_at(tmp_path / "none"))) as client:
        assert client.get("/healthz").status_code == 200
        reply = client.get("/readyz")
    assert (reply.status_code, reply.headers["content-type"]) == (503, PROBLEM)
    assert reply.json()["type"] == "urn:matters-arising:library-missing"
    assert "ingest papers into it first" in reply.json()["detail"]
    assert str(tmp_path) not in reply.text


def test_every_response_has_the_careful_headers(client):
    for path in ("/", "/v1/papers", "/v1/nothing", "/static/style.css", "/openapi.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


class TestOriginals:
    def file(self, client, papers, name, **headers):
        listed = client.get("/v1/papers").json()["papers"]
        link = next(each["file"] for each in listed if each["file_name"] == name)
        return client.get(link, headers=headers), (papers / name).read_bytes()

    def test_an_original_comes_byte_for_byte(self, client, papers):
        reply, original = self.file(client, papers, "lighthouse.pdf")
        assert reply.content == original
        assert reply.headers["content-type"] == "application/pdf"
        assert reply.headers["content-length"] == str(len(original))
        assert reply.headers["etag"] == f'"{hashlib.sha256(original).hexdigest()}"'

    def test_a_web_page_comes_as_text_that_nothing_runs_in(self, client, papers):
        reply, original = self.file(client, papers, "ferry.html")
        assert reply.content == original
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert "sandbox" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"

    def test_a_file_name_cannot_end_its_header(self, client, papers):
        reply, _ = self.file(client, papers, "libraries minutes.txt")
        given = reply.headers["content-disposition"]
        assert given == "inline; filename*=UTF-8''libraries%20minutes.txt"

    def test_a_caller_with_a_copy_is_told_that_it_still_holds(self, client, papers):
        first, _ = self.file(client, papers, "lighthouse.pdf")
        tag = {"if-none-match": first.headers["etag"]}
        again, _ = self.file(client, papers, "lighthouse.pdf", **tag)
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize("change", ["edited", "gone"])
    def test_a_file_that_is_not_what_was_read_is_not_given_out(self, client, papers, change):
        first, original = self.file(client, papers, "ferry.html")
        file = papers / "ferry.html"
        try:
            if change == "gone":
                file.unlink()
            else:
                file.write_bytes(original + b" ")
            reply = client.get(first.request.url.path)
        finally:
            file.write_bytes(original)
        assert (reply.status_code, reply.headers["content-type"]) == (409, PROBLEM)
        assert "ferry.html" in reply.json()["detail"]
        assert str(papers) not in reply.text


def test_a_reading_is_told_with_the_key_that_drops_it(client):
    question = "What did the Harbour Committee decide about mooring fees?"
    (reading,) = ask(client, question).json()["readings"]
    assert (reading["key"], reading["hard"]) == ("body:Harbour Committee", False)
    assert question[reading["start"] : reading["end"]] == reading["words"]
    assert ask(client, question, ignore=[reading["key"]]).json()["readings"] == []


def test_an_answer_counts_what_matches_by_body_kind_and_year(client):
    facets = ask(client, "mooring fees").json()["facets"]
    assert facets["passages"] == sum(each["passages"] for each in facets["bodies"])
    assert {each["value"] for each in facets["years"]} == {"2024"}


def test_passages_can_be_asked_for_latest_first_and_by_meeting(client):
    reply = ask(client, "What was resolved?", order="latest", group="meeting").json()
    days = [hit["paper"]["meeting_date"] for hit in reply["hits"] if hit["paper"]["meeting_date"]]
    assert days == sorted(days, reverse=True)
    ranks = [rank for each in reply["meetings"] for rank in each["ranks"]]
    assert sorted(ranks) == [hit["rank"] for hit in reply["hits"]]


def test_an_answer_is_explained_where_that_is_asked(client):
    assert ask(client).json()["trace"] is None
    reply = ask(client, explain=True).json()
    assert len(reply["trace"]["parts"]) == len(reply["hits"])
    assert "reading" in [each["stage"] for each in reply["trace"]["stages"]]
    assert reply["trace"]["by_words"] and reply["trace"]["by_meaning"]
