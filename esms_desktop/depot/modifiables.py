"""The Word and Excel twins of the generated documents, as they go into the archive."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from esms_desktop.documents.arbre import Document
from esms_desktop.model import Dossier, Og
from esms_desktop.regles.campagne import Campagne
from esms_desktop.regles.pieces import NOMS_FICHIERS

_LONGUEUR = 80


@dataclass(frozen=True)
class Jumeau:
    """A twin: `extension` with its dot, and its bytes."""

    extension: str
    octets: bytes


def _sobre(texte: str) -> str:
    """Letters without accents and digits, hyphens between: what any system accepts in a name."""
    nu = unicodedata.normalize("NFKD", texte.casefold())
    sans_accents = "".join(c for c in nu if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", sans_accents).strip("-")


def nom_du_jumeau(code: str, numero: int, og: Og | None) -> str:
    """The name of a twin without its extension: number and piece (its code when it is not a piece), OG when it is of one."""
    morceaux = [NOMS_FICHIERS.get(numero) or code, *([_sobre(og.nom_court) or "organisme"] if og else [])]
    return "-".join(morceaux)[:_LONGUEUR].strip("-")


def jumeaux(document: Document, dossier: Dossier, campagne: Campagne, jour: date) -> Iterator[Jumeau]:
    """The twins of a document: always Word, and Excel for what has a workbook (referentiel 02 § 3)."""
    # Heavy, and of no use to what only reads the names.
    from esms_desktop.documents.rendu_docx import rendre_docx

    yield Jumeau(".docx", rendre_docx(document, jour))
    from esms_desktop.documents.classeurs import classeur_de

    classeur = classeur_de(document.code, dossier, campagne, jour)
    if classeur is not None:
        from esms_desktop.documents.rendu_xlsx import rendre_xlsx

        yield Jumeau(".xlsx", rendre_xlsx(classeur, jour))
