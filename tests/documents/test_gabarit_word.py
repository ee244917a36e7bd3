"""The person's own Word template: filled wherever its fields stand, its unknown fields named, hostile files refused in French."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import gabarit_word
from esms_desktop.documents.gabarit_word import COMMENTAIRES, SANS_CHAMP, SUIVI, Inconnu, Rempli
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier

from .outils import fabriquer

W = nsdecls("w")


def modele(*paragraphes: str, preparer: Callable[..., object] | None = None) -> bytes:
    fichier = docx.Document()
    for texte in paragraphes:
        fichier.add_paragraph(texte)
    if preparer:
        preparer(fichier)
    sortie = io.BytesIO()
    fichier.save(sortie)
    return sortie.getvalue()


def remplir(octets: bytes, dossier: Dossier | None = None, og: int | None = None) -> Rempli:
    d = dossier or fabriquer(3, 2)
    return gabarit_word.remplir(
        "modele.docx", octets, d, charger("2022"), d.ogs[og] if og is not None else None
    )


def lire(rempli: Rempli) -> str:
    """Every word of the file, its tables cell by cell, heads and feet included."""
    with zipfile.ZipFile(io.BytesIO(rempli.octets)) as archive:
        assert archive.testzip() is None
        docx.Document(io.BytesIO(rempli.octets))
        dits = []
        for nom in archive.namelist():
            if nom.startswith("word/") and nom.endswith(".xml"):
                racine = parse_xml(archive.read(nom))
                for p in racine.iter("{*}p"):
                    dits.append("".join(t.text or "" for t in p.iter("{*}t")))
    return "\n".join(dits).replace("\u00a0", " ")


def membre(octets: bytes, nom: str, changer: Callable[[bytes], bytes]) -> bytes:
    """The package with one member changed."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as avant, zipfile.ZipFile(sortie, "w") as apres:
        for info in avant.infolist():
            contenu = avant.read(info)
            apres.writestr(info.filename, changer(contenu) if info.filename == nom else contenu)
    return sortie.getvalue()


def test_each_field_offered_is_filled() -> None:
    noms = [
        nom
        for nom, _ in gabarit_word.champs_disponibles()
        if not nom.startswith("essms.") or nom == "essms.nombre"
    ]
    r = remplir(modele(*(f"{nom} : {{{nom}}}" for nom in noms)), og=1)
    assert set(r.champs) == set(noms)
    assert not r.inconnus
    assert "{" not in lire(r)
    dits = lire(r)
    for attendu in (
        "porteur.nom : Association Les Tilleuls n° 1",
        "og.nom : Association Les Tilleuls n° 2",
        "og.siret : 300 000 015 00010",
        "porteur.finess : 06 090 000 ",
    ):
        assert attendu in dits


def test_a_field_in_several_looks_takes_the_first() -> None:
    def preparer(fichier: docx.document.Document) -> None:
        p = fichier.add_paragraph("Le porteur est {por")
        p.add_run("te").bold = True
        p.add_run("ur.n").italic = True
        p.add_run("om}, et {dossier").bold = True
        p.add_run(".nom} suit.")

    r = remplir(modele(preparer=preparer))
    assert "Le porteur est Association Les Tilleuls n° 1, et Grappe Val de Sèvre suit." in lire(r)
    assert docx.Document(io.BytesIO(r.octets)).paragraphs[-1].runs[1].bold


def test_every_way_to_cut_a_field_into_runs() -> None:
    texte = "a{porteur.nom}b{dossier.nom}c"
    for coupe in range(1, len(texte), 2):
        for suite in (1, 4):

            def preparer(fichier: docx.document.Document, i: int = coupe, j: int = coupe + suite) -> None:
                p = fichier.add_paragraph()
                for morceau in (texte[:i], texte[i:j], texte[j:]):
                    p.add_run(morceau)

            assert "aAssociation Les Tilleuls n° 1bGrappe Val de Sèvrec" in lire(
                remplir(modele(preparer=preparer))
            )


