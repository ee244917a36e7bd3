"""A list of ESSMS, from a file or the clipboard to what it would change in a grappe. Nothing is written."""

from collections.abc import Mapping
from pathlib import Path

from esms_desktop.echanges.tables import valeurs
from esms_desktop.echanges.tables.ecarts import OgVoulu, Rapprochement
from esms_desktop.echanges.tables.entete import lire_source
from esms_desktop.echanges.tables.entete import reconnaitre as titre_connu
from esms_desktop.echanges.tables.grille import Source
from esms_desktop.echanges.tables.rapprochement import Annuaire, rapprocher
from esms_desktop.echanges.tables.rubriques_essms import FINESS, NOM, RUBRIQUES, colonnes_devinees
from esms_desktop.echanges.tables.source import lire_fichier
from esms_desktop.echanges.tables.tableau import Tableau
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, cle, enumerer
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.numeros import defaut_finess, normaliser


def lire_tableau(
    source: Source, feuille: str | None = None, choix: Mapping[str, str] | None = None
) -> Tableau:
    """The list that a file or a clipboard holds, its columns recognised or chosen (`lire_source`).

    Raises:
        ErreurSaisie: it holds no list of ESSMS.
    """
    tableau = lire_source(source, RUBRIQUES, feuille, choix, colonnes_devinees)
    dits = [ligne.cellules[NOM].texte for ligne in tableau.lignes if NOM in ligne.cellules]
    if len(dits) < 40 and sum(titre_connu(dit, RUBRIQUES)[1] == 3 for dit in dits) > 1:
        raise ErreurSaisie(
            "Ce tableau est écrit de haut en bas\u00a0: ses titres sont dans une colonne, un ESSMS par colonne.",
            "Dans votre tableur, copiez-le et collez-le en transposant les lignes et les colonnes, puis recommencez.",
        )
    if not tableau.lignes:
        raise ErreurSaisie(
            "Il n’y a aucune ligne sous les titres de ce tableau.",
            "Choisissez une liste qui contient des ESSMS.",
        )
    return tableau


def reconnaitre(tableau: Tableau) -> None:
    """Checks that a list says who its lines are about.

    Raises:
        ErreurSaisie: none of its columns does.
    """
    if not tableau.rubriques & {r.nom for r in RUBRIQUES if r.repere}:
        raise ErreurSaisie(
            "Rien ne dit à quels ESSMS ce tableau se rapporte\u00a0: aucune colonne n’est reconnue comme un numéro FINESS, un SIRET "
            "ou un nom.",
            "Copiez aussi la ligne des titres, ou donnez à ces colonnes les titres FINESS, SIRET ou Nom.",
        )


def lire_liste(chemin: Path) -> Tableau:
    """The list that a file holds.

    Raises:
        ErreurSaisie: it cannot be read, or holds no list of ESSMS, with the cause.
    """
    tableau = lire_tableau(lire_fichier(chemin))
    reconnaitre(tableau)
    return tableau


def organisme(dossier: Dossier, texte: str) -> OgVoulu:
    """The OG that a text names by its number, its acronym or its name; one to add when the dossier has none of that number.

    Raises:
        ErreurSaisie: it names none, and is no number of an entity.
    """
    net = normaliser(texte)
    for og in dossier.ogs:
        if (net and net in (normaliser(og.finess_ej), normaliser(og.siren))) or cle(texte) in (
            cle(og.nom),
            cle(og.sigle),
        ):
            return OgVoulu(og)
    if (defaut := defaut_finess(net)) is None:
        return OgVoulu(None, f"Organisme {net}", net)
    connus = enumerer([f"«{NBSP}{o.nom_court}{NBSP}»" for o in dossier.ogs])
    raise ErreurSaisie(
        f"«{NBSP}{texte}{NBSP}» n’est pas un organisme de ce dossier, ni un numéro FINESS juridique\u00a0: {defaut}.",
        f"Ce dossier a {connus}." if connus else "Ce dossier n’a encore aucun organisme.",
    )


def numeros(tableau: Tableau) -> list[str]:
    """The good FINESS numbers of a list."""
    lus = []
    for ligne in tableau.lignes:
        if FINESS in ligne.cellules:
            try:
                lus.append(valeurs.finess(ligne.cellules[FINESS]).valeur)
            except ErreurSaisie:
                # Told when the list is set against the grappe.
                continue
    return [n for n in lus if n]


def lire_collee(texte: str) -> Tableau:
    """The list that was copied.

    Raises:
        ErreurSaisie: it holds no list of ESSMS, with the cause.
    """
    tableau = lire_tableau(presse_papiers(texte))
    reconnaitre(tableau)
    return tableau


def comparer(
    dossier: Dossier, tableau: Tableau, og: str = "", annuaire: Annuaire | None = None
) -> Rapprochement:
    """What a list would change in a dossier; `og`: where its new ESSMS go, empty for what the list says.

    Raises:
        ErreurSaisie: `og` names no OG.
    """
    return rapprocher(dossier, tableau, organisme(dossier, og) if og else None, annuaire=annuaire)
