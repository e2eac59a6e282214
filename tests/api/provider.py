"""A small provider of identities, as OpenID Connect has them, in a process of its own.

python -m tests.api.provider PORT serves it. Whoever comes is let in as the subject that was set at
/say; there too it is told to lie, one lie at a time, each of which a client must see through.
"""

import hmac
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "matters", "a-secret-of-the-council"

NOT_SIGNED, SHARED = b'{"alg":"none"}', b'{"alg":"HS256","kid":"one"}'
"""Heads of tokens that lie."""


class Provider:
    """What it knows: its key, whom it lets in, and the codes that it gave out."""

    def __init__(self, issuer: str) -> None:
        """Make a key."""
        self.issuer = issuer
        self.key, self.other = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
        self.person: dict = {}
        self.lie = ""
        self.codes: dict[str, dict[str, str]] = {}

    async def about(self, request: Request) -> Response:
        """Tell of itself."""
        issuer = "http://127.0.0.1:9" if self.lie == "another issuer's page" else self.issuer
        keys = "http://council.example/keys" if self.lie == "keys without https" else "/keys"
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": self.issuer + keys if keys == "/keys" else keys,
            }
        )

    async def keys(self, request: Request) -> Response:
        """Give the public key."""
        return JSONResponse({"keys": [{**self.key.as_dict(private=False), "use": "sig"}]})

    async def say(self, request: Request) -> Response:
        """Be told whom to let in, and how to lie."""
        told = await request.json()
        self.person, self.lie = told["person"], told["lie"]
        return Response()

    async def authorize(self, request: Request) -> Response:
        """Let whoever comes in, or not."""
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"]
        given = {"state": asked["state"]}
        if self.lie == "let nobody in":
            given["error"] = "access_denied"
        else:
            given["code"] = token_urlsafe()
            self.codes[given["code"]] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(given)}", 303)

    async def token(self, request: Request) -> Response:
        """Give tokens for a code, once, to the client that asked with this challenge."""
        sent = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        basic = b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        asked = self.codes.pop(sent["code"], None)
        challenge = part(sha256(sent["code_verifier"].encode()).digest())
        right = basic == f"{CLIENT}:{SECRET}"
        if not (right and asked and challenge == asked["code_challenge"]):
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert sent["redirect_uri"] == asked["redirect_uri"]
        access = token_urlsafe()
        return JSONResponse(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self._signed(asked["nonce"], access),
            }
        )

    def _signed(self, nonce: str, access: str) -> str:
        now = int(time.time())
        half = sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            "at_hash": part(half),
            **self.person,
        }
        lies = {
            "another issuer": {"iss": "https://elsewhere.example"},
            "for another": {"aud": "somebody else"},
            "out of date": {"exp": now - 3600},
            "another visit's": {"nonce": "another"},
            "another access": {"at_hash": "another"},
        }
        claims |= lies.get(self.lie, {})
        header, key = {"alg": "RS256", "kid": "one"}, self.key
        if self.lie == "another's key":
            key = self.other
        signed = jwt.encode(header, claims, key, algorithms=["RS256"])
        if self.lie == "not signed":
            return f"{part(NOT_SIGNED)}.{signed.split('.')[1]}."
        if self.lie == "signed with the public key":  # as if it were a shared secret
            said = f"{part(SHARED)}.{signed.split('.')[1]}"
            public = self.key.as_pem(private=False)
            return f"{said}.{part(hmac.digest(public, said.encode(), 'sha256'))}"
        return signed


def part(content: bytes) -> str:
    """Return a part of a token."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def serve(port: int) -> None:
    provider = Provider(f"http://127.0.0.1:{port}")
    routes = [
        Route("/.well-known/openid-configuration", provider.about),
        Route("/keys", provider.keys),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/say", provider.say, methods=["POST"]),
    ]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="critical")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
