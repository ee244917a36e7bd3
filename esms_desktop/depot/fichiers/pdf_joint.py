"""An attached PDF: open it, repair it, refuse it with a reason, and hand back bytes that any reader opens."""

import io
import warnings
from dataclasses import dataclass

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, StreamDecodeLevel

from esms_desktop.depot.fichiers import nettoyage, portefeuille, xfa
from esms_desktop.depot.fichiers.objets_pdf import ERREURS_PDF, Signet, polices_manquantes, signe, signets
from esms_desktop.depot.fichiers.portefeuille import Interne
from esms_desktop.errors import ErreurPiece

PROTEGE = "Le PDF interdit des usages (impression, copie…)\u00a0: la copie du dossier est sans protection, l’original est gardé tel quel\u00a0; vérifiez que vous avez le droit de le transmettre."
REPARE = "Le PDF est abîmé\u00a0: la copie du dossier est réparée, l’original est gardé tel quel\u00a0; vérifiez qu’il n’y manque rien."
SIGNE = "Le PDF est signé électroniquement\u00a0: la signature ne se vérifie que sur l’original, gardé tel quel\u00a0; tenez-le prêt si l’ARS le demande."
SIGNETS = "Les signets du PDF ne peuvent pas être lus\u00a0: ses pages sont reprises sans eux, l’original est gardé tel quel\u00a0; rien à faire si vous n’y tenez pas."
A_DESSINER = "Des réponses du formulaire n’ont pas d’image dans le PDF\u00a0: le fichier est gardé tel quel, et certains lecteurs les laisseront en blanc\u00a0; imprimez-le en PDF et joignez ce PDF."

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
        internes: the files of a portfolio, which take the place of its pages; those are most often a notice.
    """

    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    intact: bool
    internes: tuple[Interne, ...] = ()


def controler(pdf: Pdf) -> list[str]:
    """What `qpdf --check` would say of the file; empty when it is clean."""
    with warnings.catch_warnings():
        # The decoder of one image format is not installed; its streams are passed on as they are.
        warnings.filterwarnings("ignore", "pikepdf is missing some specialized decoders")
        return pdf.check_pdf_syntax()


class ErreurMotDePasse(ErreurPiece):
    """A PDF that opens with a password only: none was given, or not the right one."""


def lire_pdf(nom: str, octets: bytes, rigoureux: bool = True) -> PdfLu:
    """Reads an attached PDF.

    Args:
        rigoureux: reads it to its last byte; otherwise its structure and the objects its pages name, which is enough
            for a file that was read whole when it was attached, and whose pages will be read again once bound.

    Raises:
        ErreurMotDePasse: a password is needed.
        ErreurPiece: no page, damaged beyond repair, a dynamic form, a portfolio that cannot be unpacked; the reason
            names `nom`.
    """
    try:
        with Pdf.open(io.BytesIO(octets)) as pdf:
            return _lire(nom, octets, pdf, rigoureux)
    except pikepdf.PasswordError as e:
        raise _mot_de_passe(nom) from e
    except ERREURS_PDF as e:
        raise _endommage(nom) from e


def ouvrir_protege(nom: str, octets: bytes, mot_de_passe: str) -> bytes | None:
    """The same PDF without its protection; None when it needs no password, or is not a PDF that opens at all.

    Raises:
        ErreurMotDePasse: the password is not the right one.
    """
    try:
        if not _ferme(octets):
            return None
        with Pdf.open(io.BytesIO(octets), password=mot_de_passe) as pdf:
            return _reecrire(pdf, reparer=False)
    except pikepdf.PasswordError as e:
        raise ErreurMotDePasse(
            f"Ce mot de passe n’ouvre pas «\u00a0{nom}\u00a0».",
            "Vérifiez les majuscules et les accents, puis essayez de nouveau.",
        ) from e
    except ERREURS_PDF:
        return None


def _ferme(octets: bytes) -> bool:
    """Whether a reader asks a password before it shows anything."""
    try:
        with Pdf.open(io.BytesIO(octets)) as pdf:
            # Opened by its empty owner password only: every ordinary reader would still ask for the other one.
            return pdf.is_encrypted and not pdf.user_password_matched
    except pikepdf.PasswordError:
        return True


def _mot_de_passe(nom: str) -> ErreurMotDePasse:
    return ErreurMotDePasse(
        f"« {nom} » demande un mot de passe : le financeur ne pourrait pas le lire.",
        "Donnez son mot de passe, ou enregistrez-en une copie sans mot de passe et joignez-la.",
    )


def _endommage(nom: str) -> ErreurPiece:
    return ErreurPiece(f"« {nom} » est un PDF trop endommagé pour être lu en entier.", _IMPRIMER)


def _lire(nom: str, octets: bytes, pdf: Pdf, rigoureux: bool) -> PdfLu:
    # Opened by its empty owner password only: every ordinary reader would still ask for the other one.
    if pdf.is_encrypted and not pdf.user_password_matched:
        raise _mot_de_passe(nom)
    pages = len(pdf.pages)
    if pages == 0:
        raise ErreurPiece(f"« {nom} » est un PDF sans aucune page.", "Vérifiez que c’est le bon fichier.")
    if xfa.dynamique(pdf):
        raise xfa.refus(nom)
    contenus: tuple[Interne, ...] = ()
    if portefeuille.est_portefeuille(pdf):
        contenus = portefeuille.internes(nom, pdf)
        portefeuille.vider(pdf)
    remarques = [PROTEGE] if pdf.is_encrypted else []
    retires = nettoyage.nettoyer(pdf)
    # After the pages were walked through: an object that does not read as it should has said so.
    abime = bool(pdf.get_warnings()) or (rigoureux and bool(controler(pdf)))
    if abime:
        remarques.append(REPARE)
    if signe(pdf):
        remarques.append(SIGNE)
    remarques += retires
    if nettoyage.a_dessiner(pdf):
        remarques.append(A_DESSINER)
    try:
        plan = signets(pdf)
    except ERREURS_PDF:
        # The pages are worth more than the way they are listed.
        plan = _sans_signets(pdf, remarques)
    intact = (
        not abime
        and not pdf.is_encrypted
        and not contenus
        and all(r in (SIGNE, A_DESSINER) for r in remarques)
    )
    # The own pages of a portfolio are a notice: only those of its files are read.
    manquantes = [] if contenus else polices_manquantes(pdf.pages)
    if manquantes:
        remarques.append(_polices(manquantes))
    if intact:
        return PdfLu(octets, pages, plan, tuple(remarques), intact)
    copie = _reecrire(pdf, reparer=abime)
    if abime and not _saine(copie, pages):
        # What is left of the damage may be in the bookmarks, which pikepdf checks since 10.18.
        plan = _sans_signets(pdf, remarques)
        copie = _reecrire(pdf, reparer=True)
        if not _saine(copie, pages):
            raise _endommage(nom)
    return PdfLu(copie, pages, plan, tuple(remarques), intact=False, internes=contenus)


def _sans_signets(pdf: Pdf, remarques: list[str]) -> tuple[Signet, ...]:
    """Takes the bookmarks out of the file, and tells so."""
    if Name.Outlines in pdf.Root:
        del pdf.Root[Name.Outlines]
    if SIGNETS not in remarques:
        remarques.append(SIGNETS)
    return ()


def _polices(manquantes: list[str]) -> str:
    noms = ", ".join(manquantes[:5]) + ("…" if len(manquantes) > 5 else "")
    return (
        f"Le PDF ne contient pas toutes ses polices ({noms})\u00a0: il est gardé tel quel, et son affichage peut varier d’un "
        "poste à l’autre\u00a0; exportez-le de nouveau avec ses polices s’il s’y lit mal."
    )


def _reecrire(pdf: Pdf, reparer: bool) -> bytes:
    sortie = io.BytesIO()
    with warnings.catch_warnings():
        # Fields that no form lists are kept as they are; their look is what the bound pages keep.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(
            sortie,
            encryption=False,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            stream_decode_level=StreamDecodeLevel.generalized if reparer else None,
            recompress_flate=reparer,
        )
    return sortie.getvalue()


def _saine(copie: bytes, pages: int) -> bool:
    with Pdf.open(io.BytesIO(copie), attempt_recovery=False) as pdf:
        return len(pdf.pages) == pages and not controler(pdf)
