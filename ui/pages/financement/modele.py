"""The rows of the Financement page: calculation lines, amounts by OG and by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop.francais import euros, euros_signes, pluriel
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.financement.financement import FinancementDossier, LigneCalcul
from ui.models.table import Colonne

POSTES = {
    "usages": "Usages",
    "logiciel": "Logiciel",
    "equipement": "Équipement",
    "amoa_marche": "AMOA marché",
    "pilotage": "Pilotage",
}
TOTAL = "total"

COLONNES_CALCUL: Sequence[Colonne[LigneCalcul]] = (
    Colonne("Poste", lambda x: x.libelle),
    Colonne("Calcul", lambda x: x.formule),
    Colonne("Montant", lambda x: euros(x.montant_cents), tri=lambda x: x.montant_cents, a_droite=True),
    Colonne(
        "D’où vient ce montant",
        lambda x: x.provenance,
        second=lambda x: f"Hypothèse\u00a0: {x.hypothese}" if x.hypothese else "",
    ),
)


@dataclass(frozen=True)
class LigneOg:
    """One row of the split: an OG, or the whole project. `detail`: its ESSMS, and whether it is small."""

    nom: str
    detail: str
    postes_cents: dict[str, int]
    total_cents: int
    cle: object


@dataclass(frozen=True)
class LigneAnnee:
    """One payment: its year (None while a date is missing), what it is, its amount in cents."""

    annee: int | None
    libelle: str
    montant_cents: int


def _essms(n: int) -> str:
    return pluriel(n, "ESSMS", "ESSMS")


def lignes_og(financement: FinancementDossier, petit_sous: int) -> list[LigneOg]:
    """The split OG by OG, then the project. `petit_sous`: an OG with fewer ESSMS than that is small."""
    tailles = {
        True: "petit organisme",
        False: f"{petit_sous} ESSMS ou plus en tout",
        None: "taille à préciser",
    }
    parts = [
        LigneOg(
            p.nom, f"{_essms(p.essms)} · {tailles[p.petit]}", dict(p.postes_cents), p.total_cents, p.og_id
        )
        for p in financement.parts
    ]
    projet = financement.projet
    comptes = sum(p.essms for p in financement.parts)
    total = LigneOg(
        "Ensemble du projet", _essms(comptes), dict(projet.postes_cents), projet.total_cents, TOTAL
    )
    return [*parts, total]


def _montant(poste: str) -> Colonne[LigneOg]:
    return Colonne(
        POSTES[poste],
        lambda x: euros(x.postes_cents.get(poste, 0)),
        tri=lambda x: x.postes_cents.get(poste, 0),
        a_droite=True,
    )


COLONNES_OG: Sequence[Colonne[LigneOg]] = (
    Colonne("Organisme", lambda x: x.nom, second=lambda x: x.detail),
    *(_montant(poste) for poste in POSTES),
    Colonne("Total", lambda x: euros(x.total_cents), tri=lambda x: x.total_cents, a_droite=True),
)

COLONNES_ANNEE: Sequence[Colonne[LigneAnnee]] = (
    Colonne(
        entete_de("cout.annee"),
        lambda x: str(x.annee) if x.annee else "À fixer",
        tri=lambda x: x.annee or 9999,
    ),
    Colonne("Versement", lambda x: x.libelle),
    Colonne("Montant", lambda x: euros(x.montant_cents), tri=lambda x: x.montant_cents, a_droite=True),
)


def lignes_annee(financement: FinancementDossier) -> list[LigneAnnee]:
    """The payments, year by year."""
    return [LigneAnnee(annee, libelle, montant) for annee, libelle, montant in financement.par_annee]


def ecart(cents: int) -> str:
    """A difference with its sign: + 15 000 €, − 3 000 €, = when there is none."""
    return euros_signes(cents) if cents else "="


def phrase(financement: FinancementDossier) -> str:
    """Where the funding stands, in one sentence."""
    projet, essms = financement.projet, financement.demande.essms
    if not essms:
        return "Aucun ESSMS éligible n’est compté pour le moment."
    return (
        f"{euros(projet.total_cents)} demandés pour {pluriel(essms, 'ESSMS éligible', 'ESSMS éligibles')}\u00a0: "
        f"{euros(projet.avance_cents)} d’avance et {euros(projet.solde_cents)} de solde."
    )
