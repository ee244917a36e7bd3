"""The backups of a base, as a table lists them."""

from dataclasses import dataclass

from esms_desktop.base.sauvegardes import MOTIFS, Sauvegarde
from esms_desktop.francais import date_heure, majuscule, nombre, pluriel, taille
from ui.models.table import Colonne, ModeleTable

POIDS = (2.0, 2.6, 2.2, 1.6, 1.0)


@dataclass(frozen=True)
class LigneSauvegarde:
    """A backup and the places that hold it."""

    sauvegarde: Sauvegarde
    ici: bool
    ailleurs: bool

    @property
    def ou(self) -> str:
        """Where it is, in words."""
        if self.ici and self.ailleurs:
            return "Ici et au second emplacement"
        return "Ici" if self.ici else "Second emplacement"


def reunir(locales: tuple[Sauvegarde, ...], ailleurs: tuple[Sauvegarde, ...]) -> list[LigneSauvegarde]:
    """The backups of both places, newest first, each once."""
    la_bas = {s.chemin.name for s in ailleurs}
    ici = {s.chemin.name for s in locales}
    lignes = [LigneSauvegarde(s, True, s.chemin.name in la_bas) for s in locales]
    lignes += [LigneSauvegarde(s, False, True) for s in ailleurs if s.chemin.name not in ici]
    return sorted(lignes, key=lambda x: x.sauvegarde.quand, reverse=True)


def _contenu(ligne: LigneSauvegarde) -> str:
    inventaire = ligne.sauvegarde.inventaire
    if inventaire is None or not ligne.sauvegarde.entiere:
        return "Abîmée"
    comptes = inventaire.comptes
    return f"{pluriel(comptes.get('dossier', 0), 'dossier')}, {nombre(comptes.get('essms', 0))}\u00a0ESSMS"


def modele() -> ModeleTable[LigneSauvegarde]:
    """An empty list of backups."""
    return ModeleTable(
        (
            Colonne(
                "Quand",
                lambda x: date_heure(x.sauvegarde.quand),
                tri=lambda x: x.sauvegarde.quand.isoformat(),
            ),
            Colonne("Pourquoi", lambda x: majuscule(MOTIFS.get(x.sauvegarde.motif, ""))),
            Colonne("Contient", _contenu),
            Colonne("Où", lambda x: x.ou),
            Colonne("Taille", lambda x: taille(x.sauvegarde.taille), tri=lambda x: x.sauvegarde.taille),
        ),
        lambda x: str(x.sauvegarde.chemin),
    )
