"""An attached PDF: open it, repair it, refuse it with a reason, and hand back bytes that any reader opens."""

import io
import warnings
from dataclasses import dataclass

import pikepdf
from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel

from esms_desktop.depot import nettoyage
from esms_desktop.depot.objets_pdf import ERREURS_PDF, Signet, polices_manquantes, signe, signets
from esms_desktop.errors import ErreurPiece

PROTEGE = "Le PDF interdisait des usages (impression, copie…) : la copie du dossier est sans protection."
REPARE = "Le PDF était abîmé : la copie du dossier est réparée. Vérifiez qu’il n’y manque rien."
SIGNE = "Le PDF est signé électroniquement : la signature ne se vérifie que sur l’original."
SIGNETS = "Les signets du PDF ne peuvent pas être lus : ils ne sont pas repris dans le dossier."

_IMPRIMER = "Ouvrez-le dans un lecteur PDF, imprimez-le en PDF, puis joignez la copie obtenue."


@dataclass(frozen=True)
class PdfLu:
    """A PDF that can go into the filing.

    Args:
        octets: what goes into the piece; the very bytes that were given when `intact`.
        pages: number of pages, at least one.
        signets: its own bookmarks.
        remarques: what the person must know, in French sentences.
        intact: nothing had to be repaired, unprotected or removed.
    """

    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    intact: bool


def controler(pdf: Pdf) -> list[str]:
    """What `qpdf --check` would say of the file; empty when it is clean."""
    with warnings.catch_warnings():
        # The decoder of one image format is not installed; its streams are passed on as they are.
        warnings.filterwarnings("ignore", "pikepdf is missing some specialized decoders")
        return pdf.check_pdf_syntax()


def lire_pdf(nom: str, octets: bytes) -> PdfLu:
    """Reads an attached PDF.

    Raises:
        ErreurPiece: a password is needed, no page, damaged beyond repair; the reason names `nom`.
    """
    try:
        with Pdf.open(io.BytesIO(octets)) as pdf:
            return _lire(nom, octets, pdf)
    except pikepdf.PasswordError as e:
        raise _mot_de_passe(nom) from e
    except ERREURS_PDF as e:
        raise _endommage(nom) from e


def _mot_de_passe(nom: str) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » demande un mot de passe : le financeur ne pourrait pas le lire.",
        "Enregistrez-en une copie sans mot de passe, puis joignez-la.",
    )


def _endommage(nom: str) -> ErreurPiece:
    return ErreurPiece(f"« {nom} » est un PDF trop endommagé pour être lu en entier.", _IMPRIMER)


def _lire(nom: str, octets: bytes, pdf: Pdf) -> PdfLu:
    # Opened by its empty owner password only: every ordinary reader would still ask for the other one.
    if pdf.is_encrypted and not pdf.user_password_matched:
        raise _mot_de_passe(nom)
    pages = len(pdf.pages)
    if pages == 0:
        raise ErreurPiece(f"« {nom} » est un PDF sans aucune page.", "Vérifiez que c’est le bon fichier.")
    remarques = [PROTEGE] if pdf.is_encrypted else []
    abime = bool(controler(pdf))
    if abime:
        remarques.append(REPARE)
    if signe(pdf):
        remarques.append(SIGNE)
    remarques += nettoyage.nettoyer(pdf)
    intact = not abime and not pdf.is_encrypted and all(r == SIGNE for r in remarques)
    manquantes = polices_manquantes(pdf.pages)
    if manquantes:
        remarques.append(_polices(manquantes))
    try:
        plan = signets(pdf)
    except ERREURS_PDF:
        # The pages are worth more than the way they are listed.
        plan = ()
        remarques.append(SIGNETS)
    resultat = PdfLu(octets, pages, plan, tuple(remarques), intact)
    if intact:
        return resultat
    copie = _reecrire(pdf, reparer=abime)
    if abime:
        _verifier_reparation(nom, copie, pages)
    return PdfLu(copie, pages, resultat.signets, resultat.remarques, intact=False)


def _polices(manquantes: list[str]) -> str:
    noms = ", ".join(manquantes[:5]) + ("…" if len(manquantes) > 5 else "")
    return (
        f"Le PDF ne contient pas toutes ses polices ({noms}) : l’affichage peut varier d’un poste à l’autre."
    )


def _reecrire(pdf: Pdf, reparer: bool) -> bytes:
    sortie = io.BytesIO()
    pdf.save(
        sortie,
        encryption=False,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.generalized if reparer else None,
        recompress_flate=reparer,
    )
    return sortie.getvalue()


def _verifier_reparation(nom: str, copie: bytes, pages: int) -> None:
    with Pdf.open(io.BytesIO(copie), attempt_recovery=False) as pdf:
        if len(pdf.pages) != pages or controler(pdf):
            raise _endommage(nom)
