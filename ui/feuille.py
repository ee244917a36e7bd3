"""The Qt style sheet, written from the colours and the sizes of the theme. No fixed height is set on anything that holds text."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Couleurs


def feuille(c: "Couleurs", taille: Callable[[float], float]) -> str:
    """The style sheet of the application.

    Args:
        c: the colours of the theme.
        taille: font size in points for a factor of the usual text.
    """

    def pt(facteur: float) -> str:
        return f"{taille(facteur):.2f}pt"

    return f"""
QWidget {{ color: {c.encre}; }}
QMainWindow, QDialog, QWidget#fond, QScrollArea#page, QWidget#corps {{ background: {c.fond}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget#transparent {{ background: transparent; }}
QToolTip {{ color: {c.encre}; background: {c.carte}; border: 1px solid {c.bord}; padding: 5px; }}

QLabel {{ background: transparent; }}
QLabel[role="titre"] {{ font-size: {pt(1.72)}; font-weight: 600; }}
QLabel[role="sous-titre"] {{ font-size: {pt(1.14)}; font-weight: 600; }}
QLabel[role="fort"] {{ font-weight: 600; }}
QLabel[role="muet"] {{ color: {c.muet}; }}
QLabel[role="petit"] {{ color: {c.muet}; font-size: {pt(0.9)}; }}
QLabel[role="erreur"] {{ color: {c.bad}; font-size: {pt(0.92)}; }}
QLabel[role="chiffre"] {{ font-size: {pt(2.0)}; font-weight: 600; }}
QLabel[role="etiquette"] {{ color: {c.muet}; font-size: {pt(0.93)}; }}
QLabel[genre="ok"] {{ color: {c.ok}; }}
QLabel[genre="warn"] {{ color: {c.warn}; }}
QLabel[genre="bad"] {{ color: {c.bad}; }}

