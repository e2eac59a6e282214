"""Signing in through the council's own provider of identities: OpenID Connect, code flow with PKCE.

Whoever may sign in there, and has a claim that the settings give a role, may sign in here. They
are known by what the provider calls their subject, whatever their name; their role is what the
claim says at each sign-in.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from threading import Lock
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.base import OAuth2Error
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError, Timeout
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.access.errors import NoRoleThere, ProviderRefused, ProviderUnreachable
from api.access.hashing import new_token
from api.access.roles import Role
from api.settings import Settings, is_guarded

LOG = logging.getLogger("matters.provider")

SCOPE = "openid profile email"

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
"""By which an ID token may be signed: those with a key of the provider's own alone."""

KEPT_SECONDS = 60 * 60
"""How long what the provider says of itself, and its keys, are believed."""

FETCH_SECONDS = 10.0

LEEWAY_SECONDS = 60
"""By which two clocks may differ."""

ANYBODY = "*"
"""In oidc_roles: whatever the claim says."""

_UNFIT = re.compile(r"[^\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider has let in."""

    issuer: str
    subject: str
    name: str
    role: Role


class Provider:
    """The provider that the settings name; what it says of itself is fetched when first needed."""

    def __init__(self, settings: Settings) -> None:
        """Fetch nothing yet."""
        self._settings = settings
        self._issuer = settings.oidc_issuer or ""
        self._turn = Lock()
        self._told: tuple[float, dict[str, Any], KeySet] | None = None

    def begin(self, back: str) -> tuple[str, str]:
        """Return where to send a browser, and what it must bring back in a cookie.

        Args:
            back: the address to which the provider is to send it back.

        Raises:
            ProviderUnreachable: it does not answer, or not as it should.
        """
        state, nonce, verifier = (new_token() for _ in range(3))
        about, _ = self._about()
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                about["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return address, f"{state}.{nonce}.{verifier}"

    def end(self, back: str, brought: str, answer: Mapping[str, str]) -> Known:
        """Return whom the provider let in.

        Args:
            back: as begin was given it.
            brought: the cookie.
            answer: what the provider added to the address.

        Raises:
            ProviderRefused: it let nobody in, or this browser did not ask for it.
            ProviderUnreachable: it does not answer, or not as it should.
            NoRoleThere: its claim gives them no role here.
        """
        state, _, rest = brought.partition(".")
        nonce, _, verifier = rest.partition(".")
        if not (state and nonce and verifier):
            raise ProviderRefused("it was begun in another browser, or long ago")
        if not compare_digest(state.encode(), answer.get("state", "").encode()):
            raise ProviderRefused("it was begun in another browser, or long ago")
        if "code" not in answer:
            raise ProviderRefused("your council's sign-in did not let you in")
        token = self._exchange(back, answer["code"], verifier)
        claims = self._claims(str(token.get("id_token", "")), str(token["access_token"]), nonce)
        return Known(self._issuer, str(claims["sub"]), _name(claims), self._role(claims))

    def _exchange(self, back: str, code: str, verifier: str) -> Mapping[str, Any]:
        """Return what the provider gives for a code."""
        about, _ = self._about()
        try:
            with self._client(back) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    about["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
        except (OAuthError, OAuth2Error) as exc:
            raise ProviderRefused("your council's sign-in did not let you in") from exc
        except (HTTPError, ValueError) as exc:
            raise self._unreachable(exc) from exc
        if not token.get("access_token"):
            raise ProviderRefused("your council's sign-in did not let you in")
        return token

    def _claims(self, token: str, access: str, nonce: str) -> CodeIDToken:
        """Return the claims of an ID token that is signed, ours, new, and for this visit."""
        try:
            _, keys = self._about()
            try:
                read = jwt.decode(token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                _, keys = self._about(afresh=True)  # it may have new keys
                read = jwt.decode(token, keys, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._settings.oidc_client},
                },
                {"nonce": nonce, "client_id": self._settings.oidc_client, "access_token": access},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError) as exc:
            raise ProviderRefused("what your council's sign-in says of you is not valid") from exc
        return claims

    def _role(self, claims: Mapping[str, Any]) -> Role:
        """Return the highest role that the claim gives."""
        told = claims.get(self._settings.oidc_claim, ())
        values = {told} if isinstance(told, str) else set(map(str, told or ()))
        roles = [
            role
            for value, role in self._settings.oidc_roles.items()
            if value in values or value == ANYBODY
        ]
        if not roles:
            raise NoRoleThere
        return max(roles, key=list(Role).index)

    def _about(self, *, afresh: bool = False) -> tuple[dict[str, Any], KeySet]:
        """Return what the provider says of itself, and its keys."""
        with self._turn:
            now = time.monotonic()
            if self._told is None or now - self._told[0] > (1 if afresh else KEPT_SECONDS):
                self._told = (now, *self._fetched())
            return self._told[1:]

    def _fetched(self) -> tuple[dict[str, Any], KeySet]:
        try:
            with self._client() as client:
                where = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
                about = client.request("GET", where, withhold_token=True).raise_for_status().json()
                if about["issuer"] != self._issuer:
                    raise ValueError(f"it calls itself {about['issuer']}")
                for each in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    if not is_guarded(about[each]):
                        raise ValueError(f"its {each} is not https")
                keys = (
                    client.request("GET", about["jwks_uri"], withhold_token=True)
                    .raise_for_status()
                    .json()
                )
                return about, KeySet.import_key_set(keys)
        except (HTTPError, JoseError, ValueError, KeyError, TypeError) as exc:
            raise self._unreachable(exc) from exc

    def _unreachable(self, cause: Exception) -> ProviderUnreachable:
        """Tell the operator what whoever signs in need not know."""
        LOG.warning("%s does not answer as it should: %r", self._issuer, cause)
        return ProviderUnreachable()

    def _client(self, back: str | None = None) -> OAuth2Client:
        secret = self._settings.oidc_secret
        return OAuth2Client(
            self._settings.oidc_client,
            secret.read_text(encoding="utf-8").strip() if secret else None,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            timeout=Timeout(FETCH_SECONDS),
            follow_redirects=False,
        )


def _name(claims: Mapping[str, Any]) -> str:
    """Return what to call them: a name as accounts have it."""
    for each in ("preferred_username", "email", "name", "sub"):
        name = _UNFIT.sub("-", str(claims.get(each) or "")).strip("-")[:60]
        if name:
            return name
    raise ProviderRefused("what your council's sign-in says of you is not valid")
