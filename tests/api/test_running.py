"""What docs/running.md and deploy/ tell an engineer is so."""

import json
import re
import shutil
import subprocess
import tomllib

import pytest
from fastapi.testclient import TestClient

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.settings import Settings
from tests.api.conftest import house_at
from tests.shared import ROOT
from tests.test_documents import every_command, faults

DEPLOY = ROOT / "deploy"
TOLD = (ROOT / "docs" / "running.md").read_text()
UNIT = (DEPLOY / "matters.service").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()

MOST_EXPOSED = 15
"""Tenths, as systemd-analyze counts from 0 to 100."""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_the_unit_is_as_little_exposed_as_the_document_says():
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}"]
    looked = subprocess.run(
        [*command, str(DEPLOY / "matters.service")], capture_output=True, text=True, check=False
    )
    found = re.search(r"Overall exposure level for matters.service: ([\d.]+)", looked.stdout)
    if found is None:
        pytest.skip(f"this systemd cannot look at a file: {looked.stderr}")
    assert looked.returncode == 0
    assert f"rates its exposure {found[1]} of 10" in TOLD
    assert f"below {MOST_EXPOSED / 10}" in TOLD


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_systemd_understands_the_unit():
    command = ["systemd-analyze", "verify", str(DEPLOY / "matters.service")]
    looked = subprocess.run(command, capture_output=True, text=True, check=False)
    # Where it was not installed, the program is not there.
    wrong = [line for line in looked.stderr.splitlines() if "is not executable" not in line]
    assert wrong == []


def test_the_unit_starts_what_the_program_understands():
    start = re.search(r"^ExecStart=\S+/(matters .*)$", UNIT, re.MULTILINE)[1]
    assert [*faults(start.split())] == []
    for name in re.findall(r"^Environment=MATTERS_(\w+)=", UNIT, re.MULTILINE):
        assert name == "CONFIG" or name.lower() in Settings.model_fields


def test_the_container_copies_what_is_there_and_starts_what_the_program_understands():
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE):
        for path in line.split()[:-1]:
            assert (ROOT / path).exists(), path
    started = json.loads(re.search(r"^ENTRYPOINT (.+)$", CONTAINER, re.MULTILINE)[1])
    started += json.loads(re.search(r"^CMD (.+)$", CONTAINER, re.MULTILINE)[1])
    assert started[0] == "matters" and started[1] in every_command()
    for name in re.findall(r"MATTERS_(\w+)=", CONTAINER):
        assert name.lower() in Settings.model_fields
    assert re.search(r"^USER \d+$", CONTAINER, re.MULTILINE), "it does not run as root"


def test_the_settings_that_the_document_shows_are_taken():
    shown = re.search(r"```toml\n(.*?)```", TOLD, re.DOTALL)[1]
    assert Settings.model_validate(tomllib.loads(shown)).oidc_roles["All staff"] is Role.MEMBER


def test_the_dashboard_shows_what_the_server_counts(library, tmp_path):
    house = house_at(library, access=tmp_path / "access.sqlite3")
    house.embedder()
    key = People(house.store).add_key("prometheus", Role.ADMINISTRATOR, 1)
    with TestClient(create_app(house)) as client:
        client.post("/v1/ask", json={"question": "Who mends the quay?"})
        counted = client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text
    panels = json.loads((DEPLOY / "dashboard.json").read_text())["panels"]
    asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    names = set(re.findall(r"\b(?:matters|process)_\w+", asked))
    assert len(names) > 5
    assert [name for name in names if f"\n{name}" not in counted] == []


def test_what_is_held_is_counted(library, tmp_path):
    house = house_at(library, access=tmp_path / "access.sqlite3")
    key = People(house.store).add_key("prometheus", Role.ADMINISTRATOR, 1)
    with TestClient(create_app(house)) as client:
        counted = client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text
    assert "\nmatters_papers 5.0" in counted


def test_a_server_that_is_not_ready_says_why(tmp_path):
    with TestClient(create_app(house_at(tmp_path / "none"))) as client:
        reply = client.get("/readyz")
    assert reply.status_code == 503
    assert "there is no library" in reply.json()["detail"].lower() or "ingest" in reply.text
