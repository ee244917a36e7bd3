"""Files written once and measured; a folder put in the place of another, with what the person keeps in it."""

import errno
import hashlib
import logging
import os
import sys
from pathlib import Path

import pytest

from esms_desktop.depot import echange
from esms_desktop.depot.fichiers import disque
from esms_desktop.errors import ErreurDepot

SHA_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_un_fichier_s_ecrit_une_fois_dans_des_dossiers_faits_pour_lui(tmp_path: Path) -> None:
    chemin = tmp_path / "a" / "b" / "x"
    ecrit = disque.ecrire(chemin, b"abc")
    assert (ecrit.chemin, ecrit.taille, ecrit.sha256) == (chemin, 3, SHA_ABC)
    assert disque.ecrire(tmp_path / "y", b"abc", "dit").sha256 == "dit"
    with pytest.raises(FileExistsError):
        disque.ecrire(chemin, b"autre")
    assert disque.mesurer(chemin) == ecrit
    ailleurs = disque.deplacer(ecrit, tmp_path / "c" / "d" / "z")
    assert (ailleurs.taille, ailleurs.sha256) == (3, SHA_ABC) and not chemin.exists()
    assert disque.deplacer(ailleurs, tmp_path / "c" / "d" / "w").chemin.read_bytes() == b"abc"


def test_chaque_fichier_est_force_sur_le_disque(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forces: list[int] = []
    vrai = os.fsync
    monkeypatch.setattr(os, "fsync", lambda n: (forces.append(os.fstat(n).st_ino), vrai(n)))
    chemins = [disque.ecrire(tmp_path / nom, b"x").chemin for nom in "ab"]
    forces.clear()
    disque.fixer(chemins)
    assert forces == [c.stat().st_ino for c in chemins]


def remplir(dossier: Path, *noms: str) -> Path:
    for nom in noms:
        chemin = dossier / nom
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_text(f"{dossier.name}/{nom}")
    return dossier


def contenu(dossier: Path) -> set[str]:
    return {p.relative_to(dossier).as_posix() for p in dossier.rglob("*") if not p.is_dir()}


def test_deux_depots_ne_s_ecrivent_pas_en_meme_temps(tmp_path: Path) -> None:
    with (
        echange.verrou(tmp_path / "a"),
        echange.verrou(tmp_path / "b"),
        pytest.raises(ErreurDepot, match="déjà en cours dans"),
        echange.verrou(tmp_path / "a"),
    ):
        pass
    with echange.verrou(tmp_path / "a"):
        pass


def test_l_atelier_est_vide_et_a_cote(tmp_path: Path) -> None:
    cible = tmp_path / "p" / "q" / "sortie"
    un, deux = echange.creer_atelier(cible), echange.creer_atelier(cible)
    assert un != deux and un.parent == deux.parent == cible.parent
    assert un.name.startswith(".sortie.depot-") and len(un.name) == len(".sortie.depot-") + 8
    assert list(un.iterdir()) == []


def test_ce_qu_un_depot_tue_a_laisse_est_efface_et_l_ancien_remis(tmp_path: Path) -> None:
    cible = tmp_path / "sortie[1]"
    remplir(tmp_path / ".sortie[1].ancien-1", "x")
    remplir(tmp_path / ".sortie[1].ancien-2", "y")
    remplir(tmp_path / ".sortie[1].depot-3", "z")
    autre = remplir(tmp_path / ".sortie1.depot-4", "w")
    echange.reprendre(cible)
    assert contenu(cible) == {"y"}
    assert sorted(p.name for p in tmp_path.iterdir()) == [autre.name, cible.name]
    remplir(tmp_path / ".sortie[1].ancien-5", "v")
    echange.reprendre(cible)
    assert contenu(cible) == {"y"}
    assert sorted(p.name for p in tmp_path.iterdir()) == [autre.name, cible.name]
    echange.reprendre(tmp_path / "absent" / "sortie")


def test_ce_qui_ne_s_efface_pas_est_note(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        echange.effacer(tmp_path / "absent")
    assert "could not be removed" in caplog.text and "absent" not in caplog.text


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ('{"application": "moi", "a": 1}', {"application": "moi", "a": 1}),
        ('{"application": "autre"}', {}),
        ("{}", {}),
        ("[]", {}),
        ("pas du JSON", {}),
        (None, {}),
    ],
)
def test_seul_notre_manifeste_est_lu(tmp_path: Path, texte: str | None, lu: dict[str, object]) -> None:
    if texte is not None:
        (tmp_path / "m.json").write_text(texte)
    assert echange.lire_manifeste(tmp_path, "moi", "m.json") == lu


def test_les_fichiers_liens_et_dossiers_vides_de_la_personne_sont_trouves(tmp_path: Path) -> None:
    remplir(tmp_path, "notre.pdf", "a/leur.txt", "a/notre.pdf")
    (tmp_path / "vide").mkdir()
    (tmp_path / "lien").symlink_to("a")
    trouves = echange.etrangers(tmp_path, ["notre.pdf", "a/notre.pdf"])
    assert sorted(trouves) == ["a/leur.txt", "lien", "vide"]
    assert echange.etrangers(tmp_path / "absent", []) == []


