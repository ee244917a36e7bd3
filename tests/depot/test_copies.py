"""A Word or Excel copy that cannot be made never costs the filing: the PDF is filed, the loss is told everywhere."""

import json
import logging
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from esms_desktop.commandes import raconter
from esms_desktop.depot.fichiers.modifiables import ECRIVAINS, Ecrivain
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.documents.produits import plan_financement
from esms_desktop.errors import ErreurImprevue, ErreurSaisie
from esms_desktop.regles.constats import Gravite, Page
from esms_desktop.terminal import CONSTATS
from tests.depot import fabrique as f

WORD, EXCEL = ECRIVAINS


def _qui_echoue(
    ecrivain: Ecrivain, echouer: Callable[[], object], code: str = plan_financement.CODE
) -> Ecrivain:
    """A writer that fails for one document."""

    def ecrire(document, dossier, campagne, jour):
        if document.code == code:
            echouer()
        return ecrivain.ecrire(document, dossier, campagne, jour)

    return replace(ecrivain, ecrire=ecrire)


def _imprevue() -> None:
    [][1]


def _refusee() -> None:
    raise ErreurSaisie("Le classeur a trop de lignes.", "Raccourcissez-le.")


def _disque() -> None:
    Path("/nulle/part/copie.docx").write_bytes(b"")


def _filer(sortie: Path, *ecrivains: Ecrivain) -> Depot:
    projet, contenus = f.dossier(), {}
    return deposer(
        projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__, ecrivains=ecrivains or ECRIVAINS
    )


def _modifiables(depot: Depot) -> set[str]:
    with zipfile.ZipFile(depot.zip) as archive:
        return {n for n in archive.namelist() if n.startswith("modifiables/")}


CAS = [
    (_imprevue, "erreur imprévue : IndexError"),
    (_refusee, "Le classeur a trop de lignes"),
    (_disque, "l’emplacement n’existe pas"),
]


@pytest.mark.parametrize(("echouer", "raison"), CAS, ids=["imprevue", "refusee", "disque"])
@pytest.mark.parametrize("rang", [0, 1], ids=["word", "excel"])
def test_une_copie_perdue_laisse_le_depot_entier(
    tmp_path: Path,
    rang: int,
    echouer: Callable[[], object],
    raison: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entier = _filer(tmp_path / "entier")
    ecrivains = [WORD, EXCEL]
    ecrivains[rang] = _qui_echoue(ecrivains[rang], echouer)
    with caplog.at_level(logging.ERROR):
        depot = _filer(tmp_path / "sortie", *ecrivains)

    # What is filed is the same to the byte; only the copy is not there.
    assert depot.bundle.read_bytes() == entier.bundle.read_bytes()
    assert (depot.complet, depot.pages) == (entier.complet, entier.pages)
    extension = ecrivains[rang].extension
    assert _modifiables(entier) - _modifiables(depot) == {f"modifiables/06-plan-de-financement{extension}"}
    assert _modifiables(depot) < _modifiables(entier)

    # The loss is told to the person, to the machine, and to whoever mends it.
    (constat,) = depot.constats
    assert entier.constats == ()
    assert (constat.code, constat.gravite) == ("depot.copie-perdue", Gravite.CONSEIL)
    assert (constat.cible.page, constat.cible.champ) == (Page.DOCUMENTS, plan_financement.CODE)
    assert raison in constat.explication and "PDF" in constat.explication
    (perdue,) = json.loads(depot.manifeste.read_bytes())["copies_perdues"]
    assert perdue["piece"] == 6 and perdue["format"] == ecrivains[rang].format
    assert (perdue["document"], perdue["raison"]) == (plan_financement.CODE, raison)
    assert perdue["libelle"] == f"{constat.titre}."
    assert caplog.records[0].exc_info is not None


def test_toutes_les_copies_perdues_le_pdf_reste(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rien = [replace(e, ecrire=lambda *_: 1 / 0) for e in ECRIVAINS]
    depot = _filer(tmp_path / "sortie", *rien)
    # The command line says each of them, and answers that findings remain.
    assert raconter(depot) == CONSTATS
    dit = capsys.readouterr().out
    assert all(c.titre in dit and c.remede in dit for c in depot.constats)
    assert _modifiables(depot) == set() and depot.preuve.controles
    assert len(depot.constats) == len({c.titre for c in depot.constats}) > len(depot.pieces)


def test_un_document_qui_ne_se_dessine_pas_est_nomme(tmp_path: Path) -> None:
    projet = f.dossier()
    # No door lets a number in there: a fault of ours would look like this.
    projet.contexte = 12  # type: ignore[assignment]
    with pytest.raises(ErreurImprevue, match=r"Note de présentation.*rien n’a été déposé") as levee:
        deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", {}.__getitem__)
    assert levee.value.__cause__ is not None and levee.value.remede
    assert list(tmp_path.iterdir()) == []
