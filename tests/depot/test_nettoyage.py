"""What an attached PDF brings that could act on the reader's machine: each thing taken out, the rest kept."""

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from esms_desktop.depot.fichiers import nettoyage
from esms_desktop.depot.fichiers.nettoyage import FICHIERS, MEDIAS, SCRIPTS, XFA, figer_signatures, nettoyer
from esms_desktop.depot.fichiers.objets_pdf import champs, signe, signets

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def lien(action: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)


def annotation(genre: str, **cles: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{genre}"), Rect=Array([0, 0, 9, 9]), **cles)


def poser(cle: str, valeur: object) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(Name(f"/{cle}"), valeur)


def annoter(*annotations: object) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__(Name.Annots, Array(list(annotations)))


def formulaire(**cles: object) -> Callable[[Pdf], None]:
    return poser("AcroForm", Dictionary(Fields=Array([]), **cles))


ALLER = Dictionary(S=Name.GoTo, D=Array([]))


@pytest.mark.parametrize(
    ("piege", "remarques"),
    [
        (poser("OpenAction", SCRIPT), (SCRIPTS,)),
        (poser("OpenAction", ALLER), ()),
        (poser("AA", Dictionary(WC=SCRIPT)), (SCRIPTS,)),
        (poser("Names", Dictionary(JavaScript=Dictionary())), (SCRIPTS,)),
        (poser("Names", Dictionary(EmbeddedFiles=Dictionary())), (FICHIERS,)),
        (poser("Names", Dictionary(Renditions=Dictionary())), (MEDIAS,)),
        (poser("Names", Dictionary(Dests=Dictionary())), ()),
        (poser("Collection", Dictionary()), (FICHIERS,)),
        (poser("AF", Array([])), (FICHIERS,)),
        (formulaire(XFA=Array([])), (XFA,)),
        (formulaire(), ()),
        (poser("Names", Array([])), ()),
        (poser("AcroForm", Name.Rien), ()),
        (annoter(annotation("FileAttachment")), (FICHIERS,)),
        (annoter(annotation("Movie")), (MEDIAS,)),
        (annoter(annotation("RichMedia"), annotation("Text")), (MEDIAS,)),
        (annoter(annotation("3D")), (MEDIAS,)),
        (annoter(annotation("Sound"), annotation("Screen")), (MEDIAS,)),
        (annoter(annotation("Text")), ()),
        (annoter(lien(SCRIPT)), (SCRIPTS,)),
        (annoter(lien(Dictionary(S=Name.URI, URI="https://exemple.fr"))), ()),
        (annoter(lien(Dictionary(S=Name.Launch, F="x.exe"))), (SCRIPTS,)),
        (annoter(lien(Dictionary(S=Name.GoTo, D=Array([]), Next=SCRIPT))), (SCRIPTS,)),
        (annoter(lien(Dictionary(S=Name.GoTo, D=Array([]), Next=Array([ALLER, SCRIPT])))), (SCRIPTS,)),
        (annoter(lien(Dictionary(S=Name.GoTo, D=Array([]), Next=Array([ALLER, ALLER])))), ()),
        (annoter(annotation("Text", AA=Dictionary(E=SCRIPT))), (SCRIPTS,)),
        (annoter(Name.Rien, annotation("Text")), ()),
        (lambda pdf: pdf.pages[0].obj.__setitem__(Name.AA, Dictionary(O=SCRIPT)), (SCRIPTS,)),
        (lambda pdf: pdf.pages[0].obj.__setitem__(Name.AF, Array([])), (FICHIERS,)),
    ],
)
def test_chaque_piege_est_retire_et_dit(piege: Callable[[Pdf], None], remarques: tuple[str, ...]) -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        piege(pdf)
        assert nettoyer(pdf) == remarques
        assert nettoyer(pdf) == ()
        reste = str(pdf.Root.unparse()) + str(pdf.pages[0].obj.unparse())
        for mot in (
            "JavaScript",
            "EmbeddedFiles",
            "Renditions",
            "/Collection",
            "/AF",
            "/XFA",
            "Launch",
            "Movie",
            "/AA",
        ):
            assert mot not in reste


def test_ce_qui_ne_fait_que_deplacer_reste() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        sures = [
            Dictionary(S=Name(f"/{s}"))
            for s in ("GoTo", "URI", "Named", "GoToR", "Hide", "ResetForm", "SetOCGState")
        ]
        annoter(*(lien(s) for s in sures), annotation("FileAttachment"))(pdf)
        assert nettoyer(pdf) == (FICHIERS,)
        assert len(pdf.pages[0].obj[Name.Annots]) == 7
        assert all(Name.A in a for a in pdf.pages[0].obj[Name.Annots])


def test_les_scripts_des_champs_et_des_signets_sont_retires_meme_en_boucle() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        enfant = pdf.make_indirect(Dictionary(T=String("b"), AA=Dictionary(K=SCRIPT)))
        parent = pdf.make_indirect(Dictionary(T=String("a"), AA=Dictionary(K=SCRIPT), Kids=Array([enfant])))
        enfant[Name.Kids] = Array([parent])
        poser("AcroForm", Dictionary(Fields=Array([parent, parent])))(pdf)
        premier = pdf.make_indirect(Dictionary(Title=String("un"), A=SCRIPT))
        second = pdf.make_indirect(Dictionary(Title=String("deux"), A=SCRIPT, Next=premier))
        premier[Name.Next] = second
        dessous = pdf.make_indirect(Dictionary(Title=String("trois"), A=SCRIPT))
        premier[Name.First] = dessous
        poser("Outlines", pdf.make_indirect(Dictionary(First=premier)))(pdf)
        assert [str(c[Name.T]) for c in champs(pdf)] == ["a", "b"]
        assert nettoyer(pdf) == (SCRIPTS,)
        assert all(Name.AA not in c for c in (parent, enfant))
        assert all(Name.A not in s for s in (premier, second, dessous))


def test_une_action_qui_se_suit_elle_meme_est_suivie_une_fois() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        action = pdf.make_indirect(Dictionary(S=Name.GoTo, D=Array([])))
        action[Name.Next] = action
        annoter(lien(action))(pdf)
        assert nettoyer(pdf) == ()


def test_une_signature_garde_son_image_et_perd_sa_valeur() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        parent = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("p")))
        seule = pdf.make_indirect(
            annotation(
                "Widget",
                FT=Name.Sig,
                V=Dictionary(),
                T=String("s"),
                TU=String("x"),
                MK=Dictionary(),
                Lock=Dictionary(),
                AP=Dictionary(),
            )
        )
        heritee = pdf.make_indirect(annotation("Widget", Parent=parent, Kids=Array([])))
        texte = pdf.make_indirect(annotation("Widget", FT=Name.Tx, T=String("t")))
        note = pdf.make_indirect(annotation("Text", FT=Name.Sig))
        annoter(seule, heritee, texte, note)(pdf)
        poser("AcroForm", Dictionary(Fields=Array([seule, parent, texte, Name.Rien]), SigFlags=3))(pdf)
        assert signe(pdf)
        figer_signatures(pdf)
        assert sorted(str(k) for k in seule) == ["/AP", "/Rect", "/Subtype", "/Type"]
        assert seule[Name.Subtype] == heritee[Name.Subtype] == Name.Stamp
        assert Name.Parent not in heritee and Name.Kids not in heritee
        assert texte[Name.Subtype] == Name.Widget and note[Name.Subtype] == Name.Text
        assert [str(c[Name.T]) for c in pdf.Root[Name.AcroForm][Name.Fields]] == ["t"]
        assert Name.SigFlags not in pdf.Root[Name.AcroForm]
        assert not signe(pdf)


def test_les_remarques_sont_dites_dans_le_meme_ordre() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        poser("OpenAction", SCRIPT)(pdf)
        poser("Names", Dictionary(EmbeddedFiles=Dictionary(), Renditions=Dictionary()))(pdf)
        formulaire(XFA=Array([]))(pdf)
        assert nettoyer(pdf) == tuple(sorted((SCRIPTS, FICHIERS, MEDIAS, XFA)))
        assert nettoyage.nettoyer(pdf) == () and signets(pdf) == ()
