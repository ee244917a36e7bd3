"""The backups of a base as a whole: when one is due, the second place, what is told, restoring from the window or a command."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from esms_desktop.base import restaurer, sauvegardes
from esms_desktop.base.etat import etat
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base
from esms_desktop.store.porte import Porte
from esms_desktop.store.reglages import dossier_local, lire_reglages
from esms_desktop.store.sauvegarde.sauvegarde import MOTIFS
from tests.store.aide import graphe, vivants

MIDI = datetime.now().replace(microsecond=0)
PHRASE = "quatre canards sous l’érable"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base with a dossier, opened by a phrase, closed."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv(VARIABLE, PHRASE)
    chemin = tmp_path / "chez moi" / "base.sqlite"
    with ouvrir_base(chemin) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    return chemin


@pytest.fixture
def cle(base: Path) -> Cle:
    return cle_de_la_base(base)


def ecrire(base: Path, notes: str) -> None:
    with ouvrir_base(base) as porte:
        assert porte.modifier(vivants(porte)[0], notes=notes)


def noms(base: Path) -> list[str]:
    with ouvrir_base(base) as porte:
        return [d.nom for d in porte.resumes()]


def test_la_sauvegarde_du_jour_se_prend_une_fois_et_quand_il_y_a_du_neuf(base: Path, cle: Cle) -> None:
    assert sauvegardes.au_demarrage(base, cle, MIDI) is not None
    assert sauvegardes.au_demarrage(base, cle, MIDI + timedelta(hours=3)) is None
    demain = MIDI + timedelta(days=1)
    assert sauvegardes.au_demarrage(base, cle, demain) is None, "rien n’a été écrit depuis"
    ecrire(base, "du neuf")
    prise = sauvegardes.au_demarrage(base, cle, demain)
    assert prise is not None and prise.motif == "quotidienne"
    # A clock set back does not stop the backups.
    ecrire(base, "encore")
    assert sauvegardes.due(base, cle, MIDI - timedelta(days=400))


def test_une_base_vide_ne_se_sauvegarde_pas_d_elle_meme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv(VARIABLE, PHRASE)
    base = tmp_path / "vide.sqlite"
    ouvrir_base(base).fermer()
    assert sauvegardes.au_demarrage(base, cle_de_la_base(base), MIDI) is None
    assert not dossier_local(base).exists()


def test_le_second_emplacement_recoit_chaque_sauvegarde_et_rattrape(
    base: Path, cle: Cle, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    with pytest.raises(ErreurBase, match="n’existe pas"):
        sauvegardes.choisir_seconde(base, usb, MIDI)
    usb.mkdir()
    sauvegardes.choisir_seconde(base, usb, MIDI)
    prise = sauvegardes.faire(base, cle, "import", MIDI)
    assert [p.name for p in usb.iterdir()] == [prise.chemin.name]
    # Unplugged: the backup is taken all the same, and it is said.
    absent = usb.rename(tmp_path / "débranchée")
    usb.write_text("à sa place")
    ecrire(base, "pendant ce temps")
    seconde = sauvegardes.faire(base, cle, "quotidienne", MIDI)
    vu = sauvegardes.etat(base, MIDI)
    assert vu.derniere == seconde and "Second emplacement" in vu.reglages.echec and not vu.seconde_en_retard
    semaine = MIDI + timedelta(days=7, hours=1)
    assert sauvegardes.etat(base, semaine).seconde_en_retard
    assert any("une semaine" in a for a in etat(base, semaine).alertes)
    # Plugged in again: it is sent what it missed.
    usb.unlink()
    absent.rename(usb)
    assert sauvegardes.au_demarrage(base, cle, MIDI) is None
    assert (usb / seconde.chemin.name).exists()
    vu = sauvegardes.etat(base, semaine - timedelta(hours=2))
    assert not vu.reglages.echec and not vu.seconde_en_retard and len(vu.ailleurs) == 2
    sauvegardes.choisir_seconde(base, None, MIDI)
    assert not lire_reglages(base).seconde and not sauvegardes.etat(base, semaine).seconde_en_retard


def test_ce_que_le_disque_refuse_reste_dit_jusqu_a_la_suivante(
    base: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    sauvegardes.faire(base, cle, "quotidienne", MIDI)
    avant = sorted(dossier_local(base).iterdir())

    def refuser(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as m:
        m.setattr("esms_desktop.store.sauvegarde.copie.forcer", refuser)
        with pytest.raises(ErreurBase, match="le disque est plein"):
            sauvegardes.faire(base, cle, "quotidienne", MIDI)
    assert sorted(dossier_local(base).iterdir()) == avant
    assert any("le disque est plein" in a for a in etat(base, MIDI).alertes)
    sauvegardes.faire(base, cle, "quotidienne", MIDI)
    assert not etat(base, MIDI).alertes


def test_des_reglages_abimes_se_refont_et_gardent_la_lignee(base: Path, cle: Cle) -> None:
    prise = sauvegardes.faire(base, cle, "quotidienne", MIDI)
    assert prise.inventaire is not None
    for texte in ("", "[]", "{", '{"lignee": ', "\0" * 100_000):
        (dossier_local(base) / "reglages.json").write_text(texte)
        assert not lire_reglages(base).lignee
        assert sauvegardes.faire(base, cle, "quotidienne", MIDI).inventaire.lignee == prise.inventaire.lignee


def test_les_plus_recentes_qui_sont_entieres_sont_proposees(base: Path, cle: Cle) -> None:
    premiere = sauvegardes.faire(base, cle, "import", MIDI)
    ecrire(base, "x")
    seconde = sauvegardes.faire(base, cle, "import", MIDI)
    assert [s.chemin for s in sauvegardes.meilleures(base, MIDI)] == [seconde.chemin, premiere.chemin]
    octets = bytearray(seconde.chemin.read_bytes())
    octets[5000] ^= 1
    seconde.chemin.write_bytes(octets)
    assert [s.chemin for s in sauvegardes.meilleures(base, MIDI)] == [premiere.chemin]


def test_l_etat_dit_tout_sans_rien_ecrire(base: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch) -> None:
    sauvegardes.faire(base, cle, "quotidienne", MIDI)
    avant = {p: p.read_bytes() for p in base.parent.rglob("*") if p.is_file()}
    vu = etat(base, MIDI)
    assert (vu.sante, vu.cles.ouvrent, vu.cles.fichier_entier, vu.cles.code) == (
        "saine",
        ("phrase", "code"),
        True,
        "a-confirmer",
    )
    dit = "\n".join(vu.phrases())
    assert "1\u00a0dossier," in dit and "Dernière sauvegarde" in dit and MOTIFS["quotidienne"] in dit
    assert vu.en_dict()["sauvegardes"]["derniere"]["motif"] == "quotidienne"
    monkeypatch.setenv(VARIABLE, "une autre phrase")
    assert etat(base, MIDI).sante == "fermee" and not etat(base, MIDI).alertes
    monkeypatch.setenv(VARIABLE, PHRASE)
    base.write_bytes(avant[base][:6000])
    assert etat(base, MIDI).sante == "abimee" and etat(base, MIDI).alertes
    base.write_bytes(avant[base])
    assert {p: p.read_bytes() for p in base.parent.rglob("*") if p.is_file()} == avant


# Restoring.


@pytest.fixture
def prise(base: Path, cle: Cle) -> Path:
    """A backup; since then the base has another dossier."""
    faite = sauvegardes.faire(base, cle, "import", MIDI)
    with ouvrir_base(base) as porte:
        porte.ajouter(graphe("Seconde"), libelle="Créer")
    return faite.chemin


def test_restaurer_garde_d_abord_une_copie_du_present(base: Path, prise: Path) -> None:
    projet = restaurer.preparer(prise, base)
    assert projet.etat == "saine" and projet.comparaison.disparaissent == ("Seconde",)
    assert noms(base) == ["Grappe du Ségala", "Seconde"], "rien n’est fait avant d’être voulu"
    fait = restaurer.restaurer(projet, base)
    assert noms(base) == ["Grappe du Ségala"] and fait.copie is not None and fait.de_cote is None
    assert "N’y sont plus\u00a0: Seconde." in restaurer.phrases(fait, base)
    retour = restaurer.restaurer(restaurer.preparer(fait.copie.chemin, base), base)
    assert noms(base) == ["Grappe du Ségala", "Seconde"]
    assert restaurer.en_dict(retour, base)["reviennent"] == ["Seconde"]


def test_sur_un_ordinateur_neuf_la_sauvegarde_suffit_avec_la_phrase(
    base: Path, prise: Path, tmp_path: Path, maison_a_part: Path
) -> None:
    seule = Path(shutil.copy(prise, tmp_path / "apportée.sauvegarde"))
    shutil.rmtree(base.parent)
    shutil.rmtree(maison_a_part)
    with pytest.raises(ErreurBase, match="est une sauvegarde"):
        ouvrir_base(seule)
    neuve = tmp_path / "ici" / "base.sqlite"
    os.environ[VARIABLE] = "une phrase fausse"
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        restaurer.preparer(seule, neuve)
    os.environ[VARIABLE] = PHRASE
    projet = restaurer.preparer(seule, neuve)
    assert projet.etat == "absente"
    restaurer.restaurer(projet, neuve)
    assert noms(neuve) == ["Grappe du Ségala"]
    assert lire_reglages(neuve).lignee == projet.sauvegarde.inventaire.lignee


def test_une_sauvegarde_d_avant_un_changement_de_code_revient_avec_le_code_d_aujourd_hui(
    base: Path, prise: Path, cle: Cle
) -> None:
    from esms_desktop.base.cles import montrer_le_code
    from esms_desktop.store.cles import changer_cles

    codes: list[str] = []
    montrer_le_code(base, cle_de_la_base(base), codes.append)
    neuve = montrer_le_code(base, cle_de_la_base(base), codes.append)
    assert neuve != cle and len(set(codes)) == 2
    restaurer.restaurer(restaurer.preparer(prise, base), base)
    assert noms(base) == ["Grappe du Ségala"] and cle_de_la_base(base) == neuve
    assert changer_cles.rebatir(base, codes[1])[0].cle == neuve
    with pytest.raises(ErreurCle):
        changer_cles.rebatir(base, codes[0])


def _abimer_une_page(octets: bytes) -> bytes:
    return octets[: 4096 * 9 + 50] + bytes(40) + octets[4096 * 9 + 90 :]


@pytest.mark.parametrize(
    ("abimer", "trouve"),
    [
        (lambda o: b"", "abimee"),
        (lambda o: o[:10_000], "abimee"),
        (lambda o: bytes(4096) + o[4096:], "abimee"),
        (_abimer_une_page, "saine"),
        (lambda o: b"autre chose " * 5000, "abimee"),
    ],
    ids=["vide", "tronquée", "première page", "une page", "un autre fichier"],
)
def test_une_base_abimee_est_mise_de_cote_et_rendue_saine(
    base: Path, prise: Path, abimer: Callable[[bytes], bytes], trouve: str
) -> None:
    base.write_bytes(abimer(base.read_bytes()))
    avant = base.read_bytes()
    projet = restaurer.preparer(prise, base)
    assert projet.etat in (trouve, "abimee")
    fait = restaurer.restaurer(projet, base)
    assert fait.de_cote is not None and fait.de_cote.read_bytes() == avant
    assert noms(base) == ["Grappe du Ségala"]
    assert "mise de côté" in " ".join(restaurer.phrases(fait, base))


def test_la_base_ouverte_ici_se_restaure_sans_se_fermer(base: Path, prise: Path) -> None:
    with ouvrir_base(base) as porte:
        projet = restaurer.preparer(prise, base, ouverte=porte.cle)
        restaurer.restaurer(projet, base)
        assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala"]
        assert porte.modifier(vivants(porte)[0], notes="ensuite")
    assert isinstance(porte, Porte)


@pytest.mark.parametrize("octets", [b"", b"x" * 9000])
def test_ce_qui_n_est_pas_une_sauvegarde_est_refuse(base: Path, tmp_path: Path, octets: bytes) -> None:
    faux = tmp_path / "faux.sauvegarde"
    faux.write_bytes(octets)
    avant = base.read_bytes()
    with pytest.raises(ErreurBase, match="n’est pas une sauvegarde entière"):
        restaurer.preparer(faux, base)
    with pytest.raises(ErreurBase, match="pas de sauvegarde à cet endroit"):
        restaurer.preparer(tmp_path / "absent", base)
    assert base.read_bytes() == avant