QFrame[role="carte"] {{ background: {c.carte}; border: 1px solid {c.ligne}; border-radius: 8px; }}
QFrame[role="filet"] {{ background: {c.ligne}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="bandeau"] {{ border-radius: 6px; border: 1px solid {c.bord}; background: {c.info_fond}; }}
QFrame[role="bandeau"][genre="ok"] {{ background: {c.ok_fond}; border-color: {c.ok}; }}
QFrame[role="bandeau"][genre="warn"] {{ background: {c.warn_fond}; border-color: {c.warn}; }}
QFrame[role="bandeau"][genre="bad"] {{ background: {c.bad_fond}; border-color: {c.bad}; }}

QPushButton {{ background: {c.carte}; border: 1px solid {c.bord}; border-radius: 6px; padding: 7px 14px; }}
QPushButton:hover {{ background: {c.survol}; border-color: {c.accent}; }}
QPushButton:pressed {{ background: {c.selection}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {c.muet}; border-color: {c.ligne}; background: {c.fond}; }}
QPushButton[role="primaire"] {{ background: {c.accent}; color: {c.sur_accent}; border: 1px solid {c.accent}; font-weight: 600; }}
QPushButton[role="primaire"]:hover, QPushButton[role="primaire"]:pressed {{ background: {c.accent_survol}; border-color: {c.accent_survol}; }}
QPushButton[role="primaire"]:focus {{ border: 2px solid {c.encre}; padding: 6px 13px; }}
QPushButton[role="primaire"]:disabled {{ background: {c.neutre_fond}; color: {c.neutre}; border-color: {c.ligne}; }}
QPushButton[role="danger"] {{ color: {c.bad}; border-color: {c.bad}; }}
QPushButton[role="lien"] {{ background: transparent; border: 1px solid transparent; color: {c.accent}; padding: 5px 6px; text-align: left; }}
QPushButton[role="lien"]:hover {{ text-decoration: underline; }}
QPushButton[role="lien"]:focus {{ border: 2px solid {c.accent}; padding: 4px 5px; border-radius: 4px; }}
QPushButton[role="segment"] {{ border-radius: 0; padding: 6px 12px; margin: 0; }}
QPushButton[role="segment"]:checked {{ background: {c.selection}; border: 2px solid {c.accent}; font-weight: 600; padding: 5px 11px; }}
QPushButton[role="segment"]:focus {{ border: 2px solid {c.encre}; padding: 5px 11px; }}
QToolButton {{ background: {c.carte}; border: 1px solid {c.bord}; border-radius: 6px; padding: 5px 8px; }}
QToolButton:hover {{ background: {c.survol}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; padding: 4px 7px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{
  background: {c.carte}; border: 1px solid {c.bord}; border-radius: 5px; padding: 6px 8px;
  selection-background-color: {c.accent}; selection-color: {c.sur_accent}; placeholder-text-color: {c.muet}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 2px solid {c.accent}; padding: 5px 7px; }}
QLineEdit[erreur="true"], QPlainTextEdit[erreur="true"], QComboBox[erreur="true"] {{ border-color: {c.bad}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {c.fond}; color: {c.muet}; border-color: {c.ligne}; }}
QLineEdit:read-only {{ background: {c.fond}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{ background: {c.carte}; border: 1px solid {c.bord}; selection-background-color: {c.selection};
  selection-color: {c.encre}; outline: 0; padding: 4px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px; background: transparent; }}
QCheckBox::indicator:unchecked {{ width: 13px; height: 13px; border: 1px solid {c.muet}; border-radius: 3px; background: {c.carte}; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; border-radius: 4px; padding: 2px; }}

QTableView, QListView, QTreeView {{ background: {c.carte}; border: 1px solid {c.ligne}; border-radius: 8px; gridline-color: {c.ligne};
  outline: 0; selection-background-color: {c.selection}; selection-color: {c.encre}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 2px solid {c.accent}; }}
QTableView[role="accolee"], QTableView[role="accolee"]:focus {{ border: none; border-radius: 0; }}
QTableView::item, QListView::item {{ padding: 6px 8px; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {c.carte}; color: {c.muet}; font-weight: 600; border: none;
  border-bottom: 1px solid {c.ligne}; padding: 9px 8px; }}
QTableCornerButton::section {{ background: {c.carte}; border: none; }}

QProgressBar {{ border: none; border-radius: 3px; background: {c.neutre_fond}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {c.accent}; }}
QProgressBar[role="fine"] {{ min-height: 6px; max-height: 6px; }}

QMenuBar {{ background: {c.carte}; border-bottom: 1px solid {c.ligne}; }}
QMenuBar::item {{ padding: 5px 10px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.selection}; }}
QMenu {{ background: {c.carte}; border: 1px solid {c.bord}; padding: 4px; }}
QMenu::item {{ padding: 6px 26px 6px 16px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.encre}; }}
QMenu::item:disabled {{ color: {c.muet}; }}
QMenu::separator {{ height: 1px; background: {c.ligne}; margin: 4px 8px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.bord}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QFrame#pied {{ background: {c.carte}; border-top: 1px solid {c.ligne}; }}
QFrame#pied QPushButton {{ font-size: {pt(0.9)}; padding: 2px 6px; }}

QWidget#lateral {{ background: {c.lateral}; }}
QWidget#lateral QLabel {{ color: {c.lateral_texte}; }}
QWidget#lateral QLabel[role="petit"], QWidget#lateral QLabel[role="section"] {{ color: {c.lateral_muet}; }}
QWidget#lateral QLabel[role="section"] {{ font-size: {pt(0.8)}; font-weight: 600; }}
QWidget#lateral QPushButton {{ background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 6px 8px;
  color: {c.lateral_texte}; text-align: left; }}
QWidget#lateral QPushButton:hover {{ background: {c.lateral_actif}; }}
QWidget#lateral QPushButton:checked {{ background: {c.lateral_actif}; }}
QWidget#lateral QPushButton:focus {{ border: 2px solid #8fd3e4; }}
QWidget#lateral QScrollArea, QWidget#lateral QWidget#transparent {{ background: transparent; }}
"""
