"""Where the cells of a workbook stand, and its calculations as formulas."""

from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from esms_desktop.documents.classeur import (
    Calcul,
    Classeur,
    Difference,
    Equilibre,
    Feuille,
    Part,
    Rapport,
    Ref,
    Somme,
    TableXl,
    Total,
)
from esms_desktop.documents.texte_office import une_ligne

_INTERDITS_ONGLET = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# What stands above the first table of a sheet: its title, the dossier, a blank row.
LIGNES_DE_TETE = 3


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

    def _total(self, total: Total, depuis: str) -> str:
        cible = self._places[total.table or depuis]
        rangs, colonne = self._rangs(cible, total.colonne)
        prefixe = self._prefixe(cible, depuis)
        plages = []
        for est_donnee, suite in groupby(cible.table.lignes, key=lambda ligne: ligne.role == "donnee"):
            cles = [ligne.cle for ligne in suite]
            if est_donnee:
                debut, fin = (xl_rowcol_to_cell(rangs[cle], colonne) for cle in (cles[0], cles[-1]))
                plages.append(f"{prefixe}{debut}:{fin}")
        return f"SUM({','.join(plages)})" if plages else "0"

    def formule(self, calcul: Calcul, depuis: str) -> str:
        """A calculation standing in the table `depuis`, without its equal sign."""
        match calcul:
            case Ref():
                return self._ref(calcul, depuis)
            case Total():
                return self._total(calcul, depuis)
            case Somme():
                return f"SUM({','.join(self.formule(t, depuis) for t in calcul.termes) or '0'})"
            case Difference():
                ecart = f"{self.formule(calcul.de, depuis)}-{self.formule(calcul.moins, depuis)}"
                return f"MAX({ecart},0)" if calcul.positive else f"({ecart})"
            case Part():
                return f"ROUND({self.formule(calcul.de, depuis)}*{calcul.pourcent}/100,2)"
            case Rapport():
                de, par = self.formule(calcul.de, depuis), self.formule(calcul.par, depuis)
                return f"IF({par}=0,0,{de}/{par})"
            case Equilibre():
                ecart = f"{self.formule(calcul.gauche, depuis)}-{self.formule(calcul.droite, depuis)}"
                # FIXED follows the language of the reader: both decimal marks end as a comma.
                montant = f'SUBSTITUTE(SUBSTITUTE(FIXED({ecart},2,TRUE),".",","),"-","−")'
                return f'IF(ROUND({ecart},2)=0,"équilibré","écart de "&{montant}&"\u00a0€")'
