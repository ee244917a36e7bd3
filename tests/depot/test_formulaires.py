"""Forms bound with others: each copy keeps its own answers, and those that only a reader draws are still drawn."""

import io
import re
import warnings
from pathlib import Path

from pikepdf import Name, Pdf, String

from esms_desktop.depot.fichiers.conversion import convertir
from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.objets_pdf import champs
from esms_desktop.depot.fichiers.pdf_joint import A_DESSINER
from esms_desktop.depot.publication import deposer
from tests.depot import fabrique as f
from tests.depot.difficiles import formulaire, modifie
from tests.depot.test_fichiers import RENVOI
from tests.depot.test_portefeuille import portefeuille_de


def rempli(reponse: str, dessine: bool = True) -> bytes:
    """The same form, with this answer; without its picture when not `dessine`."""

    def repondre(pdf: Pdf) -> None:
        (champ,) = pdf.Root.AcroForm.Fields
        champ[Name.V] = String(reponse)
        if not dessine:
            pdf.Root.AcroForm[Name.NeedAppearances] = True
            del champ[Name.AP]

    return modifie(formulaire("organisme"), repondre)


def _reponses(chemin: Path) -> list[str]:
    with Pdf.open(chemin) as pdf:
        return [str(c[Name.V]) for c in champs(pdf) if Name.V in c]


def test_two_copies_of_a_form_keep_their_answers(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    for og, nom in ((1, "Association A"), (2, "B Fondation")):
        f.joindre(projet, contenus, 10, f"autodiag-{og}.pdf", rempli(nom), og)
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    piece = next(p.chemin for p in depot.pieces if p.numero == 10)
    for chemin in (piece, depot.bundle):
        assert sorted(_reponses(chemin)) == ["Association A", "B Fondation"]
        with Pdf.open(chemin) as pdf:
            noms = [str(c[Name.T]) for c in champs(pdf)]
            assert len(set(noms)) == 2, "two fields of one name would show one answer twice"
            assert Name.NeedAppearances not in pdf.Root.AcroForm


def _sans_police(chemin: Path) -> list[str]:
    """The answers whose look names a font that it does not hold: a reader shows nothing of them."""
    perdues = []
    with Pdf.open(chemin) as pdf:
        for champ in champs(pdf):
            if Name.AP not in champ or champ.get(Name.FT) != Name.Tx:
                continue
            image = champ.AP.N
            noms = {n.decode() for n in re.findall(rb"(/\S+)\s+[\d.]+\s+Tf", image.read_bytes())}
            if not noms or not noms <= set(image.Resources.Font.keys()):
                perdues.append(str(champ.T))
    return perdues


def test_many_copies_of_a_form_bound_twice_still_show_their_answers(tmp_path: Path) -> None:
    """Each is bound in its piece, in a portfolio for some, then in the volume: fonts of one name are told apart each time."""
    projet, contenus = f.dossier(), {}
    copies = {nom: rempli(nom) for nom in ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six")}
    f.joindre(projet, contenus, 10, "un.pdf", copies["Un"], 1)
    f.joindre(projet, contenus, 10, "deux.pdf", copies["Deux"], 2)
    f.joindre(projet, contenus, 13, "trois.pdf", copies["Trois"])
    f.joindre(projet, contenus, 13, "quatre.pdf", copies["Quatre"])
    envoi = portefeuille_de({"cinq.pdf": copies["Cinq"], "six.pdf": copies["Six"]})
    f.joindre(projet, contenus, 13, "envoi.pdf", envoi)
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    assert sorted(_reponses(depot.bundle)) == sorted(copies)
    chemins = [depot.bundle, *(p.chemin for p in depot.pieces if p.numero in (10, 13))]
    assert [_sans_police(c) for c in chemins] == [[], [], []]


def test_answers_without_a_picture_are_told_and_left_to_be_drawn(tmp_path: Path) -> None:
    octets = rempli("Les Écureuils", dessine=False)
    assert A_DESSINER in verifier_fichier("a.pdf", octets, f.EXTENSIONS).remarques
    assert A_DESSINER not in verifier_fichier("a.pdf", rempli("x"), f.EXTENSIONS).remarques
    converti = convertir("a.pdf", ".pdf", octets, RENVOI)
    assert converti.intact and converti.octets is octets
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 13, "a.pdf", octets)
    f.joindre(projet, contenus, 13, "b.pdf", rempli("Les Pins"))
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    for chemin in (depot.bundle, next(p.chemin for p in depot.pieces if p.numero == 13)):
        with Pdf.open(io.BytesIO(chemin.read_bytes())) as pdf:
            assert bool(pdf.Root.AcroForm.get(Name.NeedAppearances)) is True
        assert sorted(_reponses(chemin)) == ["Les Pins", "Les Écureuils"]


def test_a_field_that_no_form_lists_keeps_its_look_once_bound(tmp_path: Path) -> None:
    def oublier(pdf: Pdf) -> None:
        del pdf.Root[Name.AcroForm]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        orphelin = modifie(formulaire("organisme"), oublier)
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 13, "a.pdf", orphelin)
    f.joindre(projet, contenus, 13, "b.pdf", f.pdf("b"))
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    with Pdf.open(next(p.chemin for p in depot.pieces if p.numero == 13)) as pdf:
        (champ,) = pdf.pages[0].obj[Name.Annots]
        assert champ[Name.Subtype] == Name.Stamp and Name.AP in champ and Name.FT not in champ
