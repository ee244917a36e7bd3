"""The tree of a workbook as an Excel file: live formulas with their values, ready to print, safe to open."""

import io
import textwrap
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from esms_desktop import francais
from esms_desktop.documents.classeur import xlsx_barres, xlsx_saisie
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Classeur,
    ColonneXl,
    Euros,
    Feuille,
    Genre,
    Manquants,
    Plafond,
    SiConnu,
    SommeConnue,
    TableXl,
    TotalConnu,
    Valeur,
    Verification,
    est_saisie,
)
from esms_desktop.documents.classeur.valeurs import Evaluation, Resultat
from esms_desktop.documents.classeur.xlsx_formules import LIGNES_DE_TETE, Plan
from esms_desktop.documents.classeur.xlsx_styles import (
    ACCENT,
    BON,
    DISCRET,
    FOND_BON,
    FOND_MAUVAIS,
    FORMAT_EXACT,
    MAUVAIS,
    NIVEAUX_RISQUE,
    Styles,
)
from esms_desktop.documents.docx.texte_office import propre, une_ligne

# What a spreadsheet may take for the start of a formula, in its full-width forms too.
_DANGEREUX = tuple("=+-@＝＋－＠")
_LARGEUR_MAX = 42.0
# A check wraps: « écart de » over its amount.
_LARGEUR_VERDICT, _PIRE_VERDICT = 18.5, "écart de −0000000,00\u00a0€"
_HAUTEUR_LIGNE = 13.5
# What a page leaves between its margins, in points, and how much of it a reader's own fonts let us count on.
_PAGE_LARGEUR, _PAGE_HAUTEUR, _PRUDENCE = 755.0, 473.0, 0.92
_TEXTE_MAX = 32_000
# The width of a column nobody set.
_COLONNE = 8.43
# A sheet so many times wider than an A4 page is printed on A3.
_A4, _A3, _REDUCTION_MAX = 9, 8, 1.6


def texte_sur(texte: str) -> str:
    """Words that no spreadsheet takes for a formula.

    In the workbook a text is always stored as text. But a person may save the sheet as CSV and open it again: there, a text that
    starts with = + - or @ would be calculated. Such a text therefore gets an apostrophe before it (the usual protection against
    CSV injection), in the file itself since the CSV is written from it. Tabs and line ends at the start are dropped first.
    """
    net = propre(texte).lstrip("\t\r\n \u00a0")[:_TEXTE_MAX]
    return f"'{net}" if net.startswith(_DANGEREUX) else net


def _affiche(resultat: Resultat, genre: Genre) -> str:
    """What the cell will show, to know how wide the column must be."""
    if isinstance(resultat, str):
        return max(propre(resultat).split("\n"), key=len)
    if genre == "euros":
        return francais.euros(round(resultat * 100), decimales=True)
    if genre in ("pourcent", "taux"):
        return f"{float(resultat * 100):.2f}%"
    if genre == "date":
        return "00/00/0000"
    return francais.nombre(round(resultat)) + (",00" if genre == "decimal" else "")


def _lignes(texte: str, place: float) -> int:
    """How many lines some words take in `place` characters."""
    return sum(
        max(1, len(textwrap.wrap(alinea, max(int(place), 4), break_on_hyphens=False)))
        for alinea in propre(texte).replace("\u00a0", "x").split("\n")
    )


