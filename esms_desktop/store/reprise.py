"""The steps of undo of a window that was closed: read again from the journal, and undone as far as rows still match."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from esms_desktop.model import EntreeJournal
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.store.ecarts import TABLES, Conflit, Ecart
from esms_desktop.store.pas import PROFONDEUR, Pas

_ENTREES = 1500
# Gestes of one name on the same rows, within that time of one another, were one visit of a field.
_VISITE = timedelta(minutes=2)


def pas_anciens(connexion: Connection, qui: str, jusqu_a: int) -> deque[Pas]:
    """The steps that a person may undo, the last one at the end, from what the journal tells up to an entry."""
    j = EntreeJournal.__table__.c
    lignes = connexion.execute(
        select(j.geste, j.libelle, j.sens, j.quand, j.table_, j.cle)
        .where(j.qui == qui, j.id <= jusqu_a)
        .order_by(j.id.desc())
        .limit(_ENTREES)
    ).fetchall()
    gestes: dict[int, list[Any]] = {}
    for ligne in reversed(lignes):
        gestes.setdefault(ligne.geste, []).append(ligne)
    faits: deque[Pas] = deque(maxlen=PROFONDEUR)
    defaits: list[Pas] = []
    dernier: tuple[str, frozenset[tuple[str, str]], Any] | None = None
    for numero, entrees in gestes.items():
        premiere = entrees[0]
        if premiere.sens == "annuler":
            # That of another window may be what it undid: then nothing more is sure.
            if not faits or faits[-1].libelle != premiere.libelle:
                faits.clear()
            else:
                defaits.append(faits.pop())
            dernier = None
        elif premiere.sens == "refaire":
            if not defaits or defaits[-1].libelle != premiere.libelle:
                faits.clear()
            else:
                defaits.pop()
                # What was done again is what the journal tells there.
                faits.append(Pas(premiere.libelle, (), gestes=(numero,)))
            dernier = None
        else:
            defaits.clear()
            ici = (premiere.libelle, frozenset((e.table_, e.cle) for e in entrees), premiere.quand)
            if dernier and faits and dernier[:2] == ici[:2] and ici[2] - dernier[2] <= _VISITE:
                faits.append(Pas(premiere.libelle, (), gestes=(*faits.pop().gestes, numero)))
            else:
                faits.append(Pas(premiere.libelle, (), gestes=(numero,)))
            dernier = ici
    return faits


def a_rebours(connexion: Connection, gestes: Iterable[int]) -> tuple[Ecart, ...]:
    """The writes that undo gestes, rows whole.

    Raises:
        Conflit: a row no longer says what these gestes made it say.
    """
    j = EntreeJournal.__table__.c
    nets: dict[tuple[str, int], tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    entrees = select(j.table_, j.cle, j.avant, j.apres).where(j.geste.in_(tuple(gestes))).order_by(j.id)
    for nom, cle, avant, apres in connexion.execute(entrees):
        if nom not in TABLES or (avant is None and apres is None):
            raise Conflit("erased")
        connu = nets.get((nom, int(cle)))
        if connu is None:
            nets[nom, int(cle)] = _brut(avant), _brut(apres)
        elif connu[1] is None or avant is None or apres is None:
            raise Conflit("came and went")
        else:
            debut = None if connu[0] is None else {**(_brut(avant) or {}), **connu[0]}
            nets[nom, int(cle)] = debut, {**connu[1], **(_brut(apres) or {})}
    ecarts = [_complet(connexion, nom, cle, *etats) for (nom, cle), etats in nets.items()]
    return tuple(sorted(ecarts, key=_ordre))


def _brut(valeurs: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if valeurs is None:
        return None
    return {c: int(v) if isinstance(v, bool) else v for c, v in valeurs.items()}


def _complet(
    connexion: Connection, nom: str, cle: int, avant: dict[str, Any] | None, apres: dict[str, Any] | None
) -> Ecart:
    colonnes = TABLES[nom].columns.keys()
    sql = f'SELECT {", ".join(colonnes)} FROM "{nom}" WHERE id = ?'
    trouvee = connexion.exec_driver_sql(sql, (cle,)).mappings().first()
    presente = None if trouvee is None else dict(trouvee)
    if apres is None:
        # It was removed: it comes back as it was, the columns added since with what the base gives them.
        if presente is not None or avant is None or set(colonnes) - set(avant):
            raise Conflit("present")
        return Ecart(nom, cle, None, {c: avant[c] for c in colonnes})
    if presente is None or any(
        presente.get(c) != v for c, v in apres.items() if c in presente and c not in COLONNES_DE_SUIVI
    ):
        raise Conflit("changed")
    return Ecart(nom, cle, presente, None if avant is None else {**presente, **avant})


def _ordre(e: Ecart) -> tuple[int, int]:
    """Rows come back parents first; then fields, a mark taken before it is given; then rows go, children first."""
    rang = list(TABLES).index(e.table)
    if e.avant is None:
        return 0, rang
    if e.apres is None:
        return 3, -rang
    donne = any(e.apres.get(c) and not e.avant.get(c) for c in ("est_porteur", "retenue"))
    return (2 if donne else 1), rang
