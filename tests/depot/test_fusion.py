"""Several files of a piece as one: pages in order, bookmarks under each name, signatures that no longer claim anything."""

from pathlib import Path

from pikepdf import Name, Pdf

from esms_desktop.depot.fichiers import disque
from esms_desktop.depot.fichiers.objets_pdf import Signet, signe, signets
from esms_desktop.depot.reunion.fusion import fusionner
from esms_desktop.depot.reunion.lot import Partie, Source
from tests.depot import fabrique as f
from tests.depot.difficiles import signe as pdf_signe


def partie(ou: Path, titre: str, octets: bytes, pages: int, jointe: bool) -> Partie:
    fichier = disque.ecrire(ou / f"{titre}.pdf", octets)
    source = Source(titre, "2023-05-30", f"originaux/{titre}.pdf", fichier) if jointe else None
    plan = tuple(Signet(1, f"Partie {n}", n) for n in range(1, pages + 1))
    return Partie(titre, fichier, pages, plan, (), source)


def test_les_parties_se_suivent_et_rien_ne_se_dit_plus_signe(tmp_path: Path) -> None:
    parties = (
        partie(tmp_path, "lettre", f.pdf("Lettre", 2), 2, jointe=False),
        partie(tmp_path, "signee", pdf_signe(), 1, jointe=True),
        partie(tmp_path, "annexe", f.pdf("Annexe", 3), 3, jointe=True),
    )
    fusionner("Pièce", parties, tmp_path / "piece.pdf")
    with Pdf.open(tmp_path / "piece.pdf", attempt_recovery=False) as pdf:
        assert len(pdf.pages) == 6 and not signe(pdf)
        assert str(pdf.docinfo[Name.Title]) == "Pièce" and str(pdf.Root[Name.Lang]) == "fr-FR"
        assert [(s.niveau, s.titre, s.page) for s in signets(pdf)] == [
            (1, "lettre", 1),
            (2, "Partie 1", 1),
            (2, "Partie 2", 2),
            (1, "signee", 3),
            (2, "Partie 1", 3),
            (1, "annexe", 4),
            (2, "Partie 1", 4),
            (2, "Partie 2", 5),
            (2, "Partie 3", 6),
        ]
        assert pdf.pages[2].obj[Name.Annots][0][Name.Subtype] == Name.Stamp
