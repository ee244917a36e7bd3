"""The tree of a document as a text a person reads: what it says, where it stands, what is set apart."""

from collections.abc import Iterator

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Contenu,
    Correspondants,
    Document,
    Encadre,
    Liste,
    Manque,
    Paragraphe,
    Tableau,
    Titre,
    runs,
)
from tests.attendus import en_lignes


def lire(document: Document) -> list[str]:
    """The whole document, one line or a few for each block."""
    tete = f"{document.code} · {document.titre} · {document.sous_titre} · {document.dossier_nom} · {document.porteur}"
    return [
        f"{tete} · {document.langue} · {document.brouillon}",
        *(
            f"{'(travail) ' if rang in document.travail else ''}{x}"
            for rang, b in enumerate(document.blocs)
            for x in _bloc(b)
        ),
    ]


def mots(contenu: Contenu) -> str:
    """Words with their marks: **bold**, _italic_, and gaps by their name."""
    dits = []
    for run in runs(contenu):
        if isinstance(run, Manque):
            dits.append(f"[{run.nom}|{run.affiche}]")
        else:
            marque = ("**" if run.gras else "") + ("_" if run.italique else "") + ("°" if run.travail else "")
            dits.append(f"{marque}{run.texte}{marque[::-1]}")
    return "".join(dits).replace("\n", "⏎")


def _bloc(bloc: Bloc) -> Iterator[str]:
    match bloc:
        case Titre():
            yield f"{'#' * bloc.niveau} {bloc.texte}"
        case Paragraphe():
            yield f"{'~ ' if bloc.discret else ''}{mots(bloc.contenu)}"
        case Liste():
            yield from (f"{'1.' if bloc.numerotee else '-'} {mots(e)}" for e in bloc.elements)
        case Tableau():
            yield " | ".join(f"{c.entete} {c.largeur:g}{c.alignement[0]}" for c in bloc.colonnes)
            yield from ("  " + " | ".join(mots(c) for c in ligne) for ligne in bloc.lignes)
            if bloc.total:
                yield "  = " + " | ".join(mots(c) for c in bloc.total)
        case Encadre():
            yield f"[{bloc.genre}] {mots(bloc.contenu)}"
        case BlocSignature():
            dits = (
                bloc.partie,
                mots(bloc.representant),
                mots(bloc.qualite),
                bloc.mention,
                mots(bloc.lieu),
                bloc.invite,
            )
            yield f"signe : {' · '.join(dits)}"
        case Correspondants():
            yield from (f"de : {mots(c)}" for c in bloc.expediteur)
            yield from (f"à : {mots(c)}" for c in bloc.destinataire)
        case _:
            yield from en_lignes(bloc)
