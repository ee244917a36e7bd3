"""What is read in a PDF that somebody else made: its bookmarks, its named destinations, its fonts."""

import base64
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, Pdf, String

from esms_desktop.depot.fichiers.disque import Ecrit
from esms_desktop.depot.fichiers.objets_pdf import (
    Signet,
    annotations,
    lire_flux,
    polices_manquantes,
    signe,
    signets,
)
from esms_desktop.depot.reunion.lot import Genere, Partie, PieceLot, planter, signets_fusionnes
from tests.depot import fabrique as f


def document(pages: int = 3) -> Pdf:
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(100, 100))
    return pdf


def planer(pdf: Pdf, *items: OutlineItem) -> None:
    with pdf.open_outline() as plan:
        plan.root.extend(items)


def test_les_signets_disent_leur_niveau_et_leur_page() -> None:
    with document() as pdf:
        tete = OutlineItem("  Un\n titre ", 0)
        tete.children.append(OutlineItem("Dedans", 2))
        planer(pdf, tete, OutlineItem("x" * 300, 1))
        assert signets(pdf) == (Signet(1, "Un titre", 1), Signet(2, "Dedans", 3), Signet(1, "x" * 200, 2))
        assert signets(pdf, profondeur=1) == (Signet(1, "Un titre", 1), Signet(1, "x" * 200, 2))


def vers(pdf: Pdf, destination: object = None, **cles: object) -> Dictionary:
    """A bookmark made by hand."""
    racine = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    item = pdf.make_indirect(Dictionary(Title=String("Signet"), Parent=racine, **cles))
    if destination is not None:
        item[Name.Dest] = destination
    racine[Name.First] = racine[Name.Last] = item
    pdf.Root[Name.Outlines] = racine
    return item


def nommer(pdf: Pdf, nom: str, valeur: object, ancien: bool = False) -> None:
    if ancien:
        pdf.Root[Name.Dests] = Dictionary({f"/{nom}": valeur})
    else:
        arbre = NameTree.new(pdf)
        arbre[nom] = valeur
        pdf.Root[Name.Names] = Dictionary(Dests=arbre.obj)


@pytest.mark.parametrize(
    ("preparer", "page"),
    [
        (lambda pdf, ici: vers(pdf, ici), 2),
        (lambda pdf, ici: vers(pdf, A=Dictionary(S=Name.GoTo, D=ici)), 2),
        (lambda pdf, ici: vers(pdf, A=Dictionary(S=Name.URI, D=ici)), None),
        (lambda pdf, ici: vers(pdf), None),
        (lambda pdf, ici: (nommer(pdf, "chap.2", ici), vers(pdf, String("chap.2"))), 2),
        (lambda pdf, ici: (nommer(pdf, "chap.2", Dictionary(D=ici)), vers(pdf, String("chap.2"))), 2),
        (lambda pdf, ici: (nommer(pdf, "chap2", ici, ancien=True), vers(pdf, Name.chap2)), 2),
        (lambda pdf, ici: (nommer(pdf, "chap.2", ici), vers(pdf, String("autre"))), None),
        (lambda pdf, ici: vers(pdf, A=Dictionary(S=Name.GoTo, D=String("nulle"))), None),
        (lambda pdf, ici: vers(pdf, Array([2, Name.Fit])), None),
        (lambda pdf, ici: vers(pdf, Array([])), None),
        (lambda pdf, ici: vers(pdf, Array([Dictionary(), Name.Fit])), None),
    ],
)
def test_ou_mene_un_signet(preparer: Callable[[Pdf, Array], object], page: int | None) -> None:
    with document() as pdf:
        preparer(pdf, Array([pdf.pages[1].obj, Name.Fit]))
        assert signets(pdf) == (() if page is None else (Signet(1, "Signet", page),))


def test_un_signet_sans_titre_laisse_passer_ceux_de_dessous() -> None:
    with document() as pdf:
        muet = OutlineItem("   ", 0)
        muet.children.append(OutlineItem("Dedans", 1))
        planer(pdf, muet)
        assert signets(pdf) == (Signet(2, "Dedans", 2),)


