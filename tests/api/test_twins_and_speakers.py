from tests.api.papers import HARBOUR


def papers(client):
    return {each["file_name"]: each["id"] for each in client.get("/v1/papers").json()["papers"]}


def test_a_paper_shows_its_twins(client):
    held = papers(client)
    whole = client.get(f"/v1/papers/{held['minutes.txt']}").json()
    assert [(each["paper"]["id"], each["relation"], each["shared"]) for each in whole["twins"]] == [
        (held["minutes as printed.txt"], "same", 1.0)
    ]
    assert client.get(f"/v1/papers/{held['ferry.html']}").json()["twins"] == []


def test_a_hit_and_its_passage_say_who_speaks(client):
    assert "The Harbour Master reported" in HARBOUR
    asked = {"question": "How far has the inner harbour silted up?", "limit": 1}
    hit = client.post("/v1/ask", json=asked).json()["hits"][0]
    assert hit["speakers"] == ["Harbour Master"]
    passage = client.get(f"/v1/passages/{hit['passage']}").json()
    assert passage["speakers"] == hit["speakers"]


def test_a_body_may_be_given_in_any_spelling(client):
    for body in ("Harbour Committee", "HARBOUR COMMITTEE", "The Harbour Committee"):
        found = client.get("/v1/papers", params={"body": body}).json()["papers"]
        assert {each["body"] for each in found} == {"Harbour Committee"}
