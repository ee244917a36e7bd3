"""The jobs of the filing through the door: the exact archive kept, complements noted and answered, passwords asked."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf

from esms_desktop.errors import ErreurDepot, ErreurPiece, ErreurSaisie
from esms_desktop.gestes import complements, deposer
from esms_desktop.gestes.joindre import joindre_fichier
from esms_desktop.model import Complement, Dossier
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.depot import fabrique as f
from tests.depot.difficiles import image


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    projet = f.dossier()
    for og in projet.ogs:
        og.id = None
    porte.ajouter(projet, libelle="Créer")
    porte.joindre(projet, 9, "rib.pdf", ".pdf", f.pdf("RIB"), pages=1)
    return projet


def test_a_filing_is_kept_with_its_exact_archive(porte: Porte, dossier: Dossier, tmp_path: Path) -> None:
    depot = deposer.deposer_dossier(porte, dossier, tmp_path / "sortie", f.JOUR)
    (fait,) = dossier.depots
    assert porte.contenu(fait.sha256) == depot.zip.read_bytes()
    assert json.loads(fait.manifeste) == json.loads(depot.manifeste.read_bytes())
    assert (fait.pages, fait.complet, fait.depose_le) == (depot.pages, False, None)
    deposer.exporter(porte, fait, tmp_path / "copie.zip")
    assert (tmp_path / "copie.zip").read_bytes() == depot.zip.read_bytes()
    assert sorted(p.name for p in tmp_path.glob("*copie*")) == ["copie.zip"]
    with pytest.raises(ErreurDepot, match="n’a pas pu être écrite"):
        deposer.exporter(porte, fait, tmp_path / "absent" / "copie.zip")


def test_the_kept_archive_survives_an_undo(porte: Porte, dossier: Dossier, tmp_path: Path) -> None:
    deposer.deposer_dossier(porte, dossier, tmp_path / "sortie", f.JOUR)
    assert porte.annuler() == deposer.LIBELLE
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and list(relu.depots) == []
    assert porte.refaire() == deposer.LIBELLE
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    (fait,) = relu.depots
    assert zipfile.ZipFile(io.BytesIO(porte.contenu(fait.sha256))).testzip() is None


def test_an_archive_changed_since_its_proof_is_not_kept(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    depot = deposer.produire(porte, dossier, tmp_path / "sortie", f.JOUR)
    depot.zip.write_bytes(depot.zip.read_bytes() + b"x")
    with pytest.raises(ErreurDepot, match="a changé depuis sa relecture"):
        deposer.garder(porte, dossier, depot)
    depot.zip.unlink()
    with pytest.raises(ErreurDepot):
        deposer.garder(porte, dossier, depot)
    assert list(dossier.depots) == []


def test_an_answer_with_gaps_leaves_the_demand_waiting(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    demande = complements.noter(porte, dossier, 2, "Un organigramme.")
    depot = complements.repondre(porte, dossier, [demande], tmp_path / "reponse", date(2023, 6, 25))
    # Only what is asked is looked at: the governance has gaps.
    assert not depot.complet and [m.split(" –")[0] for m in depot.manquantes] == ["Pièce 2"]
    assert [c.repondu_le for c in dossier.complements] == [None]


def test_a_complement_is_noted_then_answered_in_one_gesture(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    rib = complements.noter(porte, dossier, 9, " Au nom du porteur ", date(2023, 6, 20), date(2023, 7, 1))
    autre = complements.noter(porte, dossier, None, "Un organigramme.")
    assert [c.numero for c in dossier.complements] == [9, None] and rib.demande == "Au nom du porteur"
    porte.joindre(dossier, 2, "gouvernance.pdf", ".pdf", f.pdf("Gouvernance"), pages=1)
    depot = complements.repondre(
        porte, dossier, [rib, autre], tmp_path / "reponse", date(2023, 6, 25), numeros=[2]
    )
    assert [p.numero for p in depot.pieces] == [2, 9]
    assert depot.complet
    assert {c.repondu_le for c in dossier.complements} == {date(2023, 6, 25)}
    assert [d.complement_id for d in dossier.depots] == [rib.id, autre.id]
    assert len({d.sha256 for d in dossier.depots}) == 1
    assert porte.annuler() == "Répondre à une demande de complément"
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and [c.repondu_le for c in relu.complements] == [None, None]


def test_an_incomplete_answer_leaves_the_complement_waiting(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    demande = complements.noter(porte, dossier, 3, "")
    depot = complements.repondre(porte, dossier, [demande], tmp_path / "reponse", f.JOUR)
    assert not depot.complet and demande.repondu_le is None and len(dossier.depots) == 1


@pytest.mark.parametrize(
    ("numero", "texte", "dates", "mots"),
    [
        (15, "", (None, None), "n’existe pas"),
        (None, "  ", (None, None), "est vide"),
        (9, "", (date(2023, 7, 1), date(2023, 6, 1)), "avant la date de la demande"),
    ],
)
def test_a_complement_that_says_nothing_is_refused(
    porte: Porte,
    dossier: Dossier,
    numero: int | None,
    texte: str,
    dates: tuple[date | None, date | None],
    mots: str,
) -> None:
    with pytest.raises(ErreurSaisie, match=mots):
        complements.noter(porte, dossier, numero, texte, *dates)
    assert list(dossier.complements) == []


def test_an_answer_must_hold_a_piece(dossier: Dossier) -> None:
    libre = Complement(numero=None, demande="Un organigramme.")
    for demandes, numeros, mots in (
        ([], [], "Aucune demande"),
        ([libre], [], "ne nomme aucune pièce"),
        ([libre], [15], "n’existe pas"),
    ):
        with pytest.raises(ErreurSaisie, match=mots):
            complements.preparer(dossier, demandes, numeros)


def test_the_password_of_a_pdf_is_asked_until_it_is_right_or_given_up(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    chemin = tmp_path / "statuts.pdf"
    with Pdf.open(io.BytesIO(f.pdf("Statuts"))) as pdf:
        pdf.save(chemin, encryption=pikepdf.Encryption(user="oui", owner="maître", R=6))
    questions: list[str] = []

    def demander(reponses: list[str | None]) -> object:
        return lambda question: questions.append(question) or reponses.pop(0)

    for demandeur in (None, demander(["non", None])):
        with pytest.raises(ErreurPiece):
            joindre_fichier(porte, dossier, 13, chemin, demander=demandeur)  # type: ignore[arg-type]
    assert len(questions) == 2 and "n’ouvre pas" in questions[1]
    assert dossier.fichiers_de(13) == []
    fichier = joindre_fichier(porte, dossier, 13, chemin, demander=demander(["non", "oui"])).fichier  # type: ignore[arg-type]
    with Pdf.open(io.BytesIO(porte.contenu(fichier.sha256))) as pdf:
        assert not pdf.is_encrypted
    assert fichier.pages == 1


def test_what_to_know_comes_with_the_file_and_the_original_is_kept(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    chemin = tmp_path / "scan.jpeg"
    chemin.write_bytes(image("JPEG"))
    jointure = joindre_fichier(porte, dossier, 13, chemin)
    assert jointure.fichier.nom == "scan.jpg" and "n’admet pas l’extension .jpeg" in jointure.remarques[0]
    assert porte.contenu(jointure.fichier.sha256) == chemin.read_bytes()
    assert jointure.en_dict(chemin.name) == {
        "piece": {"numero": 13, "titre": "Statuts"},
        "donne": "scan.jpeg",
        "fichier": "scan.jpg",
        "extension": ".jpg",
        "pages": 1,
        "taille": chemin.stat().st_size,
        "sha256": jointure.fichier.sha256,
        "remarques": list(jointure.remarques),
    }


def test_a_refusal_says_that_nothing_is_attached(porte: Porte, dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "export.xls").write_bytes(b"<html><table>")
    with pytest.raises(ErreurPiece, match="c’est une page web\u00a0; rien n’est joint") as dit:
        joindre_fichier(porte, dossier, 13, tmp_path / "export.xls")
    assert dit.value.remede.startswith("Ouvrez-le dans Excel") and dossier.fichiers_de(13) == []


def test_a_filing_of_what_the_base_no_longer_says_is_not_announced(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    lu = porte.relire(dossier)
    premier = deposer.deposer_dossier(porte, lu, tmp_path / "sortie", f.JOUR)
    avant = {p.name: p.read_bytes() for p in premier.dossier.rglob("*") if p.is_file()}
    lu = porte.relire(dossier)

    class Ailleurs:
        """Another program, which writes while the filing is under way."""

        fait = False

        def etape(self, _fait: int, _total: int, _message: str) -> None:
            if not self.fait:
                self.fait = True
                porte.modifier(dossier, contexte="Écrit pendant la production.")

    with pytest.raises(ErreurDepot, match="a changé dans la base pendant"):
        deposer.produire(porte, lu, tmp_path / "sortie", f.JOUR, Ailleurs())
    assert {p.name: p.read_bytes() for p in premier.dossier.rglob("*") if p.is_file()} == avant
    lu = porte.relire(dossier)
    depot = deposer.produire(porte, lu, tmp_path / "sortie", f.JOUR)
    porte.modifier(dossier, contexte="Écrit juste après la production.")
    perimes: list[bool] = []
    deposer.garder(porte, lu, depot, perime=lambda: perimes.append(True))
    # It is kept, whatever was written; nobody is told that it is up to date.
    assert perimes and len(dossier.depots) == 2
    # Another dossier that changes, or another filing of this one, is nothing to this one.
    autre = f.dossier()
    for og in autre.ogs:
        og.id = None
    autre.nom = "Autre"
    lu = porte.relire(dossier)
    depot = deposer.produire(porte, lu, tmp_path / "sortie", f.JOUR)
    porte.ajouter(autre, libelle="Créer")
    perimes.clear()
    for _ in range(2):
        deposer.garder(porte, lu, depot, perime=lambda: perimes.append(True))
    assert not perimes and len(porte.relire(dossier).depots) == 4
