"""No request, lawful or not, makes the server fail or answer what it does not describe."""

import pytest

from api.access.roles import Role
from tests.api.contract import Contract

EXAMPLES = 6
"""Requests to each route as each role; python -m tests.api.contract sends more."""


@pytest.fixture(scope="module")
def contract(tmp_path_factory) -> Contract:
    return Contract(tmp_path_factory.mktemp("contract"))


@pytest.mark.parametrize("role", [None, *Role])
def test_whatever_is_sent_the_answer_is_one_that_is_described(contract, role):
    for name in contract.operations():
        contract.try_out(name, role, EXAMPLES)


def test_ids_of_every_kind_are_known_to_ask_with(contract):
    assert all(contract.held.values())
