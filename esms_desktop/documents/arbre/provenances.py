"""Where what is printed comes from: texts by their names, and the sigles the application cites them by in working copies only."""

import re

from esms_desktop.campagnes.chargement import documents, en_clair
from esms_desktop.campagnes.fondement import MAISON, Fondement
from esms_desktop.documents.arbre.arbre import Run, Texte
from esms_desktop.francais import majuscule, minuscule


def en_toutes_lettres(source: str, fondement: Fondement, region: str | None) -> str:
    """A source by the names of its texts, and what it is worth: « Kit ESMS numérique…, § 2 (lecture, à confirmer…) »."""
    if fondement is Fondement.CONSEIL:
        return majuscule(MAISON)
    reserve = f" ({minuscule(fondement.libelle)}, {fondement.reserve})" if fondement.reserve else ""
    return f"{majuscule(en_clair(source, region))}{reserve}"


def sans_sigles(phrase: str) -> tuple[Run, ...]:
    """A sentence whose brackets that cite sigles, « (AAP § 5.3 ; ANS) », stand in the working copy alone."""
    sigles = "|".join(map(re.escape, documents()))
    runs: list[Run] = []
    fin = 0
    for cite in re.finditer(rf" \((?:{sigles})(?: [^()]*|[;,][^()]*)?(?:\([^()]*\))?\)", phrase):
        runs += [Texte(phrase[fin : cite.start()]), Texte(cite.group(), travail=True)]
        fin = cite.end()
    return (*runs, *((Texte(phrase[fin:]),) if phrase[fin:] else ()))


def nettes(phrase: str) -> str:
    """The same sentence without these brackets, where there is no working copy."""
    return "".join(r.texte for r in sans_sigles(phrase) if not (isinstance(r, Texte) and r.travail))
