import json

import pytest
from pydantic import TypeAdapter

from api.problems import Problem
from api.schemas.asking import MOST_PASSAGES, AnswerModel, QuestionModel
from api.schemas.commitments import PatchModel, WholeCommitmentModel
from search.ask import MOST_HITS

JSON = "application/json"
PROBLEM = "application/problem+json"


@pytest.fixture
def described(client) -> dict:
    return client.get("/openapi.json").json()


def operations(described: dict):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def references(node: object):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def test_every_route_is_described_with_a_tag_and_a_sentence(described):
    names = {tag["name"] for tag in described["tags"]}
    found = dict(operations(described))
    assert len(found) == 17
    for operation in found.values():
        assert set(operation["tags"]) <= names
        assert operation["description"]


def test_every_refusal_is_described_as_a_problem_with_an_example_that_is_one(described):
    for _, operation in operations(described):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                content = response["content"][PROBLEM]
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
                assert Problem.model_validate(content["example"]).status == int(status)


def test_everything_referred_to_is_there(described):
    schemas = described["components"]["schemas"]
    for each in references(described):
        assert each.removeprefix("#/components/schemas/") in schemas
    assert "HTTPValidationError" not in schemas


def test_the_example_question_is_one_and_its_values_pass(described):
    for each in described["components"]["schemas"]["QuestionModel"]["examples"]:
        QuestionModel.model_validate(each)


def test_every_example_of_a_value_passes_as_one():
    for model in (QuestionModel, AnswerModel, Problem, PatchModel, WholeCommitmentModel):
        definitions = model.model_json_schema().get("$defs", {})
        assert definitions or model is Problem
        for name, schema in model.model_fields.items():
            for example in schema.examples or []:
                adapter = TypeAdapter(schema.annotation)
                assert adapter.validate_json(json.dumps(example)) is not None, name


def test_an_answer_is_what_the_description_promises(client):
    reply = client.post("/v1/ask", json={"question": "mooring fees"})
    assert AnswerModel.model_validate_json(reply.content).hits


def test_as_many_passages_may_be_asked_for_as_search_gives():
    assert MOST_PASSAGES == MOST_HITS
