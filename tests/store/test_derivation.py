"""From a phrase to a key, and the sidecar that says how: the very numbers, the very file."""

import hashlib
import hmac
import json
import os
import random
import unicodedata
from pathlib import Path

import keyring
import pytest

from esms_desktop.errors import ErreurCle
from esms_desktop.store import cles, derivation, trousseau
from esms_desktop.store.chiffrement import Cle, page_une_scellee_par
from esms_desktop.store.derivation import VARIABLE, anticiper, deriver
from esms_desktop.store.temoin import Temoin, chemin_du_temoin, ecrire_temoin, lire_temoin, poser

SEL = "00112233445566778899aabbccddeeff"
# Light enough for a test; the parameters of a real base are checked apart.
LEGER = Temoin("phrase", sel=SEL, n=16, r=8, p=1)


def attendu(phrase: str, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(phrase.encode(), salt=bytes.fromhex(SEL), n=n, r=r, p=p, maxmem=2**28, dklen=32)


@pytest.mark.parametrize(("n", "r", "p"), [(16, 8, 1), (32, 8, 1), (16, 4, 1), (16, 8, 2), (2**15, 8, 3)])
def test_la_cle_est_celle_que_scrypt_tire_de_la_phrase(n: int, r: int, p: int) -> None:
    cle = deriver("phrase de passe", Temoin("phrase", sel=SEL, n=n, r=r, p=p))
    assert cle == attendu("phrase de passe", n, r, p) and len(cle) == 32


def test_une_lettre_accentuee_est_la_meme_composee_ou_non() -> None:
    decomposee = unicodedata.normalize("NFD", "Étés à Noël")
    assert decomposee != "Étés à Noël"
    assert deriver(decomposee, LEGER) == deriver("Étés à Noël", LEGER) == attendu("Étés à Noël", 16, 8, 1)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "base.sqlite"


def test_ce_qui_a_ete_derive_d_avance_sert_une_fois(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mot")
    ecrire_temoin(base, LEGER)
    anticiper(base)
    avance = derivation._avances["mot", LEGER]
    assert avance.daemon and avance.name == "derivation"
    avance.join()
    assert avance.octets == attendu("mot", 16, 8, 1)
    avance.octets = b"deja fait"
    assert deriver("mot", LEGER) == b"deja fait"
    assert deriver("mot", LEGER) == attendu("mot", 16, 8, 1)


def test_une_avance_qui_n_a_rien_donne_est_refaite(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mot")
    ecrire_temoin(base, LEGER)
    anticiper(base)
    derivation._avances["mot", LEGER].join()
    derivation._avances["mot", LEGER].octets = b""
    assert deriver("mot", LEGER) == attendu("mot", 16, 8, 1)


@pytest.mark.parametrize("cas", ["sans phrase", "sans témoin", "témoin abîmé", "trousseau"])
def test_rien_n_est_derive_d_avance_quand_la_phrase_ne_sert_pas(
    base: Path, monkeypatch: pytest.MonkeyPatch, cas: str
) -> None:
    if cas != "sans phrase":
        monkeypatch.setenv(VARIABLE, "mot")
    if cas == "témoin abîmé":
        chemin_du_temoin(base).write_text("{")
    elif cas == "trousseau":
        ecrire_temoin(base, Temoin("trousseau", id="x"))
    elif cas == "sans phrase":
        ecrire_temoin(base, LEGER)
    anticiper(base)
    assert derivation._avances == {}


def test_une_base_neuve_prend_les_nombres_de_l_owasp(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mot")
    cle = cles.cle_de_la_base(base, creer=True)
    lu = json.loads(chemin_du_temoin(base).read_text(encoding="utf-8"))
    assert lu | {"sel": ""} == {"mode": "phrase", "id": "", "sel": "", "n": 32_768, "r": 8, "p": 3}
    assert len(bytes.fromhex(lu["sel"])) == 16
    assert cle.octets == hashlib.scrypt(
        b"mot", salt=bytes.fromhex(lu["sel"]), n=2**15, r=8, p=3, maxmem=2**28, dklen=32
    )
    assert cle.temoin == chemin_du_temoin(base)


@pytest.mark.parametrize(
    ("change", "bon"),
    [
        ({}, True),
        ({"sel": "00" * 15}, False),
        ({"sel": "00" * 16}, True),
        ({"sel": "zz" * 16}, False),
        ({"sel": 12}, False),
        ({"n": 1}, False),
        ({"n": 2}, True),
        ({"n": 24}, False),
        ({"n": True}, False),
        ({"n": -16}, False),
        ({"n": 16.0}, False),
        ({"r": 0}, False),
        ({"r": 1}, True),
        ({"p": 0}, False),
        ({"p": 16}, True),
        ({"p": 17}, False),
        ({"n": 2**18, "r": 8}, True),
        ({"n": 2**19, "r": 8}, False),
        ({"n": 2**18, "r": 9}, False),
        ({"mode": "autre"}, False),
        ({"mode": "trousseau"}, False),
        ({"mode": "trousseau", "id": "x"}, True),
        ({"mode": "trousseau", "id": 3}, False),
        ({"inconnu": 1}, False),
    ],
)
def test_un_temoin_qui_ne_tient_pas_debout_est_refuse(
    base: Path, change: dict[str, object], bon: bool
) -> None:
    champs = {"mode": "phrase", "id": "", "sel": SEL, "n": 16, "r": 8, "p": 1} | change
    chemin_du_temoin(base).write_text(json.dumps(champs), encoding="utf-8")
    if bon:
        assert lire_temoin(base) == Temoin(**champs)  # type: ignore[arg-type]
    else:
        with pytest.raises(ErreurCle, match=r"« base\.sqlite\.cle\.json », qui dit comment|ne se lit pas"):
            lire_temoin(base)


def test_le_temoin_s_ecrit_entier_et_jamais_par_dessus_un_autre(base: Path) -> None:
    ici = base.parent / "a" / "b" / "base.sqlite"
    assert lire_temoin(ici) is None
    assert ecrire_temoin(ici, LEGER) == chemin_du_temoin(ici)
    assert ecrire_temoin(ici, Temoin("trousseau", id="autre")) is None
    assert lire_temoin(ici) == LEGER
    texte = chemin_du_temoin(ici).read_text(encoding="utf-8")
    assert texte == f'{{\n "mode": "phrase",\n "id": "",\n "sel": "{SEL}",\n "n": 16,\n "r": 8,\n "p": 1\n}}'
    assert [p.name for p in ici.parent.iterdir()] == ["base.sqlite.cle.json"]
    if os.name == "posix":
        assert chemin_du_temoin(ici).stat().st_mode & 0o777 == 0o600


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
    assert Cle(bytes(32), Path("x")).temoin == Path("x") and une.temoin is None
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


def test_une_base_neuve_va_au_trousseau_puis_s_y_retrouve(faux: FauxTrousseau, base: Path) -> None:
    cle = cles.cle_de_la_base(base, creer=True)
    temoin = lire_temoin(base)
    assert temoin is not None and temoin.mode == "trousseau" and len(bytes.fromhex(temoin.id)) == 16
    assert cles.cle_de_la_base(base, creer=True) == cle
    faux.gardes.clear()
    with pytest.raises(ErreurCle) as dit:
        cles.cle_de_la_base(base, creer=True)
    assert dit.value.remede.endswith(
        "ou retirez «\u00a0base.sqlite.cle.json\u00a0» pour en créer une nouvelle."
    )
    base.write_bytes(bytes(5000))
    with pytest.raises(ErreurCle) as dit:
        cles.cle_de_la_base(base)
    assert dit.value.remede == "Ouvrez-la avec l’ordinateur et la session qui l’ont créée."
    trousseau.garder(temoin.id, cle)
    with pytest.raises(ErreurCle, match="ce n’est pas cette base, ou elle est abîmée"):
        cles.cle_de_la_base(base)


def test_une_phrase_se_choisit_en_trois_essais(base: Path, sans_trousseau: None) -> None:
    def repondre(*mots: str | None) -> tuple[list[str], object]:
        reponses, questions = list(mots), []

        def demander(question: str) -> str | None:
            questions.append(question)
            return reponses.pop(0)

        return questions, demander

    for mots in (("a", "b", "c", "d", "e", "f"), (None,), ("a", None), (" ", "", "  ")):
        questions, demander = repondre(*mots)
        with pytest.raises(ErreurCle, match="la base n’a pas été créée"):
            cles.cle_de_la_base(base, demander, creer=True)  # type: ignore[arg-type]
        assert len(questions) == len(mots) and lire_temoin(base) is None
    questions, demander = repondre(" ", "a", "b", "juste", "juste")
    cles.cle_de_la_base(base, demander, creer=True)  # type: ignore[arg-type]
    assert [q.split(".")[0] for q in questions] == [
        "Choisissez une phrase secrète pour protéger la base",
        "Une phrase vide ne protège rien",
        "Tapez la même phrase une seconde fois",
        "Les deux phrases sont différentes",
        "Tapez la même phrase une seconde fois",
    ]


def test_une_phrase_se_demande_trois_fois(base: Path, cle: Cle, sans_trousseau: None) -> None:
    base.write_bytes(bytes(5000))
    ecrire_temoin(base, LEGER)
    questions: list[str] = []

    def se_tromper(question: str) -> str:
        questions.append(question)
        return "non"

    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cles.cle_de_la_base(base, se_tromper)
    assert len(questions) == 3
    assert (
        not questions[0].startswith("Cette phrase")
        and questions[1] == questions[2]
        and questions[1].startswith("Cette phrase n’ouvre pas")
    )
    with pytest.raises(ErreurCle, match="reste fermée"):
        cles.cle_de_la_base(base, lambda _: None)
    with pytest.raises(ErreurCle, match="est protégée par une phrase secrète"):
        cles.cle_de_la_base(base)
