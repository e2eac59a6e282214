"""Folders of models: what stands in one, and the name by which a library remembers it.

A library is remembered to belong to `NAME@DIGEST`: the name finds the model's folder again, also
on another machine, and the digest of its files tells whether it is still the same model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

MODULES = "modules.json"
"""The file by which sentence-transformers knows an embedding model."""

CONFIG = "config.json"
"""The file by which transformers knows any model."""

PARTS = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})
"""How the names of files end that decide what a model does; a README does not."""

OTHER_FORMS = frozenset({"onnx", "openvino", "coreml", "rust"})
"""Folders of the same model in forms that we do not run."""

DIGITS = 12
"""Hexadecimal digits of the digest: no two models of a council's will ever share them."""

_IDENTITY = re.compile(rf"(?P<name>.+)@(?P<digest>[0-9a-f]{{{DIGITS}}})")


class ModelUnusable(Exception):
    """A model is missing, damaged, or not one that sentence-transformers loads."""


class Purpose(StrEnum):
    """What a model is for."""

    EMBEDDING = "embedding"
    RERANKING = "reranking"


@dataclass(frozen=True, slots=True)
class Model:
    """A model's folder, as its own files describe it."""

    name: str
    """Its folder within the place of models, or the whole path of one elsewhere."""
    folder: Path
    purpose: Purpose
    dimension: int | None
    """Length of its vectors; None for a reranker, or where its files do not say."""
    bytes_on_disk: int
    prompts: Mapping[str, str] = field(default_factory=dict)
    """What it wants before a query or a passage, by its own word for them; most want nothing."""

    @property
    def identity(self) -> str:
        """Return NAME@DIGEST; all its files are read for that."""
        return f"{self.name}@{digest(self.folder)}"


def plain_name(identity: str) -> str:
    """Return the name of NAME@DIGEST, and any other name as it is."""
    found = _IDENTITY.fullmatch(identity)
    return found["name"] if found else identity


def name_in(place: Path, given: str) -> str:
    """Return the name of a model that is given by name or folder; its whole path, if elsewhere."""
    if (place / given).is_dir():
        folder = (place / given).absolute()
        inside = folder.is_relative_to(place.absolute())
        return folder.relative_to(place.absolute()).as_posix() if inside else folder.as_posix()
    return Path(given).absolute().as_posix() if Path(given).is_dir() else given


def find(place: Path, name: str) -> Model:
    """Return the model of a name.

    Args:
        place: where models lie, each in the folder of its name (see Settings.models_place).
        name: of a folder there, or the path of one elsewhere; as NAME@DIGEST, it has to be the
            very model that the digest was made of.

    Raises:
        ModelUnusable: there is none, it is no model, or another one than it was.
    """
    plain = name_in(place, plain_name(name))
    if not (place / plain).is_dir():
        raise ModelUnusable(
            f"no model {plain!r} at {place / plain}: copy its folder there, or choose one that "
            "`matters model list` shows with `matters model use`"
        )
    found = read(place / plain, plain)
    if name != plain_name(name) and found.identity != name:
        raise ModelUnusable(
            f"the model at {found.folder} is not the one that the library was made with, {name}: "
            f"put that back, or run `matters model use {plain}` to make the vectors anew"
        )
    return found


def all_in(place: Path) -> tuple[list[Model], list[str]]:
    """Return the models that lie in a place, by name, and what is wrong with other folders."""
    found, wrong = [], []
    for folder in _folders(place):
        try:
            found.append(read(folder, folder.relative_to(place).as_posix()))
        except ModelUnusable as exc:
            wrong.append(str(exc))
    return found, wrong


def read(folder: Path, name: str) -> Model:
    """Return what a folder's files say of the model in it.

    Raises:
        ModelUnusable: it is no model of ours, or its files cannot be read.
    """
    config = _json(folder / CONFIG)
    own = _json(folder / "config_sentence_transformers.json")
    if not any(each.suffix in {".safetensors", ".bin"} for each in _parts(folder)):
        raise ModelUnusable(f"{folder} is no model: it holds no weights; copy the whole folder")
    judged = config.get("architectures") or [""]
    if own.get("model_type") == "CrossEncoder" or judged[0].endswith("ForSequenceClassification"):
        purpose = Purpose.RERANKING
    elif (folder / MODULES).is_file():
        purpose = Purpose.EMBEDDING
    else:
        raise ModelUnusable(
            f"{folder} is no model that sentence-transformers made: it holds neither {MODULES} nor "
            "a cross-encoder; take an embedding model or a cross-encoder made for retrieval"
        )
    return Model(
        name=name,
        folder=folder,
        purpose=purpose,
        dimension=_dimension(folder, config) if purpose is Purpose.EMBEDDING else None,
        bytes_on_disk=sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()),
        prompts={name: said for name, said in (own.get("prompts") or {}).items() if said},
    )


def digest(folder: Path) -> str:
    """Return DIGITS hexadecimal digits that change whenever anything does that a model consists of.

    A folder whose weights were exchanged would otherwise answer questions about vectors of others.
    """
    whole = sha256()
    for each in _parts(folder):
        whole.update(each.relative_to(folder).as_posix().encode() + b"\0")
        with each.open("rb") as file:
            whole.update(file_digest(file, "sha256").digest())
    return whole.hexdigest()[:DIGITS]


def _parts(folder: Path) -> list[Path]:
    """Return the files that a model consists of, in the order of their names."""
    return [
        each
        for each in sorted(folder.rglob("*"))
        if each.suffix in PARTS
        and each.is_file()
        and not any(
            part.startswith(".") or part in OTHER_FORMS for part in each.relative_to(folder).parts
        )
    ]


def _folders(place: Path) -> Iterator[Path]:
    """Yield the folders of a place that are to be models: NAME or OWNER/NAME."""
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        below = [each for each in sorted(folder.iterdir()) if each.is_dir()]
        if any(each.is_file() for each in folder.iterdir()) or not below:
            yield folder
        else:
            yield from (each for each in below if not each.name.startswith("."))


def _dimension(folder: Path, config: Mapping[str, Any]) -> int | None:
    """Return the length of a model's vectors: what the last of its layers that says so gives."""
    found = config.get("hidden_size")
    for module in _json(folder / MODULES, list):
        inner = _json(folder / str(module.get("path", "")) / CONFIG)
        if str(module.get("type", "")).endswith("Dense"):
            found = inner.get("out_features", found)
    return int(found) if found else None


def _json(path: Path, kind: type[dict[str, Any]] | type[list[Any]] = dict) -> Any:  # noqa: ANN401
    """Return the object or list that a file of JSON holds; an empty one where there is no file."""
    try:
        found = json.loads(path.read_bytes())
        if not isinstance(found, kind):
            raise ValueError(f"it holds no {'object' if kind is dict else 'list'}")
    except FileNotFoundError:
        return kind()
    except (OSError, ValueError) as exc:
        raise ModelUnusable(f"{path} cannot be read ({exc}): copy the model's folder anew") from exc
    return found
