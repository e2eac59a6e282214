"""What the program is made of, under which licences."""

import json
import re

import pytest
from cyclonedx.output.json import JsonV1Dot6

from tests.materials import bill, licence, pinned, program

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}
"""Ask for their notices to be kept, and no more."""

WEAK = {"pebble": "LGPL-3.0-only", "tqdm": "MPL-2.0", "certifi": "MPL-2.0"}
"""Ask that changes of their own files be given on; we change none, and install them as they are."""

TOOLS = {"hypothesis": "MPL-2.0", "pathspec": "MPL-2.0"}
"""Of those who work on the program: nobody is given them with it."""


def parts(expression: str) -> set[str]:
    return {each.strip("() ") for each in re.split(r" AND | OR ", expression)}


@pytest.mark.parametrize("name", sorted(pinned()))
def test_every_package_has_a_licence_that_may_be_used(name):
    weak = WEAK if name in program() else WEAK | TOOLS
    allowed = PERMISSIVE | ({weak[name]} if name in weak else set())
    assert parts(licence(name)) <= allowed


def test_the_bill_names_every_package_of_the_program_with_version_and_licence():
    told = json.loads(JsonV1Dot6(bill()).output_as_string())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    named = {each["name"]: each for each in told["components"]}
    assert named.keys() == program()
    for name, each in named.items():
        assert each["version"] == pinned()[name]
        assert each["purl"] == f"pkg:pypi/{name}@{each['version']}"
        assert each["licenses"][0]["expression"] == licence(name)


def test_the_bill_leaves_the_tools_out():
    assert {"fastapi", "torch", "h11", "cryptography"} <= program()
    assert not {"pytest", "mypy", "schemathesis"} & program()
