"""Where the cells of a workbook stand, and its calculations as formulas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Arrondi,
    Calcul,
    Choix,
    Classeur,
    Difference,
    Entete,
    Equilibre,
    Feuille,
    Formule,
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
    TableXl,
    Total,
    TotalConnu,
)
from esms_desktop.documents.docx.texte_office import une_ligne

_INTERDITS_ONGLET = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# What stands above the first table of a sheet: its title, the dossier, a blank row.
LIGNES_DE_TETE = 3
_ARGUMENTS_MAX = 250
_CELLULE, _ANCRE = re.compile(r"([A-Z]+)([0-9]+)"), r"$\1$\2"


@dataclass(frozen=True)
class _Place:
    """A table on its sheet: `ligne` is the row of its header (from 0)."""

    table: TableXl
    feuille: int
    ligne: int


def noms_onglets(feuilles: tuple[Feuille, ...]) -> list[str]:
    """The names of the tabs, as Excel accepts them: 31 characters, none of []:*?/\\, no two the same."""
    noms: list[str] = []
    for feuille in feuilles:
        base = (
            " ".join(une_ligne(feuille.nom).translate(_INTERDITS_ONGLET).split()).strip("'")[:31] or "Feuille"
        )
        nom, rang = base, 2
        while nom.lower() in {n.lower() for n in noms} or nom.lower() == "history":
            suffixe = f" {rang}"
            nom, rang = base[: 31 - len(suffixe)] + suffixe, rang + 1
        noms.append(nom)
    return noms


class Plan:
    """Where each table stands: titles, headers, rows, and a blank row between two tables."""

    def __init__(self, classeur: Classeur) -> None:
        self.onglets = noms_onglets(classeur.feuilles)
        self._places: dict[str, _Place] = {}
        for rang, feuille in enumerate(classeur.feuilles):
            ligne = LIGNES_DE_TETE
            for table in feuille.tables:
                self._places[table.cle] = _Place(table, rang, ligne + 1)
                ligne += 2 + len(table.lignes) + len(table.notes) + 1

    def entete(self, table: str) -> int:
        """The row of the header of a table, from 0; its title is the row before."""
        return self._places[table].ligne

    def fin(self, feuille: Feuille) -> int:
        """The first free row under the tables of a sheet."""
        if not feuille.tables:
            return LIGNES_DE_TETE
        derniere = feuille.tables[-1]
        return self.entete(derniere.cle) + 1 + len(derniere.lignes) + len(derniere.notes) + 1

    def adresse(self, table: str, ligne: str, colonne: str) -> tuple[str, str]:
        """The tab and the cell of a value, as a person names them: « Par poste », B7."""
        cible = self._places[table]
        rangs, rang = self._rangs(cible, colonne)
        return self.onglets[cible.feuille], str(xl_rowcol_to_cell(rangs[ligne], rang))

    def _prefixe(self, cible: _Place, depuis: str) -> str:
        if cible.feuille == self._places[depuis].feuille:
            return ""
        nom = self.onglets[cible.feuille].replace("'", "''")
        return f"'{nom}'!"

    def _rangs(self, cible: _Place, colonne: str) -> tuple[dict[str, int], int]:
        rangs = {ligne.cle: cible.ligne + 1 + i for i, ligne in enumerate(cible.table.lignes)}
        return rangs, [c.cle for c in cible.table.colonnes].index(colonne)

    def _ref(self, ref: Ref, depuis: str) -> str:
        cible = self._places[ref.table or depuis]
        rangs, colonne = self._rangs(cible, ref.colonne)
        return str(self._prefixe(cible, depuis) + xl_rowcol_to_cell(rangs[ref.ligne], colonne))

    def _plages(self, colonne: str, table: str, depuis: str) -> list[str]:
        """The blocks of data rows of a column."""
        cible = self._places[table or depuis]
        rangs, rang = self._rangs(cible, colonne)
        prefixe = self._prefixe(cible, depuis)
        plages = []
        for est_donnee, suite in groupby(cible.table.lignes, key=lambda ligne: ligne.role == "donnee"):
            cles = [ligne.cle for ligne in suite]
            if est_donnee:
                debut, fin = (xl_rowcol_to_cell(rangs[cle], rang) for cle in (cles[0], cles[-1]))
                plages.append(f"{prefixe}{debut}:{fin}")
        return plages

    def _liste(self, termes: Sequence[Calcul], depuis: str) -> str:
        """The arguments of a sum: cells one under the other as one range, and no more arguments than Excel takes."""
        suites: list[list[Calcul]] = []
        for terme in termes:
            if suites and self._sous(suites[-1][-1], terme, depuis):
                suites[-1].append(terme)
            else:
                suites.append([terme])
        arguments = []
        for suite in suites:
            premier, dernier = self._formule(suite[0], depuis), self._formule(suite[-1], depuis)
            arguments.append(premier if len(suite) == 1 else f"{premier}:{dernier.rpartition('!')[2]}")
        groupes = [arguments[i : i + _ARGUMENTS_MAX] for i in range(0, len(arguments), _ARGUMENTS_MAX)]
        if len(groupes) > 1:
            return ",".join(f"SUM({','.join(groupe)})" for groupe in groupes)
        return ",".join(arguments) or "0"

    def _sous(self, haut: Calcul, bas: Calcul, depuis: str) -> bool:
        """Whether both are cells, the second just under the first."""
        if not (isinstance(haut, Ref) and isinstance(bas, Ref)):
            return False
        if (haut.table or depuis, haut.colonne) != (bas.table or depuis, bas.colonne):
            return False
        rangs, _ = self._rangs(self._places[haut.table or depuis], haut.colonne)
        return rangs[bas.ligne] == rangs[haut.ligne] + 1

    def formule(self, valeur: Formule, depuis: str) -> str:
        """What fills a cell of the table `depuis`, without its equal sign."""
        match valeur:
            case SiConnu():
                cellules = ",".join(self._ref(ref, depuis) for ref in valeur.requis)
                calcul = self._formule(valeur.calcul, depuis)
                sinon = self._inconnu(valeur.vide, depuis)
                if valeur.sinon is not None:
                    sinon = self._formule(valeur.sinon, depuis)
                return f"IF(COUNT({cellules})={len(valeur.requis)},{calcul},{sinon})"
            case TotalConnu():
                plages = ",".join(self._plages(valeur.colonne, valeur.table, depuis)) or "0"
                return f'IF(COUNT({plages})=0,"{A_COMPLETER}",SUM({plages}))'
            case SommeConnue():
                liste = self._liste(valeur.termes, depuis)
                return f"IF(COUNT({liste})=0,{self._inconnu(valeur.vide, depuis)},SUM({liste}))"
            case Equilibre():
                ecart = f"{self._formule(valeur.gauche, depuis)}-{self._formule(valeur.droite, depuis)}"
                verdict = f'IF(ROUND({ecart},2)=0,"équilibré","écart de "&{_montant(ecart)})'
                if valeur.manquants is None:
                    return verdict
                n = self._formule(valeur.manquants, depuis)
                dit = f'"non vérifié\u00a0: "&{n}&" montant"&IF({n}>1,"s","")&" à compléter"'
                return f"IF({n}>0,{dit},{verdict})"
            case Plafond():
                exces = f"{self._formule(valeur.montant, depuis)}-{self._formule(valeur.plafond, depuis)}"
                return f'IF(ROUND({exces},2)<=0,"couvert","dépassement de "&{_montant(exces)})'
            case _:
                return self._formule(valeur, depuis)

    def _formule(self, calcul: Calcul, depuis: str) -> str:
        """A number."""
        match calcul:
            case Ref():
                return self._ref(calcul, depuis)
            case Nombre():
                return _decimal(calcul.valeur)
            case Entete():
                return self._entete(calcul, depuis)
            case SommeSi():
                return self._somme_si(calcul, depuis)
            case SiEgal():
                gauche, droite = (self._formule(x, depuis) for x in (calcul.gauche, calcul.droite))
                return f"IF({gauche}={droite},{self._formule(calcul.alors, depuis)},0)"
            case SiMot():
                cellule = self._ref(calcul.cellule, depuis)
                return f'IF({cellule}="{calcul.mot}",{self._formule(calcul.alors, depuis)},0)'
            case Total():
                plages = self._plages(calcul.colonne, calcul.table, depuis)
                return f"SUM({','.join(plages)})" if plages else "0"
            case Manquants() if calcul.annee is not None:
                manques, annees = (self._seule(c, calcul.table, depuis) for c in (calcul.colonne, "annee"))
                dits = f'--(LEFT({manques},{len(A_COMPLETER)})="{A_COMPLETER}")'
                return f"SUMPRODUCT({dits},--({annees}={self._entete(calcul.annee, depuis)}))"
            case Manquants():
                plages = self._plages(calcul.colonne, calcul.table, depuis)
                vus = (f'SUMPRODUCT(--(LEFT({p},{len(A_COMPLETER)})="{A_COMPLETER}"))' for p in plages)
                return f"SUM({','.join(vus) or '0'})"
            case Somme():
                return f"SUM({self._liste(calcul.termes, depuis)})"
            case Produit():
                return f"({'*'.join(self._formule(f, depuis) for f in calcul.facteurs) or '1'})"
            case Difference():
                ecart = f"{self._formule(calcul.de, depuis)}-{self._formule(calcul.moins, depuis)}"
                return f"MAX({ecart},0)" if calcul.positive else f"({ecart})"
            case Moindre():
                return f"MIN({self._formule(calcul.gauche, depuis)},{self._formule(calcul.droite, depuis)})"
            case Part():
                return f"ROUND({self._formule(calcul.de, depuis)}*{calcul.pourcent}/100,2)"
            case Arrondi():
                return f"ROUND({self._formule(calcul.de, depuis)},2)"
            case Rapport():
                de, par = self._formule(calcul.de, depuis), self._formule(calcul.par, depuis)
                return f"IF({par}=0,0,{de}/{par})"
            case Repartition():
                return self._repartition(calcul, depuis)

    def _entete(self, entete: Entete, depuis: str) -> str:
        cible = self._places[entete.table or depuis]
        _, rang = self._rangs(cible, entete.colonne)
        return str(self._prefixe(cible, depuis) + xl_rowcol_to_cell(cible.ligne, rang, row_abs=True))

    def _critere(self, critere: str | Ref | Entete, depuis: str) -> str:
        match critere:
            case str():
                return '"' + critere.replace('"', '""') + '"'
            case Ref():
                return self._ref(critere, depuis)
            case Entete():
                return self._entete(critere, depuis)

    def _somme_si(self, calcul: SommeSi, depuis: str) -> str:
        """SUMIFS; SUMPRODUCT where the words are those of a person: a star or a question mark of theirs is no wildcard."""

        criteres = [
            (self._seule(colonne, calcul.table, depuis), self._critere(critere, depuis))
            for colonne, critere in calcul.criteres
        ]
        somme = self._seule(calcul.colonne, calcul.table, depuis)
        if calcul.exact:
            tests = ",".join(f"--({p}={c})" for p, c in criteres)
            return f"SUMPRODUCT({tests},{somme})"
        return f"SUMIFS({somme},{','.join(f'{p},{c}' for p, c in criteres)})"

    def plage(self, choix: Choix, depuis: str) -> str:
        """The cells a choice is made from, as the sheet of the table `depuis` names them."""
        return self._seule(choix.colonne, choix.table, depuis)

    def _seule(self, colonne: str, table: str, depuis: str) -> str:
        """The data rows of a column, one block, as a range that stays where it is when a formula is copied."""
        (plage,) = self._plages(colonne, table, depuis)
        return _fixer(plage)

    def _inconnu(self, vide: Sequence[Ref], depuis: str) -> str:
        """What stands for a value that is not known."""
        mot = f'"{A_COMPLETER}"'
        libres = ",".join(self._ref(ref, depuis) for ref in vide)
        return f'IF(COUNTA({libres})=0,"",{mot})' if vide else mot

    def _repartition(self, calcul: Repartition, depuis: str) -> str:
        """The largest remainder, in whole cents: the part rounded down, and one more for the largest remainders.

        As many rows get one more as the sum of the remainders holds times the sum of the weights; the first ones when they tie.
        """
        (plage,) = self._plages(calcul.colonne, calcul.table, depuis)
        cellule = self._ref(Ref(calcul.ligne, calcul.colonne, calcul.table), depuis)
        cents = f"ROUND({self._ref(calcul.total, depuis)}*100,0)"
        tous, un = (f"ROUND({x}*{calcul.echelle},0)" for x in (plage, cellule))
        somme = f"SUMPRODUCT({tous})"
        restes, reste = (f"MOD({cents}*{poids},{somme})" for poids in (tous, un))
        devant = (
            f"SUMPRODUCT(--({restes}>{reste}))+SUMPRODUCT(({restes}={reste})*(ROW({plage})<ROW({cellule})))"
        )
        part = f"({cents}*{un}-{reste})/{somme}+IF({devant}<ROUND(SUMPRODUCT({restes})/{somme},0),1,0)"
        return f"IF({somme}=0,0,IF({cents}={somme},{un},{part})/100)"


def _montant(ecart: str) -> str:
    """An amount in words. FIXED follows the language of the reader: both decimal marks end as a comma."""
    return f'SUBSTITUTE(SUBSTITUTE(FIXED({ecart},2,TRUE),".",","),"-","−")&"\u00a0€"'


def _decimal(valeur: Fraction) -> str:
    """A number as a formula writes it."""
    return str(valeur.numerator) if valeur.denominator == 1 else repr(float(valeur))


def _fixer(plage: str) -> str:
    """A range that stays where it is when the formula is copied: A1:A9 as $A$1:$A$9."""
    feuille, point, cellules = plage.rpartition("!")
    return f"{feuille}{point}{_CELLULE.sub(_ANCRE, cellules)}"
