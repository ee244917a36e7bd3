"""How a base stands: what opens it, where its backups are, whether it is whole; said to a person and to a program."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from esms_desktop.base import sauvegardes
from esms_desktop.base.cles import LIBELLES, EtatCles, etat_des_cles
from esms_desktop.base.sauvegardes import EtatSauvegardes, maintenant_local
from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurCle
from esms_desktop.francais import date_heure, pluriel, taille
from esms_desktop.store.cles import cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.lieu import Lieu, lieu_de
from esms_desktop.store.presence import Occupant, autres
from esms_desktop.store.sauvegarde.sauvegarde import MOTIFS, Contenu, Sauvegarde, contenu

# What a base is found to be, without the whole check.
SAINE, ABIMEE, FERMEE = "saine", "abimee", "fermee"


@dataclass(frozen=True)
class EtatBase:
    """How a base stands.

    Args:
        chemin, taille: the file and its bytes.
        sante: "saine", "abimee", or "fermee" when nothing at hand opens it.
        pourquoi: what was said of a base that is not "saine".
        contenu: its numbers, None when it does not read.
        cles, sauvegardes: see `EtatCles` and `EtatSauvegardes`.
        lieu: what kind of folder it is in.
        ailleurs: the other computers that say they have it open.
    """

    chemin: Path
    taille: int
    sante: str
    pourquoi: str
    contenu: Contenu | None
    cles: EtatCles
    sauvegardes: EtatSauvegardes
    lieu: Lieu
    ailleurs: tuple[Occupant, ...]

    @property
    def alertes(self) -> tuple[str, ...]:
        """What cannot wait, in French."""
        dites = []
        if self.sante == ABIMEE:
            dites.append(self.pourquoi)
        if self.lieu.danger:
            dites.append(self.lieu.danger)
        dites += [
            f"Elle est ouverte sur un autre ordinateur, « {o.machine} », par {o.qui}." for o in self.ailleurs
        ]
        s = self.sauvegardes
        if s.seconde_en_retard:
            dites.append(
                f"Le second emplacement des sauvegardes ({s.reglages.seconde}) n’a rien reçu depuis une semaine."
            )
        if s.reglages.echec:
            dites.append(f"La dernière sauvegarde n’a pas abouti : {s.reglages.echec}")
        return tuple(dites)

    def phrases(self) -> list[str]:
        """The whole, in French lines."""
        lignes = [f"Base : {self.chemin} ({taille(self.taille)})"]
        if self.contenu is not None:
            lignes.append(
                f"Contenu : {pluriel(self.contenu.comptes.get('dossier', 0), 'dossier')}, schéma {self.contenu.revision}"
            )
        elif self.sante == FERMEE:
            lignes.append(f"Contenu : inconnu. {self.pourquoi}")
        ouvrent = ", ".join(LIBELLES[g] for g in self.cles.ouvrent) or "rien de connu ici"
        lignes.append(f"S’ouvre avec : {ouvrent}")
        if not self.cles.fichier_entier:
            lignes.append("Le fichier de clé manque ou est abîmé.")
        if self.cles.code != "confirme":
            lignes.append(
                "Aucun code de secours n’a été noté : « esms-desktop base code-secours » en donne un."
            )
        derniere = self.sauvegardes.derniere
        lignes.append(f"Dernière sauvegarde : {dite(derniere)}")
        lignes.append(
            f"Sauvegardes gardées : {len(self.sauvegardes.locales)} dans {self.sauvegardes.dossier}"
        )
        if self.sauvegardes.reglages.seconde:
            present = "" if self.sauvegardes.seconde_presente else " (absent)"
            lignes.append(
                f"Second emplacement : {len(self.sauvegardes.ailleurs)} dans {self.sauvegardes.reglages.seconde}{present}"
            )
        return [*lignes, *(f"À voir : {a}" for a in self.alertes)]

    def en_dict(self) -> dict[str, Any]:
        """The whole, for a program."""
        s = self.sauvegardes
        return {
            "base": str(self.chemin),
            "taille": self.taille,
            "sante": self.sante,
            "pourquoi": self.pourquoi,
            "schema": self.contenu.revision if self.contenu else None,
            "dossiers": self.contenu.comptes.get("dossier", 0) if self.contenu else None,
            "cles": {
                "ouvrent": list(self.cles.ouvrent),
                "fichier_entier": self.cles.fichier_entier,
                "code_secours": self.cles.code,
            },
            "sauvegardes": {
                "dossier": str(s.dossier),
                "derniere": _en_dict(s.derniere),
                "locales": [_en_dict(x) for x in s.locales],
                "ailleurs": [_en_dict(x) for x in s.ailleurs],
                "second_emplacement": s.reglages.seconde or None,
                "second_emplacement_present": s.seconde_presente,
                "second_emplacement_en_retard": s.seconde_en_retard,
                "echec": s.reglages.echec,
            },
            "verifiee": s.reglages.verifiee or None,
            "lieu": {"genre": self.lieu.genre, "nom": self.lieu.nom or None},
            "ouverte_ailleurs": [
                {"qui": o.qui, "machine": o.machine, "depuis": o.depuis, "silence_s": o.silence_s}
                for o in self.ailleurs
            ],
            "alertes": list(self.alertes),
        }


def dite(sauvegarde: Sauvegarde | None) -> str:
    """When a backup was taken and why, in a few French words."""
    if sauvegarde is None:
        return "jamais"
    pourquoi = MOTIFS.get(sauvegarde.motif, "")
    return date_heure(sauvegarde.quand) + (f", {pourquoi}" if pourquoi else "")


def _en_dict(s: Sauvegarde | None) -> dict[str, Any] | None:
    if s is None:
        return None
    quand = s.quand.isoformat(timespec="seconds")
    return {
        "fichier": str(s.chemin),
        "quand": quand,
        "motif": s.motif,
        "taille": s.taille,
        "entiere": s.entiere,
    }


def etat(chemin: Path, maintenant: datetime | None = None) -> EtatBase:
    """How a base stands, with what opens it when it is at hand; nothing is asked and nothing is written."""
    cle: Cle | None = None
    vu: Contenu | None = None
    sante, pourquoi = SAINE, ""
    try:
        trouvee = cles.trouver(chemin)
        cle = Cle(trouvee.cle.octets, sel=trouvee.sel)
        if not trouvee.ouvre:
            raise cles.abimee(chemin)
        vu = contenu(chemin, cle)
    except ErreurBaseAbimee as erreur:
        sante, pourquoi = ABIMEE, erreur.message
    except ErreurCle as erreur:
        sante, pourquoi = FERMEE, erreur.message
    except OSError as erreur:
        from esms_desktop.store.erreurs import traduire

        raise traduire(erreur) from erreur
    except ErreurBase as erreur:
        sante, pourquoi = FERMEE, erreur.message
    return EtatBase(
        chemin,
        chemin.stat().st_size,
        sante,
        pourquoi,
        vu,
        etat_des_cles(chemin, cle),
        sauvegardes.etat(chemin, maintenant or maintenant_local()),
        lieu_de(chemin),
        autres(chemin),
    )
