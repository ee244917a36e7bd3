"""What is done to the grappe: its OGs, their ESSMS, the solutions it looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop.echanges.tables.ecarts import Change, Nouveau, Rapprochement
from esms_desktop.echanges.tables.liste_essms import comparer, lire_collee, lire_liste
from esms_desktop.francais import NBSP, accord, enumerer, mots, pluriel
from esms_desktop.gestes.echanges.listes import annuaire_de
from esms_desktop.gestes.lignes import Neuve, dernier_rang, inscrire, saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Essms, Og, Solution
from esms_desktop.store.porte import Porte

if TYPE_CHECKING:
    from esms_desktop.finess.annuaire import Annuaire

Valeurs = Mapping[str, Any]


@dataclass(frozen=True)
class OgLu:
    """An OG as the directory says it, a draft: its columns, and those of its ESSMS."""

    valeurs: Valeurs
    essms: tuple[Valeurs, ...]

    @property
    def nom(self) -> str:
        """Its name."""
        return str(self.valeurs["nom"])

    @property
    def nom_court(self) -> str:
        """The acronym when there is one, else the name."""
        return str(self.valeurs.get("sigle") or self.nom)

    @property
    def finess_ej(self) -> str:
        """Its number."""
        return str(self.valeurs["finess_ej"])


def og_lu(annuaire: "Annuaire", ej: str) -> OgLu:
    """The OG of an EJ number with its eligible ESSMS, as the directory says them. Raises what `og_depuis` raises."""
    from esms_desktop.finess import og_depuis

    og, _ = og_depuis(annuaire, ej, porteur=False)
    return OgLu(_remplies(og), tuple(map(_remplies, og.essms)))


def _remplies(objet: Any) -> dict[str, Any]:
    """The columns that the directory filled in."""
    colonnes = type(objet).__mapper__.columns.keys()
    return {c: objet.__dict__[c] for c in colonnes if c in objet.__dict__}


@geste("grappe.ajouter-og", "Ajouter un organisme")
def ajouter_og(porte: Porte, dossier: Dossier, nom: str) -> int:
    """Adds an OG at the end of the grappe; the first one is the porteur. Answers its id."""
    valeurs = _place(dossier) | {"nom": nom}
    return inscrire(porte, Neuve("og", valeurs), libelle=f"Ajouter l’organisme « {nom} »")[0]


def _place(dossier: Dossier) -> dict[str, Any]:
    return {
        "rang": dernier_rang(dossier.ogs),
        "est_porteur": not dossier.ogs,
        "dossier_id": dossier.id,
    }


@geste("grappe.ajouter-essms", "Ajouter un ESSMS")
def ajouter_essms(porte: Porte, og: Og, nom: str) -> int:
    """Adds an ESSMS at the end of an OG, with the solution the project retains. Answers its id."""
    valeurs = {"nom": nom, "rang": dernier_rang(og.essms), "og_id": og.id, **_solution(og.dossier)}
    return inscrire(porte, Neuve("essms", valeurs), libelle=f"Ajouter l’ESSMS « {nom} »")[0]


def _solution(dossier: Dossier) -> dict[str, Any]:
    return {"solution_id": dossier.solution.id if dossier.solution else None}


def ajouter_og_lu(porte: Porte, dossier: Dossier, lu: OgLu, essms: Sequence[Valeurs]) -> int:
    """Adds an OG read in the directory with these ESSMS of it; the first one is the porteur. Answers its id."""
    enfants = {"essms": _essms(essms, dossier)}
    neuf = Neuve("og", {**lu.valeurs, **_place(dossier)}, enfants)
    return inscrire(porte, neuf, libelle=f"Ajouter « {lu.nom_court} » depuis FINESS")[0]


def _essms(lus: Sequence[Valeurs], dossier: Dossier, rang: int = 0, **autres: Any) -> list[Neuve]:
    communs = _solution(dossier) | autres
    return [Neuve("essms", {**lu, **communs, "rang": rang + place}) for place, lu in enumerate(lus)]


def completer_og(porte: Porte, og: Og, lus: Sequence[Valeurs]) -> list[int]:
    """Adds to an OG of the dossier ESSMS read in the directory. Answers their ids."""
    neufs = _essms(lus, og.dossier, dernier_rang(og.essms), og_id=og.id)
    libelle = f"Ajouter {pluriel(len(neufs), 'ESSMS', 'ESSMS')} à « {og.nom_court} »"
    return inscrire(porte, *neufs, libelle=libelle)


@geste("grappe.ajouter-solution", "Ajouter une solution de DUI")
def ajouter_solution(porte: Porte, dossier: Dossier, nom: str) -> int:
    """Adds a solution; the first one is the one the project retains. Answers its id."""
    valeurs = {"nom": nom, "retenue": dossier.solution is None, "dossier_id": dossier.id}
    return inscrire(porte, Neuve("solution", valeurs), libelle=f"Ajouter la solution « {nom} »")[0]


@geste("grappe.designer-porteur", "Désigner le porteur")
def designer_porteur(porte: Porte, og: Og) -> bool:
    """Makes `og` the porteur; the door takes the mark from the one that had it."""
    return porte.modifier(og, f"Désigner « {og.nom_court} » porteur", est_porteur=True)


@geste("grappe.retenir-solution", "Retenir une solution")
def retenir(porte: Porte, solution: Solution) -> bool:
    """Makes `solution` the one the project retains; the door takes the mark from the one that had it."""
    return porte.modifier(solution, f"Retenir la solution « {solution.nom} »", retenue=True)


@geste("grappe.equiper", "Équiper tous les ESSMS de la solution retenue")
def equiper(porte: Porte, dossier: Dossier) -> int:
    """Gives every ESSMS the retained solution; says how many changed."""
    retenue = dossier.solution
    if retenue is None:
        return 0
    autres = [(e, {"solution_id": retenue.id}) for e in dossier.essms if e.solution_id != retenue.id]
    return saisir_tous(porte, autres, f"Équiper tous les ESSMS de « {retenue.nom} »") if autres else 0


@geste(
    "grappe.repondre",
    "Donner une même réponse à plusieurs ESSMS",
    champ="le fait déclaré, par son nom de colonne",
    question="la question, comme le journal la dira",
    valeur="oui, non, ou rien",
)
def repondre(
    porte: Porte, essms: Sequence[Essms], champ: str, valeur: bool | None, question: str = ""
) -> int:
    """Gives one answer to a declared fact for several ESSMS; says how many answers changed."""
    autres = [(e, {champ: valeur}) for e in essms if getattr(e, champ) is not valeur]
    pour = pluriel(len(autres), "ESSMS", "ESSMS")
    return saisir_tous(porte, autres, f"Répondre pour {pour} : {question or champ}") if autres else 0


def importer_ecarts(porte: Porte, dossier: Dossier, lu: Rapprochement) -> int:
    """Writes what a list says, as it was shown, in one step; says how many ESSMS were added or changed.

    Raises:
        ErreurSaisie: a value is refused; nothing is written.
    """
    changes: dict[int, tuple[Essms, dict[str, Any]]] = {}
    for change in lu.changes:
        changes.setdefault(change.essms.id, (change.essms, {}))[1].update(change.colonnes)
    libelle = _libelle(lu.nouveaux, lu.changes)
    with porte.geste(libelle):
        if changes:
            saisir_tous(porte, list(changes.values()), libelle)
        for neufs in _par_organisme(lu.nouveaux):
            _inscrire(porte, porte.relire(dossier), neufs, libelle)
    return len(changes) + len(lu.nouveaux)


def _par_organisme(nouveaux: Sequence[Nouveau]) -> list[list[Nouveau]]:
    """The new ESSMS by the OG they go to: one of the dossier, else one number, else one name, however each is written."""
    numeros = {
        _plie(n.og.nom): n.og.finess_ej or n.og.siren for n in nouveaux if n.og.finess_ej or n.og.siren
    }
    groupes: dict[object, list[Nouveau]] = {}
    for n in nouveaux:
        nom = _plie(n.og.nom)
        cle = n.og.og.id if n.og.og else n.og.finess_ej or n.og.siren or numeros.get(nom) or nom
        groupes.setdefault(cle, []).append(n)
    return list(groupes.values())


def _plie(nom: str) -> str:
    return " ".join(mots(nom))


def _inscrire(porte: Porte, dossier: Dossier, neufs: list[Nouveau], libelle: str) -> None:
    """Adds the new ESSMS of one OG, with the OG when the dossier does not have it."""
    voulu = min((n.og for n in neufs), key=lambda o: (not o.finess_ej, not o.siren, o.nom))
    og = next((o for o in dossier.ogs if voulu.og is not None and o.id == voulu.og.id), None)
    premier = dernier_rang(og.essms) if og is not None else 0
    communs = _solution(dossier) | ({"og_id": og.id} if og is not None else {})
    essms = [
        Neuve("essms", {**communs, **n.colonnes, "rang": premier + rang}) for rang, n in enumerate(neufs)
    ]
    if og is not None:
        inscrire(porte, *essms, libelle=libelle)
        return
    valeurs = {"nom": voulu.nom, "finess_ej": voulu.finess_ej, "siren": voulu.siren}
    inscrire(porte, Neuve("og", {**valeurs, **_place(dossier)}, {"essms": essms}), libelle=libelle)


def _libelle(nouveaux: tuple[Nouveau, ...], changes: tuple[Change, ...]) -> str:
    dits = []
    if nouveaux:
        dits.append(pluriel(len(nouveaux), "ESSMS ajouté", "ESSMS ajoutés"))
    if changes:
        dits.append(pluriel(len(changes), "valeur changée", "valeurs changées"))
    return f"Importer une liste{NBSP}: {enumerer(dits) or 'rien'}"


@geste(
    "grappe.importer",
    "Importer une liste d’ESSMS",
    chemin="le fichier, .xlsx ou .csv",
    og="l’organisme des ESSMS nouveaux",
)
def importer_liste(porte: Porte, dossier: Dossier, chemin: Path, og: str = "") -> int:
    """Reads a list and writes what needs no decision, in one step; says how many ESSMS were added or changed.

    Raises:
        ErreurSaisie: the file cannot be read or holds no list; nothing is written.
    """
    tableau = lire_liste(chemin)
    lu = comparer(dossier, tableau, og, annuaire_de(tableau))
    return 0 if lu.vide else importer_ecarts(porte, dossier, lu)


@geste("grappe.coller", "Coller une liste d’ESSMS", texte="la liste, une ligne par ESSMS, titres compris")
def coller_liste(porte: Porte, dossier: Dossier, texte: str, og: str = "") -> int:
    """As `importer_liste`, of a text copied from a spreadsheet.

    Raises:
        ErreurSaisie: it holds no list; nothing is written.
    """
    tableau = lire_collee(texte)
    lu = comparer(dossier, tableau, og, annuaire_de(tableau))
    return 0 if lu.vide else importer_ecarts(porte, dossier, lu)


def ce_qui_part(dossier: Dossier, og: Og) -> str:
    """What leaves the dossier with an OG, in a sentence."""
    suite = []
    if og.essms:
        suite.append(f"{pluriel(len(og.essms), 'ESSMS', 'ESSMS')} et toutes leurs réponses")
    phrase = f"« {og.nom} » quitte le dossier"
    phrase += f", avec {suite[0]}." if suite else "."
    fichiers = sum(f.og_id == og.id for f in dossier.fichiers)
    contacts = sum(c.og_id == og.id for c in dossier.contacts)
    gardes = [pluriel(fichiers, "fichier joint", "fichiers joints")] if fichiers else []
    gardes += [pluriel(contacts, "contact")] if contacts else []
    if gardes:
        nombre = fichiers + contacts
        phrase += f" {' et '.join(gardes)} {accord(nombre, 'reste', 'restent')} au dossier sans organisme."
    if og.est_porteur:
        phrase += " C’est le porteur : il faudra en désigner un autre."
    return phrase
