import json
import shutil

import pytest

from ingest.embedding import load_embedder
from ingest.models import ModelUnusable, Purpose, all_in, digest, find, name_in, plain_name, read
from tests.models import looks_like_one


@pytest.fixture
def place(tmp_path):
    return tmp_path / "models"


def test_a_model_is_described_by_its_own_files(place):
    looks_like_one(place / "small", 48, prompts={"query": "query: ", "document": ""})
    found = find(place, "small")
    assert (found.purpose, found.dimension) == (Purpose.EMBEDDING, 48)
    assert found.prompts == {"query": "query: "}
    assert found.bytes_on_disk == sum(each.stat().st_size for each in found.folder.iterdir())


def test_the_last_layer_that_gives_a_length_gives_the_length_of_the_vectors(place):
    folder = looks_like_one(place / "small", 48)
    modules = [
        *json.loads((folder / "modules.json").read_text()),
        {"path": "2_D", "type": "x.Dense"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "2_D").mkdir()
    (folder / "2_D" / "config.json").write_text('{"out_features": 12}')
    assert find(place, "small").dimension == 12


def test_a_cross_encoder_is_told_from_a_model_that_makes_vectors(place):
    looks_like_one(place / "reader", reranker=True)
    assert find(place, "reader").purpose is Purpose.RERANKING
    with pytest.raises(ModelUnusable, match="makes no vectors"):
        load_embedder("reader", place)


def test_a_name_finds_its_model_in_whatever_place_it_lies_now(place, tmp_path):
    looks_like_one(place / "owner" / "small")
    known = find(place, "owner/small").identity
    shutil.move(place, tmp_path / "elsewhere")
    assert find(tmp_path / "elsewhere", known).identity == known


def test_a_folder_elsewhere_is_named_by_its_whole_path_and_one_in_the_place_by_its_name(
    place, tmp_path, monkeypatch
):
    looks_like_one(place / "small")
    looks_like_one(tmp_path / "other")
    monkeypatch.chdir(tmp_path)
    assert name_in(place, "other") == (tmp_path / "other").as_posix()
    assert name_in(place, "models/small") == (place / "small").as_posix()
    assert name_in(place, str(place / "small")) == "small"
    assert find(place, "other").folder == tmp_path / "other"


def test_other_weights_under_a_known_name_are_refused(place):
    folder = looks_like_one(place / "small")
    known = find(place, "small").identity
    assert plain_name(known) == "small"
    (folder / "model.safetensors").write_bytes(b"others")
    with pytest.raises(ModelUnusable, match="not the one that the library was made with"):
        find(place, known)


@pytest.mark.parametrize(
    "name", ["config.json", "modules.json", "config_sentence_transformers.json", "new.safetensors"]
)
def test_the_digest_changes_with_everything_that_a_model_consists_of(place, name):
    folder = looks_like_one(place / "small")
    before = digest(folder)
    (folder / name).write_bytes(b"changed")
    assert digest(folder) != before


@pytest.mark.parametrize(
    "name", ["README.md", ".gitattributes", "onnx/model.json", ".cache/x.json"]
)
def test_the_digest_does_not_change_with_anything_else(place, name):
    folder = looks_like_one(place / "small")
    before = digest(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"changed")
    assert digest(folder) == before


def test_the_digest_does_not_depend_on_where_a_model_lies(tmp_path):
    one, other = looks_like_one(tmp_path / "one"), looks_like_one(tmp_path / "deep" / "other")
    assert digest(one) == digest(other)


def test_all_models_of_a_place_are_listed_and_what_is_none_is_told(place):
    looks_like_one(place / "small")
    looks_like_one(place / "owner" / "large")
    looks_like_one(place / ".half.fetching")
    (place / "papers").mkdir()
    (place / "papers" / "minutes.md").write_text("Towels.")
    found, wrong = all_in(place)
    assert [each.name for each in found] == ["owner/large", "small"]
    assert len(wrong) == 1 and "papers" in wrong[0] and "no weights" in wrong[0]


def test_no_place_holds_no_models(place):
    assert all_in(place) == ([], [])


def test_a_model_without_a_sign_of_sentence_transformers_is_refused(place):
    folder = looks_like_one(place / "plain")
    (folder / "modules.json").unlink()
    with pytest.raises(ModelUnusable, match=r"neither modules\.json nor"):
        find(place, "plain")


@pytest.mark.parametrize("wrong", [b"{", b"[1]", b"\xff"])
def test_a_damaged_configuration_is_told_with_its_file(place, wrong):
    folder = looks_like_one(place / "small")
    (folder / "config.json").write_bytes(wrong)
    with pytest.raises(ModelUnusable, match=r"config\.json cannot be read"):
        read(folder, "small")


def test_a_model_whose_weights_are_none_is_refused_when_it_is_loaded(place):
    looks_like_one(place / "small")
    with pytest.raises(ModelUnusable, match="cannot be loaded: copy its folder anew"):
        load_embedder("small", place)


def test_a_model_that_is_not_there_is_refused_with_its_place(place):
    with pytest.raises(ModelUnusable, match=r"no model 'small' at .*models/small"):
        find(place, "small@0123456789ab")
