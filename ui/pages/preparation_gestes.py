"""What the page Préparation does to the dossier: rows appear with the first answer, each gesture is undone in one step."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from esms_desktop import model
from esms_desktop.francais import NBSP, de, pluriel
from esms_desktop.lecture import Autodiagnostic, Brique, Dossier, Og, PointPreparation
from esms_desktop.nomenclature.listes import briques
from esms_desktop.regles.preparation import GENRES
from ui.models.vues import vue_vide

if TYPE_CHECKING:
    from ui.contexte import Contexte

MOTS = {True: "Oui", False: "Non", None: "Non répondu"}


def point(contexte: "Contexte", dossier: Dossier, code: str, titre: str, **champs: Any) -> bool:
    """Writes the answer or the comment of a check point."""
    fait = _point(dossier, code)
    if fait is None:
        present = contexte.lecture(dossier.id).dossier
        fait = vue_vide(_point(present, code), reponse=None, commentaire="")
    libelle = f"Préparation{NBSP}: {titre}"
    if fait is not None:
        return contexte.modifier(fait, libelle, **champs)
    return contexte.ajouter(
        model.PointPreparation(dossier_id=dossier.id, code=code, **champs), libelle=libelle
    )


def _point(dossier: Dossier, code: str) -> PointPreparation | None:
    return next((p for p in dossier.points_preparation if p.code == code), None)


def _og_present(contexte: "Contexte", og: Og) -> Og | None:
    return contexte.lecture(og.dossier_id).dossier.trouver(Og, og.id)


def brique(contexte: "Contexte", og: Og, code: str, **champs: Any) -> bool:
    """Writes the answer or the comment of a brick for one OG."""

    def ecritures() -> None:
        _brique(contexte, og, code, champs)

    return contexte.faire(f"Brique «{NBSP}{briques()[code].titre}{NBSP}» {de(og.nom_court)}", ecritures)


def repondre(contexte: "Contexte", cases: Iterable[tuple[Og, str, bool | None]], libelle: str = "") -> int:
    """Answers several (OG, brick) at once; says how many answers changed."""
    changees = [(og, code, v) for og, code, v in cases if reponse(og, code) is not v]
    if not changees:
        return 0
    nom = libelle or f"Répondre à {pluriel(len(changees), 'brique')} de maturité"

    def ecritures() -> None:
        for og, code, valeur in changees:
            _brique(contexte, og, code, {"acquise": valeur})

    return len(changees) if contexte.faire(nom, ecritures) else 0


def reponse(og: Og, code: str) -> bool | None:
    """The answer of an OG to a brick."""
    return next((b.acquise for b in og.briques if b.code == code), None)


def autodiagnostic(contexte: "Contexte", og: Og, genre: str, **champs: Any) -> bool:
    """Writes what is said of an autodiagnostic of one OG; `genre`: "si" or "cyber"."""
    fait = _autodiagnostic(og, genre)
    if fait is None:
        fait = vue_vide(
            _autodiagnostic(_og_present(contexte, og), genre), realise=None, date=None, resultat=""
        )
    libelle = f"Autodiagnostic de {GENRES[genre]}, {og.nom_court}"
    if fait is not None:
        return contexte.modifier(fait, libelle, **champs)
    return contexte.ajouter(model.Autodiagnostic(og_id=og.id, genre=genre, **champs), libelle=libelle)


def _autodiagnostic(og: Og | None, genre: str) -> Autodiagnostic | None:
    return next((a for a in og.autodiagnostics if a.genre == genre), None) if og is not None else None


def _de_code(og: Og | None, code: str) -> Brique | None:
    return next((b for b in og.briques if b.code == code), None) if og is not None else None


def _brique(contexte: "Contexte", og: Og, code: str, champs: dict[str, Any]) -> None:
    fait = _de_code(og, code)
    if fait is None:
        fait = vue_vide(_de_code(_og_present(contexte, og), code), acquise=None, commentaire="")
    if fait is not None:
        contexte.porte.modifier(fait, **champs)
    else:
        contexte.porte.ajouter(
            model.Brique(og_id=og.id, code=code, **champs), libelle="Répondre à une brique"
        )
