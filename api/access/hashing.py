"""Passwords and tokens as they are kept: nobody who reads them can use them."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from hashlib import scrypt, sha256
from hmac import compare_digest
from threading import Lock

COST, BLOCK, PARALLEL = 2**15, 8, 3
"""scrypt's N, r and p as OWASP's cheat sheet on password storage gives them for 32 MiB: some
0.3 s on one core."""

_MOST_MEMORY = 64 << 20

_turn = Lock()
"""One hash at a time: guesses from many sides must not take the processor from everyone."""


def hash_password(password: str) -> str:
    """Return what is kept of a password: method, costs, salt and hash."""
    salt = secrets.token_bytes(16)
    parts = (_scrypt(password, salt, COST, BLOCK, PARALLEL), salt)
    made, salted = (b64encode(each).decode() for each in parts)
    return f"scrypt${COST}${BLOCK}${PARALLEL}${salted}${made}"


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one kept; as slow where there is none to compare it with."""
    _, cost, block, parallel, salt, made = (kept or _NOBODYS).split("$")
    tried = _scrypt(password, b64decode(salt), int(cost), int(block), int(parallel))
    return compare_digest(tried, b64decode(made)) and kept is not None


def new_token() -> str:
    """Return a token that nobody guesses: 256 random bits, 43 characters."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """Return what is kept of a token.

    A quick hash: what is random throughout cannot be found by trying likely values, and a slow one
    would let anybody who sends wrong keys keep the processor busy.
    """
    return sha256(token.encode()).digest()


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    with _turn:
        return scrypt(
            password.encode(),
            salt=salt,
            n=cost,
            r=block,
            p=parallel,
            maxmem=_MOST_MEMORY,
            dklen=32,
        )


_NOBODYS = f"scrypt${COST}${BLOCK}${PARALLEL}${b64encode(bytes(16)).decode()}$" + (
    b64encode(bytes(32)).decode()
)
