"""What an operator chooses: read once from the command line, the environment and a file.

The command line wins over the environment, the environment over the file, the file over the
defaults. Nothing else of ours reads the environment. A name that we do not know is refused with
the nearest one that we do: a misspelt setting that is silently ignored costs an afternoon.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from api.access.roles import Role
from api.access.store import DATABASE
from api.branding import READABLE, contrast_with_white, kind_of_picture

PREFIX = "MATTERS_"
"""Every environment variable that starts so is ours, and must be one that we know."""

CONFIG = f"{PREFIX}CONFIG"
"""Names the settings file, as --config does."""

NOT_SETTINGS = frozenset({f"{PREFIX}SHARED"})
"""Ours too, but read by the tests alone."""

FILE_NAME = "matters.toml"
"""Looked for beside the library where no other file is named."""


class SettingsError(Exception):
    """A setting is unknown, or its value makes no sense."""


class Settings(BaseModel):
    """Everything that an operator may choose, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    library: Path = Path("library")
    """Folder of the library; in a settings file, relative to that file."""
    model: str | None = None
    """Name or folder of the model that a new library is made with; None for the packaged one."""
    reranker: str | None = None
    """Name or folder of a cross-encoder that reads the first passages again; None for the one that
    the library names, if any."""
    models: Path | None = None
    """Where models lie, each in a folder of its name; None for models beside the library."""
    host: str = "127.0.0.1"
    """Where `matters serve` listens; this machine only, unless told otherwise."""
    port: int = Field(default=8000, ge=1, le=65535)
    council: str = Field(default="", max_length=120)
    """Whose papers these are, for the pages' head."""
    logo: Path | None = None
    """An SVG, PNG or JPEG for the pages' head; in a settings file, relative to that file."""
    colour: str = "#14375e"
    """The council's own, behind white letters in the pages' head."""
    question_characters: int = Field(default=500, ge=20, le=1_000)
    """The longest question that is taken."""
    body_bytes: int = Field(default=65_536, ge=1_024)
    """The largest request body that is taken, but for papers that clerks send."""
    uploads: Path | None = None
    """Folder for papers that clerks send; in a settings file, relative to that file; None: they
    cannot send any."""
    upload_bytes: int = Field(default=104_857_600, ge=65_536)
    """The papers sent at once, all together."""
    per_minute: int = Field(default=120, ge=0)
    """Requests that one caller may send a minute; 0 for any number."""
    most_at_once: int = Field(default=32, ge=1)
    """Requests answered at a time; more are told to come again."""
    answer_seconds: float = Field(default=60.0, gt=0)
    """How long an answer may take to begin; then the caller is told to ask less."""
    log: Literal["plain", "json", "none"] = "plain"
    """How requests are logged on standard error, without what was asked."""
    access: Path | None = None
    """The database of accounts, keys and the audit; None for access.sqlite3 in the library."""
    reads_open: Role = Role.PUBLIC
    """The least role that may ask at all."""
    reads_exempt: Role = Role.OFFICER
    """The least role that is shown what is exempt."""
    https: bool = False
    """Whether browsers come by https though requests do not show it: through a proxy elsewhere."""
    oidc_issuer: str | None = None
    """The council's own sign-in by OpenID Connect: its address; None for none."""
    oidc_client: str = ""
    """What this service is called there."""
    oidc_secret: Path | None = None
    """File that holds what this service proves itself with there; in a settings file, relative to
    that file; None where it needs nothing."""
    oidc_claim: str = "groups"
    """What it says of people that tells their roles."""
    oidc_roles: dict[str, Role] = Field(default={})
    """Which value of that claim gives which role: "value=role; value=role"; * is any value."""
    https_days: int = Field(default=0, ge=0, le=730)
    """For how long browsers are told to come by https alone; 0: they are not told."""
    session_hours: int = Field(default=10, ge=1, le=720)
    """How long someone stays signed in."""
    audit_days: int = Field(default=365, ge=1)
    """How long the audit is kept."""
    audit_questions: bool = False
    """Whether the audit holds the questions of those who may see what is exempt."""

    @model_validator(mode="after")
    def _exempt_is_kept(self) -> Self:
        if self.reads_exempt is Role.PUBLIC or not self.reads_exempt.at_least(self.reads_open):
            raise ValueError("what is exempt cannot be for everyone")
        if not Role.CLERK.at_least(self.reads_exempt):
            raise ValueError("clerks read papers in and withdraw them, exempt ones too")
        return self

    @property
    def models_place(self) -> Path:
        """Where models lie."""
        return self.models or self.library.absolute().parent / "models"

    @property
    def access_database(self) -> Path:
        """Where accounts, keys and the audit lie."""
        return self.access or self.library / DATABASE

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _written_out(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        pairs = [each.rpartition("=") for each in given.split(";") if each.strip()]
        return {value.strip(): role.strip() for value, _, role in pairs}

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client and self.oidc_roles):
            raise ValueError(
                "oidc_issuer needs oidc_client, and oidc_roles to tell who may do what"
            )
        if self.oidc_issuer and not is_guarded(self.oidc_issuer):
            raise ValueError("oidc_issuer must be an https address")
        return self

    @field_validator("colour")
    @classmethod
    def _can_be_read_upon(cls, colour: str) -> str:
        found = contrast_with_white(colour)
        if found < READABLE:
            raise ValueError(
                f"white letters on it have a contrast of {found:.1f}:1, and need {READABLE}:1; "
                "choose a darker one"
            )
        return colour

    @field_validator("logo")
    @classmethod
    def _can_be_shown(cls, logo: Path | None) -> Path | None:
        if logo is not None:
            kind_of_picture(logo)
        return logo