def test_double_braces_capitals_and_spaces_are_the_same_field() -> None:
    dits = lire(remplir(modele("{{ Porteur.Nom }}|{ porteur.nom }|{{porteur.nom}}|{PORTEUR.NOM}")))
    assert dits.count("Association Les Tilleuls n° 1") == 4


def test_a_list_and_its_gaps_stand_line_by_line() -> None:
    d = fabriquer(1, 1)
    d.hebergement = ""
    r = remplir(modele("{dossier.objectifs}", "{dossier.hebergement}"), d)
    textes = [p.text.replace("\u00a0", " ") for p in docx.Document(io.BytesIO(r.octets)).paragraphs]
    assert textes == [
        "• un dossier unique par personne ;\n• des échanges sécurisés.",
        "[à compléter : hébergement de la solution]",
    ]
    assert r.manques == ("hébergement de la solution",)


def test_unknown_fields_stay_and_are_named_with_the_one_perhaps_meant() -> None:
    r = remplir(
        modele("{porteur.nomm} {n’importe} {ars.signataire} {porteur.nom}", "{porteur.nomm} {} { } {123}")
    )
    assert {i.nom: i.proche for i in r.inconnus} == {
        "porteur.nomm": "porteur.nom",
        "ars.signataire": "",
        "n’importe": "",
    }
    assert "{porteur.nomm}" in lire(r)
    assert Inconnu("porteur.nomm", "porteur.nom").phrase.replace("\u00a0", " ") == (
        "{porteur.nomm} n’existe pas ; peut-être {porteur.nom}"
    )


def test_a_row_is_repeated_for_each_essms_and_each_organisme() -> None:
    def preparer(fichier: docx.document.Document) -> None:
        for champs in (
            ("{essms.rang}", "{essms.nom}", "{essms.finess} {og.nom}"),
            ("{og.nom}", "{og.siren}", "fixe"),
        ):
            table = fichier.add_table(rows=2, cols=3)
            for cellule, texte in zip(table.rows[1].cells, champs, strict=True):
                cellule.text = texte

    d = fabriquer(3, 2)
    r = remplir(modele(preparer=preparer), d)
    une, deux = docx.Document(io.BytesIO(r.octets)).tables
    lues = [[c.text.replace("\u00a0", " ") for c in ligne.cells] for ligne in une.rows[1:]]
    assert [x[:2] for x in lues] == [[str(n), e.nom] for n, e in enumerate(d.essms, 1)]
    assert all(e.og.nom.replace("\u00a0", " ") in x[2] for e, x in zip(d.essms, lues, strict=True))
    assert [ligne.cells[0].text.replace("\u00a0", " ") for ligne in deux.rows[1:]] == [og.nom for og in d.ogs]
    assert {ligne.cells[2].text for ligne in deux.rows[1:]} == {"fixe"}
    vide = fabriquer(1, 1)
    vide.ogs[0].essms = []
    assert remplir(modele(preparer=preparer), vide).manques[0] == "ESSMS du projet"


def test_a_row_field_out_of_a_table_is_a_gap_that_says_why() -> None:
    assert remplir(modele("{essms.nom}")).manques == (
        "« {essms.nom} » ne vaut que dans une ligne de tableau",
    )
    assert "ne concerne pas un seul organisme" in remplir(modele("{og.nom}")).manques[0]


def test_heads_feet_notes_and_text_boxes_are_filled() -> None:
    boite = (
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>Boîte {porteur.nom}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>Hors "
        "{dossier.nom}</w:t></w:r></w:p>"
    )

    def preparer(fichier: docx.document.Document) -> None:
        fichier.sections[0].header.paragraphs[0].text = "Tête {dossier.nom}"
        fichier.sections[0].footer.paragraphs[0].text = "Pied {porteur.nom}"
        fichier.element.body.insert(0, parse_xml(boite))

    dits = lire(remplir(modele(preparer=preparer)))
    for attendu in (
        "Tête Grappe Val de Sèvre",
        "Pied Association Les Tilleuls n° 1",
        "Boîte Association",
        "Hors Grappe",
    ):
        assert attendu in dits


