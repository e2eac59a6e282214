"""Accounts, keys and sessions: who someone is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from sqlite3 import Connection
from threading import BoundedSemaphore

from api.access.errors import (
    BadName,
    BadPassword,
    NameTaken,
    NoSuchAccount,
    NoSuchKey,
    TooManyTries,
    UnknownKey,
    WrongPassword,
)
from api.access.hashing import hash_password, hash_token, is_password, new_token
from api.access.roles import Caller, Role
from api.access.store import AccessStore

SHORTEST, LONGEST = 12, 200
"""Characters of a password."""

KEY = "ma_"
"""What every key begins with, so that one that got into the wrong place is known for what it is."""

PREFIX = len(KEY) + 8
"""Characters of a key by which it is listed; 35 unknown ones are left."""

TRIES = {"account": 10, "address": 50}
"""Wrong passwords within TRIES_SECONDS after which no more are looked at: for one account, whoever
tries, and from one address, whatever account; a whole town hall may share an address."""

TRIES_SECONDS = 15 * 60

DESK, DESK_SECONDS = BoundedSemaphore(8), 5
"""So many passwords are looked at or wait for it, a third of a second each; more are told to come
again: they would take the threads that answer everyone else."""

DAY = 24 * 60 * 60

_NAME = re.compile(r"[\w.@+-]{1,80}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed; times are in seconds since 1970."""

    name: str
    role: Role
    made: int


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed."""

    prefix: str
    name: str
    role: Role
    made: int
    expires: int
    revoked: int | None


class People:
    """Everyone who may come in."""

    def __init__(self, store: AccessStore, now: Callable[[], float] = time.time) -> None:
        """Look at nothing yet."""
        self._store = store
        self._now = now

    def anyone(self) -> bool:
        """Tell whether there is any account, or a key that still opens something."""
        keys = [key for key in self.keys() if key.revoked is None and key.expires > self._now()]
        return bool(keys or self.accounts())

    def accounts(self) -> list[Account]:
        """Return the accounts by name."""
        with self._store.reading() as db:
            rows = db.execute("SELECT name, role, made FROM account ORDER BY name") if db else ()
            return [Account(name, Role(role), made) for name, role, made in rows]

    def add_account(self, name: str, role: Role, password: str) -> None:
        """Add an account.

        Raises:
            BadName, BadPassword, NameTaken: it cannot be.
        """
        if not _NAME.fullmatch(name):
            raise BadName
        kept = hash_password(_checked(password))
        with self._store.writing() as db:
            if db.execute("SELECT 1 FROM account WHERE name = ?", (name,)).fetchone():
                raise NameTaken(name)
            values = (name, role.value, kept, int(self._now()))
            db.execute("INSERT INTO account VALUES (?, ?, ?, ?, NULL)", values)

    def remove_account(self, name: str) -> None:
        """Remove an account; its sessions end.

        Raises:
            NoSuchAccount: there is none.
        """
        with self._store.writing() as db:
            if not db.execute("DELETE FROM account WHERE name = ?", (name,)).rowcount:
                raise NoSuchAccount(name)

    def change_password(self, name: str, password: str) -> None:
        """Give an account another password; its sessions end.

        Raises:
            BadPassword, NoSuchAccount: it cannot be.
        """
        kept = hash_password(_checked(password))
        with self._store.writing() as db:
            change = "UPDATE account SET password = ? WHERE name = ?"
            if not db.execute(change, (kept, name)).rowcount:
                raise NoSuchAccount(name)
            db.execute("DELETE FROM session WHERE account = ?", (name,))
            db.execute("DELETE FROM failure WHERE who = ?", (_who("account", name),))

    def keys(self) -> list[Key]:
        """Return the keys, newest first."""
        query = "SELECT prefix, name, role, made, expires, revoked FROM key ORDER BY made DESC"
        with self._store.reading() as db:
            rows = db.execute(query) if db else ()
            return [Key(prefix, name, Role(role), *times) for prefix, name, role, *times in rows]

    def add_key(self, name: str, role: Role, days: int) -> str:
        """Add a key and return it: the only time that anybody sees it."""
        key, now = KEY + new_token(), int(self._now())
        values = (key[:PREFIX], hash_token(key), name, role.value, now, now + days * DAY)
        with self._store.writing() as db:
            db.execute("INSERT INTO key VALUES (?, ?, ?, ?, ?, ?, NULL)", values)
        return key

    def revoke_key(self, prefix: str) -> None:
        """Have a key open nothing from now on.

        Raises:
            NoSuchKey: there is none, or it was revoked before.
        """
        with self._store.writing() as db:
            change = "UPDATE key SET revoked = ? WHERE prefix = ? AND revoked IS NULL"
            if not db.execute(change, (int(self._now()), prefix[:PREFIX])).rowcount:
                raise NoSuchKey(prefix[:PREFIX])

    def with_key(self, key: str) -> Caller:
        """Return who shows a key.

        Raises:
            UnknownKey: it opens nothing.
        """
        # Looked up by its hash: how long that takes tells nothing of a key.
        query = "SELECT prefix, role FROM key WHERE hash = ? AND revoked IS NULL AND expires > ?"
        with self._store.reading() as db:
            row = db.execute(query, (hash_token(key), self._now())).fetchone() if db else None
        if row is None:
            raise UnknownKey
        return Caller(row[0], Role(row[1]))

    def sign_in(self, name: str, password: str, address: str, seconds: int) -> tuple[str, Caller]:
        """Return a new session's token and whose it is.

        Args:
            name: the account's.
            password: what was typed.
            address: where it was typed.
            seconds: how long the session lasts.

        Raises:
            TooManyTries: for this account or from this address, or by everybody at once.
            WrongPassword: they do not belong together.
        """
        if not DESK.acquire(blocking=False):
            raise TooManyTries(DESK_SECONDS)
        try:
            return self._sign_in(name, password, address, seconds)
        finally:
            DESK.release()

    def _sign_in(self, name: str, password: str, address: str, seconds: int) -> tuple[str, Caller]:
        tried = [_who("account", name), _who("address", address)]
        self._count_try(tried)
        with self._store.reading() as db:
            query = "SELECT name, role, password FROM account WHERE name = ?"
            row = db.execute(query, (name,)).fetchone() if db else None
        if not is_password(password, row[2] if row else None) or row is None:
            raise WrongPassword
        with self._store.writing() as db:
            # Of the address only this try is forgiven: who guesses may have an account as well.
            db.execute("DELETE FROM failure WHERE who = ?", (tried[0],))
            last = "SELECT max(rowid) FROM failure WHERE who = ?"
            db.execute(f"DELETE FROM failure WHERE rowid = ({last})", (tried[1],))  # noqa: S608
            token = self._begin(db, row[0], seconds)
        return token, Caller(row[0], Role(row[1]))

    def sign_in_from(
        self, issuer: str, subject: str, name: str, role: Role, seconds: int
    ) -> tuple[str, Caller]:
        """Return a new session's token and whose it is, whom the council's provider let in.

        Args:
            issuer: the provider.
            subject: what it knows them by, for ever.
            name: what to call them, if they are new here.
            role: what it says now; it may have been another.
            seconds: how long the session lasts.
        """
        who = f"{issuer} {subject}"
        with self._store.writing() as db:
            row = db.execute("SELECT name FROM account WHERE subject = ?", (who,)).fetchone()
            if row:
                name = row[0]
                db.execute("UPDATE account SET role = ? WHERE subject = ?", (role.value, who))
            else:
                if db.execute("SELECT 1 FROM account WHERE name = ?", (name,)).fetchone():
                    # Somebody else's, who is not to be taken for them.
                    name = f"{name}+{sha256(who.encode()).hexdigest()[:16]}"
                values = (name, role.value, int(self._now()), who)
                db.execute("INSERT INTO account VALUES (?, ?, '', ?, ?)", values)
            return self._begin(db, name, seconds), Caller(name, role)

    def _begin(self, db: Connection, account: str, seconds: int) -> str:
        """Begin a session, and return its token; those that are over go."""
        token, now = new_token(), int(self._now())
        db.execute("DELETE FROM session WHERE expires <= ?", (now,))
        db.execute(
            "INSERT INTO session VALUES (?, ?, ?)", (hash_token(token), account, now + seconds)
        )
        return token

    def with_session(self, token: str) -> Caller | None:
        """Return whose session a token is of; None where it has ended."""
        query = (
            "SELECT account.name, account.role FROM session"
            " JOIN account ON account.name = session.account WHERE hash = ? AND expires > ?"
        )
        with self._store.reading() as db:
            row = db.execute(query, (hash_token(token), self._now())).fetchone() if db else None
        return Caller(row[0], Role(row[1])) if row else None

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._store.writing() as db:
            db.execute("DELETE FROM session WHERE hash = ?", (hash_token(token),))

    def _count_try(self, tried: list[str]) -> None:
        """Count a try before it is looked at, so that many at once are counted too.

        Raises:
            TooManyTries: there were as many as may be.
        """
        now = int(self._now())
        since = now - TRIES_SECONDS
        with self._store.writing() as db:
            db.execute("DELETE FROM failure WHERE at <= ?", (since,))
            for who in tried:
                count, first = db.execute(
                    "SELECT count(*), min(at) FROM failure WHERE who = ?", (who,)
                ).fetchone()
                if count >= TRIES[who.partition(" ")[0]]:
                    raise TooManyTries(first + TRIES_SECONDS - now)
            db.executemany("INSERT INTO failure VALUES (?, ?)", [(who, now) for who in tried])


def _who(kind: str, name: str) -> str:
    return f"{kind} {name[:80].casefold()}"


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPassword(SHORTEST, LONGEST)
    return password