def is_guarded(address: str) -> bool:
    """Tell whether an address is https, or of this machine, where nobody listens in."""
    parts = urlsplit(address)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or (here and parts.scheme == "http"))


def read_settings(
    environment: Mapping[str, str],
    *,
    config: Path | None = None,
    **given: object,
) -> Settings:
    """Put the settings together.

    Args:
        environment: all of it; only names that start with PREFIX are looked at, and empty
            values count as not set.
        config: the settings file, which must then exist; None to take FILE_NAME beside the
            library if it is there.
        given: settings from the command line; None counts as not given.

    Raises:
        SettingsError: a name is unknown, a value wrong, or the file missing or not TOML.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    variables = _variables(environment)
    named = variables.pop("config", None)
    file = config or (Path(named) if named else None)
    library = Path(str(chosen.get("library") or variables.get("library") or "library"))
    if file is None and (beside := library.absolute().parent / FILE_NAME).is_file():
        file = beside
    values = _from_file(file) if file else {}
    try:
        return Settings.model_validate({**values, **variables, **chosen})
    except ValidationError as exc:
        raise SettingsError(_what_is_wrong(exc, variables.keys() - chosen.keys(), file)) from exc


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return our variables by setting, refusing those that are none of ours."""
    known = {PREFIX + name.upper(): name for name in Settings.model_fields} | {CONFIG: "config"}
    found = {}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        if variable not in known:
            raise SettingsError(
                f"the environment variable {variable} is none of our settings; "
                f"{_nearest(variable, known)}"
            )
        if value:
            found[known[variable]] = value
    return found


def _from_file(file: Path) -> dict[str, object]:
    """Return the settings of a file; paths in it are relative to the file itself."""
    try:
        values: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as exc:
        raise SettingsError(f"the settings file {file} cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SettingsError(f"the settings file {file} is not TOML: {exc}") from exc
    for name in values:
        if name not in Settings.model_fields:
            raise SettingsError(
                f"{name} in {file} is none of our settings; {_nearest(name, Settings.model_fields)}"
            )
    for name in ("library", "logo", "access", "models", "uploads", "oidc_secret"):
        if isinstance(values.get(name), str):
            values[name] = file.absolute().parent / str(values[name])
    return values


def _nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is meant; the prefix is left out, or all names would look alike."""
    names = {each.removeprefix(PREFIX): each for each in sorted(known)}
    near = get_close_matches(name.removeprefix(PREFIX), names, n=1)
    return f"did you mean {names[near[0]]}?" if near else f"there are {', '.join(names.values())}"


def _what_is_wrong(error: ValidationError, variables: Iterable[str], file: Path | None) -> str:
    """Say in one line which value is wrong, and where it was set."""
    first = error.errors()[0]
    if not first["loc"]:
        return f"the settings do not go together: {first['msg'].removeprefix('Value error, ')}"
    name = str(first["loc"][0])
    if name in variables:
        where = f"the environment variable {PREFIX}{name.upper()}"
    elif file:
        where = f"{name} (command line or {file})"
    else:
        where = f"--{name.replace('_', '-')}"
    return f"{where} cannot be {first['input']!r}: {first['msg'][0].lower()}{first['msg'][1:]}"