@pytest.mark.parametrize(("combien", "passe"), [(200, True), (201, False)])
def test_un_dossier_qui_sert_a_autre_chose_est_refuse(tmp_path: Path, combien: int, passe: bool) -> None:
    remplir(tmp_path, *(f"f{i}" for i in range(combien)))
    if passe:
        assert len(echange.etrangers(tmp_path, [])) == 200
    else:
        with pytest.raises(ErreurDepot, match="beaucoup d’autres fichiers"):
            echange.etrangers(tmp_path, [])


def test_les_fichiers_de_la_personne_sont_dans_les_deux_dossiers(tmp_path: Path) -> None:
    cible, atelier = remplir(tmp_path / "cible", "s/leur.txt"), remplir(tmp_path / "atelier", "notre.pdf")
    (cible / "vide" / "dedans").mkdir(parents=True)
    (cible / "lien").symlink_to("s")
    (cible / "deja").mkdir()
    (atelier / "deja").mkdir()
    echange.accueillir(cible, atelier, ["s/leur.txt", "vide/dedans", "lien", "deja", "parti.txt"])
    assert (atelier / "s/leur.txt").samefile(cible / "s/leur.txt")
    assert (atelier / "lien").is_symlink() and (atelier / "vide/dedans").is_dir()
    (cible / "notre.pdf").write_text("à moi")
    with pytest.raises(ErreurDepot, match=r"contient déjà «\u00a0notre\.pdf\u00a0»"):
        echange.accueillir(cible, atelier, ["notre.pdf"])
    assert (atelier / "notre.pdf").read_text() == "atelier/notre.pdf"


@pytest.mark.parametrize(
    ("erreur", "attendue"),
    [
        (OSError(errno.EPERM, "non"), ErreurDepot),
        (NotImplementedError(), ErreurDepot),
        (OSError(errno.ENOSPC, "plein"), OSError),
        (OSError(errno.EDQUOT, "plein"), OSError),
    ],
)
def test_un_disque_sans_second_nom_le_dit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, erreur: Exception, attendue: type[Exception]
) -> None:
    cible, atelier = remplir(tmp_path / "cible", "leur.txt"), remplir(tmp_path / "atelier", "x")

    def refuser(*_: object, **__: object) -> None:
        raise erreur

    monkeypatch.setattr(os, "link", refuser)
    with pytest.raises(attendue):
        echange.accueillir(cible, atelier, ["leur.txt"])


def test_ce_qui_arrive_pendant_l_ecriture_est_rapatrie(tmp_path: Path) -> None:
    ancien, cible = (
        remplir(tmp_path / "ancien", "s/nouveau.txt", "notre.pdf", "commun"),
        remplir(tmp_path / "cible", "notre.pdf"),
    )
    os.link(ancien / "commun", cible / "commun")
    (ancien / "vide").mkdir()
    (cible / "vide").mkdir()
    echange.rapatrier(ancien, cible, ["notre.pdf"])
    assert contenu(cible) == {"s/nouveau.txt", "notre.pdf", "commun"}
    assert (cible / "notre.pdf").read_text() == "cible/notre.pdf" and not (ancien / "s/nouveau.txt").exists()
    assert (ancien / "commun").exists()


def test_ce_qui_ne_peut_etre_rapatrie_est_garde_sous_un_nom_visible(tmp_path: Path) -> None:
    ancien, cible = remplir(tmp_path / "ancien", "s/nouveau.txt"), remplir(tmp_path / "cible", "s")
    with pytest.raises(ErreurDepot, match="n’ont pas pu y être remis") as dit:
        echange.rapatrier(ancien, cible, [])
    (garde,) = [p for p in tmp_path.iterdir() if "fichiers gardés" in p.name]
    assert str(garde) in dit.value.remede and contenu(garde) == {"s/nouveau.txt"} and not ancien.exists()
    assert len(garde.name) == len("cible - fichiers gardés ") + 4


@pytest.mark.parametrize("avec", [True, False], ids=["echange", "deux-temps"])
def test_le_nouveau_prend_la_place_et_l_ancien_est_rendu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, avec: bool
) -> None:
    if not avec:
        monkeypatch.setattr(sys, "platform", "darwin")
    cible, atelier = tmp_path / "cible", remplir(tmp_path / "atelier", "neuf")
    assert echange.publier(atelier, cible) is None and contenu(cible) == {"neuf"}
    cible.chmod(0o750)
    second = remplir(tmp_path / "second", "plus-neuf")
    ancien = echange.publier(second, cible)
    assert ancien is not None and contenu(cible) == {"plus-neuf"} and contenu(ancien) == {"neuf"}
    assert (ancien == second) is (avec and sys.platform == "linux")
    assert avec or ancien.name.startswith(".cible.ancien-")
    assert cible.stat().st_mode & 0o777 == 0o750
    assert {p.name for p in tmp_path.iterdir()} == {"cible", ancien.name}


def test_l_ancien_revient_quand_le_nouveau_ne_peut_prendre_sa_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    cible = remplir(tmp_path / "cible", "vieux")
    with pytest.raises(FileNotFoundError):
        echange.publier(tmp_path / "absent", cible)
    assert contenu(cible) == {"vieux"}


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2")
def test_un_refus_du_systeme_n_est_pas_pris_pour_un_echange(tmp_path: Path) -> None:
    with pytest.raises(OSError) as dit:
        echange._echanger(tmp_path / "absent", tmp_path / "absent aussi")
    assert dit.value.errno == errno.ENOENT
    assert hashlib.sha256(b"abc").hexdigest() == disque.empreinte(b"abc") == SHA_ABC
