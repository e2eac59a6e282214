from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, read_settings
from ingest.embedding import ModelUnusable
from search.answer import Filters
from tests.api.conftest import house_at


def test_without_anything_set_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path):
    file = tmp_path / "matters.toml"
    file.write_text('host = "10.0.0.1"\nport = 1\ncouncil = "Saltmarsh Council"\n')
    settings = read_settings({"MATTERS_PORT": "2", "MATTERS_HOST": "h"}, config=file, port=3)
    assert (settings.council, settings.host, settings.port) == ("Saltmarsh Council", "h", 3)


def test_a_file_beside_the_library_is_read(tmp_path):
    (tmp_path / "matters.toml").write_text("port = 9000\n")
    assert read_settings({}, library=tmp_path / "library").port == 9000


def test_the_environment_may_name_the_file_which_then_must_exist(tmp_path):
    with pytest.raises(SettingsError, match=r"there\.toml cannot be read"):
        read_settings({"MATTERS_CONFIG": str(tmp_path / "there.toml")})


def test_a_library_named_in_a_file_lies_beside_that_file(tmp_path):
    file = tmp_path / "any.toml"
    file.write_text('library = "papers/library"\n')
    assert read_settings({}, config=file).library == tmp_path / "papers" / "library"


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [("MATTERS_LIBARY", "MATTERS_LIBRARY"), ("MATTERS_PROT", "MATTERS_PORT")],
)
def test_a_misspelt_variable_is_refused_with_the_nearest_right_one(variable, nearest):
    with pytest.raises(SettingsError, match=f"{variable}.*did you mean {nearest}"):
        read_settings({variable: "1"})


def test_a_variable_like_none_of_ours_is_refused_with_all_of_them():
    with pytest.raises(SettingsError, match="MATTERS_XYZZYQ is none of our settings; there are"):
        read_settings({"MATTERS_XYZZYQ": "1"})


def test_a_misspelt_key_in_a_file_is_refused_with_the_nearest_right_one(tmp_path):
    file = tmp_path / "matters.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(SettingsError, match=r"prot in .* did you mean port"):
        read_settings({}, config=file)


def test_other_variables_and_empty_ones_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {"MATTER": "x", "MATTERS_SHARED": "/papers", "MATTERS_MODEL": ""}
    assert read_settings(given) == Settings()


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_wrong_value_names_where_it_was_set(port):
    with pytest.raises(SettingsError, match=f"MATTERS_PORT cannot be '{port}'"):
        read_settings({"MATTERS_PORT": port})


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    file = tmp_path / "matters.toml"
    file.write_text("port: 1")
    with pytest.raises(SettingsError, match="is not TOML"):
        read_settings({}, config=file)


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Settings().library = Path("other")


def test_a_cross_encoder_is_off_unless_named(house, library):
    assert house.settings.reranker is None
    named = house_at(library, reranker="/nowhere/at/all")
    with pytest.raises(ModelUnusable, match="/nowhere/at/all"):
        named.ask("lido", Filters(), 1)
    named.close()
