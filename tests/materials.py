"""What the program is made of: every package with its version and licence, as CycloneDX.

python -m tests.materials prints the bill of materials; `make sbom` puts it into build/sbom.json.
"""

import re
import sys
import tomllib
from importlib.metadata import distribution

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from tests.shared import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-only",
    "ISC License": "ISC",
    "LGPL": "LGPL-3.0-only",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "The MIT License (MIT)": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages call licences, and what SPDX does."""

UNTOLD = {"axe-playwright-python": "MIT"}
"""Of packages whose metadata tell none: read in their source."""


def pinned() -> dict[str, str]:
    """Return the version of each package of the lock."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def plain(name: str) -> str:
    """Return a package's name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def program() -> set[str]:
    """Return the packages of the lock that the program needs, directly or not: no tools."""
    found: set[str] = set()
    waiting = [Requirement(each) for each in PROJECT["dependencies"]]
    while waiting:
        asked = waiting.pop()
        name = plain(asked.name)
        if name in found or name not in pinned():
            continue
        found.add(name)
        for line in distribution(name).requires or []:
            needed = Requirement(line)
            extras = ["", *asked.extras]
            if not needed.marker or any(needed.marker.evaluate({"extra": each}) for each in extras):
                waiting.append(needed)
    return found


def licence(name: str) -> str:
    """Return a package's licence as an SPDX expression.

    Raises:
        KeyError: it tells one that we do not know.
    """
    told = distribution(name).metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    stated = (told["License"] or "").split("\n")[0].strip()
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or []]
    for each in (stated, *classes):
        if each in SPDX:
            return SPDX[each]
    if re.fullmatch(r"[\w.-]+( (AND|OR) [\w.-]+)*", stated):
        return stated
    return UNTOLD[name]


def bill() -> Bom:
    """Return the bill of materials of the program, without the tools."""
    made = Bom()
    made.metadata.component = Component(
        name=PROJECT["name"],
        version=PROJECT["version"],
        type=ComponentType.APPLICATION,
        licenses=[LicenseExpression(PROJECT["license"])],
    )
    for name in sorted(program()):
        version = pinned()[name]
        part = Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{name}=={version}",
            purl=PackageURL("pypi", None, name, version),
            licenses=[LicenseExpression(licence(name))],
        )
        made.components.add(part)
        made.register_dependency(made.metadata.component, [part])
    return made


if __name__ == "__main__":
    sys.stdout.write(JsonV1Dot6(bill()).output_as_string(indent=2) + "\n")
