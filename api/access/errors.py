"""What can go wrong with coming in.

AccessError
├── UnknownKey      a key that is unknown, has expired or was revoked
├── NotAllowed      not with this role
├── NotSignedIn     the service is not open to everyone
├── WrongPassword   name and password do not belong together
├── TooManyTries    guessing
├── TooManyRequests more than one caller's share
├── ProviderRefused the council's own sign-in let nobody in
├── ProviderUnreachable  it does not answer
├── NoRoleThere     it let them in, and they have no role here
├── StaleForm       a form that this service did not make for this browser
├── NobodyYet       the service is to be opened to a network before it has any account
├── NoSuchAccount   none of this name
├── NoSuchKey       none of this prefix
├── NameTaken       there is an account of this name
├── BadName         no name of an account
└── BadPassword     too short to be one, or too long
"""

from __future__ import annotations


class AccessError(Exception):
    """Someone may not come in; the message says what to do next."""


class UnknownKey(AccessError):
    """The key opens nothing."""

    def __init__(self) -> None:
        """Say the same of keys that never were, have expired or were revoked."""
        super().__init__("this key is not valid (any more): ask whoever runs the service for one")


class NotSignedIn(AccessError):
    """The service is not open to everyone."""

    def __init__(self) -> None:
        """Say how to come in."""
        super().__init__("these papers are not open to everyone: sign in, or send a key")


class NotAllowed(AccessError):
    """Whoever asks has shown who they are, and may not."""

    def __init__(self) -> None:
        """Say whom to ask."""
        super().__init__(
            "your role does not allow this: ask whoever runs the service if you should be able to"
        )


class WrongPassword(AccessError):
    """No account has this name and this password."""

    def __init__(self) -> None:
        """Leave open which of the two is wrong."""
        super().__init__("this name and password do not belong together: try again")


class TooManyTries(AccessError):
    """Someone guesses, for this account or from this address."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        minutes = -(-seconds // 60)
        wait = f"{minutes} minutes" if minutes > 1 else "a minute"
        super().__init__(f"too many tries: wait {wait}, then try again")
        self.seconds = seconds


class TooManyRequests(AccessError):
    """One caller has sent more within a minute than is their share."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(f"too many requests: wait {seconds} seconds, then try again")
        self.seconds = seconds


class ProviderRefused(AccessError):
    """The council's own sign-in let nobody in, or not through this browser."""

    def __init__(self, why: str) -> None:
        """Say why, as far as that helps whoever tried."""
        super().__init__(f"{why}: try again")


class ProviderUnreachable(AccessError):
    """The council's own sign-in does not answer, or not as it should."""

    def __init__(self) -> None:
        """Say what to do meanwhile; the cause is for the log."""
        super().__init__(
            "your council's sign-in does not answer just now: try again in a moment, or sign in "
            "with a name and password if you have them"
        )


class NoRoleThere(AccessError):
    """The council's own sign-in let them in, and nothing that it says gives them a role here."""

    def __init__(self) -> None:
        """Say whom to ask."""
        super().__init__(
            "your council's sign-in knows you, but you have no role here: ask whoever runs the "
            "service for one"
        )


class StaleForm(AccessError):
    """The form was not made for this browser, or long ago."""

    def __init__(self) -> None:
        """Ask to fill it in again."""
        super().__init__("this form is out of date: open its page again, and send it from there")


class NobodyYet(AccessError):
    """The service would listen to a network, and nobody could be told from anybody."""

    def __init__(self, host: str) -> None:
        """Say how to open it."""
        super().__init__(
            f"there are no accounts yet, so this serves only this machine, not {host}: add one "
            "first, as in `matters accounts add NAME --role administrator`"
        )


class NoSuchAccount(AccessError):
    """There is no account of this name."""

    def __init__(self, name: str) -> None:
        """Say how to see which there are."""
        super().__init__(f"no account {name!r}: `matters accounts list` lists them")


class NoSuchKey(AccessError):
    """There is no key with this prefix, or it was revoked before."""

    def __init__(self, prefix: str) -> None:
        """Say how to see which there are."""
        super().__init__(f"no key {prefix!r} to revoke: `matters keys list` lists them")


class NameTaken(AccessError):
    """There is an account of this name."""

    def __init__(self, name: str) -> None:
        """Say what to do instead."""
        super().__init__(
            f"there is an account {name!r}: give it another password, or remove it first"
        )


class BadName(AccessError):
    """An account's name is a word or an address."""

    def __init__(self) -> None:
        """Say what a name is."""
        super().__init__(
            "a name has 1 to 80 letters, figures, dots, dashes, underscores or @ signs: choose one"
        )


class BadPassword(AccessError):
    """A password that is too easily guessed, or too long to be one."""

    def __init__(self, least: int, most: int) -> None:
        """Give both limits in characters."""
        super().__init__(
            f"a password has {least} to {most} characters: four words that do not go together make "
            "a good one"
        )