def test_content_controls_are_filled_by_their_tag() -> None:
    def controle(balise: str, mots: str) -> str:
        return (
            f'<w:p {W}><w:sdt><w:sdtPr><w:alias w:val="Nom"/><w:tag w:val="{balise}"/><w:showingPlcHdr/>'
            '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent><w:r><w:t>'
            f"{mots}</w:t></w:r><w:r><w:t> ici.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )

    def preparer(fichier: docx.document.Document) -> None:
        for balise in ("porteur.nom", "porteur.nomm", "Case 12"):
            fichier.element.body.insert(0, parse_xml(controle(balise, "Cliquez")))

    r = remplir(modele(preparer=preparer))
    dits = lire(r)
    assert "Association Les Tilleuls n° 1\n" in dits + "\n"
    assert dits.count("Cliquez ici.") == 2
    assert [i.nom for i in r.inconnus] == ["porteur.nomm"]
    # What bound it would write over it when the file is opened.
    with zipfile.ZipFile(io.BytesIO(r.octets)) as archive:
        assert archive.read("word/document.xml").count(b"dataBinding") == 2


def test_tracked_changes_and_comments_are_told_and_what_is_taken_off_stays_off() -> None:
    suivi = (
        f'<w:p {W}><w:ins w:id="1" w:author="a"><w:r><w:t>{{porteur</w:t></w:r></w:ins><w:r><w:t>.nom}}</w:t></w:r>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>{porteur.nomm}</w:delText></w:r></w:del></w:p>'
    )
    r = remplir(modele(preparer=lambda f: f.element.body.insert(0, parse_xml(suivi))))
    assert r.remarques == (SUIVI,)
    assert "Association Les Tilleuls n° 1" in lire(r)
    assert not r.inconnus
    avec = modele("{porteur.nom}", preparer=lambda f: f.add_comment(f.paragraphs[0].runs, "vu", "a"))
    assert remplir(avec).remarques == (COMMENTAIRES,)


def test_a_template_without_a_field_says_so_and_comes_out_as_it_was() -> None:
    r = remplir(modele("Rien à remplir, {pas même}ici}"))
    assert (r.champs, [i.nom for i in r.inconnus]) == ((), ["pas même"])
    assert remplir(modele("Rien.")).remarques == (SANS_CHAMP,)


def test_a_dotx_becomes_a_document() -> None:
    dotx = membre(
        modele("{porteur.nom}"),
        "[Content_Types].xml",
        lambda x: x.replace(b"document.main", b"template.main"),
    )
    r = remplir(dotx)
    assert "Association" in lire(r)
    with zipfile.ZipFile(io.BytesIO(r.octets)) as archive:
        assert b"template.main" not in archive.read("[Content_Types].xml")


def test_the_same_template_gives_the_same_bytes() -> None:
    octets = modele("{porteur.nom}")
    assert remplir(octets).octets == remplir(octets).octets


BOMBE = io.BytesIO()
with zipfile.ZipFile(BOMBE, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("word/document.xml", b"0" * 160_000_000)
ENTITE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
ENTIER = modele("{porteur.nom}")


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "est vide"),
        (b"%PDF-1.7", "n’est pas un document Word"),
        (b"{\\rtf1", "n’est pas un document Word"),
        (b"bonjour", "n’est pas un document Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (ENTIER[:-200], "est abîmé"),
        (ENTIER[:3000] + b"\0" * 400 + ENTIER[3400:], "est abîmé"),
        (b"PK\x03\x04" + b"\0" * 50, "est abîmé"),
        (BOMBE.getvalue(), "bien plus que"),
        (membre(ENTIER, "word/document.xml", lambda _: b"<w:p>"), "est abîmé"),
        (membre(ENTIER, "word/document.xml", lambda x: ENTITE + x.split(b"?>", 1)[1]), "est abîmé"),
        (
            membre(
                ENTIER, "[Content_Types].xml", lambda x: x.replace(b"wordprocessingml.document.main", b"x")
            ),
            "n’est pas un",
        ),
        (
            membre(
                ENTIER,
                "[Content_Types].xml",
                lambda x: x.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                ),
            ),
            "contient des macros",
        ),
    ],
)
def test_what_cannot_be_a_template_is_refused_in_one_french_sentence(octets: bytes, dit: str) -> None:
    with pytest.raises(ErreurSaisie) as e:
        remplir(octets)
    assert dit in e.value.message
    assert e.value.message.startswith("« modele.docx »")
    assert e.value.remede.startswith("Rien n’a été gardé")


