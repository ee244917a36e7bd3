"""The slots of a key: what each opens, what spoils one, where they are kept, the code as it is copied by hand."""

import hashlib
import json
import os
import random
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles import code_secours, emplacements
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.emplacements import Emplacement, Scrypt, en_texte, lire_texte
from esms_desktop.store.cles.force import juger
from esms_desktop.store.cles.temoin import (
    chemin_du_temoin,
    copie_de_cet_ordinateur,
    ecrire_temoin,
    garder_une_copie,
    lire_temoin,
    rassembler,
)

SEL = "00112233445566778899aabbccddeeff"
QUI, AUTRE = "ab" * 16, "cd" * 16
NOMBRES = Scrypt(SEL, 16, 8, 1)
CLE = Cle(random.Random(5).randbytes(32))
DERIVE = random.Random(6).randbytes(32)
PHRASE = emplacements.de_la_phrase(CLE, QUI, DERIVE, NOMBRES)
TROUSSEAU = emplacements.du_trousseau(CLE, QUI)
CODE = emplacements.du_code(CLE, QUI)
TOUS = (PHRASE, TROUSSEAU, CODE)


def test_une_phrase_rend_la_cle_et_aucune_autre() -> None:
    assert emplacements.ouvrir_par_phrase(PHRASE, DERIVE) == CLE
    assert emplacements.ouvrir_par_phrase(PHRASE, DERIVE[:-1] + b"\0") is None
    assert CLE.octets.hex() not in en_texte(TOUS) and DERIVE.hex() not in en_texte(TOUS)
    # What was sealed for another base, or changed on the way, is not opened.
    for faux in (
        replace(PHRASE, base=AUTRE),
        replace(PHRASE, controle="00" * 16),
        replace(PHRASE, scelle=PHRASE.scelle[:-2] + ("00" if PHRASE.scelle[-2:] != "00" else "01")),
    ):
        assert emplacements.ouvrir_par_phrase(faux, DERIVE) is None
    ancien = Emplacement("phrase", sel=SEL, n=16, r=8, p=1)
    assert ancien.ancien and emplacements.ouvrir_par_phrase(ancien, DERIVE) == Cle(DERIVE)


def test_la_meme_phrase_garde_une_autre_cle_sans_etre_tapee() -> None:
    autre = Cle(random.Random(8).randbytes(32))
    suivant = emplacements.pour_une_autre_cle(PHRASE, autre, AUTRE)
    assert emplacements.ouvrir_par_phrase(suivant, DERIVE) == autre
    assert suivant.base == AUTRE and suivant.scrypt == PHRASE.scrypt


def test_chaque_emplacement_reconnait_sa_cle_seule() -> None:
    for e in TOUS:
        assert e.reconnait(CLE) and not e.reconnait(Cle(bytes(32)))
    assert not Emplacement("trousseau", nom="x").reconnait(CLE)
    assert TROUSSEAU.nom == f"base-{QUI}"


def test_un_code_attend_scelle_par_sa_cle() -> None:
    code = random.Random(9).randbytes(20)
    cle = code_secours.cle_du_code(code)
    attente = emplacements.mettre_en_attente(cle, QUI, code)
    assert emplacements.code_en_attente(attente, cle) == code
    assert emplacements.code_en_attente(attente, CLE) is None
    assert code.hex() not in en_texte([attente])


def test_le_texte_se_relit_tel_quel() -> None:
    assert lire_texte(en_texte(TOUS)) == (TOUS, False)
    assert lire_texte(en_texte(TOUS) * 2) == (TOUS, False)
    assert lire_texte("") == ((), False)


@pytest.mark.parametrize("rang", range(len(TOUS)))
def test_un_emplacement_abime_laisse_les_autres(rang: int) -> None:
    lignes = en_texte(TOUS).splitlines(keepends=True)
    for place in range(0, len(lignes[rang]), 5):
        octet = chr(ord(lignes[rang][place]) ^ 1)
        abimee = lignes[rang][:place] + octet + lignes[rang][place + 1 :]
        lus = lire_texte("".join([*lignes[:rang], abimee, *lignes[rang + 1 :]]))
        assert lus.abimes, abimee
        assert set(lus.emplacements) >= set(TOUS) - {TOUS[rang]}
        assert set(lus.emplacements) <= set(TOUS), "a changed slot is never taken for another"
    coupe = en_texte(TOUS)[: sum(map(len, lignes[: rang + 1])) - 10]
    assert lire_texte(coupe) == (TOUS[:rang], True)


@given(st.binary(max_size=300), st.integers(0, 900))
def test_rien_de_ce_qui_abime_n_est_cru(octets: bytes, place: int) -> None:
    texte = en_texte(TOUS).encode()
    lus = lire_texte((texte[:place] + octets + texte[place + len(octets) :]).decode("utf-8", "replace"))
    assert set(lus.emplacements) <= set(TOUS)


