"""Errors a person can read: each says what happened, and what to do about it."""


class ErreurEsms(Exception):
    """Base of every error shown to a person.

    Args:
        message: one French sentence: what happened and what was kept.
        remede: one French sentence: what to do now; empty when the message says it all.
    """

    def __init__(self, message: str, remede: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remede = remede

    def __str__(self) -> str:
        return f"{self.message} {self.remede}".strip()


class ErreurSaisie(ErreurEsms):
    """What was given cannot be used: a number, a name, a file, an option."""


class ErreurCampagne(ErreurEsms):
    """A campaign file that does not follow the schema, or a campaign that does not exist."""


class ErreurBase(ErreurEsms):
    """The base cannot be opened, read or written."""


class ErreurCle(ErreurBase):
    """The key of the base is missing, locked away or wrong."""


class ErreurFiness(ErreurEsms):
    """A directory file that cannot be read, or a number it does not hold."""


class ErreurPiece(ErreurEsms):
    """A file that cannot be attached."""


class ErreurDepot(ErreurEsms):
    """The filing could not be written, or could not be proved."""


class Interruption(ErreurEsms):
    """The person cancelled the work in progress."""