def test_ni_plus_de_quatre_niveaux_ni_plus_de_cinq_cents_signets() -> None:
    with document() as pdf:
        racine = dernier = OutlineItem("1", 0)
        for niveau in range(2, 7):
            dernier.children.append(suivant := OutlineItem(str(niveau), 0))
            dernier = suivant
        planer(pdf, racine, *(OutlineItem(f"s{i}", 1) for i in range(600)))
        lus = signets(pdf)
        assert [s.titre for s in lus[:5]] == ["1", "2", "3", "4", "s0"]
        assert len(lus) == 500


@pytest.mark.parametrize(
    ("police", "manquantes"),
    [
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica), ["Helvetica"]),
        (Dictionary(Subtype=Name.Type1), ["F1"]),
        (Dictionary(Subtype=Name.Type3), []),
        (
            Dictionary(
                Subtype=Name.TrueType, BaseFont=Name.A, FontDescriptor=Dictionary(FontFile2=Dictionary())
            ),
            [],
        ),
        (
            Dictionary(
                Subtype=Name.TrueType, BaseFont=Name.A, FontDescriptor=Dictionary(FontFile=Dictionary())
            ),
            [],
        ),
        (
            Dictionary(
                Subtype=Name.TrueType, BaseFont=Name.A, FontDescriptor=Dictionary(FontFile3=Dictionary())
            ),
            [],
        ),
        (Dictionary(Subtype=Name.TrueType, BaseFont=Name.A, FontDescriptor=Dictionary(Flags=4)), ["A"]),
        (
            Dictionary(
                Subtype=Name.Type0,
                BaseFont=Name.C,
                DescendantFonts=Array([Dictionary(FontDescriptor=Dictionary(FontFile2=Dictionary()))]),
            ),
            [],
        ),
        (Dictionary(Subtype=Name.Type0, BaseFont=Name.C, DescendantFonts=Array([Dictionary()])), ["C"]),
        (Dictionary(Subtype=Name.Type0, BaseFont=Name.C, DescendantFonts=Array([Name.X])), ["C"]),
        (Name.X, []),
    ],
)
@pytest.mark.parametrize("ou", ["page", "objet", "apparence", "etat"])
def test_les_polices_qu_une_page_emploie_sans_les_porter(
    police: object, manquantes: list[str], ou: str
) -> None:
    with document(1) as pdf:
        ressources = Dictionary(Font=Dictionary(F1=police))
        page = pdf.pages[0].obj
        forme = pdf.make_stream(b"", Resources=ressources)
        if ou == "page":
            page[Name.Resources] = ressources
        elif ou == "objet":
            page[Name.Resources] = Dictionary(XObject=Dictionary(X=forme))
            forme[Name.Resources][Name.XObject] = Dictionary(Encore=forme)
        else:
            normale = forme if ou == "apparence" else Dictionary(Oui=forme, Non=Name.X)
            page[Name.Annots] = Array([Dictionary(Subtype=Name.Widget, AP=Dictionary(N=normale)), Name.X])
            assert len(annotations(pdf.pages[0])) == 1
        assert polices_manquantes(pdf.pages) == manquantes


def test_des_ressources_communes_ne_se_lisent_qu_une_fois() -> None:
    with document(2) as pdf:
        communes = pdf.make_indirect(
            Dictionary(Font=Dictionary(F1=Dictionary(BaseFont=Name.Zapf), F2=Dictionary(BaseFont=Name.Arial)))
        )
        for page in pdf.pages:
            page.obj[Name.Resources] = communes
        assert polices_manquantes(pdf.pages) == ["Arial", "Zapf"]


@pytest.mark.parametrize(
    ("champ", "dit"),
    [
        (Dictionary(FT=Name.Sig, V=Dictionary()), True),
        (Dictionary(FT=Name.Sig), False),
        (Dictionary(FT=Name.Tx, V=Dictionary()), False),
    ],
)
def test_un_pdf_est_signe_quand_un_champ_l_est(champ: Dictionary, dit: bool) -> None:
    with document(1) as pdf:
        pdf.Root[Name.AcroForm] = Dictionary(Fields=Array([Name.X, Dictionary(Kids=Array([champ]))]))
        assert signe(pdf) is dit


