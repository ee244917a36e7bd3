"""What bringing two copies of a dossier together does, in words: what is taken, what is to be decided."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from esms_desktop.echanges.esms.copie import Copie
from esms_desktop.echanges.esms.fusion import Conflit, Cote, Fusion, Operation
from esms_desktop.francais import NBSP, accord, date_courte, decimal, enumerer, euros, majuscule, pluriel
from esms_desktop.gestes.champs import champs_de
from esms_desktop.nomenclature.champs import Genre, libelle_champ, nom_propre
from esms_desktop.nomenclature.tables import libelle_table
from esms_desktop.store.copies.extraire import cles_etrangeres

RIEN = "rien"
_VERBES = {
    "ajouter": ("ajouté", "ajoutés"),
    "modifier": ("modifié", "modifiés"),
    "retirer": ("retiré", "retirés"),
}


@dataclass(frozen=True)
class Dit:
    """What one side says, in words; who wrote it and when, in the time of this machine."""

    texte: str
    qui: str
    quand: datetime | None


@dataclass(frozen=True)
class Question:
    """A conflict, in words. `cle`: as `Conflit.cle`."""

    cle: str
    titre: str
    notre: Dit
    leur: Dit


@dataclass(frozen=True)
class Rapprochement:
    """What bringing a file in a dossier does. `applique`: whether it was written."""

    fusion: Fusion
    leur: Copie
    notre: Copie
    applique: bool

    def nom(self, table: str, uid: str) -> str:
        """What a row is called, on our side or on theirs; empty when it has no name."""
        for cote in (self.notre, self.leur):
            if ligne := cote.tables.get(table, {}).get(uid):
                return nom_propre(ligne)
        return ""

    def phrases(self) -> list[str]:
        """What is taken and what is left to decide, in sentences."""
        reste = len(self.fusion.conflits)
        if not self.fusion.operations and not reste:
            return [
                "La copie n’apporte rien de neuf : les deux disent la même chose, ou ce dossier-ci est en avance."
            ]
        phrases = []
        comptes = Counter((op.genre, op.table) for op in self.fusion.operations)
        for genre, (un, plusieurs) in _VERBES.items():
            dits = [
                pluriel(n, libelle_table(t), libelle_table(t, 2))
                for (g, t), n in comptes.items()
                if g == genre
            ]
            total = sum(n for (g, _), n in comptes.items() if g == genre)
            if dits:
                phrases.append(f"{majuscule(accord(total, un, plusieurs))} : {enumerer(dits)}.")
        if reste:
            phrases.append(
                f"{pluriel(reste, 'point', 'points')} à décider : les deux copies y disent autre chose ; rien n’en est perdu."
            )
        return phrases

    def questions(self) -> list[Question]:
        """What is left to decide, side by side."""
        return [self._question(c) for c in self.fusion.conflits]

    def dire(self, op: Operation) -> str:
        """An operation, in words."""
        nom = self.nom(op.table, op.uid)
        quoi = f"{majuscule(libelle_table(op.table))}" + (f" « {nom} »" if nom else "")
        if op.genre != "modifier":
            return f"{quoi} : {_VERBES[op.genre][0]}"
        avant = self.notre.tables.get(op.table, {}).get(op.uid, {})
        champs = (
            f"{libelle_champ(c)} : {self._mots(op.table, c, avant.get(c))} → {self._mots(op.table, c, v)}"
            for c, v in op.champs.items()
            if c != "rang"
        )
        return f"{quoi}, {' ; '.join(champs) or 'ordre'}"

    def _question(self, c: Conflit) -> Question:
        nom = self.nom(c.table, c.uid)
        if c.genre == "marque":
            titre = {"og": "Organisme porteur", "solution": "Solution retenue"}[c.table]
        else:
            quoi = "retrait" if c.genre == "retrait" else libelle_champ(c.champ)
            titre = f"{majuscule(quoi)} — {nom or libelle_table(c.table)}"
        return Question(c.cle, titre, self._cote(c, c.notre), self._cote(c, c.leur))

    def _cote(self, c: Conflit, cote: Cote) -> Dit:
        if c.genre == "retrait":
            texte = "Gardé, avec ce qui y fut écrit" if cote.valeur else "Retiré"
        elif c.genre == "marque":
            texte = self.nom(c.table, cote.valeur) if cote.valeur else RIEN
        else:
            texte = self._mots(c.table, c.champ, cote.valeur)
        quand = datetime.fromisoformat(cote.quand).replace(tzinfo=UTC).astimezone() if cote.quand else None
        return Dit(texte, cote.qui, quand)

    def _mots(self, table: str, champ: str, valeur: Any) -> str:
        """A value in words."""
        if valeur is None or valeur == "":
            return RIEN
        if isinstance(valeur, bool):
            return "Oui" if valeur else "Non"
        if champ in (cles := cles_etrangeres(table)):
            return self.nom(cles[champ], str(valeur)) or libelle_table(cles[champ])
        connu = champs_de(table).get(champ)
        if connu is not None and connu.choix is not None:
            dits = {str(v.value): str(getattr(v, "libelle", v.value)) for v in connu.choix}
            return dits.get(str(valeur), str(valeur))
        match connu.genre if connu is not None else None:
            case Genre.DATE:
                return date_courte(date.fromisoformat(str(valeur)))
            case Genre.MONTANT:
                return euros(int(valeur))
            case Genre.TAUX:
                return f"{decimal(int(valeur), zeros=False)}{NBSP}%"
            case Genre.CENTIEMES:
                return decimal(int(valeur), zeros=False)
            case Genre.POUR_CENT:
                return f"{valeur}{NBSP}%"
        return str(valeur)
