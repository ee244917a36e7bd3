"""From a phrase to 32 bytes, a key, the seal of a page, the keyring: the very numbers."""

import hashlib
import hmac
import os
import random
import unicodedata
from pathlib import Path

import keyring
import pytest

from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cles, derivation, trousseau
from esms_desktop.store.cles.chiffrement import Cle, identite, page_une_scellee_par, une_page_scellee_par
from esms_desktop.store.cles.derivation import VARIABLE, anticiper, deriver
from esms_desktop.store.cles.emplacements import Emplacement, Scrypt
from esms_desktop.store.cles.temoin import chemin_du_temoin, ecrire_temoin
from esms_desktop.store.fichiers import poser

SEL = "00112233445566778899aabbccddeeff"
# Light enough for a test; the parameters of a real base are checked apart.
LEGER = Emplacement("phrase", sel=SEL, n=16, r=8, p=1)
NOMBRES = LEGER.scrypt


def attendu(phrase: str, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(phrase.encode(), salt=bytes.fromhex(SEL), n=n, r=r, p=p, maxmem=2**28, dklen=32)


@pytest.mark.parametrize(("n", "r", "p"), [(16, 8, 1), (32, 8, 1), (16, 4, 1), (16, 8, 2), (2**15, 8, 3)])
def test_la_cle_est_celle_que_scrypt_tire_de_la_phrase(n: int, r: int, p: int) -> None:
    cle = deriver("phrase de passe", Scrypt(SEL, n, r, p))
    assert cle == attendu("phrase de passe", n, r, p) and len(cle) == 32


def test_une_lettre_accentuee_est_la_meme_composee_ou_non() -> None:
    decomposee = unicodedata.normalize("NFD", "Étés à Noël")
    assert decomposee != "Étés à Noël"
    assert deriver(decomposee, NOMBRES) == deriver("Étés à Noël", NOMBRES) == attendu("Étés à Noël", 16, 8, 1)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "base.sqlite"


def test_ce_qui_a_ete_derive_d_avance_sert_une_fois(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mot")
    ecrire_temoin(base, [LEGER])
    anticiper(base)
    avance = derivation._avances["mot", NOMBRES]
    assert avance.daemon and avance.name == "derivation"
    avance.join()
    assert avance.octets == attendu("mot", 16, 8, 1)
    avance.octets = b"deja fait"
    assert deriver("mot", NOMBRES) == b"deja fait"
    assert deriver("mot", NOMBRES) == attendu("mot", 16, 8, 1)


def test_une_avance_qui_n_a_rien_donne_est_refaite(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mot")
    ecrire_temoin(base, [LEGER])
    anticiper(base)
    derivation._avances["mot", NOMBRES].join()
    derivation._avances["mot", NOMBRES].octets = b""
    assert deriver("mot", NOMBRES) == attendu("mot", 16, 8, 1)


@pytest.mark.parametrize("cas", ["sans phrase", "sans témoin", "témoin abîmé", "trousseau"])
def test_rien_n_est_derive_d_avance_quand_la_phrase_ne_sert_pas(
    base: Path, monkeypatch: pytest.MonkeyPatch, cas: str
) -> None:
    if cas != "sans phrase":
        monkeypatch.setenv(VARIABLE, "mot")
    if cas == "témoin abîmé":
        chemin_du_temoin(base).write_text("{")
    elif cas == "trousseau":
        ecrire_temoin(base, [Emplacement("trousseau", nom="x")])
    elif cas == "sans phrase":
        ecrire_temoin(base, [LEGER])
    anticiper(base)
    assert derivation._avances == {}


@pytest.mark.parametrize("liens", [True, False], ids=["avec liens", "sans liens"])
def test_un_fichier_fini_se_pose_sans_rien_ecraser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, liens: bool
) -> None:
    if not liens:

        def refuser(*_: object, **__: object) -> None:
            raise PermissionError("no link here")

        monkeypatch.setattr(os, "link", refuser)
    neuf, place = tmp_path / "neuf", tmp_path / "place"
    neuf.write_text("un")
    assert poser(neuf, place) and place.read_text() == "un"
    neuf.unlink(missing_ok=True)
    neuf.write_text("deux")
    assert not poser(neuf, place) and place.read_text() == "un" and neuf.read_text() == "deux"


@pytest.mark.parametrize("taille", [0, 31, 33])
def test_une_cle_a_trente_deux_octets(taille: int) -> None:
    with pytest.raises(ValueError, match="32"):
        Cle(bytes(taille))


def test_une_cle_se_compare_et_se_cache() -> None:
    une, meme, autre = Cle(bytes(32)), Cle(bytes(32)), Cle(bytes(31) + b"\1")
    assert une == meme and hash(une) == hash(meme) and une != autre and une != "cle"
    assert repr(une) == "Cle(…)" and une.pragma == f"x'{'00' * 32}'" and une.octets == bytes(32)
    assert Cle(bytes(32), Path("x")).temoin == Path("x") and une.temoin is None and une.sel is None
    assert une.pragma_avec(b"\x01" * 16) == f"x'{'00' * 32}{'01' * 16}'"
    assert cles.cle_jetable() != cles.cle_jetable()


def test_le_sceau_de_la_premiere_page(tmp_path: Path) -> None:
    """The page as SQLCipher 4 seals it, made here by hand."""
    cle, autre = Cle(random.Random(1).randbytes(32)), Cle(random.Random(2).randbytes(32))
    sel, corps = random.Random(3).randbytes(16), random.Random(4).randbytes(4096 - 16 - 64)
    du_sceau = hashlib.pbkdf2_hmac("sha512", cle.octets, bytes(o ^ 0x3A for o in sel), 2, 32)
    sceau = hmac.digest(du_sceau, corps + (1).to_bytes(4, "little"), "sha512")
    chemin = tmp_path / "page"
    chemin.write_bytes(sel + corps + sceau + b"suite")
    assert page_une_scellee_par(chemin, cle) and not page_une_scellee_par(chemin, autre)
    assert identite(chemin) == sel.hex()
    chemin.write_bytes((sel + corps + sceau)[:-1])
    assert not page_une_scellee_par(chemin, cle)


class FauxTrousseau:
    """What `keyring` answers, kept in a dictionary."""

    def __init__(self) -> None:
        self.gardes: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, nom: str) -> str | None:
        return self.gardes.get((service, nom))

    def set_password(self, service: str, nom: str, mot: str) -> None:
        self.gardes[service, nom] = mot


@pytest.fixture
def faux(monkeypatch: pytest.MonkeyPatch) -> FauxTrousseau:
    faux = FauxTrousseau()
    monkeypatch.setattr(keyring, "get_password", faux.get_password)
    monkeypatch.setattr(keyring, "set_password", faux.set_password)
    return faux


def test_le_trousseau_garde_la_cle_sous_notre_nom(faux: FauxTrousseau) -> None:
    cle = cles.cle_jetable()
    trousseau.garder("un", cle)
    assert faux.gardes == {("esms-desktop", "un"): cle.octets.hex()}
    assert trousseau.lire("un") == cle and trousseau.lire("deux") is None
    faux.gardes["esms-desktop", "trois"] = "pas une clé"
    faux.gardes["esms-desktop", "quatre"] = "00"
    for nom in ("trois", "quatre"):
        with pytest.raises(trousseau.SansTrousseau, match="n’est pas une clé"):
            trousseau.lire(nom)


@pytest.mark.parametrize(
    ("erreur", "dit"), [(RuntimeError("fermé"), "fermé"), (RuntimeError(), "RuntimeError")]
)
def test_un_trousseau_qui_echoue_dit_pourquoi(
    faux: FauxTrousseau, monkeypatch: pytest.MonkeyPatch, erreur: Exception, dit: str
) -> None:
    def echouer(*_: object) -> None:
        raise erreur

    monkeypatch.setattr(keyring, "get_password", echouer)
    with pytest.raises(trousseau.SansTrousseau) as vu:
        trousseau.lire("un")
    assert str(vu.value) == dit
    monkeypatch.setattr(keyring, "set_password", echouer)
    with pytest.raises(trousseau.SansTrousseau) as vu:
        trousseau.garder("un", cles.cle_jetable())
    assert str(vu.value) == dit
    assert faux.gardes == {}


def test_une_seule_page_entiere_suffit_a_reconnaitre_la_cle(chemin: Path, cle: Cle) -> None:
    ouvrir(chemin, cle).fermer()
    octets, sel = chemin.read_bytes(), bytes.fromhex(identite(chemin))
    pages = len(octets) // 4096
    chemin.write_bytes(octets[:16] + bytes(len(octets) - 16 - 4096) + octets[-4096:])
    assert pages > 3 and not page_une_scellee_par(chemin, cle)
    assert une_page_scellee_par(chemin, cle, sel)
    assert not une_page_scellee_par(chemin, cle, bytes(16)) and not une_page_scellee_par(
        chemin, cles.cle_jetable(), sel
    )
    for reste in (b"", octets[:20], bytes(len(octets))):
        chemin.write_bytes(reste)
        assert not une_page_scellee_par(chemin, cle, sel)


@pytest.mark.parametrize("debut", [b"", b"court", b"SQLite format 3\x00et la suite"])
def test_un_fichier_qui_n_est_pas_une_base_chiffree_n_a_pas_d_identite(chemin: Path, debut: bytes) -> None:
    chemin.write_bytes(debut)
    assert identite(chemin) == "" and identite(chemin.with_name("absente")) == ""
