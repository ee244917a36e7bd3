"""What a base must do for the door: say what a transaction wrote, whoever wrote it, replay it, and say when others write.

The one place where the door knows which base it is on. Decision 0024 says what a server base will have to do.
"""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection

from esms_desktop.store.ecarts import Ecart


class Capture(Protocol):
    """The changes of one connection. A row diff holds whole rows, in the values the base keeps."""

    def ecouter(self, connexion: Connection, qui: str) -> None:
        """Sees and signs, from now on, all that this connection writes. `qui`: who writes by it."""

    def commencer(self, connexion: Connection) -> None:
        """Begins a transaction that writes: no other one writes until it ends."""

    def ramasser(self, connexion: Connection) -> tuple[Ecart, ...]:
        """The writes since the last call, in order, those of cascades and of triggers too."""

    def rejouer(self, connexion: Connection, pas: Iterable[Ecart]) -> tuple[Ecart, ...]:
        """Applies diffs in the order given, inside the transaction under way; answers what that wrote, just the same rows.

        Raises:
            Conflit: a row is not as expected, or a cascade took more than the diffs say. The caller rolls back.
        """

    def oublier_les_retours(self, connexion: Connection, pas: Iterable[Ecart]) -> None:
        """A row that says again what it said was not written: its version and its author are again what they were."""

    def prochaine_entree(self, connexion: Connection) -> int:
        """The number the next entry of the journal will have, those after it following one by one: inside a write."""

    def ecrit_ailleurs(self, connexion: Connection) -> int:
        """A number that moves when another connection has committed, never when this one has."""
