"""What the ARS asked to complete after the filing, as the answer to it tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop import francais
from esms_desktop.lecture import Complement
from esms_desktop.regles.dossier.pieces import TITRES


@dataclass(frozen=True)
class DemandeDe:
    """One thing asked. `numero`: of the piece (1 to 14), None when it is about something else."""

    numero: int | None
    texte: str
    demande_le: date | None
    echeance: date | None

    @property
    def phrase(self) -> str:
        """The whole of it in a sentence or two."""
        quoi = f"pièce {self.numero} – {TITRES[self.numero]}" if self.numero else ""
        texte = " : ".join(t for t in (quoi, self.texte.strip().rstrip(".")) if t) or "objet non précisé"
        dates = [
            *([f"demandé le {francais.date_longue(self.demande_le)}"] if self.demande_le else []),
            *([f"attendu le {francais.date_longue(self.echeance)}"] if self.echeance else []),
        ]
        return francais.majuscule(texte) + (f" ({', '.join(dates)})" if dates else "")


@dataclass(frozen=True)
class Demande:
    """All that one answer replies to, and the numbers of the pieces it files."""

    demandes: tuple[DemandeDe, ...]
    numeros: tuple[int, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """What was asked, one line each."""
        return tuple(d.phrase for d in self.demandes)


def lire(complements: Sequence[Complement], numeros: Sequence[int] = ()) -> Demande:
    """What these complements ask; `numeros`: pieces filed with the answer besides those they name."""
    demandes = tuple(DemandeDe(c.numero, c.demande, c.demande_le, c.echeance) for c in complements)
    nommes = {d.numero for d in demandes if d.numero is not None}
    return Demande(demandes, tuple(sorted(nommes | set(numeros))))
