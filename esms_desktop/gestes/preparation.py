"""What is done to the preparation: check points, bricks of maturity, autodiagnostics; a row appears with its first answer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, de, pluriel
from esms_desktop.gestes.lignes import inscrire, neuve
from esms_desktop.gestes.registre import geste
from esms_desktop.gestes.vues import vue_vide
from esms_desktop.lecture import Autodiagnostic, Brique, Dossier, Og, PointPreparation
from esms_desktop.nomenclature.listes import briques, points_controle
from esms_desktop.regles.dossier.preparation import GENRES
from esms_desktop.store.porte import Porte

MOTS = {True: "Oui", False: "Non", None: "Non répondu"}


@geste("preparation.point", "Répondre à un point de contrôle", "point_preparation", sauf="code")
def point(porte: Porte, /, dossier: Dossier, code: str, titre: str = "", **champs: Any) -> None:
    """Writes the answer or the comment of a check point. `titre`: how the journal calls it."""
    _exiger(code, points_controle(), "point de contrôle")
    libelle = f"Préparation{NBSP}: {titre or points_controle()[code].titre}"
    with porte.geste(libelle):
        fait = _point(dossier, code) or vue_vide(
            _point(porte.relire(dossier), code), reponse=None, commentaire=""
        )
        if fait is not None:
            porte.modifier(fait, libelle, **champs)
        else:
            inscrire(
                porte, neuve("point_preparation", dossier_id=dossier.id, code=code, **champs), libelle=libelle
            )


def _exiger(code: str, connus: Collection[str], quoi: str) -> None:
    if code not in connus:
        raise ErreurSaisie(
            f"«\u00a0{code}\u00a0» n’est le code d’aucun {quoi}.", f"Au choix\u00a0: {', '.join(connus)}."
        )


def _point(dossier: Dossier, code: str) -> PointPreparation | None:
    return next((p for p in dossier.points_preparation if p.code == code), None)


def _present(porte: Porte, og: Og) -> Og | None:
    return porte.relire(og.dossier).trouver(Og, og.id)


@geste("preparation.brique", "Dire une brique de maturité d’un organisme", "brique", sauf="og_id code")
def brique(porte: Porte, /, og: Og, code: str, **champs: Any) -> None:
    """Writes the answer or the comment of a brick for one OG."""
    _exiger(code, briques(), "point de maturité")
    with porte.geste(f"Brique «{NBSP}{briques()[code].titre}{NBSP}» {de(og.nom_court)}"):
        _brique(porte, og, code, champs)


def repondre(porte: Porte, cases: Sequence[tuple[Og, str, bool | None]], libelle: str = "") -> int:
    """Answers several (OG, brick) at once; says how many answers changed."""
    changees = [(og, code, v) for og, code, v in cases if reponse(og, code) is not v]
    if not changees:
        return 0
    with porte.geste(libelle or f"Répondre à {pluriel(len(changees), 'brique')} de maturité"):
        for og, code, valeur in changees:
            _brique(porte, og, code, {"acquise": valeur})
    return len(changees)


@geste(
    "preparation.repondre-brique",
    "Donner une même réponse pour une brique à plusieurs organismes",
    acquise="oui, non, ou rien",
)
def repondre_brique(porte: Porte, ogs: Sequence[Og], code: str, acquise: bool | None) -> int:
    """Gives one answer to a brick for several OGs; says how many answers changed."""
    _exiger(code, briques(), "point de maturité")
    return repondre(porte, [(og, code, acquise) for og in ogs])


def reponse(og: Og, code: str) -> bool | None:
    """The answer of an OG to a brick."""
    return next((b.acquise for b in og.briques if b.code == code), None)


@geste(
    "preparation.autodiagnostic",
    "Dire un autodiagnostic d’un organisme",
    "autodiagnostic",
    genre="si ou cyber",
    sauf="og_id",
)
def autodiagnostic(porte: Porte, /, og: Og, genre: str, **champs: Any) -> None:
    """Writes what is said of an autodiagnostic of one OG; `genre`: "si" or "cyber"."""
    _exiger(genre, GENRES, "genre d’autodiagnostic")
    autodiagnostics(porte, [(og, genre, champs)], f"Autodiagnostic de {GENRES[genre]}, {og.nom_court}")


def autodiagnostics(porte: Porte, modifs: Sequence[tuple[Og, str, Mapping[str, Any]]], libelle: str) -> int:
    """Writes what is said of several autodiagnostics (OG, kind, fields), all or none; says of how many."""
    with porte.geste(libelle):
        for og, genre, champs in modifs:
            fait = _autodiagnostic(og, genre) or vue_vide(
                _autodiagnostic(_present(porte, og), genre), realise=None, date=None, resultat=""
            )
            if fait is not None:
                porte.modifier(fait, libelle, **champs)
            else:
                inscrire(porte, neuve("autodiagnostic", og_id=og.id, genre=genre, **champs), libelle=libelle)
    return len(modifs)


def _autodiagnostic(og: Og | None, genre: str) -> Autodiagnostic | None:
    return next((a for a in og.autodiagnostics if a.genre == genre), None) if og is not None else None


def _de_code(og: Og | None, code: str) -> Brique | None:
    return next((b for b in og.briques if b.code == code), None) if og is not None else None


def _brique(porte: Porte, og: Og, code: str, champs: Mapping[str, Any]) -> None:
    fait = _de_code(og, code) or vue_vide(_de_code(_present(porte, og), code), acquise=None, commentaire="")
    if fait is not None:
        porte.modifier(fait, **champs)
    else:
        inscrire(porte, neuve("brique", og_id=og.id, code=code, **champs), libelle="Répondre à une brique")
