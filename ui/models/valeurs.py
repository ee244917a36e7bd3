"""What a person types in a cell of the grappe, turned into a value of the model, or refused with a French reason."""

from collections.abc import Sequence

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, une_ligne
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.categories import Categorie, categories, champ_de
from esms_desktop.nomenclature.territoires import Departement, departement, departements
from esms_desktop.nomenclature.vocabulaire import Champ


def texte(saisi: str, longueur: int = 300) -> str:
    """A line of text of at most `longueur` characters."""
    propre = une_ligne(saisi)
    if len(propre) > longueur:
        raise ErreurSaisie(f"{len(propre)} caractères : ce champ en accepte {longueur} au plus")
    return propre


def texte_obligatoire(saisi: str, longueur: int = 300) -> str:
    """A line of text that cannot be empty."""
    propre = texte(saisi, longueur)
    if not propre:
        raise ErreurSaisie("le nom ne peut pas être vide")
    return propre


def finess(saisi: str) -> str:
    """A FINESS number with a good key, or nothing."""
    return _numero(saisi, numeros.defaut_finess(saisi))


def siret(saisi: str) -> str:
    """A SIRET with a good key, or nothing."""
    return _numero(saisi, numeros.defaut_siret(saisi))


def _numero(saisi: str, defaut: str | None) -> str:
    numero = numeros.normaliser(saisi)
    if numero and defaut:
        raise ErreurSaisie(defaut)
    return numero


def champ(saisi: str) -> Champ | None:
    """A champ by its code or its label."""
    cherche = cle(saisi)
    if not cherche:
        return None
    for possible in Champ:
        if cherche in (cle(possible.value), cle(possible.libelle)):
            return possible
    raise ErreurSaisie("champ inconnu ; sont admis : " + ", ".join(c.value for c in Champ))


def code_departement(saisi: str) -> str:
    """FINESS code of a department, from its code or its name; empty when the cell is empty."""
    cherche = cle(saisi)
    if not cherche:
        return ""
    trouve: Departement | None = departement(une_ligne(saisi).upper().rjust(2, "0"))
    if trouve is None:
        trouve = next((d for d in departements().values() if cle(d.nom) == cherche), None)
    if trouve is None:
        trouve = next(
            (d for d in departements().values() if cle(libelle_departement(d.code)) == cherche), None
        )
    if trouve is None:
        raise ErreurSaisie("département inconnu : donnez son code (94, 2A, 971) ou son nom")
    return trouve.code


def libelle_departement(code: str) -> str:
    """« 94 Val-de-Marne »; what was typed when the code is unknown."""
    trouve = departement(code)
    return f"{trouve.code_insee} {trouve.nom}" if trouve else code


def categorie(saisi: str) -> Categorie | None:
    """A category of the nomenclature by code or label; None when the cell is empty."""
    cherche = cle(saisi)
    if not cherche:
        return None
    connues = categories()
    code = cherche.split(" ", 1)[0]
    if code in connues:
        return connues[code]
    for possible in connues.values():
        if cherche in (cle(possible.libelle), cle(possible.libelle_court)):
            return possible
    raise ErreurSaisie("catégorie absente de la nomenclature FINESS : donnez son code (500 pour un EHPAD)")


def libelle_court(code: str) -> str:
    """The short label of a category (« EHPAD »), empty when the code is unknown."""
    connue = categories().get(code)
    return (connue.libelle_court or connue.libelle) if connue else ""


def champs_de_la_categorie(trouvee: Categorie | None) -> dict[str, object]:
    """The fields a category sets at once: its code, its label, and the champ when the nomenclature tells it."""
    if trouvee is None:
        return {"categorie": "", "categorie_libelle": ""}
    valeurs: dict[str, object] = {"categorie": trouvee.code, "categorie_libelle": trouvee.libelle}
    du_champ = champ_de(trouvee.code)
    if du_champ is not None:
        valeurs["champ"] = du_champ
    return valeurs


def solution_id(saisi: str, dossier: Dossier) -> int | None:
    """Key of a solution of the dossier by its name; None when the cell is empty."""
    cherche = cle(saisi)
    if not cherche:
        return None
    for solution in dossier.solutions:
        if cle(solution.nom) == cherche:
            return solution.id
    noms: Sequence[str] = [f"« {s.nom} »" for s in dossier.solutions]
    if not noms:
        raise ErreurSaisie(
            "le dossier n’a encore aucune solution : ajoutez-la d’abord dans l’onglet Solutions"
        )
    raise ErreurSaisie("solution inconnue ; le dossier compte " + ", ".join(noms))