class _Onglet:
    """One sheet being written."""

    def __init__(
        self, ecrivain: Any, feuille: Feuille, styles: Styles, plan: Plan, valeurs: Evaluation
    ) -> None:
        self._w = ecrivain
        self._feuille = feuille
        self._s = styles
        self._plan = plan
        self._valeurs = valeurs
        self._largeurs: dict[int, float] = {}
        self._hauteurs: dict[int, float] = {}

    def ecrire(self, classeur: Classeur) -> None:
        """Everything of the sheet, from the title to the notes."""
        self._texte(0, 0, self._feuille.titre, self._s(bold=True, font_size=15))
        sous_titre = " · ".join(une_ligne(p) for p in (classeur.dossier_nom, classeur.porteur) if p.strip())
        self._texte(1, 0, sous_titre, self._s(font_color=DISCRET))
        self._fixer_hauteur(0, 24)
        for table in self._feuille.tables:
            self._table(table)
        for colonne, largeur in self._largeurs.items():
            self._largeurs[colonne] = min(largeur, _LARGEUR_MAX)
            self._w.set_column(colonne, colonne, self._largeurs[colonne])
        for table in self._feuille.tables:
            self._mesurer(table)
            fin = self._plan.entete(table.cle) + 1 + len(table.lignes)
            for i, note in enumerate(table.notes):
                self._note(fin + i, note)
        for i, note in enumerate(self._feuille.notes):
            self._note(self._plan.fin(self._feuille) + i, note)

    def _fixer_hauteur(self, ligne: int, points: float) -> None:
        self._hauteurs[ligne] = points
        self._w.set_row(ligne, points)

    def _mesurer(self, table: TableXl) -> None:
        """Rows as high as their words need: not every reader fits them when it opens the file."""
        debut = self._plan.entete(table.cle)
        rangees: list[list[str]] = [[c.entete for c in table.colonnes]]
        for ligne in table.lignes:
            textes = [valeur if isinstance(valeur, str) else "" for valeur in ligne.cellules]
            for i, valeur in enumerate(ligne.cellules):
                if isinstance(valeur, Verification):
                    lu = self._valeurs.cellule(table.cle, ligne.cle, table.colonnes[i].cle)
                    # Room for the longest it may say: its words change, the row does not grow.
                    textes[i] = max(str(lu), _PIRE_VERDICT, key=len)
            rangees.append(textes)
        for rang, textes in enumerate(rangees, debut):
            lignes = max(_lignes(t, self._largeurs[i] * 1.05) for i, t in enumerate(textes))
            self._fixer_hauteur(rang, _HAUTEUR_LIGNE * min(lignes, 28) + 4)

    def _texte(self, ligne: int, colonne: int, texte: str, style: Any) -> None:
        sur = texte_sur(texte)
        if sur:
            self._w.write_string(ligne, colonne, sur, style)
        else:
            self._w.write_blank(ligne, colonne, "", style)

    def _note(self, ligne: int, note: str) -> None:
        """A note over the whole width of the sheet, as high as its words need."""
        style = self._s(font_color=DISCRET, font_size=9, text_wrap=True, valign="top")
        colonnes = max(self._largeurs, default=0)
        place = sum(self._largeurs.values()) or 60.0
        if colonnes:
            self._w.merge_range(ligne, 0, ligne, colonnes, "", style)
        self._texte(ligne, 0, note, style)
        self._fixer_hauteur(ligne, 12.5 * _lignes(note, place * _PRUDENCE))

    def _elargir(self, colonne: int, caracteres: float) -> None:
        self._largeurs[colonne] = max(self._largeurs.get(colonne, 0), caracteres)

    def _table(self, table: TableXl) -> None:
        debut = self._plan.entete(table.cle)
        self._texte(debut - 1, 0, table.titre, self._s(bold=True, font_size=12, font_color=ACCENT))
        for i, colonne in enumerate(table.colonnes):
            style = self._s.entete(colonne.genre, colonne.annee is not None)
            if colonne.annee is not None:
                self._w.write_number(debut, i, colonne.annee, style)
            else:
                self._texte(debut, i, colonne.entete, style)
            mot = max((len(m) for m in colonne.entete.split()), default=0)
            self._elargir(i, max(colonne.largeur, mot + 3))
        for rang, ligne in enumerate(table.lignes, debut + 1):
            for i, (colonne, valeur) in enumerate(zip(table.colonnes, ligne.cellules, strict=True)):
                resultat = self._valeurs.cellule(table.cle, ligne.cle, colonne.cle)
                saisie = est_saisie(colonne, ligne, valeur)
                self._cellule(rang, i, valeur, resultat, table.cle, colonne, ligne.role, saisie)
                if isinstance(valeur, Verification):
                    self._elargir(i, _LARGEUR_VERDICT)
                elif valeur is not None:
                    self._elargir(i, len(_affiche(resultat, colonne.genre)) * 1.05 + 3)
        for i in range(len(table.colonnes)):
            self._signaler_manques(table, i)
            self._teinter(table, i)
            self._sans_centimes(table, i)
            xlsx_saisie.limiter(self._w, self._plan, table, i)
        for i, note in enumerate(table.notes):
            self._texte(debut + 1 + len(table.lignes) + i, 0, note, self._s(font_color=DISCRET, font_size=9))

    def _cellule(
        self,
        ligne: int,
        colonne: int,
        valeur: Valeur,
        resultat: Resultat,
        table: str,
        entete: ColonneXl,
        role: str,
        saisie: bool,
    ) -> None:
        # A count is no amount, whatever its column holds.
        style = self._s.cellule("compte" if isinstance(valeur, Manquants) else entete.genre, role, saisie)
        if valeur is None:
            self._w.write_blank(ligne, colonne, "", style)
        elif isinstance(valeur, str):
            # A gap keeps the format of its column: what is typed over it shows as the other numbers.
            style_du_texte = style if valeur == A_COMPLETER else self._s.cellule("texte", role, saisie)
            self._texte(ligne, colonne, valeur, style_du_texte)
        elif isinstance(valeur, int | Fraction | Euros):
            self._w.write_number(ligne, colonne, _nombre(resultat), style)
        else:
            if isinstance(valeur, Verification):
                style = self._s.calcul_en_mots(role)
                self._colorer(ligne, colonne, "couvert" if isinstance(valeur, Plafond) else "équilibré")
            affiche = resultat if isinstance(resultat, str) else _nombre(resultat)
            formule = self._plan.formule(valeur, table)
            self._w.write_formula(ligne, colonne, f"={formule}", style, affiche)

    def _colorer(self, ligne: int, colonne: int, mot: str) -> None:
        bon = self._s(font_color=BON, bg_color=FOND_BON)
        mauvais = self._s(font_color=MAUVAIS, bg_color=FOND_MAUVAIS, bold=True)
        for critere, style in (("begins with", bon), ("not containing", mauvais)):
            regle = {"type": "text", "criteria": critere, "value": mot, "format": style}
            self._w.conditional_format(ligne, colonne, ligne, colonne, regle)

    def _signaler_manques(self, table: TableXl, colonne: int) -> None:
        """Shows what is to be completed in a column, until it is."""
        valeurs = [ligne.cellules[colonne] for ligne in table.lignes]
        if any(isinstance(v, SiConnu | SommeConnue | TotalConnu) or v == A_COMPLETER for v in valeurs):
            rouge = self._s(font_color=MAUVAIS)
            regle = {"type": "text", "criteria": "begins with", "value": A_COMPLETER, "format": rouge}
            debut = self._plan.entete(table.cle) + 1
            self._w.conditional_format(debut, colonne, debut + len(valeurs) - 1, colonne, regle)

    def _teinter(self, table: TableXl, colonne: int) -> None:
        """Tells the level of each criticality of a column, by words after the number and by colour, as it is typed."""
        if table.colonnes[colonne].genre != "criticite" or not table.lignes:
            return
        debut = self._plan.entete(table.cle) + 1
        for fond, minimum, maximum, mot in NIVEAUX_RISQUE:
            style = self._s(bg_color=fond, num_format=f'0" · {mot}"')
            regle = {"type": "cell", "criteria": "between", "minimum": minimum, "maximum": maximum}
            fin = debut + len(table.lignes) - 1
            self._w.conditional_format(debut, colonne, fin, colonne, {**regle, "format": style})

    def _sans_centimes(self, table: TableXl, colonne: int) -> None:
        """An exact amount shows no cents, as on the printed page, whatever is typed over it."""
        if table.colonnes[colonne].genre != "euros" or not table.lignes:
            return
        debut = self._plan.entete(table.cle) + 1
        place = xl_rowcol_to_cell(debut, colonne)
        regle = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({place}),{place}<>0,ROUND({place},2)=ROUND({place},0))",
        }
        fin = debut + len(table.lignes) - 1
        style = self._s.nombre(FORMAT_EXACT)
        self._w.conditional_format(debut, colonne, fin, colonne, {**regle, "format": style})

    def imprimer(self, classeur: Classeur, jour: date) -> None:
        """Print set-up: landscape, what is written and no more, as wide as the page; each page tells its columns, or its sheet.

        On A4, or on A3 where letters would be too small to be read.
        """
        w = self._w
        semaines = xlsx_barres.nombre(self._feuille)
        derniere = max(self._largeurs, default=0) + semaines + self._colonnes_du_titre(semaines)
        w.print_area(0, 0, self._plan.fin(self._feuille) + max(len(self._feuille.notes), 1) - 1, derniere)
        w.set_landscape()
        large = self._large + semaines * (5.25 * xlsx_barres.LARGE + 3.75)
        w.set_paper(_A3 if large > _PAGE_LARGEUR * _REDUCTION_MAX else _A4)
        w.fit_to_pages(1, 1 if self._feuille.une_page else 0)
        w.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        w.hide_gridlines(2)
        w.set_header(_bandeau(classeur.dossier_nom, classeur.titre))
        w.set_footer(_bandeau(f"{classeur.porteur} · {francais.date_longue(jour)}", "page &P / &N"))
        if self._feuille.barres or self._feuille.filtre:
            xlsx_saisie.filtrer(w, self._plan, self._feuille)
        if self._feuille.barres:
            xlsx_barres.dessiner(w, self._plan, self._feuille, self._s)
        if self._feuille.tables:
            premiere = self._plan.entete(self._feuille.tables[0].cle)
            # Several tables: no header is right for all of them.
            seule = len(self._feuille.tables) == 1
            if not self._feuille.une_page:
                w.set_h_pagebreaks(self._sauts())
            w.freeze_panes(premiere + 1 if seule else LIGNES_DE_TETE, 1)
            if seule:
                w.repeat_rows(premiere)
            else:
                w.repeat_rows(0, 1)

    def _colonnes_du_titre(self, semaines: int) -> int:
        """How many columns more the titles need to be printed whole, over tables that are narrow."""
        titres = [len(self._feuille.titre) * 15, *(len(t.titre) * 12 for t in self._feuille.tables)]
        place = sum(self._largeurs.values()) + semaines * xlsx_barres.LARGE
        # Bold letters of that size against those of a column, which are counted at ten points.
        return max(0, -int((place - max(titres) * 0.115) // _COLONNE)) if titres else 0

    @property
    def _large(self) -> float:
        """How wide the tables are, in points."""
        return sum(5.25 * caracteres + 3.75 for caracteres in self._largeurs.values())

    def _sauts(self) -> list[int]:
        """The rows where a new page starts, so that a table that fits on one page is not cut."""
        # What each page repeats takes its part of it.
        page = _PAGE_HAUTEUR * self._large / _PAGE_LARGEUR * _PRUDENCE - self._haut(0, 2)
        sauts, deja = [], self._haut(0, LIGNES_DE_TETE)
        for rang, table in enumerate(self._feuille.tables):
            debut = self._plan.entete(table.cle) - 1
            bloc = self._haut(debut, debut + 3 + len(table.lignes) + len(table.notes))
            # The first table never leaves its title.
            if rang and deja + bloc > page >= bloc:
                sauts.append(debut)
                deja = 0.0
            deja = (deja + bloc) % page
        return sauts

    def _haut(self, debut: int, fin: int) -> float:
        return sum(self._hauteurs.get(ligne, 15.0) for ligne in range(debut, fin))


def _nombre(resultat: Resultat) -> float | int:
    if isinstance(resultat, str):
        raise ValueError("a text where a number was expected")
    return int(resultat) if resultat.denominator == 1 else float(Fraction(resultat))


def _bandeau(gauche: str, droite: str) -> str:
    """A header or footer in Excel's code, 255 characters at most; & of the texts at the left is not a code."""
    nom = une_ligne(gauche, 90).replace("&", "&&")
    fin = droite if droite.startswith("page &P") else une_ligne(droite, 60).replace("&", "&&")
    return f"&L&8{_separer(nom)}&R&8{_separer(fin)}"


def _separer(texte: str) -> str:
    """Digits right after a font size would be read with it."""
    return f" {texte}" if texte[:1].isdigit() else texte


def rendre_xlsx(classeur: Classeur, jour: date) -> bytes:
    """Writes `classeur` as an .xlsx file.

    Every text is stored as text, whatever it looks like (see `texte_sur`); every calculation is a live formula with its value.

    Args:
        classeur: the tree.
        jour: the date printed in the footer and written in the metadata. The same tree and day give the same bytes.

    Raises:
        ValueError: calculations that depend on each other in a circle.
        KeyError: a calculation that names a table, a row or a column that does not exist.
    """
    tampon = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    fichier = xlsxwriter.Workbook(tampon, options)
    fichier.set_properties(
        {
            "title": une_ligne(classeur.titre, 250),
            "subject": une_ligne(classeur.dossier_nom, 250),
            "author": une_ligne(classeur.porteur, 250) or "ESMS Desktop",
            "created": datetime.combine(jour, time()),
        }
    )
    styles, plan, valeurs = Styles(fichier), Plan(classeur), Evaluation(classeur)
    for feuille, nom in zip(classeur.feuilles, plan.onglets, strict=True):
        onglet = _Onglet(fichier.add_worksheet(nom), feuille, styles, plan, valeurs)
        onglet.ecrire(classeur)
        onglet.imprimer(classeur, jour)
    fichier.close()
    return tampon.getvalue()