def test_merge_fields_are_filled_and_become_words() -> None:
    def compose(nom: str) -> str:
        return (
            f'<w:p {W}><w:r><w:t xml:space="preserve">Avant </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
            f'<w:instrText> MERGEFIELD  {nom} \\* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'<w:r><w:t>«{nom}</w:t></w:r><w:r><w:t>»</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        )

    simple = f'<w:p {W}><w:fldSimple w:instr=" MERGEFIELD &quot;porteur.nom&quot; "><w:r><w:t>«x»</w:t></w:r></w:fldSimple></w:p>'
    page = f'<w:p {W}><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'

    def preparer(fichier: docx.document.Document) -> None:
        for xml in (page, simple, compose("dossier_nom"), compose("Madame")):
            fichier.element.body.insert(0, parse_xml(xml))

    r = remplir(modele(preparer=preparer))
    dits = lire(r)
    assert "Avant Grappe Val de Sèvre." in dits and "Association Les Tilleuls n° 1" in dits
    assert "Avant «Madame»." in dits and [i.nom for i in r.inconnus] == ["madame"]
    with zipfile.ZipFile(io.BytesIO(r.octets)) as archive:
        corps = archive.read("word/document.xml")
    assert (
        corps.count(b"MERGEFIELD") == 1 and corps.count(b"fldSimple") == 2 and corps.count(b"fldChar ") == 3
    )


def test_tags_of_other_programs_are_not_ours() -> None:
    def preparer(fichier: docx.document.Document) -> None:
        for balise in ("goog_rdk_0", "nom_client", "financeur"):
            fichier.element.body.insert(
                0,
                parse_xml(
                    f'<w:sdt {W}><w:sdtPr><w:tag w:val="{balise}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>ici</w:t></w:r></w:p>'
                    "</w:sdtContent></w:sdt>"
                ),
            )

    r = remplir(modele(preparer=preparer))
    assert (r.champs, r.inconnus) == (("financeur",), ())
    assert lire(r).count("ici") == 2


def test_packages_of_other_programs_are_read_too() -> None:
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def par_extension(contenu: bytes) -> bytes:
        sans = re.sub(rb'<Override PartName="/word/document.xml"[^>]*/>', b"", contenu)
        return sans.replace(
            b'<Default Extension="xml" ContentType="application/xml"/>',
            f'<Default Extension="XML" ContentType="{types}"/>'.encode(),
        )

    def strict(contenu: bytes) -> bytes:
        return contenu.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    autre = membre(ENTIER, "[Content_Types].xml", par_extension)
    assert "porteur.nom" in remplir(autre).champs
    stricte = remplir(membre(ENTIER, "word/document.xml", strict))
    assert stricte.champs == ("porteur.nom",)
    with zipfile.ZipFile(io.BytesIO(stricte.octets)) as archive:
        assert "Association Les Tilleuls n°\u00a01" in archive.read("word/document.xml").decode()
