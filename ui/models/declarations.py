"""Who declared what and when, beside each answer: what a person said is told apart from what is computed or proved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from esms_desktop.francais import date_longue, enumerer, pluriel

if TYPE_CHECKING:
    from esms_desktop.base.journal import Ecrit
    from ui.contexte import Contexte

_NOMMES = 3
# Rows that a dossier is made with: what they hold then was read, not answered. The others are made by their first answer.
_LUES = frozenset(("dossier", "og", "essms", "solution"))


def phrase(ecrit: "Ecrit | None", valeur: object) -> str:
    """« Déclaré par Camille le 3 juillet 2023 », empty while nothing is answered or when the journal does not say."""
    if ecrit is None or valeur is None:
        return ""
    quand = date_longue(ecrit.quand.date())
    if ecrit.creation:
        return f"Lu à la création du dossier, par {ecrit.qui} le {quand}"
    return f"Déclaré par {ecrit.qui} le {quand}"


def de_la_ligne(contexte: "Contexte", dossier_id: int, ligne: Any) -> Mapping[str, str]:
    """For each column of a row that holds an answer, who gave it."""
    ecrits = contexte.ecrits(dossier_id, ligne.table)
    siens = {c: e for (cle, c), e in ecrits.items() if cle == ligne.id}
    if ligne.table not in _LUES:
        siens = {c: e._replace(creation=False) for c, e in siens.items()}
    return {c: phrase(e, getattr(ligne, c, None)) for c, e in siens.items()}


def du_dossier(contexte: "Contexte", dossier: Any, colonne: str) -> str:
    """Who answered a question asked of the whole project."""
    ecrit = contexte.ecrits(dossier.id, "dossier").get((dossier.id, colonne))
    return phrase(ecrit, getattr(dossier, colonne))


def resume(contexte: "Contexte", dossier_id: int, lignes: Iterable[Any], colonne: str) -> str:
    """The same for many rows: « Déclaré par Camille le 3 juillet 2023 (21 ESSMS) et par Paul le 4 juillet 2023 (16 ESSMS). »"""
    siennes = [ligne for ligne in lignes if getattr(ligne, colonne) is not None]
    if not siennes:
        return ""
    ecrits = contexte.ecrits(dossier_id, siennes[0].table)
    comptes = Counter(
        (e.quand.date(), e.qui)
        for ligne in siennes
        if (e := ecrits.get((ligne.id, colonne))) is not None and not e.creation
    )
    dits = [
        f"par {qui} le {date_longue(quand)} ({pluriel(n, 'ESSMS')})"
        for (quand, qui), n in sorted(comptes.items(), reverse=True)[:_NOMMES]
    ]
    if not dits:
        return ""
    suite = (
        f" ; {pluriel(len(comptes) - _NOMMES, 'autre jour', 'autres jours')}"
        if len(comptes) > _NOMMES
        else ""
    )
    return f"Déclaré {enumerer(dits)}{suite}."