def partie(titre: str, pages: int, *plan: Signet, jointe: bool = False) -> Partie:
    from esms_desktop.depot.reunion.lot import Source

    ecrit = Ecrit(f.__file__, 1, "")  # type: ignore[arg-type]
    source = Source(titre, "", "", ecrit) if jointe else None
    genere = None if jointe else Genere(titre, titre, "", "")
    return Partie(titre, ecrit, pages, plan, (), source, genere)


def test_les_signets_de_plusieurs_parties_se_suivent() -> None:
    seule = partie("A", 2, Signet(1, "a", 1))
    assert list(signets_fusionnes((seule,))) == [Signet(1, "a", 1)]
    autre = partie("B", 3, Signet(1, "b", 1), Signet(2, "bb", 3))
    assert list(signets_fusionnes((seule, autre, partie("C", 1)))) == [
        Signet(1, "A", 1),
        Signet(2, "a", 1),
        Signet(1, "B", 3),
        Signet(2, "b", 3),
        Signet(3, "bb", 5),
        Signet(1, "C", 6),
    ]


def test_un_plan_se_plante_en_arbre_ferme() -> None:
    racine: list[OutlineItem] = []
    with Pdf.new() as pdf:
        for _ in range(14):
            pdf.add_blank_page(page_size=(200, 300))
        pdf.pages[12].obj[Name.Rotate] = 180
        plan = (Signet(1, "a", 1, 250.5), Signet(3, "aa", 2), Signet(2, "ab", 3, 40.0), Signet(1, "b", 4))
        planter(pdf, plan, 10, racine)
        pages = {page.obj.objgen: rang for rang, page in enumerate(pdf.pages)}

        def lu(items: list[OutlineItem]) -> list[object]:
            return [
                (
                    i.title,
                    pages[i.destination[0].objgen],
                    float(i.destination[3]),
                    i.is_closed,
                    lu(i.children),
                )
                for i in items
            ]

        # As high as told, else at the top a reader sees, whatever the page is turned.
        assert lu(racine) == [
            ("a", 10, 250.5, True, [("aa", 11, 300.0, True, []), ("ab", 12, 0.0, True, [])]),
            ("b", 13, 300.0, True, []),
        ]
        assert all(i.destination[1] == Name.XYZ for i in racine)


def test_les_pages_jointes_d_une_piece_sont_celles_des_fichiers() -> None:
    parties = (partie("A", 2), partie("B", 3, jointe=True), partie("C", 1), partie("D", 1, jointe=True))
    piece = PieceLot(4, "Lettres", "04.pdf", parties[0].fichier, 7, (), parties, ())
    assert piece.pages_jointes == {2, 3, 4, 6}
    assert [s.nom for s in piece.sources] == ["B", "D"] and [g.code for g in piece.generes] == ["A", "C"]


@pytest.mark.parametrize(
    ("filtres", "brut", "limite", "lu"),
    [
        ([], b"abc", 3, b"abc"),
        ([], b"abc", 2, None),
        ([Name.FlateDecode], zlib.compress(b"abc"), 3, b"abc"),
        ([Name.FlateDecode], zlib.compress(b"abc"), 2, None),
        ([Name.ASCII85Decode, Name.FlateDecode], base64.a85encode(zlib.compress(b"abc")) + b"~>", 9, b"abc"),
        ([Name.ASCIIHexDecode], b"61 62 63>", 9, b"abc"),
        ([Name.FlateDecode], b"rien", 9, None),
        ([Name.FlateDecode], zlib.compress(b"abc" * 50)[:-6], 999, None),
        ([Name.LZWDecode], b"abc", 9, None),
        ([Name.ASCIIHexDecode] * 5, b"61>", 9, None),
    ],
)
def test_ce_que_contient_un_flux(filtres: list[Name], brut: bytes, limite: int, lu: bytes | None) -> None:
    with Pdf.new() as pdf:
        flux = pdf.make_stream(b"")
        flux.write(brut, filter=Array(filtres) if filtres else None)
        assert lire_flux(flux, limite) == lu


def test_un_flux_qui_gonfle_n_emplit_pas_la_memoire() -> None:
    with Pdf.new() as pdf:
        flux = pdf.make_stream(b"")
        flux.write(zlib.compress(bytes(32 * 2**20)), filter=Name.FlateDecode)
        tracemalloc.start()
        try:
            assert lire_flux(flux, 2**20) is None
            assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
        finally:
            tracemalloc.stop()
