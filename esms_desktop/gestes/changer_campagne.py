"""A dossier under another campaign: what would change, before; then the change, in one gesture that one undo takes back."""

from dataclasses import dataclass
from datetime import date

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.gestes.registre import geste
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Constat
from esms_desktop.regles.dossier.pieces import EtatPiece, etat_pieces
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.store.porte import Porte


@dataclass(frozen=True)
class Montant:
    """An amount in both campaigns, in cents."""

    libelle: str
    avant_cents: int
    apres_cents: int


@dataclass(frozen=True)
class PieceChangee:
    """A piece that is not asked the same way."""

    numero: int
    titre: str
    avant: str
    apres: str


@dataclass(frozen=True)
class Apercu:
    """What a change of campaign would change: findings that come and go, amounts, pieces."""

    avant: Campagne
    apres: Campagne
    nouveaux: tuple[Constat, ...]
    disparus: tuple[Constat, ...]
    montants: tuple[Montant, ...]
    total: Montant
    pieces: tuple[PieceChangee, ...]

    @property
    def rien(self) -> bool:
        """Whether nothing would be said otherwise."""
        return not (self.nouveaux or self.disparus or self.montants or self.pieces)

    def en_dict(self) -> dict[str, object]:
        """The same as JSON, amounts in euros."""
        return {
            "avant": self.avant.id,
            "apres": self.apres.id,
            "constats_nouveaux": [c.en_dict() for c in self.nouveaux],
            "constats_disparus": [c.en_dict() for c in self.disparus],
            "montants": [
                {"poste": m.libelle, "avant": m.avant_cents / 100, "apres": m.apres_cents / 100}
                for m in (*self.montants, self.total)
            ],
            "pieces": [
                {"numero": p.numero, "titre": p.titre, "avant": p.avant, "apres": p.apres}
                for p in self.pieces
            ],
        }


def apercu(dossier: Dossier, campagne_id: str, jour: date) -> Apercu:
    """What the dossier would be under that campaign; nothing is written.

    Raises:
        ErreurCampagne: one of the two cannot be read.
    """
    avant, apres = charger(dossier.campagne_id), charger(campagne_id)
    essai = dossier.avec({"dossier": {dossier.id: {**dossier.__dict__, "campagne_id": campagne_id}}})
    constats_avant = {_cle(c): c for c in verifier_dossier(dossier, jour).constats}
    constats_apres = {_cle(c): c for c in verifier_dossier(essai, jour).constats}
    finance_avant = financer_dossier(dossier, avant).projet
    finance_apres = financer_dossier(essai, apres).projet
    montants = [
        Montant(LIBELLES_POSTES[p], finance_avant.postes_cents[p], finance_apres.postes_cents[p])
        for p in LIBELLES_POSTES
    ]
    return Apercu(
        avant,
        apres,
        tuple(c for cle, c in constats_apres.items() if cle not in constats_avant),
        tuple(c for cle, c in constats_avant.items() if cle not in constats_apres),
        tuple(m for m in montants if m.avant_cents != m.apres_cents),
        Montant("Total", finance_avant.total_cents, finance_apres.total_cents),
        tuple(_pieces(etat_pieces(dossier, avant), etat_pieces(essai, apres))),
    )


@geste(
    "dossier.changer-campagne",
    "Changer de campagne",
    "",
    "campagne",
    campagne_id="l’identifiant de la campagne",
)
def changer(porte: Porte, dossier: Dossier, campagne_id: str) -> bool:
    """Puts the dossier under that campaign, in one gesture.

    Raises:
        ErreurCampagne: it cannot be read: the dossier stays as it is.
    """
    charger(campagne_id)
    return porte.modifier(dossier, "Changer de campagne", campagne_id=campagne_id)


def _cle(c: Constat) -> tuple[str, str, str]:
    return c.code, c.titre, c.gravite.value


def _pieces(avant: tuple[EtatPiece, ...], apres: tuple[EtatPiece, ...]) -> list[PieceChangee]:
    changees = []
    for a, b in zip(avant, apres, strict=True):
        if (a.obligation, a.manquante) != (b.obligation, b.manquante):
            changees.append(PieceChangee(a.numero, a.titre, _dire(a), _dire(b)))
    return changees


def _dire(etat: EtatPiece) -> str:
    mot = {
        "obligatoire": "obligatoire",
        "facultative": "facultative",
        "sans-objet": "non demandée",
        "a-preciser": "à préciser",
    }[etat.obligation]
    return f"{mot}, manquante" if etat.manquante else mot
