"""What the page Grappe does to the dossier: each function is one gesture, undone in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from esms_desktop import model
from esms_desktop.francais import accord, pluriel
from esms_desktop.lecture import Dossier, Essms, Og, Solution
from ui.models.collage import Collage

if TYPE_CHECKING:
    from ui.contexte import Contexte


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


def ajouter_og(contexte: "Contexte", dossier: Dossier, nom: str) -> model.Og | None:
    """Adds an OG at the end of the grappe; the first one is the porteur."""
    rang = max((og.rang for og in dossier.ogs), default=-1) + 1
    og = model.Og(nom=nom, rang=rang, est_porteur=not dossier.ogs, dossier_id=dossier.id)
    return og if contexte.ajouter(og, libelle=f"Ajouter l’organisme « {nom} »") else None


def ajouter_essms(contexte: "Contexte", og: Og, nom: str) -> model.Essms | None:
    """Adds an ESSMS at the end of an OG, with the solution the project retains."""
    rang = max((e.rang for e in og.essms), default=-1) + 1
    retenue = og.dossier.solution
    essms = model.Essms(nom=nom, rang=rang, og_id=og.id, solution_id=retenue.id if retenue else None)
    return essms if contexte.ajouter(essms, libelle=f"Ajouter l’ESSMS « {nom} »") else None


def ajouter_og_lu(contexte: "Contexte", dossier: Dossier, lu: OgLu, essms: Sequence[Valeurs]) -> bool:
    """Adds an OG read in the directory with these ESSMS of it; the first one is the porteur."""
    propres = {
        "rang": max((autre.rang for autre in dossier.ogs), default=-1) + 1,
        "est_porteur": not dossier.ogs,
        "dossier_id": dossier.id,
    }
    og = model.Og(**{**lu.valeurs, **propres})
    og.essms = _essms(essms, dossier.solution)
    return contexte.ajouter(og, libelle=f"Ajouter « {lu.nom_court} » depuis FINESS")


def _essms(
    lus: Sequence[Valeurs], retenue: Solution | None, rang: int = 0, **autres: Any
) -> list[model.Essms]:
    """ESSMS not saved, from what the directory says of them, in order."""
    communs = {"solution_id": retenue.id if retenue else None, **autres}
    return [model.Essms(**{**lu, **communs, "rang": rang + place}) for place, lu in enumerate(lus)]


def completer_og(contexte: "Contexte", og: Og, lus: Sequence[Valeurs]) -> bool:
    """Adds to an OG of the dossier ESSMS read in the directory."""
    rang = max((e.rang for e in og.essms), default=-1) + 1
    neufs = _essms(lus, og.dossier.solution, rang, og_id=og.id)
    return contexte.ajouter(
        *neufs, libelle=f"Ajouter {pluriel(len(neufs), 'ESSMS', 'ESSMS')} à « {og.nom_court} »"
    )


def ajouter_solution(contexte: "Contexte", dossier: Dossier, nom: str) -> model.Solution | None:
    """Adds a solution; the first one is the one the project retains."""
    solution = model.Solution(nom=nom, retenue=dossier.solution is None, dossier_id=dossier.id)
    return solution if contexte.ajouter(solution, libelle=f"Ajouter la solution « {nom} »") else None


def designer_porteur(contexte: "Contexte", og: Og) -> bool:
    """Makes `og` the porteur; the door takes the mark from the one that had it."""
    return contexte.modifier(og, f"Désigner « {og.nom_court} » porteur", est_porteur=True)


def retenir(contexte: "Contexte", solution: Solution) -> bool:
    """Makes `solution` the one the project retains; the door takes the mark from the one that had it."""
    return contexte.modifier(solution, f"Retenir la solution « {solution.nom} »", retenue=True)


def equiper(contexte: "Contexte", dossier: Dossier) -> int:
    """Gives every ESSMS the retained solution; says how many changed."""
    retenue = dossier.solution
    if retenue is None:
        return 0
    autres = [e for e in dossier.essms if e.solution_id != retenue.id]
    if autres:

        def ecritures() -> None:
            for essms in autres:
                contexte.porte.modifier(essms, solution_id=retenue.id)

        return len(autres) if contexte.faire(f"Équiper tous les ESSMS de « {retenue.nom} »", ecritures) else 0
    return 0


def repondre(
    contexte: "Contexte", essms: Sequence[Essms], champ: str, valeur: bool | None, question: str
) -> int:
    """Gives one answer to a declared fact for several ESSMS; says how many answers changed."""
    autres = [e for e in essms if getattr(e, champ) is not valeur]
    if autres:

        def ecritures() -> None:
            for un in autres:
                contexte.porte.modifier(un, **{champ: valeur})

        return (
            len(autres)
            if contexte.faire(
                f"Répondre pour {pluriel(len(autres), 'ESSMS', 'ESSMS')} : {question}", ecritures
            )
            else 0
        )
    return 0


def coller(contexte: "Contexte", dossier: Dossier, collage: Collage) -> bool:
    """Writes the good values of a paste, all or none."""

    def ecritures() -> None:
        for essms in dossier.essms:
            if essms.id in collage.champs:
                contexte.porte.modifier(essms, **collage.champs[essms.id])

    return contexte.faire(f"Coller {pluriel(collage.valeurs, 'valeur')}", ecritures)


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
