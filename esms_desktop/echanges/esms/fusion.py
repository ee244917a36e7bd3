"""Two copies of a dossier that diverged, brought together by their journals: what each did that the other did not know.

A field that one side only has written takes its value; one that both have, and that says two things, is shown and left as it
is. A row that one removed while the other wrote in it stays where it is. The answer is the same from either side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from esms_desktop.echanges.esms.copie import Copie, Entree, Ligne
from esms_desktop.echanges.esms.cotes import RANG, Cle, Plan, UnCote


class Cote(NamedTuple):
    """What one side says of a conflict: its value, who wrote it and when (UTC, as the base writes it)."""

    valeur: Any
    qui: str = ""
    quand: str = ""


@dataclass(frozen=True)
class Conflit:
    """What both sides have written otherwise.

    Attributes:
        genre: "champ"; "retrait" (removed by one, written by the other); "marque" (which row has it).
        champ: the column; empty for a removal.
        notre, leur: for a removal, the value is whether the row is still there.
    """

    genre: str
    table: str
    uid: str
    champ: str
    notre: Cote
    leur: Cote

    @property
    def cle(self) -> str:
        """What names it, from either side."""
        return f"{self.table}:{self.uid}:{self.champ or self.genre}"


class Operation(NamedTuple):
    """What is written on our side. `genre`: "ajouter", "modifier" or "retirer"; `champs`: empty for a removal."""

    genre: str
    table: str
    uid: str
    champs: Ligne


@dataclass
class Fusion:
    """What bringing theirs in ours does.

    Attributes:
        operations: what is written, in an order that may be followed.
        conflits: what is left as it is on our side, in the order of the tables.
        entrees: what they did that our journal does not tell yet, but for what is in conflict.
    """

    operations: list[Operation] = field(default_factory=list)
    conflits: list[Conflit] = field(default_factory=list)
    entrees: list[Entree] = field(default_factory=list)


def fusionner(notre: Copie, leur: Copie, plan: Plan, prises: Mapping[str, bool] | None = None) -> Fusion:
    """What brings their copy of a dossier in ours.

    Args:
        prises: for conflicts already decided, by their `cle`, whether theirs is taken.
    """
    leur = _memes_lignes(notre, leur, plan)
    return _Fusionneur(notre, leur, plan, dict(prises or {})).mener()


def _memes_lignes(notre: Copie, leur: Copie, plan: Plan) -> Copie:
    """Theirs, where a row that each made apart under the same code has our name."""
    renommees: dict[Cle, str] = {}
    notre_connues = {(e.table, e.uid) for e in notre.journal}
    leur_connues = {(e.table, e.uid) for e in leur.journal}
    for table, colonnes in plan.naturelles.items():
        ici, la = notre.tables.get(table, {}), leur.tables.get(table, {})

        def naturelle(ligne: Ligne, table: str = table, colonnes: tuple[str, ...] = colonnes) -> list[Any]:
            dites = [ligne.get(c) for c in colonnes]
            vers = [plan.cles.get(table, {}).get(c, "") for c in colonnes]
            return [renommees.get((t, str(v)), v) for t, v in zip(vers, dites, strict=True)]

        connues = {
            repr(naturelle(ligne)): uid
            for uid, ligne in ici.items()
            if uid not in la and (table, uid) not in leur_connues
        }
        for uid, ligne in la.items():
            if (
                uid not in ici
                and (table, uid) not in notre_connues
                and (notre_uid := connues.get(repr(naturelle(ligne))))
            ):
                renommees[table, uid] = notre_uid
    if not renommees:
        return leur

    def dite(table: str, ligne: Ligne | None) -> Ligne | None:
        cles = plan.cles.get(table, {})
        return ligne and {
            c: renommees.get((cles[c], v), v) if c in cles and v is not None else v for c, v in ligne.items()
        }

    tables = {
        t: {renommees.get((t, uid), uid): dite(t, ligne) or {} for uid, ligne in lignes.items()}
        for t, lignes in leur.tables.items()
    }
    journal = tuple(
        Entree(
            e.quand, e.qui, e.geste, e.libelle, e.sens, e.table, renommees.get((e.table, e.uid), e.uid),
            dite(e.table, e.avant), dite(e.table, e.apres),
        )
        for e in leur.journal
    )  # fmt: skip
    return Copie(leur.schema, tables, journal)


class _Fusionneur:
    def __init__(self, notre: Copie, leur: Copie, plan: Plan, prises: dict[str, bool]) -> None:
        ici, la = {e.empreinte for e in notre.journal}, {e.empreinte for e in leur.journal}
        self._seules = [e for e in leur.journal if e.empreinte not in ici]
        self._nous = UnCote(notre, [e for e in notre.journal if e.empreinte not in la], plan)
        self._eux = UnCote(leur, self._seules, plan)
        self._plan, self._prises = plan, prises
        self._fusion = Fusion()
        # Rows and fields whose entries stay out: they are still to be decided.
        self._en_suspens: set[tuple[str, str, str]] = set()
        self._ecartees: set[Cle] = set()
        # Rows we removed, and take back from them.
        self._rendues: set[Cle] = set()
        # Rows that our side has, or will have.
        self._presentes: set[Cle] = set(self._nous.lignes)

    def mener(self) -> Fusion:
        retires = self._retraits()
        ajouts = self._ajouts()
        champs = self._champs()
        marques = self._marques()
        self._fusion.operations = [*ajouts, *champs, *marques, *retires]
        ordre = {t: i for i, t in enumerate(self._plan.ordre)}
        self._fusion.conflits.sort(key=lambda c: (ordre[c.table], c.uid, c.champ))
        self._fusion.entrees = [e for e in self._seules if not self._suspendue(e)]
        return self._fusion

    def _suspendue(self, e: Entree) -> bool:
        """Whether an entry is of a row, or of a field, still to be decided, or names such a row."""
        cle = (e.table, e.uid)
        nommees = {(t, (e.apres or {}).get(c)) for c, t in self._plan.cles.get(e.table, {}).items()}
        return (
            cle in self._ecartees
            or not nommees.isdisjoint(self._ecartees)
            or any((*cle, c) in self._en_suspens for c in e.colonnes)
        )

    def _decider(self, conflit: Conflit, champs: Iterable[str] = ()) -> bool:
        """Notes a conflict unless it is decided; says whether theirs is taken."""
        if conflit.cle in self._prises:
            return self._prises[conflit.cle]
        self._fusion.conflits.append(conflit)
        self._en_suspens.update((conflit.table, conflit.uid, c) for c in champs)
        return False

    # Rows removed on one side.

    def _retraits(self) -> list[Operation]:
        """What they removed and we did not touch goes; what one removed and the other wrote in is in conflict."""
        operations = []
        for racine in self._racines(self._eux, self._nous):
            if self._touche(self._nous, racine):
                conflit = Conflit(
                    "retrait",
                    *racine,
                    "",
                    self._dit(self._nous, racine, True),
                    self._dit(self._eux, racine, False),
                )
                if not self._decider(conflit):
                    if conflit.cle not in self._prises:
                        self._ecartees.update(self._nous.enfants(racine))
                    continue
            operations += [Operation("retirer", *racine, {})]
        for racine in self._racines(self._nous, self._eux):
            if not self._touche(self._eux, racine):
                continue
            conflit = Conflit(
                "retrait",
                *racine,
                "",
                self._dit(self._nous, racine, False),
                self._dit(self._eux, racine, True),
            )
            if self._decider(conflit):
                self._rendues.update(self._eux.enfants(racine))
            elif conflit.cle not in self._prises:
                self._ecartees.update(self._eux.enfants(racine))
        return operations

    def _racines(self, qui: UnCote, autre: UnCote) -> list[Cle]:
        """The rows that one side removed and the other has, but for those that went with another of them."""
        partis = [c for c in autre.lignes if c not in qui.lignes and qui.a_retire(c)]
        suite = {e for c in partis for e in autre.enfants(c) if e != c}
        return [c for c in partis if c not in suite]

    @staticmethod
    def _touche(cote: UnCote, racine: Cle) -> bool:
        return any(cote.a_ecrit(c) for c in cote.enfants(racine))

    @staticmethod
    def _dit(cote: UnCote, cle: Cle, la: bool) -> Cote:
        qui, quand = max(
            (cote.dernier(c) for c in (cote.enfants(cle) if la else [cle])),
            key=lambda x: x[1],
            default=("", ""),
        )
        return Cote(la, qui, quand)

    # Rows added.

    def _ajouts(self) -> list[Operation]:
        operations, presentes = [], self._presentes
        for cle, ligne in self._eux.lignes.items():
            if cle in self._nous.lignes:
                continue
            retiree = self._nous.a_retire(cle)
            if retiree and cle not in self._rendues:
                continue
            manque = [
                c
                for c, t in self._plan.cles.get(cle[0], {}).items()
                if ligne.get(c) is not None
                and (t, ligne[c]) not in presentes
                and (t, ligne[c]) not in self._eux.lignes
            ]
            parents = [
                (self._plan.cles[cle[0]][c], ligne[c])
                for c in self._plan.cascades.get(cle[0], ())
                if ligne.get(c) is not None
            ]
            if any(p not in presentes for p in parents):
                continue
            champs = {c: None if c in manque else v for c, v in ligne.items()}
            if cle[0] in self._plan.marques:
                champs[self._plan.marques[cle[0]]] = False
            presentes.add(cle)
            operations.append(Operation("ajouter", *cle, champs))
        # A row may name another that comes after it, or that does not come.
        return [
            op._replace(
                champs={
                    c: None
                    if c in (cles := self._plan.cles.get(op.table, {}))
                    and v is not None
                    and (cles[c], v) not in presentes
                    else v
                    for c, v in op.champs.items()
                }
            )
            for op in operations
        ]

    # Fields of rows that both have.

    def _champs(self) -> list[Operation]:
        operations = []
        for cle, notre in self._nous.lignes.items():
            leur = self._eux.lignes.get(cle)
            if leur is None or (
                cle not in self._eux.par_ligne and cle not in self._nous.par_ligne and notre == leur
            ):
                continue
            pris = {
                c: leur[c]
                for c in leur
                if c in notre and leur[c] != notre[c] and self._prendre(cle, c, notre[c], leur[c])
            }
            if pris:
                operations.append(Operation("modifier", *cle, pris))
        return operations

    def _prendre(self, cle: Cle, champ: str, notre: Any, leur: Any) -> bool:
        """Whether their value of a field comes in place of ours."""
        if champ == self._plan.marques.get(cle[0]):
            return False
        nous, eux = self._nous.change(cle, champ), self._eux.change(cle, champ)
        if not eux and (nous or (cle[0], champ) == ("dossier", "nom")):
            return False
        vers = self._plan.cles.get(cle[0], {}).get(champ)
        if vers and leur is not None and (vers, leur) not in self._presentes:
            # The row it names was removed here: that removal is what is to be decided.
            return False
        if eux and not nous:
            return True
        ici, la = self._nous.dernier(cle, champ), self._eux.dernier(cle, champ)
        if champ == RANG:
            return (la[1], str(leur)) > (ici[1], str(notre))
        return self._decider(Conflit("champ", *cle, champ, Cote(notre, *ici), Cote(leur, *la)), (champ,))

    # Marks that one row of a dossier has.

    def _marques(self) -> list[Operation]:
        operations = []
        for table, champ in self._plan.marques.items():
            notre, leur = self._nous.marque(table, champ), self._eux.marque(table, champ)
            if notre == leur:
                continue
            (nous, avant), (eux, la) = (
                self._nous.depart_marque(table, champ),
                self._eux.depart_marque(table, champ),
            )
            nous, eux = nous and avant != notre, eux and la != leur
            if nous and not eux:
                continue
            if nous == eux:
                ici = self._nous.dernier((table, notre or ""), champ)
                ailleurs = self._eux.dernier((table, leur or ""), champ)
                conflit = Conflit("marque", table, "", champ, Cote(notre, *ici), Cote(leur, *ailleurs))
                if not self._decider(conflit):
                    if conflit.cle not in self._prises:
                        self._en_suspens.update((t, u, champ) for t, u in self._eux.par_ligne if t == table)
                    continue
            if notre is not None:
                operations.append(Operation("modifier", table, notre, {champ: False}))
            if leur is not None and (table, leur) in self._presentes:
                operations.append(Operation("modifier", table, leur, {champ: True}))
        return operations
