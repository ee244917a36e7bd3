"""The tree as a Word file: real styles, headings, table of contents, header and footer, ready to be edited."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from docx.document import Document as Fichier

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Correspondants,
    Document,
    Encadre,
    Espace,
    Frise,
    Liste,
    Organigramme,
    Paragraphe,
    SautPage,
    Tableau,
    Titre,
    texte_brut,
)
from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, Matrices
from esms_desktop.documents.docx import gabarit as docx_gabarit
from esms_desktop.documents.docx import gantt as docx_gantt
from esms_desktop.documents.docx import organigramme as docx_organigramme
from esms_desktop.documents.docx import risques as docx_risques
from esms_desktop.documents.docx import signature as docx_signature
from esms_desktop.documents.docx import sommaire as docx_sommaire
from esms_desktop.documents.docx import styles as docx_styles
from esms_desktop.documents.docx import tableau as docx_tableau
from esms_desktop.documents.docx.numeros import Numeros
from esms_desktop.documents.docx.texte_office import une_ligne
from esms_desktop.documents.docx.xml import el, espace, mots, paragraphe, run

# A paragraph of fewer characters may introduce a list or a table; a longer one stands by itself.
_ANNONCE = 420
# White space (points) after a paragraph of text, counted in the space headings ask for.
_APRES_TEXTE = 6.5
# Lists of as many items are kept whole, with the words before them.
_LISTE_COURTE = 4


class _Corps:
    """The body being written: its elements in order, and how many headings and numbered lists it has so far."""

    def __init__(self, document: Document, fichier: Fichier, numeros: Numeros, premier: int) -> None:
        self._blocs, self._fichier = document.blocs, fichier
        self._numeros, self._premier, self._lettre = numeros, premier, document.lettre
        self._titres = 0
        self._listes = 0
        self._dessins = 0
        self._saut = False

    def elements(self, saut: bool) -> Iterator[Any]:
        """Every block as elements of the body; `saut`: the first one starts a new page."""
        self._saut = saut
        rang = 0
        while rang < len(self._blocs):
            bloc = self._blocs[rang]
            if isinstance(bloc, BlocSignature):
                fin = rang
                while fin < len(self._blocs) and isinstance(self._blocs[fin], BlocSignature):
                    fin += 1
                yield from self._saut_en_attente()
                suite = [b for b in self._blocs[rang:fin] if isinstance(b, BlocSignature)]
                yield from docx_signature.signatures(suite, serre=self._lettre)
                rang = fin
            else:
                rang += 1
                yield from self._bloc(bloc, self._blocs[rang] if rang < len(self._blocs) else None)
        yield from self._saut_en_attente()

    def _saut_en_attente(self) -> Iterator[Any]:
        """The page break asked for, when what follows is not a paragraph that can carry it."""
        if self._saut:
            yield espace(1, suivi=True, page=True)
        self._saut = False

    def _page(self) -> tuple[Any, ...]:
        page = (el("pageBreakBefore"),) if self._saut else ()
        self._saut = False
        return page

    def _bloc(self, bloc: Bloc, suivant: Bloc | None) -> Iterator[Any]:
        match bloc:
            case Titre():
                numero = self._numeros.du_titre(self._titres)
                mots_ = une_ligne(bloc.texte)
                compte: tuple[Any, ...] = ()
                if numero is not None:
                    mots_ = une_ligne(numero.reste)
                    liste = el("numId", val=str(self._premier + numero.liste))
                    compte = (el("numPr", el("ilvl", val="0"), liste),)
                titre = paragraphe(f"Heading{bloc.niveau}", *run(mots_), reglages=(*self._page(), *compte))
                docx_sommaire.marquer(titre, self._titres)
                self._titres += 1
                yield titre
            case Paragraphe():
                apres = (
                    (el("spacing", after="80" if self._lettre else "190"),)
                    if isinstance(suivant, Tableau | BlocSignature)
                    else ()
                )
                yield paragraphe(
                    "Discret" if bloc.discret else "",
                    *mots(bloc.contenu),
                    suivi=_annonce(bloc, suivant),
                    reglages=(*self._page(), *apres),
                )
            case Liste():
                yield from self._saut_en_attente()
                yield from self._liste(bloc, suivant)
            case Tableau():
                yield from self._saut_en_attente()
                for table in docx_tableau.tableaux(bloc):
                    yield table
                    yield espace(_apres(suivant, 4 if self._lettre else 11))
            case Encadre():
                yield from self._saut_en_attente()
                yield espace(5)
                yield docx_tableau.encadre(bloc)
                yield espace(_apres(suivant, 10))
            case Correspondants():
                yield from self._saut_en_attente()
                yield from docx_signature.correspondants(bloc)
            case SautPage():
                yield from self._saut_en_attente()
                self._saut = True
            case Organigramme():
                yield from self._saut_en_attente()
                for dessin in docx_organigramme.organigramme(bloc, self._fichier, 1 + self._dessins):
                    self._dessins += 1
                    yield dessin
            case Frise():
                # The table that always stands beside it says the same.
                return
            case Gantt():
                yield from self._saut_en_attente()
                for dessin in docx_gantt.gantt(bloc, self._fichier, 1 + self._dessins):
                    self._dessins += 1
                    yield dessin
            case Matrices():
                yield from self._saut_en_attente()
                yield from docx_risques.matrices(bloc)
            case CarteChaude():
                yield from self._saut_en_attente()
                yield from docx_risques.carte(bloc)
            case Espace():
                yield from self._saut_en_attente()
                yield espace(bloc.hauteur)

    def _liste(self, bloc: Liste, suivant: Bloc | None) -> Iterator[Any]:
        self._listes += bloc.numerotee
        style, numero = ("ListNumber", str(2 + self._listes)) if bloc.numerotee else ("ListBullet", "")
        fin = len(bloc.elements) - 1
        for rang, element in enumerate(bloc.elements):
            # The last item carries the space after the list.
            apres = (el("spacing", after="60" if self._lettre else "160"),) if rang == fin else ()
            # A short list whole; of a longer one, no item alone at the foot or at the top of a page.
            ensemble = rang < fin and (fin < _LISTE_COURTE or rang in (0, fin - 1))
            suivi = ensemble or (rang == fin and isinstance(suivant, BlocSignature))
            rappel = (el("numPr", el("ilvl", val="0"), el("numId", val=numero)),) if numero else ()
            yield paragraphe(style, *mots(element), suivi=suivi, reglages=(*rappel, *apres))


def _annonce(bloc: Paragraphe, suivant: Bloc | None) -> bool:
    """Whether a paragraph introduces what follows and must stay with it."""
    if isinstance(suivant, BlocSignature):
        return True
    mots = texte_brut(bloc.contenu)
    introduit = isinstance(suivant, Liste | Tableau | Gantt | Matrices | CarteChaude)
    introduit = introduit or (isinstance(suivant, Paragraphe) and mots.rstrip().endswith(":"))
    return introduit and len(mots) < _ANNONCE


def _apres(suivant: Bloc | None, voulu: float) -> float:
    """White space after a table: a heading brings some of it by itself."""
    return voulu - _APRES_TEXTE if isinstance(suivant, Titre) else voulu


def _tete(document: Document) -> Iterator[Any]:
    if document.lettre:
        return
    yield paragraphe("Title", *run(document.titre))
    if document.sous_titre:
        yield paragraphe("Subtitle", *run(document.sous_titre))
    yield paragraphe("Filet")


def _numerotees(blocs: Sequence[Bloc]) -> int:
    return sum(isinstance(b, Liste) and b.numerotee for b in blocs)


def rendre_docx(document: Document, jour: date) -> bytes:
    """Writes `document` as a .docx file.

    A table of contents is added when the document has at least five headings of the first two levels; it has the first page to
    itself when the document is long. Words keep every script; only characters XML refuses are dropped.

    Args:
        document: the tree.
        jour: the date printed in the footer and written in the metadata. The same tree and day give the same bytes.
    """
    listes, numeros = _numerotees(document.blocs), Numeros(document.blocs)
    fichier = docx_gabarit.ouvrir(document.langue, listes, numeros.suites, document.lettre)
    docx_gabarit.encadrer_pages(fichier, document, jour)
    docx_gabarit.signer(fichier, document, jour)
    corps = fichier.element.body
    section = corps.sectPr
    sommaire = docx_sommaire.sommaire(document, jour)
    elements = list(_tete(document))
    if sommaire:
        elements += [docx_sommaire.composer(sommaire), espace(6)]
    elements += _Corps(document, fichier, numeros, docx_styles.premier_titre(listes)).elements(
        saut=bool(sommaire and sommaire.seul)
    )
    for element in elements:
        section.addprevious(element)
    return docx_gabarit.octets(fichier, jour)