@pytest.mark.parametrize(
    ("change", "bon"),
    [
        ({}, True),
        ({"sel": "00" * 15}, False),
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
        ({"mode": "code"}, False),
        ({"mode": "attente"}, False),
        ({"mode": "trousseau"}, False),
        ({"mode": "trousseau", "id": "x"}, True),
        ({"mode": "trousseau", "id": 3}, False),
        ({"inconnu": 1}, False),
    ],
)
def test_le_premier_format_se_lit_s_il_tient_debout(change: dict[str, object], bon: bool) -> None:
    champs = {"mode": "phrase", "id": "", "sel": SEL, "n": 16, "r": 8, "p": 1} | change
    lus = lire_texte(json.dumps(champs, indent=1))
    assert len(lus.emplacements) == bon and lus.abimes != bon
    if bon:
        [e] = lus.emplacements
        assert e.ancien and (e.genre, e.nom, e.scrypt) == (
            champs["mode"],
            champs["id"],
            (champs["sel"], champs["n"], champs["r"], champs["p"]),
        )


@pytest.mark.parametrize(
    ("e", "change"),
    [
        (PHRASE, {"base": "ab" * 15}),
        (PHRASE, {"base": "zz" * 16}),
        (PHRASE, {"controle": "ab"}),
        (PHRASE, {"publique": "ab"}),
        (PHRASE, {"scelle": ""}),
        (PHRASE, {"genre": "autre"}),
        (PHRASE, {"de_trop": "x"}),
        (TROUSSEAU, {"nom": ""}),
        (TROUSSEAU, {"nom": 4}),
        (CODE, {"base": "", "controle": ""}),
    ],
)
def test_un_emplacement_bien_scelle_qui_ne_tient_pas_debout_est_refuse(
    e: Emplacement, change: dict[str, object]
) -> None:
    champs = {n: v for n, v in (asdict(e) | change).items() if v not in ("", 0)}
    somme = hashlib.sha256(json.dumps(champs, sort_keys=True).encode()).hexdigest()[:16]
    assert lire_texte(json.dumps(champs | {"somme": somme})) == ((), True)


# Where they are kept.


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "ici").mkdir()
    base = tmp_path / "ici" / "base.sqlite"
    base.write_bytes(bytes.fromhex(QUI) + bytes(4080))
    return base


def test_le_temoin_s_ecrit_entier_et_garde_les_autres_bases(base: Path) -> None:
    assert lire_temoin(base) is None
    d_ailleurs = emplacements.du_code(CLE, AUTRE)
    ecrire_temoin(base, [d_ailleurs])
    assert ecrire_temoin(base, TOUS) == base.with_name("base.sqlite.cle.json")
    assert lire_temoin(base) == ((*TOUS, d_ailleurs), False)
    ecrire_temoin(base, TOUS[:1], sans=[d_ailleurs])
    assert lire_temoin(base) == (TOUS[:1], False)
    assert sorted(p.name for p in base.parent.iterdir()) == ["base.sqlite", "base.sqlite.cle.json"]
    if os.name == "posix":
        assert chemin_du_temoin(base).stat().st_mode & 0o777 == 0o600


def test_un_lien_pose_a_la_place_du_temoin_n_est_pas_suivi(base: Path, tmp_path: Path) -> None:
    piege = tmp_path / "piege"
    piege.write_text("à moi")
    chemin_du_temoin(base).symlink_to(piege)
    ecrire_temoin(base, TOUS)
    assert piege.read_text() == "à moi" and not chemin_du_temoin(base).is_symlink()


PERTES = {
    "absent": lambda t: t.unlink(),
    "vide": lambda t: t.write_text(""),
    "coupé": lambda t: t.write_text(t.read_text()[:40]),
    "brouillé": lambda t: t.write_bytes(b"\xff\x00" * 50),
    "d’une autre base": lambda t: t.write_text(en_texte([emplacements.du_code(CLE, AUTRE)])),
    "un dossier": lambda t: (t.unlink(), t.mkdir()),
    "démesuré": lambda t: t.write_text(" " * 70_000 + t.read_text()),
}


@pytest.mark.parametrize("perte", PERTES)
def test_un_temoin_perdu_se_retrouve_dans_la_copie_de_l_ordinateur(base: Path, perte: str) -> None:
    ecrire_temoin(base, TOUS)
    assert rassembler(base) == (TOUS, False)
    garder_une_copie(TOUS)
    PERTES[perte](chemin_du_temoin(base))
    trouves, a_refaire = rassembler(base)
    assert trouves[:3] == TOUS and a_refaire
    assert [e.base for e in trouves[3:]] == ([AUTRE] if perte == "d’une autre base" else [])


def test_un_emplacement_seul_perdu_se_retrouve_et_le_temoin_est_plus_recent(base: Path) -> None:
    garder_une_copie(TOUS)
    nouvelle = emplacements.de_la_phrase(CLE, QUI, bytes(32), NOMBRES)
    ecrire_temoin(base, [nouvelle, CODE])
    trouves, a_refaire = rassembler(base)
    assert set(trouves) == {nouvelle, CODE, TROUSSEAU} and a_refaire, "l’ancienne phrase ne revient pas"


