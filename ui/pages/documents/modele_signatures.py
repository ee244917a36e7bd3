"""The rows of the signature circuit, and the gestures of its steps: printed, sent, signed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from esms_desktop.documents.arbre.arbre import deposee, manques
from esms_desktop.documents.catalogue import genere, produire
from esms_desktop.francais import NBSP, accord, date_courte, ou_tiret, pluriel, resumer
from esms_desktop.gestes.signatures import Imprimee
from esms_desktop.lecture import Og
from esms_desktop.regles.dossier.signatures import A_SIGNER, Etape, EtatSignature, donnees, etats
from ui.models.table import Colonne

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from ui.lecture import Lecture

__all__ = ["COLONNES", "DATES", "Etape", "EtatSignature", "etats", "imprimees", "jeu"]

# Steps a person dates: field of the model, label.
DATES = (
    ("genere_le", "Généré le"),
    ("imprime_le", "Imprimé le"),
    ("envoye_le", "Envoyé le"),
    ("signe_le", "Signé le"),
)


def _date(champ: str) -> Callable[[EtatSignature], str]:
    return lambda e: ou_tiret(date_courte, getattr(e.signature, champ)) if e.signature else "—"


def _tri(champ: str) -> Callable[[EtatSignature], Any]:
    return lambda e: (getattr(e.signature, champ) if e.signature else None) or date.min


def badge(e: EtatSignature) -> tuple[str, str]:
    """(words, kind of badge) of a step."""
    if e.a_refaire:
        return ("Signé, à refaire", "bad") if e.etape is Etape.SIGNE else ("À réimprimer", "warn")
    if e.etape is Etape.SIGNE:
        return ("Signé", "ok") if e.scan else ("Signé, sans scan", "warn")
    return e.etape.libelle, "neutre" if e.etape is Etape.A_GENERER else "info"


COLONNES: Sequence[Colonne[EtatSignature]] = (
    Colonne("Signataire", lambda e: e.og.nom_court, second=lambda e: e.og.representant_nom),
    Colonne("Document", lambda e: A_SIGNER[e.document].capitalize(), tri=lambda e: e.document),
    Colonne("État", lambda e: badge(e)[0], badge=lambda e: badge(e)[1]),
    *(Colonne(titre.removesuffix(" le"), _date(champ), tri=_tri(champ)) for champ, titre in DATES),
)


def cle(e: EtatSignature) -> tuple[str, int]:
    """Tells the same row from one reading to the next."""
    return e.document, e.og.id


def phrase(vus: Sequence[EtatSignature]) -> str:
    """Where the signatures stand, in one sentence."""
    if not vus:
        return "Aucun signataire\u00a0: la grappe ne compte encore aucun organisme."
    signes = sum(e.etape is Etape.SIGNE for e in vus)
    perimes = sum(e.a_refaire for e in vus)
    debut = f"{pluriel(signes, 'document signé', 'documents signés')} sur {len(vus)}"
    suite = (
        f"{NBSP}; {perimes}{NBSP}ne {accord(perimes, 'correspond', 'correspondent')} plus au dossier"
        if perimes
        else ""
    )
    return f"{debut}{suite}."


def a_imprimer(vus: Sequence[EtatSignature], og: Og | None = None) -> list[EtatSignature]:
    """What a set holds: all that OG signs; without an OG, what is not signed yet, or everything once all is signed."""
    if og is not None:
        return [e for e in vus if e.og.id == og.id]
    return [e for e in vus if e.etape is not Etape.SIGNE or e.a_refaire] or list(vus)


def jeu(lu: "Lecture", vus: Iterable[EtatSignature]) -> "list[tuple[str, Document]]":
    """(title, tree) of each document to print, party by party: its convention, then its letter, as they are signed.

    Raises:
        ErreurEsms: a document cannot be made from the dossier as it is.
    """
    documents = []
    communs: dict[str, Document] = {}
    for e in _ordonnes(lu, vus):
        modele = genere(e.document)
        if modele.par_og:
            arbre = produire(e.document, lu.dossier, lu.campagne, lu.jour, lu.dossier.trouver(Og, e.og.id))
        else:
            arbre = communs.get(e.document) or produire(e.document, lu.dossier, lu.campagne, lu.jour)
            communs[e.document] = arbre
        documents.append((f"{modele.titre} — {e.og.nom_court}", deposee(arbre)))
    return documents


def a_completer(
    lu: "Lecture", vus: Iterable[EtatSignature], documents: "Sequence[tuple[str, Document]]"
) -> dict[tuple[str, int], str]:
    """Of the documents of a set (`jeu`), those that print with gaps: how many, and which."""
    troues: dict[tuple[str, int], str] = {}
    for e, (titre, arbre) in zip(_ordonnes(lu, vus), documents, strict=True):
        if blancs := manques(arbre):
            troues[cle(e)] = f"{titre} : {pluriel(len(blancs), 'valeur')} à saisir, dont {resumer(blancs)}"
    return troues


def imprimees(lu: "Lecture", vus: Sequence[EtatSignature]) -> list[Imprimee]:
    """What printing these documents says of their signatures: what was signed and is still true stays as it is.

    Args:
        lu: the version that was printed, whatever was written since.
        vus: the circuit as it is now.
    """
    from esms_desktop.documents.arbre.arbre import empreinte

    concernes = [e for e in vus if e.etape is not Etape.SIGNE or e.a_refaire]
    if not concernes:
        return []
    arbres = [d for _, d in jeu(lu, concernes)]
    imprimes = {og.id: og for og in lu.dossier.ogs}
    return [
        Imprimee(e, empreinte(arbre), donnees(lu.dossier, lu.campagne, e.document, imprimes[e.og.id]))
        for e, arbre in zip(_ordonnes(lu, concernes), arbres, strict=True)
    ]


def _ordonnes(lu: "Lecture", vus: Iterable[EtatSignature]) -> list[EtatSignature]:
    rang = {og.id: i for i, og in enumerate(lu.dossier.ogs)}
    return sorted(vus, key=lambda e: (rang.get(e.og.id, 0), e.document))
