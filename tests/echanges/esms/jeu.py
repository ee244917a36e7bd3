"""Two copies of a small dossier that people edit apart, in memory: as the base would tell their rows and their journal."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from esms_desktop.echanges.esms.copie import Copie, Entree
from esms_desktop.echanges.esms.fusion import Fusion
from esms_desktop.gestes.echanges.dossiers import plan

Lignes = dict[str, dict[str, dict[str, Any]]]
_CHAMPS = {
    "dossier": ("contexte", "notes"),
    "og": ("nom", "sigle", "commune"),
    "essms": ("nom", "capacite", "dui_actuel"),
    "contact": ("nom", "fonction"),
    "solution": ("nom", "editeur"),
    "point_preparation": ("commentaire", "reponse"),
}
_VIDE = {
    "og": {"nom": "", "sigle": "", "commune": "", "est_porteur": False, "rang": 0},
    "essms": {
        "nom": "", "capacite": None, "dui_actuel": "", "og_id": None, "solution_id": None, "rang": 0,
    },
    "contact": {"nom": "", "fonction": "", "og_id": None, "essms_id": None},
    "solution": {"nom": "", "editeur": "", "retenue": False},
    "point_preparation": {"code": "", "commentaire": "", "reponse": None},
}  # fmt: skip
TABLES = tuple(_CHAMPS)


class Personne:
    """Someone at work on a copy. `horloge` is that of everyone: no two entries are of one moment."""

    def __init__(self, qui: str, horloge: Iterator[int], noms: Iterator[int], copie: Copie) -> None:
        self.qui, self._horloge, self._noms = qui, horloge, noms
        self.lignes: Lignes = {t: {u: dict(r) for u, r in rs.items()} for t, rs in copie.tables.items()}
        self.journal = list(copie.journal)
        self._geste = len(self.journal)

    @property
    def copie(self) -> Copie:
        """Her copy, as it is now."""
        return Copie("0007", {t: dict(r) for t, r in self.lignes.items()}, tuple(self.journal))

    def _noter(
        self, table: str, uid: str, avant: Mapping[str, Any] | None, apres: Mapping[str, Any] | None
    ) -> None:
        quand = f"2026-11-27 10:00:00.{next(self._horloge):06d}"
        deux = (None if avant is None else dict(avant), None if apres is None else dict(apres))
        self.journal.append(Entree(quand, self.qui, self._geste, "x", "faire", table, uid, *deux))

    def changer(self, table: str, uid: str, **champs: Any) -> None:
        """Writes fields of a row."""
        self._geste += 1
        self._ecrire(table, uid, champs)

    def _ecrire(self, table: str, uid: str, champs: Mapping[str, Any]) -> None:
        ligne = self.lignes[table][uid]
        marque = plan().marques.get(table)
        if marque and champs.get(marque):
            for autre, r in self.lignes[table].items():
                if autre != uid and r[marque]:
                    self._ecrire(table, autre, {marque: False})
        neufs = {c: v for c, v in champs.items() if ligne[c] != v}
        if neufs:
            self._noter(table, uid, {c: ligne[c] for c in neufs}, neufs)
            ligne.update(neufs)

    def ajouter(self, table: str, **champs: Any) -> str:
        """Adds a row."""
        self._geste += 1
        uid = f"{table}-{self.qui}-{next(self._noms)}"
        self.lignes.setdefault(table, {})[uid] = {**_VIDE[table], **champs}
        self._noter(table, uid, None, self.lignes[table][uid])
        return uid

    def retirer(self, table: str, uid: str) -> None:
        """Removes a row with all that hangs on it; what named it names nothing."""
        self._geste += 1
        self._oter(table, uid)

    def _oter(self, table: str, uid: str) -> None:
        for t, rs in self.lignes.items():
            for colonne, vers in plan().cles[t].items():
                for autre in [u for u, r in rs.items() if vers == table and r.get(colonne) == uid]:
                    if colonne in plan().cascades[t]:
                        self._oter(t, autre)
                    elif autre in rs:
                        self._ecrire(t, autre, {colonne: None})
        if ligne := self.lignes[table].pop(uid, None):
            self._noter(table, uid, ligne, None)

    def recevoir(self, fusion: Fusion) -> None:
        """Writes what a merge gives, without saying that she did it."""
        for op in fusion.operations:
            if op.genre == "ajouter":
                self.lignes.setdefault(op.table, {})[op.uid] = dict(op.champs)
            elif op.genre == "modifier":
                self.lignes[op.table][op.uid].update(op.champs)
        garde, self.journal = self.journal, []
        for op in fusion.operations:
            if op.genre == "retirer":
                self._oter(op.table, op.uid)
        self.journal = [*garde, *fusion.entrees]


def depart() -> tuple[Personne, Personne]:
    """Two people with one copy of a dossier: two OG, three ESSMS, a solution, a contact."""
    horloge, noms = itertools.count(1), itertools.count(1)
    vide = Copie(
        "0007",
        {"dossier": {"d": {"nom": "Essai", "contexte": "", "notes": ""}}, **{t: {} for t in TABLES[1:]}},
    )
    origine = Personne("origine", horloge, noms, vide)
    solution = origine.ajouter("solution", nom="DUI", retenue=True)
    ogs = [origine.ajouter("og", nom=f"OG {i}", est_porteur=i == 0, rang=i) for i in range(2)]
    for i in range(3):
        origine.ajouter("essms", nom=f"ESSMS {i}", og_id=ogs[i % 2], solution_id=solution, rang=i)
    origine.ajouter("contact", nom="Rose", og_id=ogs[0])
    return (
        Personne("anne", horloge, noms, origine.copie),
        Personne("bruno", horloge, noms, origine.copie),
    )


def agir(p: Personne, quoi: int, ou: int, valeur: int) -> None:
    """One edit that three numbers draw; nothing when it makes no sense there."""
    tables = [t for t in TABLES if p.lignes.get(t)]
    table = tables[ou % len(tables)]
    uids = list(p.lignes[table])
    uid = uids[(ou // 7) % len(uids)]
    ogs, solutions = list(p.lignes["og"]), list(p.lignes["solution"])
    genre = quoi % 8
    if genre < 3:
        champ = _CHAMPS[table][valeur % len(_CHAMPS[table])]
        vraie: Any = valeur % 5 if champ == "capacite" else f"v{valeur % 5}"
        p.changer(table, uid, **{champ: valeur % 2 == 0 if champ == "reponse" else vraie})
    elif genre == 3 and table != "dossier":
        p.retirer(table, uid)
    elif genre == 4:
        p.ajouter("og", nom=f"Neuf {valeur % 3}", rang=9, est_porteur=not ogs)
    elif genre == 5 and ogs:
        p.ajouter("essms", nom=f"Neuf {valeur % 3}", og_id=ogs[ou % len(ogs)], rang=9)
    elif genre == 6 and p.lignes["essms"]:
        essms = list(p.lignes["essms"])[ou % len(p.lignes["essms"])]
        if ogs and valeur % 2:
            p.changer("essms", essms, og_id=ogs[valeur % len(ogs)])
        elif solutions:
            p.changer("essms", essms, solution_id=solutions[valeur % len(solutions)])
    elif genre == 7:
        if ogs and valeur % 3 == 0:
            p.changer("og", ogs[valeur % len(ogs)], est_porteur=True)
        elif valeur % 3 == 1 and not any(
            r["code"] == f"c{valeur % 2}" for r in p.lignes["point_preparation"].values()
        ):
            p.ajouter("point_preparation", code=f"c{valeur % 2}", commentaire=f"p{valeur % 4}")
        else:
            essms = list(p.lignes["essms"])
            p.ajouter("contact", nom=f"C{valeur % 4}", essms_id=essms[ou % len(essms)] if essms else None)
