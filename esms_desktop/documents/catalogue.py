"""What the application can produce for a dossier: each document, its gaps, and where the fourteen pieces stand."""

from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import arbre
from esms_desktop.documents.arbre.arbre import Document, Lacune
from esms_desktop.documents.registre import Genere, generes
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.dossier.pieces import Etat, EtatPiece, etat_pieces
from esms_desktop.regles.pieces_unites import qui_s_engage

__all__ = [
    "Genere",
    "de_la_piece",
    "empreinte",
    "genere",
    "generes",
    "lacunes",
    "manques",
    "pieces",
    "produire",
    "tous",
]


def genere(code: str) -> Genere:
    """The entry called `code`. Raises ErreurSaisie when there is none."""
    for g in generes():
        if g.code == code:
            return g
    connus = ", ".join(g.code for g in generes())
    raise ErreurSaisie(
        f"Le document «\u00a0{code}\u00a0» n’existe pas.", f"Documents possibles\u00a0: {connus}."
    )


def de_la_piece(numero: int) -> Genere | None:
    """The document that answers piece `numero`, None when the application does not produce it."""
    return next((g for g in generes() if g.piece == numero), None)


def produire(code: str, dossier: Dossier, campagne: Campagne, jour: date, og: Og | None = None) -> Document:
    """Builds the tree of a document.

    Args:
        code: of one of `generes()`.
        dossier, campagne: what it tells.
        jour: the day it is examined and printed.
        og: whose document it is, for those made once per OG.

    Raises:
        ErreurSaisie: unknown code, or no OG given for a document made per OG.
    """
    if genere(code).par_og:
        if og is None:
            raise ErreurSaisie(
                "Ce document se produit pour un organisme gestionnaire.", "Choisissez l’organisme."
            )
        return genere(code).batir(dossier, campagne, jour, og)
    return genere(code).batir(dossier, campagne, jour)


def manques(
    code: str, dossier: Dossier, campagne: Campagne, jour: date, og: Og | None = None
) -> tuple[str, ...]:
    """What the gaps of a document are called (see `lacunes`)."""
    return tuple(x.nom for x in lacunes(code, dossier, campagne, jour, og))


def lacunes(
    code: str, dossier: Dossier, campagne: Campagne, jour: date, og: Og | None = None
) -> tuple[Lacune, ...]:
    """The gaps a document prints, each once, in reading order. Raises what `produire` raises."""
    return _lacunes(dossier, campagne, jour, code, og.id if og else None)


@fait
def _lacunes(
    dossier: Dossier, campagne: Campagne, jour: date, code: str, og_id: int | None
) -> tuple[Lacune, ...]:
    return arbre.lacunes(produire(code, dossier, campagne, jour, _og(dossier, og_id)))


def empreinte(code: str, dossier: Dossier, campagne: Campagne, jour: date, og: Og | None = None) -> str:
    """The fingerprint of what a document says. Raises what `produire` raises."""
    return _empreinte(dossier, campagne, jour, code, og.id if og else None)


@fait
def _empreinte(dossier: Dossier, campagne: Campagne, jour: date, code: str, og_id: int | None) -> str:
    return arbre.empreinte(produire(code, dossier, campagne, jour, _og(dossier, og_id)))


def pieces(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[EtatPiece, ...]:
    """The fourteen pieces, in order: what is asked, what is there, and what the documents that make them still lack.

    A file that is attached takes the place of a document, whose gaps no longer count.

    Args:
        jour: the day the documents would be printed.
    """
    return tuple(e.avec_blancs(_blancs(e, dossier, campagne, jour)) for e in etat_pieces(dossier, campagne))


def _blancs(etat: EtatPiece, dossier: Dossier, campagne: Campagne, jour: date) -> list[str]:
    document = de_la_piece(etat.numero)
    if document is None or etat.etat not in (Etat.A_RELIRE, Etat.A_COMPLETER):
        return []
    if not document.par_og:
        return [] if etat.fichiers else list(manques(document.code, dossier, campagne, jour))
    pourvus = {f.og_id for f in etat.fichiers}
    sans = [og for og in qui_s_engage(dossier.ogs, campagne) if og.id not in pourvus]
    return list(
        dict.fromkeys(nom for og in sans for nom in manques(document.code, dossier, campagne, jour, og))
    )


def _og(dossier: Dossier, og_id: int | None) -> Og | None:
    return next((og for og in dossier.ogs if og.id == og_id), None)


def tous(dossier: Dossier) -> list[tuple[Genere, Og | None]]:
    """What there is to produce for a dossier: each document once, or once per OG."""
    return [(g, og) for g in generes() for og in (dossier.ogs if g.par_og else [None])]
