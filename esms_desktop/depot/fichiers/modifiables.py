"""The Word and Excel twins of the generated documents, as they go into the archive."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.arbre import Document
from esms_desktop.lecture import Dossier, Og
from esms_desktop.regles.dossier.pieces import NOMS_FICHIERS

_LONGUEUR = 80


@dataclass(frozen=True)
class Ecrivain:
    """What makes one kind of twin.

    Args:
        format: what the person calls it, « Word ».
        extension: with its dot.
        ecrire: the bytes of the twin, None for a document that has none of this kind.
    """

    format: str
    extension: str
    ecrire: Callable[[Document, Dossier, Campagne, date], bytes | None]


def _sobre(texte: str) -> str:
    """Letters without accents and digits, hyphens between: what any system accepts in a name."""
    return re.sub(r"[^a-z0-9]+", "-", francais.cle(texte)).strip("-")


def nom_du_jumeau(code: str, numero: int, og: Og | None) -> str:
    """The name of a twin without its extension: number and piece (its code when it is not a piece), OG when it is of one."""
    morceaux = [NOMS_FICHIERS.get(numero) or code, *([_sobre(og.nom_court) or "organisme"] if og else [])]
    return "-".join(morceaux)[:_LONGUEUR].strip("-")


def _word(document: Document, _dossier: Dossier, _campagne: Campagne, jour: date) -> bytes:
    # Heavy, and of no use to what only reads the names.
    from esms_desktop.documents.docx.rendu import rendre_docx

    return rendre_docx(document, jour)


def _excel(document: Document, dossier: Dossier, campagne: Campagne, jour: date) -> bytes | None:
    from esms_desktop.documents.classeur.classeurs import classeur_de

    classeur = classeur_de(document.code, dossier, campagne, jour)
    if classeur is None:
        return None
    from esms_desktop.documents.classeur.rendu import rendre_xlsx

    return rendre_xlsx(classeur, jour)


# Always Word, and Excel for what has a workbook (referentiel 02 § 3).
ECRIVAINS = (Ecrivain("Word", ".docx", _word), Ecrivain("Excel", ".xlsx", _excel))
