"""Restoring a backup: what it holds and what would change, a copy of the present first, then its content in the place."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from esms_desktop.base import sauvegardes
from esms_desktop.base.occupation import refuser_si_occupee
from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurCle
from esms_desktop.francais import accord, date_heure, pluriel
from esms_desktop.store.cles import changer_cles, cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import Trouvee
from esms_desktop.store.cles.pied import lire_pied
from esms_desktop.store.cles.temoin import ecrire_temoin
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.reglages import ecrire_reglages, lire_reglages
from esms_desktop.store.sauvegarde.restauration import Comparaison, comparer, mettre_a_la_place, remettre_dans
from esms_desktop.store.sauvegarde.sauvegarde import Sauvegarde, exiger_entiere, lire
from esms_desktop.store.session import maintenant, utilisateur

Demander = Callable[[str], str | None]


@dataclass(frozen=True)
class Projet:
    """A restoration that is ready to be done.

    Args:
        sauvegarde: the backup, read from one end to the other.
        cle: what opens it.
        presente: the key of the base in its place; None when there is no base, or when nothing opens it.
        etat: "absente", "saine", "abimee" or "fermee" (its key is not known).
        comparaison: what it holds, and how the present base differs.
    """

    sauvegarde: Sauvegarde
    cle: Trouvee
    presente: Trouvee | None
    etat: str
    comparaison: Comparaison


@dataclass(frozen=True)
class Restauration:
    """What was done. `copie`: the backup of the present taken before; `de_cote`: where a base that did not read was set."""

    projet: Projet
    copie: Sauvegarde | None
    de_cote: Path | None


def est_une_sauvegarde(chemin: Path) -> bool:
    """Whether a file is a backup, whole or not: it is never opened where it is."""
    try:
        return chemin.is_file() and lire_pied(chemin) is not None
    except OSError:
        return False


def preparer(
    fichier: Path, base: Path, demander: Demander | None = None, ouverte: Cle | None = None
) -> Projet:
    """Reads a backup whole, opens it, and compares it to the base.

    Args:
        fichier: the backup.
        base: the base it would replace, there or not.
        demander: asks the phrase or the code of the backup.
        ouverte: the key of the base, when this process has it open.

    Raises:
        ErreurBase: the backup is not whole, or does not read. ErreurCle: nothing opens it.
    """
    if not fichier.is_file():
        raise ErreurBase(f"Il n’y a pas de sauvegarde à cet endroit : {fichier}.", "Vérifiez le chemin.")
    try:
        exiger_entiere(fichier)
        presente, etat = _presente(base, ouverte)
        cle = _cle_du_fichier(fichier, presente, demander)
        sauvegarde = lire(fichier)
    except OSError as erreur:
        raise traduire(erreur) from erreur
    if not cle.ouvre:
        raise ErreurBase(f"« {fichier.name} » est abîmée.", "Choisissez une autre sauvegarde.")
    try:
        saine = presente.cle if presente is not None and etat == "saine" else None
        comparaison = comparer(fichier, cle.cle, base if saine else None, saine)
    except ErreurBaseAbimee:
        etat = "abimee"
        comparaison = comparer(fichier, cle.cle, None, None)
    return Projet(sauvegarde, cle, presente, etat, comparaison)


def _presente(base: Path, ouverte: Cle | None) -> tuple[Trouvee | None, str]:
    if ouverte is not None and ouverte.sel is not None:
        return Trouvee(ouverte, (), False, True, ouverte.sel), "saine"
    if not base.exists():
        return None, "absente"
    try:
        trouvee = cles.trouver(base)
    except ErreurBaseAbimee:
        return None, "abimee"
    except ErreurCle:
        return None, "fermee"
    return trouvee, "saine" if trouvee.ouvre else "abimee"


def _cle_du_fichier(fichier: Path, presente: Trouvee | None, demander: Demander | None) -> Trouvee:
    if presente is not None:
        trouvee = cles.avec_la_cle(fichier, presente.cle)
        if trouvee is not None:
            return trouvee
    return cles.trouver(fichier, demander)


def restaurer(projet: Projet, base: Path) -> Restauration:
    """Does it: a copy of the present first, when it reads; a base that does not is set aside untouched.

    Raises:
        ErreurBase: the copy or the restoration was refused; the base is as it was.
    """
    refuser_si_occupee(base)
    quand, qui = maintenant(), utilisateur()
    libelle = f"Restaurer la sauvegarde du {date_heure(projet.sauvegarde.quand)}"
    fichier, cle_du_fichier, presente = projet.sauvegarde.chemin, projet.cle.cle, projet.presente
    if projet.etat == "saine" and presente is not None:
        cle = Cle(presente.cle.octets, sel=presente.sel)
        try:
            copie = sauvegardes.faire(base, cle, "restauration", sauvegardes.maintenant_local())
            remettre_dans(fichier, cle_du_fichier, base, cle, qui, quand, libelle)
            return Restauration(projet, copie, None)
        except ErreurBaseAbimee:
            # A page the comparison did not read: what can be saved of it is set aside with it.
            projet = replace(projet, etat="abimee")
    if presente is not None:
        cle, sel, nos = presente.cle, presente.sel, presente.emplacements
    else:
        cle, sel = cle_du_fichier, projet.cle.sel
        nos = projet.cle.emplacements
    if not nos:
        nos = changer_cles.emplacements_de(base, Cle(cle.octets, sel=sel))
    try:
        # Before the base: a key file without its base is harmless.
        ecrire_temoin(base, [e for e in nos if e.base == sel.hex()])
        if not lire_reglages(base).lignee and projet.sauvegarde.inventaire is not None:
            ecrire_reglages(base, replace(lire_reglages(base), lignee=projet.sauvegarde.inventaire.lignee))
    except OSError as erreur:
        raise traduire(erreur) from erreur
    cote = mettre_a_la_place(fichier, cle_du_fichier, base, cle, sel, qui, quand, libelle)
    return Restauration(projet, None, cote)


def apercu(projet: Projet) -> list[str]:
    """What a backup holds and how the present base differs, in whole French sentences, before anything is done."""
    c = projet.comparaison
    lignes = [
        f"{d.nom}\u00a0: {d.ogs}\u00a0OG, {d.essms}\u00a0ESSMS, {pluriel(d.fichiers, 'fichier joint', 'fichiers joints')}"
        for d in c.contenu
    ] or ["Elle ne contient aucun dossier."]
    for noms, dit in (
        (c.disparaissent, "Ne serait plus dans la base"),
        (c.reviennent, "Reviendrait" if projet.etat == "saine" else "Serait dans la base"),
        (c.changent, "Reviendrait à son état d’alors"),
    ):
        lignes += [f"{dit}\u00a0: {nom}" for nom in noms]
    if c.gestes:
        suite = accord(c.gestes, "geste de la base est plus récent", "gestes de la base sont plus récents")
        lignes.append(f"{c.gestes}\u00a0{suite} qu’elle.")
    elif c.gestes == 0 and not (c.disparaissent or c.reviennent or c.changent):
        lignes.append("La base contient la même chose.")
    return lignes


def phrases(fait: Restauration, base: Path) -> list[str]:
    """What was done, in whole French sentences."""
    c = fait.projet.comparaison
    dites = [
        f"« {base.name} » contient maintenant la sauvegarde du {date_heure(fait.projet.sauvegarde.quand)} : "
        + (", ".join(d.nom for d in c.contenu) or "aucun dossier")
        + "."
    ]
    if c.disparaissent:
        dites.append("N’y sont plus : " + ", ".join(c.disparaissent) + ".")
    if fait.copie is not None:
        dites.append(f"Ce qui était là est dans {fait.copie.chemin}.")
    if fait.de_cote is not None:
        dites.append(f"La base d’avant est mise de côté, telle quelle : {fait.de_cote}.")
    return dites


def en_dict(fait: Restauration, base: Path) -> dict[str, Any]:
    """The same for a program."""
    c = fait.projet.comparaison
    return {
        "base": str(base),
        "sauvegarde": str(fait.projet.sauvegarde.chemin),
        "quand": fait.projet.sauvegarde.quand.isoformat(timespec="seconds"),
        "dossiers": [asdict(d) for d in c.contenu],
        "disparaissent": list(c.disparaissent),
        "reviennent": list(c.reviennent),
        "changent": list(c.changent),
        "gestes_plus_recents": c.gestes,
        "copie": str(fait.copie.chemin) if fait.copie else None,
        "de_cote": str(fait.de_cote) if fait.de_cote else None,
    }
