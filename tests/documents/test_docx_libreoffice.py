"""The Word files opened by LibreOffice say what our own PDF says: headings, cells, amounts, pages of the table of contents."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from esms_desktop import francais
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Contenu,
    Document,
    Encadre,
    Liste,
    Paragraphe,
    Tableau,
    Titre,
    texte_brut,
)
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier

from .libreoffice import convertir
from .outils import JOUR, fabriquer, textes

_FOLIO = re.compile(r"page \d+ / \d+")
_MONTANT = re.compile(r"(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d\d)? €")


def _avec_trous() -> Dossier:
    dossier = fabriquer(3, 6)
    dossier.ogs[1].representant_nom = ""
    dossier.ogs[2].nb_essms_total = None
    dossier.date_convention = None
    dossier.solution.editeur = ""
    dossier.ogs[0].essms[0].nom = "L’Été & <fils> « œuvre » d’Łódź"
    return dossier


CAS: dict[str, Callable[[], Dossier]] = {
    "un": lambda: fabriquer(1, 8),
    "trous": _avec_trous,
    "douze": lambda: fabriquer(12, 5),
    "lettre": lambda: fabriquer(2, 12),
}


def _documents() -> Iterator[tuple[str, Document]]:
    campagne = charger("2022")
    for cas, construire in CAS.items():
        dossier = construire()
        for genere, og in catalogue.tous(dossier):
            if (cas != "lettre" or og is not None) and (og is None or og.rang < 2):
                nom = f"{cas}-{genere.code}" + (f"-{og.rang}" if og else "")
                yield nom, catalogue.produire(genere.code, dossier, campagne, JOUR, og)


@pytest.fixture(scope="module")
def rendus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Document, bytes, bytes]]:
    """Each document with the PDF LibreOffice made of its Word file, and ours."""
    dossier = tmp_path_factory.mktemp("docx")
    arbres = dict(_documents())
    fichiers = []
    for nom, document in arbres.items():
        fichiers.append(dossier / f"{nom}.docx")
        fichiers[-1].write_bytes(rendre_docx(document, JOUR))
    pdfs = convertir(fichiers, "pdf", dossier)
    return {
        pdf.stem: (arbres[pdf.stem], pdf.read_bytes(), rendre(arbres[pdf.stem], JOUR).octets) for pdf in pdfs
    }


def _contenus(bloc: Bloc) -> Iterator[Contenu]:
    match bloc:
        case Titre():
            yield bloc.texte
        case Paragraphe() | Encadre():
            yield bloc.contenu
        case Liste():
            yield from bloc.elements
        case Tableau():
            yield from (c.entete for c in bloc.colonnes)
            for ligne in bloc.lignes:
                yield from ligne
            yield from bloc.total or ()
        case BlocSignature():
            yield from (bloc.partie, bloc.representant, bloc.qualite, bloc.mention)


def _serre(texte: str) -> str:
    # A name cut at its hyphen loses it when a PDF is read.
    return re.sub(r"[\s\-\u00ad\x02\ufffe]+", "", texte)


def _corps(pages: list[str], document: Document) -> str:
    """The words of the pages without what each one repeats, nor the table of contents."""
    repetes = [
        propre(r).replace("\u00a0", " ")
        for r in (document.dossier_nom, document.brouillon or "", document.titre)
    ]
    pied = f"{document.porteur} · {francais.date_longue(JOUR)}".replace("\u00a0", " ")
    texte = []
    for page in pages:
        reste = _FOLIO.sub("", page).replace(pied, "")
        reste = re.sub(r"Paraphes :[… ]*", "", reste).strip()
        # Only at the start of the page, in the order of the header: the words of the body are not touched.
        for repete in repetes:
            reste = reste.removeprefix(repete).strip()
        texte.append(reste)
    return " ".join(texte)


def _sans_sommaire(texte: str) -> str:
    """What follows the last dotted line of the table of contents."""
    *_, fin = re.split(r"\.{5,} ?\d+", texte)
    return fin


@pytest.mark.parametrize("nom", [nom for nom, _ in _documents()])
def test_the_words_come_in_the_same_order(nom: str, rendus: dict[str, tuple[Document, bytes, bytes]]) -> None:
    document, office, ours = rendus[nom]
    attendus = [_serre(propre(texte_brut(contenu))) for bloc in document.blocs for contenu in _contenus(bloc)]
    for octets in (office, ours):
        lu = _serre(_sans_sommaire(_corps(textes(octets), document)))
        place = 0
        for attendu in filter(None, attendus):
            trouve = lu.find(attendu, place)
            assert trouve >= 0, (attendu, lu[place : place + 200])
            place = trouve + len(attendu)


def test_the_amounts_are_the_same(rendus: dict[str, tuple[Document, bytes, bytes]]) -> None:
    for nom, (document, office, ours) in rendus.items():
        comptes = [
            Counter(_MONTANT.findall(_sans_sommaire(_corps(textes(o), document)))) for o in (office, ours)
        ]
        assert comptes[0] == comptes[1], nom
        if "plan-financement" in nom:
            assert len(comptes[0]) > 5


def test_header_and_footer_are_on_each_page(rendus: dict[str, tuple[Document, bytes, bytes]]) -> None:
    for document, office, _ in rendus.values():
        pages = textes(office)
        for rang, page in enumerate(pages, 1):
            assert f"page {rang} / {len(pages)}" in page
            assert document.dossier_nom in page
            assert (document.brouillon or "") in page


def test_the_table_of_contents_gives_the_right_pages_but_for_a_border_case(
    rendus: dict[str, tuple[Document, bytes, bytes]],
) -> None:
    """The pages are those of our own layout: LibreOffice may put a heading one page away, seldom."""
    total = decales = 0
    for document, office, _ in rendus.values():
        pages = textes(office)
        if "Sommaire" not in pages[0]:
            continue
        titres = [propre(b.texte).replace("\u00a0", " ") for b in document.blocs if isinstance(b, Titre)]
        entrees = re.findall(r"(\S[^.]*(?:\.[^.]+)*?) ?\.{5,} ?(\d+)", pages[0].split("Sommaire", 1)[1])
        assert len(entrees) >= 5
        for entree, page in entrees:
            titre = next(t for t in titres if entree.strip().endswith(t))
            vraies = [n for n, p in enumerate(pages, 1) if titre in _sans_sommaire(p)]
            ecart = min(abs(int(page) - n) for n in vraies)
            assert ecart <= 1, (document.code, titre, page, vraies)
            total += 1
            decales += ecart
    assert total > 100
    assert decales / total < 0.15


def test_signatures_stay_with_the_last_words(rendus: dict[str, tuple[Document, bytes, bytes]]) -> None:
    for document, office, _ in rendus.values():
        parties = [b for b in document.blocs if isinstance(b, BlocSignature)]
        if not parties:
            continue
        pages = [p for p in textes(office) if "Fait à" in p]
        assert len(pages) == 1, document.code
        assert pages[0].count(parties[0].invite) >= min(2, len(parties))


def test_tables_keep_their_columns_with_the_widest_words(tmp_path: Path) -> None:
    """No header of the plan is cut in the middle of a word: columns are as wide as on our page."""
    document = catalogue.produire("plan-financement", fabriquer(3, 6), charger("2022"), JOUR)
    fichier = tmp_path / "plan.docx"
    fichier.write_bytes(rendre_docx(document, JOUR))
    (pdf,) = convertir([fichier], "pdf", tmp_path)
    texte = " ".join(textes(pdf.read_bytes()))
    for mot in ("Équipement", "Organisme gestionnaire", "Montant demandé", "862 000 €"):
        assert mot in texte


def test_a_letter_of_a_few_essms_stands_on_one_page(rendus: dict[str, tuple[Document, bytes, bytes]]) -> None:
    lettres = [(document, office) for document, office, _ in rendus.values() if document.lettre]
    assert len(lettres) >= 5
    assert all(len(textes(office)) == 1 for _, office in lettres)
