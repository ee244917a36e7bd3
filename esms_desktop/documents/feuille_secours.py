"""The sheet of the recovery code: what opens the base when nothing else does, to print and put away."""

from datetime import date

from esms_desktop.documents.arbre.arbre import (
    Colonne,
    Document,
    Encadre,
    Liste,
    Paragraphe,
    Tableau,
    Titre,
    gras,
)
from esms_desktop.francais import NBSP, date_longue

_PAR_LIGNE = 3


def feuille_secours(code: str, base: str, ordinateur: str, jour: date) -> Document:
    """The sheet of a code.

    Args:
        code: groups of four signs joined by hyphens.
        base: name of the file it opens.
        ordinateur: where the base was when the sheet was made.
        jour: when it was.
    """
    groupes = code.split("-")
    lignes = tuple(
        tuple((gras(f"{g}"),) for g in groupes[i : i + _PAR_LIGNE])
        for i in range(0, len(groupes), _PAR_LIGNE)
    )
    colonnes = tuple(
        Colonne(f"Groupes {1 + i}, {1 + i + _PAR_LIGNE} et {1 + i + 2 * _PAR_LIGNE}", alignement="centre")
        for i in range(_PAR_LIGNE)
    )
    return Document(
        "feuille-secours",
        "Code de secours",
        f"de la base «{NBSP}{base}{NBSP}»",
        base,
        ordinateur,
        (
            Paragraphe(
                f"Faite le {date_longue(jour)} sur «{NBSP}{ordinateur}{NBSP}». Ce code ouvre la base à lui seul, et toutes ses "
                "sauvegardes faites depuis ce jour. Personne d’autre ne l’a : ni le logiciel, ni ses auteurs."
            ),
            Tableau(colonnes, lignes),
            Paragraphe(
                "Il se lit ligne par ligne, de gauche à droite. Il n’a ni I, ni L, ni O, ni U : un rond est un zéro, une barre est un un."
            ),
            Encadre(
                "alerte",
                "Qui a cette feuille et le fichier de la base lit tous les dossiers. Rangez-la loin de l’ordinateur, sous clé, avec les "
                "papiers que vous ne voulez pas perdre.",
            ),
            Titre(2, "Quand s’en servir"),
            Liste(
                (
                    "La phrase secrète est oubliée, ou le trousseau de la session est perdu.",
                    "L’ordinateur est remplacé, volé ou réinstallé.",
                    "La base, ou une de ses copies, doit s’ouvrir ailleurs.",
                )
            ),
            Titre(2, "Comment"),
            Liste(
                (
                    "À l’ouverture, choisissez «\u00a0Ouvrir avec le code de secours\u00a0» et recopiez les neuf groupes.",
                    "Pour une sauvegarde\u00a0: menu Fichier, Sauvegardes, «\u00a0Restaurer un autre fichier\u00a0».",
                    "Sans fenêtre\u00a0: la commande «\u00a0esms-desktop base ouvrir-avec-code\u00a0» le lit sur son entrée.",
                ),
                numerotee=False,
            ),
            Paragraphe(
                "Changer de code (menu Fichier, Protection) rend cette feuille inutile pour la base, mais pas pour les sauvegardes "
                "faites avant : gardez-la tant que vous gardez celles-ci.",
                discret=True,
            ),
        ),
    )
