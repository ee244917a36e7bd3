"""The closed lists of a workbook: what its cells are picked from, on a sheet of their own; the names of the organismes in it."""

from collections.abc import Iterable, Mapping

from esms_desktop.documents.arbre import commun
from esms_desktop.documents.classeur.classeur import Choix, ColonneXl, Feuille, LigneXl, TableXl
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.listes import THEMES_NATURES, natures

COMMUN = "Commun"
OUI, NON, A_PRECISER = "oui", "non", "à préciser"
PROGRAMME, AUTOFINANCEMENT, AUTRE = "Programme", "Autofinancement", "Autre ressource"
ORIGINES: Mapping[str, str] = {
    "programme": PROGRAMME,
    "autofinancement": AUTOFINANCEMENT,
    "autre": AUTRE,
}
CHOIX_NATURE = Choix("mot", "liste-natures")
CHOIX_OG = Choix("mot", "liste-organismes")
CHOIX_ORIGINE = Choix("mot", "liste-origines")
CHOIX_PETIT = Choix("mot", "liste-petits")


def noms(dossier: Dossier) -> dict[int | None, str]:
    """How each OG is named in every cell of the workbook, by its id: no two the same, whatever capitals they are typed in."""
    dits: dict[int | None, str] = {}
    pris = {COMMUN.casefold()}
    for og in dossier.ogs:
        base, rang = commun.bref(og.nom_court), 2
        nom = base
        while nom.casefold() in pris:
            nom, rang = f"{base} ({rang})", rang + 1
        pris.add(nom.casefold())
        if og.id is not None:
            dits[og.id] = nom
    return dits


def listes(dossier: Dossier) -> Feuille:
    """The sheet of the lists."""
    ogs = (COMMUN, *noms(dossier).values())
    return Feuille(
        "Listes",
        "Listes de choix",
        (
            _natures(),
            _mots("liste-organismes", "Qui porte la dépense ou apporte la ressource", ogs),
            _mots("liste-origines", "Origines des ressources", ORIGINES.values()),
            _mots("liste-petits", "Petit organisme", (OUI, NON, A_PRECISER)),
        ),
        ("Les cellules à choisir des autres feuilles prennent leurs valeurs ici.",),
        une_page=True,
    )


def _natures() -> TableXl:
    return TableXl(
        "liste-natures",
        "Natures de dépense",
        (ColonneXl("mot", entete_de("cout.nature"), largeur=36), ColonneXl("theme", "Groupe", largeur=30)),
        tuple(LigneXl(n.code, (n.libelle, THEMES_NATURES[n.theme])) for n in natures().values()),
    )


def _mots(cle: str, titre: str, mots: Iterable[str]) -> TableXl:
    return TableXl(
        cle,
        titre,
        (ColonneXl("mot", "Valeur", largeur=36),),
        tuple(LigneXl(str(rang), (mot,)) for rang, mot in enumerate(mots)),
    )