def test_une_base_renommee_retrouve_le_temoin_reste_a_cote(base: Path) -> None:
    ecrire_temoin(base, TOUS)
    renommee = base.rename(base.with_name("ancienne.sqlite"))
    assert rassembler(renommee) == (TOUS, True)
    ecrire_temoin(renommee, TOUS)
    base.write_bytes(bytes.fromhex(AUTRE) + bytes(4080))
    assert [e.base for e in rassembler(base)[0]] == [QUI] * 3, "ceux d’une autre base viennent en dernier"


def test_derriere_un_lien_le_temoin_est_pres_du_fichier(base: Path, tmp_path: Path) -> None:
    ecrire_temoin(base, TOUS)
    lien = tmp_path / "lien.sqlite"
    lien.symlink_to(base)
    assert rassembler(lien) == (TOUS, False) and chemin_du_temoin(lien) == chemin_du_temoin(base)
    chemin_du_temoin(base).rename(tmp_path / "lien.sqlite.cle.json")
    assert rassembler(lien) == (TOUS, True), "un témoin posé près du lien sert aussi"


def test_la_copie_de_l_ordinateur_n_est_qu_a_son_proprietaire(maison_a_part: Path) -> None:
    garder_une_copie([Emplacement("trousseau", nom="x")])
    assert not list(maison_a_part.rglob("*.cle.json"))
    garder_une_copie(TOUS)
    [copie] = maison_a_part.rglob("*.cle.json")
    assert copie == copie_de_cet_ordinateur(QUI)
    if os.name == "posix":
        assert copie.stat().st_mode & 0o777 == 0o600 and copie.parent.stat().st_mode & 0o077 == 0


# The code.


@given(st.binary(min_size=20, max_size=20))
def test_un_code_se_lit_comme_il_s_ecrit(code: bytes) -> None:
    ecrit = code_secours.ecrire(code)
    groupes = ecrit.split("-")
    assert len(groupes) == 9 and {len(g) for g in groupes} == {4}
    assert not set(ecrit) & set("ILOU") and code_secours.dernier_groupe(code) == groupes[-1]
    for tape in (ecrit, ecrit.lower(), ecrit.replace("-", " "), ecrit.replace("-", ""), f"  {ecrit}\n"):
        assert code_secours.lire(tape) == code and code_secours.ressemble(tape)
    assert code_secours.lire(ecrit.replace("0", "o").replace("1", "l")) == code


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.integers(1, 31))
def test_un_signe_mal_recopie_est_vu(code: bytes, rang: int, decalage: int) -> None:
    signes = code_secours.ecrire(code).replace("-", "")
    autres = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    faux = autres[(autres.index(signes[rang]) + decalage) % 32]
    with pytest.raises(ErreurCle, match="mal recopié"):
        code_secours.lire(signes[:rang] + faux + signes[rang + 1 :])


@pytest.mark.parametrize(
    ("tape", "dit"), [("", "0 sur 36"), ("ABCD-EFGH", "8 sur 36"), ("U" * 36, "jamais le signe « U »")]
)
def test_un_code_incomplet_dit_ce_qui_manque(tape: str, dit: str) -> None:
    with pytest.raises(ErreurCle) as erreur:
        code_secours.lire(tape)
    assert dit in str(erreur.value).replace("\u00a0", " ") and not code_secours.ressemble(tape)


def test_la_cle_d_un_code_est_hkdf() -> None:
    """RFC 5869 by hand: extract with an empty salt, one block of expansion."""
    import hmac

    code = bytes(range(20))
    tire = hmac.digest(bytes(32), code, "sha256")
    attendue = hmac.digest(tire, b"esms-desktop base 1\x01", "sha256")
    assert code_secours.cle_du_code(code).octets == attendue
    assert code_secours.tirer() != code_secours.tirer() and len(code_secours.tirer()) == 20


@pytest.mark.parametrize(
    ("phrase", "refusee", "faible"),
    [
        ("", True, True),
        ("court", True, True),
        ("   abc   ", True, True),
        ("aaaaaaaaaaaa", True, True),
        ("abababababab", True, True),
        ("12345678", True, True),
        ("azertyuiop", True, True),
        ("Motdepasse2024", True, True),
        ("ÉTÉétéÉTÉété", True, True),
        ("2024202420242", True, True),
        ("une phrase", False, True),
        ("tilleul-bleu", False, True),
        ("quatre canards sous l’érable", False, False),
        ("un deux troisième", False, False),
        ("xK7!pq92Lm-vtR", False, True),
        ("xK7!pq92Lm-vtRz5", False, False),
    ],
)
def test_une_phrase_est_jugee(phrase: str, refusee: bool, faible: bool) -> None:
    force = juger(phrase)
    assert (force.refusee, force.faible) == (refusee, faible), force
    assert bool(force.pourquoi) == faible
