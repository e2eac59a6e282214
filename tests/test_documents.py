"""Holds the documents to what the program does: commands, settings, addresses, files, modules."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain

import pytest
from typer.main import get_command

from api.app import create_app
from api.cli import app as commands
from api.routes.pages import PAGES
from api.settings import CONFIG, PREFIX, Settings
from api.wiring import House
from tests.reading_documents import (
    anchors,
    documents,
    inline_code,
    links,
    named_commands,
    table,
)
from tests.shared import ROOT

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
DEPENDENCIES = ROOT / "docs" / "dependencies.md"
SETTINGS = ROOT / "docs" / "settings.md"
ADDRESSES = ROOT / "docs" / "api.md"
FLOORS = ("ingest", "search", "api")


def every_command() -> dict:
    """Return each command by its name: "ingest", "export papers"."""
    found = {}
    waiting = [("", get_command(commands))]
    while waiting:
        name, command = waiting.pop()
        found[name] = command
        for below, each in getattr(command, "commands", {}).items():
            waiting.append((f"{name} {below}".strip(), each))
    return found


def options(command) -> set[str]:
    """Return every spelling of every option that a command takes."""
    spellings = {each for param in command.params for each in (*param.opts, *param.secondary_opts)}
    return {each for each in spellings if each.startswith("-")} | {"--help"}


def command_of(words: list[str]) -> str:
    """Return the longest name of a command that the words begin with."""
    known = every_command()
    names = (" ".join(words[1:end]) for end in range(len(words), 0, -1))
    return next(name for name in names if name in known)


def faults(words: list[str]) -> Iterator[str]:
    """Yield what the program would not understand of a command."""
    name = command_of(words)
    command = every_command()[name]
    rest = words[1 + len(name.split()) :]
    if rest and not rest[0].startswith("-") and hasattr(command, "commands"):
        yield f"no command {rest[0]}"
    for word in rest:
        if word.startswith("-") and word.partition("=")[0] not in options(command):
            yield f"{name} has no option {word}"


def routes() -> set[str]:
    """Return what the server answers, such as GET /healthz."""
    api = create_app(House(Settings())).openapi()["paths"]
    described = {f"{method.upper()} {path}" for path, ways in api.items() for method in ways}
    others = {
        "GET /openapi.json",
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-out",
        "GET /metrics",
    }
    return described | {f"GET {path}" for path in page_paths()} | others


def page_paths() -> set[str]:
    """Return the addresses of the pages for people."""
    return {route.path.replace(":path}", "}") for each in PAGES for route in each.router.routes}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
class TestEveryDocument:
    def test_every_make_command_it_names_exists(self, document):
        named = {words[1] for words in named_commands(document, "make") if len(words) > 1}
        assert named - make_targets() == set()

    def test_the_program_understands_every_command_that_it_shows(self, document):
        shown = named_commands(document, "matters")
        assert {" ".join(words): found for words in shown if (found := [*faults(words)])} == {}

    def test_every_option_it_names_alone_is_one_of_some_command(self, document):
        named = {
            code for code in inline_code(document) if code.startswith("--") and " " not in code
        }
        known = set().union(*(options(each) for each in every_command().values()))
        assert named - known == set()

    def test_every_variable_it_names_is_a_setting(self, document):
        named = {code for code in inline_code(document) if code.startswith(PREFIX)}
        known = {PREFIX + name.upper() for name in Settings.model_fields}
        assert named - known - {CONFIG, f"{PREFIX}SHARED"} == set()

    def test_every_address_it_names_is_served(self, document):
        named = {
            code for code in inline_code(document) if re.match(r"(GET|POST) /|/[\w./{}]*$", code)
        }
        served = routes() | {route.partition(" ")[2] for route in routes()}
        assert named - served == set()

    def test_every_link_inside_the_project_leads_somewhere(self, document):
        broken = []
        for link in links(document):
            if "://" in link:
                continue
            path, _, anchor = link.partition("#")
            target = (document.parent / path).resolve() if path else document
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(link)
        assert broken == []


def test_the_readme_names_every_command():
    named = {command_of(words) for words in named_commands(README, "matters")}
    asked = {name for name, each in every_command().items() if not hasattr(each, "commands")}
    assert asked - named == set()


def test_every_setting_is_explained_with_its_variable():
    rows = table(SETTINGS, "in the file")
    assert {row[0].strip("`"): row[1].strip("`") for row in rows} == {
        name: PREFIX + name.upper() for name in Settings.model_fields
    }


def test_every_address_of_the_api_is_named():
    served = {route for route in routes() if "/v1/" in route}
    assert served - set(inline_code(ADDRESSES)) == set()


def test_every_page_is_named():
    parts = {"/brand.css", "/logo", "/papers/{paper}", "/papers/{paper}/pages/{number}.png"}
    assert {f"GET {path}" for path in page_paths() - parts} - set(inline_code(ADDRESSES)) == set()


def test_each_setting_is_given_its_true_default():
    fields = Settings.model_fields
    shown = {row[0].strip("`"): row[3] for row in table(SETTINGS, "in the file")}
    given = {name: fields[name].default for name in shown if fields[name].default not in (None, "")}
    assert [name for name, value in given.items() if not shown[name].startswith(f"`{value}`")] == []


def test_the_ci_script_runs_what_contributors_are_told_to_run():
    ran = re.findall(r"^make (\w+)$", (ROOT / ".ci" / "run").read_text(), flags=re.MULTILINE)
    told = {words[1] for words in named_commands(ROOT / "CONTRIBUTING.md", "make")}
    assert ran and set(ran) <= told & make_targets()


def test_every_direct_dependency_is_explained_and_no_other():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    explained = [row[0].strip("`") for row in table(DEPENDENCIES, "package")]
    assert sorted(explained) == sorted(re.split(r"[<>=!~]", each)[0] for each in asked)


def test_every_explained_dependency_has_a_reason_and_a_licence():
    assert [row[0] for row in table(DEPENDENCIES, "package") if not all(row)] == []


def test_the_architecture_names_every_module_and_folder_of_the_three_floors():
    here = {
        f"{floor}/{each.name}" + ("/" if each.is_dir() else "")
        for floor in FLOORS
        for each in (ROOT / floor).iterdir()
        if each.suffix == ".py" or (each.is_dir() and not each.name.startswith(("_", ".")))
    }
    standing = {each for each in here if not each.endswith("/__init__.py")}
    assert standing - set(inline_code(ARCHITECTURE)) == set()


def test_every_place_that_the_documents_name_exists():
    places = re.compile(rf"({'|'.join(FLOORS)}|tests|docs|data)/[\w./-]*")
    named = {code for each in documents() for code in inline_code(each) if places.fullmatch(code)}
    assert [place for place in named if not (ROOT / place).exists()] == []
