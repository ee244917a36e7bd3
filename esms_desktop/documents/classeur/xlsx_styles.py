"""The look of a workbook: colours, number formats, the formats of its cells, each made once."""

from typing import Any

import xlsxwriter

from esms_desktop.documents.classeur.classeur import Genre

ENCRE, DISCRET, FILET, ACCENT = "#1B1F24", "#5B6470", "#E1E4E8", "#0B5A6F"
FOND, FOND_ACCENT = "#F6F7F8", "#E8F1F3"
BON, FOND_BON, MAUVAIS, FOND_MAUVAIS = "#1B5E20", "#E7F4E8", "#B3261E", "#FBE6E4"
# The levels of risk: ground, lowest and highest criticality, word.
NIVEAUX_RISQUE = (
    ("#DFF0E6", 1, 3, "faible"),
    ("#FDF2D6", 4, 6, "modéré"),
    ("#FBDCC4", 8, 9, "élevé"),
    ("#F5C1BE", 12, 16, "critique"),
)
FORMATS = {
    "texte": "@",
    "entier": "#,##0",
    # How many there are: none is a dash.
    "compte": '#,##0;-#,##0;"–"',
    "decimal": "#,##0.00",
    # Nothing is a dash: what is not zero stands out.
    "euros": '#,##0.00" €";[Red]-#,##0.00" €";"–"',
    "pourcent": '0.0%;-0.0%;"–"',
    "taux": "0.0#%",
    "date": "dd/mm/yyyy",
    "criticite": "0",
    "annee": "0",
}
# An amount without cents.
FORMAT_EXACT = '#,##0" €";[Red]-#,##0" €"'
# What is for the person to fill.
FOND_SAISIE = "#FFF8DC"


class Styles:
    """The cell formats, each made once."""

    def __init__(self, fichier: xlsxwriter.Workbook) -> None:
        self._fichier = fichier
        self._faits: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._motifs: dict[str, Any] = {}

    def __call__(self, **reglages: Any) -> Any:
        base = {"font_name": "Calibri", "font_size": 10, "font_color": ENCRE, "valign": "vcenter"}
        complet = base | reglages
        cle = tuple(sorted(complet.items()))
        if cle not in self._faits:
            self._faits[cle] = self._fichier.add_format(complet)
        return self._faits[cle]

    def cellule(self, genre: Genre, role: str, saisie: bool = False) -> Any:
        """The format of a cell of a table; `saisie`: for the person to fill."""
        reglages: dict[str, Any] = {"num_format": FORMATS[genre], "bottom": 1, "bottom_color": FILET}
        if genre == "texte":
            reglages |= {"text_wrap": True, "align": "left", "indent": 1}
        else:
            reglages["align"] = "right"
        if saisie:
            reglages |= {"bg_color": FOND_SAISIE, "locked": False}
        if role == "total":
            reglages |= {"bold": True, "bg_color": FOND_ACCENT, "top": 1, "top_color": ACCENT}
        if role == "controle":
            reglages |= {"font_color": DISCRET, "italic": True}
        return self(**reglages)

    def nombre(self, motif: str) -> Any:
        """How a number is written, and nothing else: what a rule changes of a cell."""
        if motif not in self._motifs:
            self._motifs[motif] = self._fichier.add_format({"num_format": motif})
        return self._motifs[motif]

    def calcul_en_mots(self, role: str) -> Any:
        """The format of a check: its words at the right, like the amounts it checks."""
        gras = {"bold": True} if role == "total" else {}
        return self(align="right", text_wrap=True, bottom=1, bottom_color=FILET, **gras)

    def entete(self, genre: Genre, annee: bool = False) -> Any:
        """The format of a header; `annee`: it is the number of a year."""
        return self(
            bold=True,
            font_color=DISCRET,
            bg_color=FOND,
            bottom=2,
            bottom_color=ACCENT,
            text_wrap=True,
            **({"align": "left", "indent": 1} if genre == "texte" else {"align": "right"}),
            **({"num_format": FORMATS["annee"]} if annee else {}),
        )
