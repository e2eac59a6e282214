"""Sends what OpenAPI describes, and what it forbids, to every route as every role.

Whatever is sent, the server must not fail, and its answer must be one that its own description
promises. python -m tests.api.contract 500 sends some five hundred requests to each route as each
role, where the tests send a few.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks as kept
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from ingest.pipeline import Options
from tests.api.conftest import house_at
from tests.api.papers import write_papers

CHECKS = [
    kept.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
"""Not whether all that the description allows is taken: no schema says that one day must not come
before another, or that a question of blanks asks nothing."""

PROMISES = """\
SALTMARSH COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting of the Harbour Committee held in the Customs House on Tuesday, 11 June 2024

1. Moorings

The Harbour Master undertook to circulate a plan of the moorings by 30 September 2024.

ACTION: Head of Ferries to report on the winter timetable to the next meeting.
"""


class Contract:
    """The application over a small library, with a key for each role."""

    def __init__(self, folder: Path) -> None:
        """Read a few papers in."""
        house = house_at(folder / "library", per_minute=0)
        papers = write_papers(folder / "papers")
        (papers / "promises.txt").write_text(PROMISES)
        house.ingest([papers], Options(), lambda _: None)
        house.embedder()
        self.schema: OpenApiSchema = schemathesis.openapi.from_asgi(
            "/openapi.json", create_app(house)
        )
        people = People(house.store)
        self.keys = {role: people.add_key("contract", role, 1) for role in Role}
        with house.view() as view:
            papers = [view.paper(card.id) for card in view.papers()]
            self.held = {
                "paper": [each.id for each in papers],
                "passage": [passage.id for each in papers for passage in each.passages],
                "commitment": [each.id for each in view.commitments()],
            }

    def operations(self) -> list[str]:
        """Return the name of each, such as GET /v1/papers."""
        return [each.ok().label for each in self.schema.get_all_operations()]

    def try_out(self, name: str, role: Role | None, examples: int) -> None:
        """Send one operation so many requests, half of them against its description.

        Raises:
            BaseException: the server failed, or answered what it does not describe.
        """
        found = (each.ok() for each in self.schema.get_all_operations())
        operation = next(each for each in found if each.label == name)
        headers = {"Authorization": f"Bearer {self.keys[role]}"} if role else {}
        named = {
            each.name: st.sampled_from(self.held[each.name]) for each in operation.path_parameters
        }

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(
            case=st.one_of(operation.as_strategy(mode) for mode in GenerationMode),
            known=st.none() | st.fixed_dictionaries(named),
        )
        def send(case: schemathesis.Case, known: dict[str, str] | None) -> None:
            if known:  # an id that is drawn at random names nothing
                case.path_parameters = known
            case.call_and_validate(headers=headers, checks=CHECKS)

        send()


def main() -> None:
    examples, faults = int(sys.argv[1]), 0
    with TemporaryDirectory() as folder:
        contract = Contract(Path(folder))
        for name in contract.operations():
            for role in (None, *Role):
                try:
                    contract.try_out(name, role, examples)
                except BaseExceptionGroup as found:
                    faults += 1
                    print(f"{name} as {role or 'nobody known'}:", *found.exceptions, sep="\n")
    print(f"{examples} requests for each route and role, {faults} broken promises")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
