"""Colours, the embedded font and the style sheet, light and dark."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from esms_desktop import assets
from ui.feuille import feuille

FAMILLE = "IBM Plex Sans"
TAILLE_PT = 10.5
# Weights the first paint needs, and the others.
PREMIERES = ("Regular", "SemiBold")
SUIVANTES = ("Italic", "Bold", "BoldItalic")
_HABILLEE = "habillee"


class Couleurs(NamedTuple):
    """The named colours of a theme, as #rrggbb. `*_fond`: the ground under the text colour of the same name."""

    encre: str
    muet: str
    ligne: str
    bord: str
    fond: str
    carte: str
    survol: str
    accent: str
    accent_survol: str
    sur_accent: str
    lateral: str
    lateral_actif: str
    lateral_texte: str
    lateral_muet: str
    ok: str
    ok_fond: str
    warn: str
    warn_fond: str
    bad: str
    bad_fond: str
    neutre: str
    neutre_fond: str
    info: str
    info_fond: str
    selection: str

    def genre(self, genre: str) -> tuple[str, str]:
        """(text, ground) of a badge kind: "ok", "warn", "bad", "info" or "neutre"."""
        paires = {
            "ok": (self.ok, self.ok_fond),
            "warn": (self.warn, self.warn_fond),
            "bad": (self.bad, self.bad_fond),
            "info": (self.info, self.info_fond),
        }
        return paires.get(genre, (self.neutre, self.neutre_fond))


CLAIR = Couleurs(
    encre="#1b1f24",
    muet="#5b6470",
    ligne="#e1e4e8",
    bord="#87919d",
    fond="#f6f7f8",
    carte="#ffffff",
    survol="#eef3f5",
    accent="#0b5a6f",
    accent_survol="#094a5c",
    sur_accent="#ffffff",
    lateral="#12303a",
    lateral_actif="#204a58",
    lateral_texte="#eaf1f3",
    lateral_muet="#a9bec6",
    ok="#17713f",
    ok_fond="#e2f3ea",
    warn="#8a5000",
    warn_fond="#fdf0d9",
    bad="#b3261e",
    bad_fond="#fbe6e4",
    neutre="#4b5460",
    neutre_fond="#e9ecef",
    info="#0b5a6f",
    info_fond="#e0eff3",
    selection="#dbeaef",
)
SOMBRE = Couleurs(
    encre="#e8ebee",
    muet="#a7b1bc",
    ligne="#353d45",
    bord="#76828e",
    fond="#14181c",
    carte="#1d2328",
    survol="#272f36",
    accent="#6cc0d6",
    accent_survol="#8ad0e2",
    sur_accent="#06252e",
    lateral="#0c222a",
    lateral_actif="#1d4552",
    lateral_texte="#eaf1f3",
    lateral_muet="#a9bec6",
    ok="#7bd6a3",
    ok_fond="#16382a",
    warn="#f2bd66",
    warn_fond="#3f2f12",
    bad="#ffa69d",
    bad_fond="#46211f",
    neutre="#bcc5ce",
    neutre_fond="#313941",
    info="#7fcbe0",
    info_fond="#123640",
    selection="#1f4551",
)
COULEURS = {"clair": CLAIR, "sombre": SOMBRE}


class _Etat:
    """What is applied now: one application, one theme."""

    couleurs: Couleurs = CLAIR
    echelle: float = 1.0


def couleurs() -> Couleurs:
    """The colours in use, for what is painted by hand; ask again at each paint."""
    return _Etat.couleurs


def couleur(nom: str) -> QColor:
    """One colour in use, by the name of its field."""
    return QColor(str(getattr(_Etat.couleurs, nom)))


def taille(facteur: float = 1.0) -> float:
    """A font size in points, relative to the text in use."""
    return TAILLE_PT * _Etat.echelle * facteur


def charger_police(graisses: Sequence[str] = (*PREMIERES, *SUIVANTES)) -> str:
    """Registers weights of the embedded font and gives its family name."""
    for graisse in graisses:
        QFontDatabase.addApplicationFontFromData(assets.octets(f"fonts/IBMPlexSans-{graisse}.ttf"))
    return FAMILLE


def police(facteur: float = 1.0, graisse: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of the application at a relative size."""
    fonte = QFont(FAMILLE)
    fonte.setPointSizeF(taille(facteur))
    fonte.setWeight(graisse)
    return fonte


def est_sombre() -> bool:
    """True when the system asks for dark."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def appliquer(app: QApplication, echelle: float = 1.0, sombre: bool | None = None) -> None:
    """Dresses the application: font and palette, and the style sheet of the windows that wear one.

    Args:
        app: the application.
        echelle: 1.0 for the usual text, 1.25 for a system whose font is 25 % larger.
        sombre: forces dark or light; None follows the system.
    """
    teinter(app, echelle, sombre)
    for fenetre in app.topLevelWidgets():
        if fenetre.property(_HABILLEE):
            habiller(fenetre)


def habiller(fenetre: QWidget) -> None:
    """Gives a window the style sheet, now and at each change of theme; the dialogs it is the parent of wear it too.

    Set on the application, the sheet is resolved again for each widget each time it changes parent: a page took
    two to three times as long to show.
    """
    fenetre.setProperty(_HABILLEE, True)
    fenetre.setStyleSheet(feuille(couleurs(), taille))


def teinter(app: QApplication, echelle: float = 1.0, sombre: bool | None = None) -> None:
    """The font and the palette alone; what is painted by hand needs no more. Arguments as `appliquer`."""
    c = SOMBRE if (est_sombre() if sombre is None else sombre) else CLAIR
    _Etat.couleurs = c
    _Etat.echelle = echelle
    app.setFont(police())
    app.setPalette(_palette(c))


def _palette(c: Couleurs) -> QPalette:
    p = QPalette()
    role = QPalette.ColorRole
    for nom, valeur in (
        (role.Window, c.fond),
        (role.WindowText, c.encre),
        (role.Base, c.carte),
        (role.AlternateBase, c.fond),
        (role.Text, c.encre),
        (role.Button, c.carte),
        (role.ButtonText, c.encre),
        (role.BrightText, c.bad),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.sur_accent),
        (role.ToolTipBase, c.carte),
        (role.ToolTipText, c.encre),
        (role.PlaceholderText, c.muet),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Mid, c.ligne),
        (role.Light, c.carte),
        (role.Dark, c.bord),
    ):
        p.setColor(nom, QColor(valeur))
    for nom in (role.Text, role.WindowText, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, nom, QColor(c.muet))
    return p
