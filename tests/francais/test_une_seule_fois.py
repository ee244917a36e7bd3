"""What francais/ does is done nowhere else: names of months, accents taken off, agreement, dates and thousands by hand."""

import ast
import re
from pathlib import Path

import pytest

from esms_desktop import francais

RACINE = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    f for d in ("esms_desktop", "ui") for f in (RACINE / d).rglob("*.py") if "francais" not in f.parts
)


def test_les_mois_et_les_jours_ne_se_nomment_qu_une_fois() -> None:
    noms = (*francais.MOIS, *francais.JOURS, *(re.escape(m) for m in francais.MOIS_COURTS))
    # A sentence may say « un lundi »: a name alone, or two of them, is a list made anew.
    nom = rf"\b(?:{'|'.join(noms)})(?!\w)"
    cherche = re.compile(rf"^{nom}$|{nom}.*{nom}|JFMAMJ", re.IGNORECASE | re.DOTALL)
    fautifs = []
    for fichier in SOURCES:
        arbre = ast.parse(fichier.read_text(encoding="utf-8"))
        dits = {n.value for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
        fautifs += [
            f"{fichier.relative_to(RACINE)}:{n.lineno} {n.value}"
            for n in ast.walk(arbre)
            if isinstance(n, ast.Constant)
            and isinstance(n.value, str)
            and n not in dits
            and cherche.search(n.value)
        ]
    assert fautifs == []


@pytest.mark.parametrize(
    ("motif", "admis"),
    [
        # A character that the font lacks is drawn without its accent.
        (r"unicodedata\.combining|\"NF[K]?D\"", {"esms_desktop/documents/pdf/polices.py"}),
        # Names of files, which a disk may hold alike; how near two names are; what a workbook takes for the same word.
        (
            r"\.casefold\(\)",
            {
                "esms_desktop/depot/assemblage.py",
                "esms_desktop/documents/classeur/couts.py",
                "esms_desktop/documents/classeur/listes.py",
                "esms_desktop/documents/classeur/valeurs.py",
                "esms_desktop/regles/dossier/coherence.py",
            },
        ),
        (r"['\"](?:s|x|e|es|nt|ent)['\"] if\b", set()),
        (r"%d[/-]%m|\.replace\(\"\.\", \"(?:,)\"\)", set()),
        (r":,\}", set()),
        (r":0\dd?\} ?€|€\{", set()),
        (r"\[:?[01]\]\.(?:upper|lower)\(\) *\+|\[:1\]\.(?:upper|lower)\(\)", set()),
    ],
)
def test_ce_que_francais_sait_ne_se_refait_pas(motif: str, admis: set[str]) -> None:
    cherche = re.compile(motif)
    trouves = {
        f.relative_to(RACINE).as_posix() for f in SOURCES if cherche.search(f.read_text(encoding="utf-8"))
    }
    assert trouves == admis
