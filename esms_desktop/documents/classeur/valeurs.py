"""What the calculations of a workbook are worth: exact fractions for amounts, words for checks and for what is not known."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import prod

from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Arrondi,
    Calcul,
    Classeur,
    Difference,
    Entete,
    Equilibre,
    Euros,
    Manquants,
    Moindre,
    Nombre,
    Part,
    Plafond,
    Produit,
    Rapport,
    Ref,
    Repartition,
    SiConnu,
    SiEgal,
    SiMot,
    Somme,
    SommeConnue,
    SommeSi,
    Total,
    TotalConnu,
    Valeur,
    donnees,
)
from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.francais import NBSP, accord, decimal
from esms_desktop.regles.financement.repartition import repartir

Resultat = Fraction | str


class Evaluation:
    """What the calculations of a workbook are worth: amounts in euros as exact fractions, checks in words."""

    def __init__(self, classeur: Classeur) -> None:
        self._tables = {t.cle: t for f in classeur.feuilles for t in f.tables}
        self._connus: dict[tuple[str, str, str], Resultat] = {}
        self._en_cours: set[tuple[str, str, str]] = set()

    def cellule(self, table: str, ligne: str, colonne: str) -> Resultat:
        """The value of a cell. Raises ValueError when cells depend on each other in a circle, KeyError when absent."""
        cle = (table, ligne, colonne)
        if cle not in self._connus:
            if cle in self._en_cours:
                raise ValueError(f"circular reference at {cle}")
            self._en_cours.add(cle)
            self._connus[cle] = self._valeur(self._brute(*cle), table)
        return self._connus[cle]

    def _brute(self, table: str, ligne: str, colonne: str) -> Valeur:
        t = self._tables[table]
        rang = {c.cle: i for i, c in enumerate(t.colonnes)}[colonne]
        return {li.cle: li for li in t.lignes}[ligne].cellules[rang]

    def _valeur(self, valeur: Valeur, table: str) -> Resultat:
        match valeur:
            case None:
                return Fraction(0)
            case str() | Fraction():
                return valeur
            case int():
                return Fraction(valeur)
            case Euros():
                return Fraction(valeur.cents, 100)
            case Equilibre():
                manquants = self.nombre(valeur.manquants, table) if valeur.manquants else Fraction(0)
                difference = self.nombre(valeur.gauche, table) - self.nombre(valeur.droite, table)
                return non_verifie(int(manquants)) if manquants else ecart(difference)
            case Plafond():
                return plafonne(self.nombre(valeur.montant, table) - self.nombre(valeur.plafond, table))
            case SiConnu():
                if all(self._est_nombre(ref, table) for ref in valeur.requis):
                    return self.nombre(valeur.calcul, table)
                if valeur.sinon is not None:
                    return self.nombre(valeur.sinon, table)
                return self._inconnu(valeur.vide, table)
            case TotalConnu():
                refs = self._donnees(valeur.colonne, valeur.table or table)
                connus = any(self._est_nombre(ref, table) for ref in refs)
                return self.nombre(Total(valeur.colonne, valeur.table), table) if connus else A_COMPLETER
            case SommeConnue():
                if any(self._est_nombre(ref, table) for ref in valeur.termes):
                    return self.nombre(Somme(valeur.termes), table)
                return self._inconnu(valeur.vide, table)
            case _:
                return self.nombre(valeur, table)

    def _est_nombre(self, ref: Ref, table: str) -> bool:
        """Whether a cell holds a number; an empty one does not."""
        cible = (ref.table or table, ref.ligne, ref.colonne)
        return self._brute(*cible) is not None and isinstance(self.cellule(*cible), Fraction)

    def _inconnu(self, vide: tuple[Ref, ...], table: str) -> str:
        """What stands for a value that is not known; nothing in a row that is free."""
        return "" if vide and not any(self._est_rempli(ref, table) for ref in vide) else A_COMPLETER

    def _est_rempli(self, ref: Ref, table: str) -> bool:
        brute = self._brute(ref.table or table, ref.ligne, ref.colonne)
        return brute is not None and brute != ""

    def _vaut(self, ref: Ref, critere: str | Ref | Entete, table: str) -> bool:
        """Whether a cell holds what a criterion says; capitals do not tell two words apart."""
        if not self._est_rempli(ref, table):
            return False
        voulu: Resultat
        match critere:
            case str():
                voulu = critere
            case Ref():
                if not self._est_rempli(critere, table):
                    return False
                voulu = self.cellule(critere.table or table, critere.ligne, critere.colonne)
            case Entete():
                voulu = self.nombre(critere, table)
        lu = self.cellule(ref.table or table, ref.ligne, ref.colonne)
        if isinstance(lu, str) and isinstance(voulu, str):
            return _plier(lu) == _plier(voulu)
        return lu == voulu

    def _somme_si(self, calcul: SommeSi, table: str) -> Fraction:
        total = Fraction(0)
        for cle in donnees(self._tables[calcul.table]):
            if all(self._vaut(Ref(cle, c, calcul.table), critere, table) for c, critere in calcul.criteres):
                total += self.nombre(Ref(cle, calcul.colonne, calcul.table), table)
        return total

    def nombre(self, calcul: Calcul, table: str) -> Fraction:
        """What a calculation standing in `table` is worth; a text counts for nothing, as in a sum."""
        match calcul:
            case Ref():
                resultat = self.cellule(calcul.table or table, calcul.ligne, calcul.colonne)
                return resultat if isinstance(resultat, Fraction) else Fraction(0)
            case Nombre():
                return calcul.valeur
            case Entete():
                colonnes = self._tables[calcul.table or table].colonnes
                return Fraction(next(c.annee for c in colonnes if c.cle == calcul.colonne) or 0)
            case SommeSi():
                return self._somme_si(calcul, table)
            case SiEgal():
                egaux = self.nombre(calcul.gauche, table) == self.nombre(calcul.droite, table)
                return self.nombre(calcul.alors, table) if egaux else Fraction(0)
            case SiMot():
                dit = self._vaut(calcul.cellule, calcul.mot, table)
                return self.nombre(calcul.alors, table) if dit else Fraction(0)
            case Total():
                refs = self._donnees(calcul.colonne, calcul.table or table)
                return sum((self.nombre(ref, table) for ref in refs), Fraction(0))
            case Manquants():
                refs = self._donnees(calcul.colonne, calcul.table or table)
                if calcul.annee is not None:
                    refs = (r for r in refs if self._vaut(replace(r, colonne="annee"), calcul.annee, table))
                lus = [self.cellule(ref.table, ref.ligne, ref.colonne) for ref in refs]
                return Fraction(sum(isinstance(lu, str) and lu.startswith(A_COMPLETER) for lu in lus))
            case Somme():
                return sum((self.nombre(t, table) for t in calcul.termes), Fraction(0))
            case Produit():
                return prod((self.nombre(f, table) for f in calcul.facteurs), start=Fraction(1))
            case Difference():
                reste = self.nombre(calcul.de, table) - self.nombre(calcul.moins, table)
                return max(reste, Fraction(0)) if calcul.positive else reste
            case Moindre():
                return min(self.nombre(calcul.gauche, table), self.nombre(calcul.droite, table))
            case Part():
                return Fraction(_arrondi(self.nombre(calcul.de, table) * calcul.pourcent), 100)
            case Arrondi():
                return Fraction(_arrondi(self.nombre(calcul.de, table) * 100), 100)
            case Rapport():
                par = self.nombre(calcul.par, table)
                return self.nombre(calcul.de, table) / par if par else Fraction(0)
            case Repartition():
                return self._part(calcul, table)

    def _part(self, calcul: Repartition, table: str) -> Fraction:
        refs = list(self._donnees(calcul.colonne, calcul.table or table))
        poids = [_arrondi(self.nombre(ref, table) * calcul.echelle) for ref in refs]
        parts = repartir(_arrondi(self.nombre(calcul.total, table) * 100), poids)
        return Fraction(parts[[ref.ligne for ref in refs].index(calcul.ligne)], 100)

    def _donnees(self, colonne: str, table: str) -> Iterator[Ref]:
        return (Ref(cle, colonne, table) for cle in donnees(self._tables[table]))


def _plier(mot: str) -> str:
    """A word as two of them are compared once written in the sheet."""
    return propre(mot).lstrip().casefold()


def _arrondi(valeur: Fraction) -> int:
    """The nearest whole number, a half going up."""
    return (2 * valeur.numerator + valeur.denominator) // (2 * valeur.denominator)


def ecart(difference: Fraction) -> str:
    """A balance in words; `difference` in euros."""
    cents = round(difference * 100)
    return f"écart de {_montant(cents)}" if cents else "équilibré"


def plafonne(exces: Fraction) -> str:
    """A ceiling in words; `exces` in euros, over it when positive."""
    cents = round(exces * 100)
    return f"dépassement de {_montant(cents)}" if cents > 0 else "couvert"


def non_verifie(manquants: int) -> str:
    """A balance that amounts to be completed leave unknown, in words."""
    return f"non vérifié\u00a0: {manquants} {accord(manquants, 'montant', 'montants')} à compléter"


def _montant(cents: int) -> str:
    """As the formula of the workbook writes it: thousands together."""
    return f"{decimal(cents, milliers=False)}{NBSP}€"
