"""The key of a base: what keeps it, every way it may be lost and found again, and what is said when it is missing."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurCle, ErreurEsms
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import changer_cles, cle_neuve, code_secours, page_claire, trousseau
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base, cle_jetable, trouver
from esms_desktop.store.cles.derivation import deriver
from esms_desktop.store.cles.emplacements import Emplacement, en_texte
from esms_desktop.store.cles.temoin import chemin_du_temoin, lire_temoin
from tests.store.aide import graphe, vivants

PHRASE = "quatre canards sous l’érable"
AUTRE = "un train de nuit vers Brest"


def repondre(*reponses: str | None) -> Callable[[str], str | None]:
    """Answers in turn; one question too many fails the test."""
    suite = iter(reponses)
    return lambda question: next(suite)


@pytest.fixture(autouse=True)
def scrypt_leger(monkeypatch: pytest.MonkeyPatch) -> None:
    """New phrases cost nothing; the numbers of a real base are checked apart, in a program of its own."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)


@pytest.fixture
def avec_phrase(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> Cle:
    """A base made with the phrase of the environment."""
    monkeypatch.setenv(VARIABLE, PHRASE)
    cle = cle_de_la_base(chemin, None, creer=True)
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    assert cle_de_la_base(chemin) == cle
    return cle


class TrousseauEnMemoire:
    """What `keyring` keeps, in a dictionary."""

    def __init__(self) -> None:
        self.gardes: dict[str, str] = {}

    def get_password(self, service: str, nom: str) -> str | None:
        return self.gardes.get(nom)

    def set_password(self, service: str, nom: str, mot: str) -> None:
        self.gardes[nom] = mot


@pytest.fixture
def avec_trousseau(monkeypatch: pytest.MonkeyPatch) -> TrousseauEnMemoire:
    garde = TrousseauEnMemoire()
    monkeypatch.setattr(keyring, "get_password", garde.get_password)
    monkeypatch.setattr(keyring, "set_password", garde.set_password)
    return garde


def genres(chemin: Path) -> list[str]:
    lu = lire_temoin(chemin)
    return [] if lu is None else [e.genre for e in lu.emplacements]


def noms(chemin: Path, cle: Cle) -> list[str]:
    with ouvrir(chemin, cle) as porte:
        return [d.nom for d in porte.resumes()]


def test_une_cle_jetable_est_neuve_et_ne_se_montre_pas() -> None:
    cle = cle_jetable()
    assert cle != cle_jetable() and len(cle.octets) == 32
    assert cle.octets.hex()[:8] not in f"{cle!r} {cle}"
    with pytest.raises(ValueError):
        Cle(b"court")


# What keeps it.


def test_la_phrase_de_l_environnement_ouvre_et_rouvre(
    chemin: Path, avec_phrase: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert genres(chemin) == ["phrase", "code", "attente"]
    # The same phrase, its accents typed apart from their letters.
    monkeypatch.setenv(VARIABLE, PHRASE.replace("é", "e\u0301"))
    assert cle_de_la_base(chemin) == avec_phrase
    texte = chemin_du_temoin(chemin).read_text()
    assert avec_phrase.octets.hex() not in texte and chemin_du_temoin(chemin).stat().st_mode & 0o077 == 0
    monkeypatch.setenv(VARIABLE, "une autre phrase")
    octets = chemin.read_bytes()
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin, None, creer=True)
    assert chemin.read_bytes() == octets and chemin_du_temoin(chemin).read_text() == texte


def test_une_base_neuve_prend_les_nombres_de_l_owasp(tmp_path: Path) -> None:
    programme = (
        "import sys; from pathlib import Path; from esms_desktop.store.cles.cles import cle_de_la_base\n"
        "base = Path(sys.argv[1]); a = cle_de_la_base(base, None, creer=True); base.write_bytes(a.sel + bytes(4080))\n"
        "from esms_desktop.store.cles.cles import trouver; print(trouver(base).cle == a)"
    )
    base = tmp_path / "base.sqlite"
    resultat = subprocess.run(
        [sys.executable, "-c", programme, str(base)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, VARIABLE: PHRASE},
    )
    assert resultat.stdout.strip() == "True", resultat.stderr
    premier = lire_temoin(base).emplacements[0]
    assert premier.scrypt[1:] == (32_768, 8, 3) and len(bytes.fromhex(premier.sel)) == 16


@pytest.mark.usefixtures("sans_trousseau")
def test_sans_trousseau_la_phrase_est_demandee_deux_fois(chemin: Path) -> None:
    questions: list[str] = []
    reponses = iter([" ", "azertyuiop", PHRASE, "deux", PHRASE, PHRASE])

    def demander(question: str) -> str:
        questions.append(question)
        return next(reponses)

    with pytest.raises(ErreurCle, match="aucune phrase secrète"):
        cle_de_la_base(chemin, repondre("a", "b", "c"), creer=True)
    monte = [" ", "azertyuiop", PHRASE, PHRASE]
    reponses = iter(monte)
    cle = cle_de_la_base(chemin, demander, creer=True)
    assert [q.split(".")[0].split("\u00a0")[0] for q in questions] == [
        "Choisissez une phrase secrète pour protéger la base",
        "Cette phrase est trop faible",
        "Cette phrase est trop faible",
        "Tapez la même phrase une seconde fois",
    ]
    ouvrir(chemin, cle).fermer()
    assert cle_de_la_base(chemin, repondre(PHRASE)) == cle
    assert cle_de_la_base(chemin, repondre("fausse", PHRASE)) == cle
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin, repondre("a", "b", "c"))
    with pytest.raises(ErreurCle, match="n’a pas été donnée"):
        cle_de_la_base(chemin, repondre(None))
    with pytest.raises(ErreurCle, match="protégée par une phrase"):
        cle_de_la_base(chemin)


@pytest.mark.usefixtures("sans_trousseau")
@pytest.mark.parametrize("reponses", [None, (None,), (PHRASE, None), (PHRASE, "b") * 3, ("a", " ", "  ")])
def test_sans_trousseau_ni_phrase_rien_n_est_cree(
    chemin: Path, reponses: tuple[str | None, ...] | None
) -> None:
    with pytest.raises(ErreurCle, match="aucune phrase secrète n’a été donnée") as erreur:
        cle_de_la_base(chemin, repondre(*reponses) if reponses else None, creer=True)
    assert VARIABLE in erreur.value.remede
    assert not list(chemin.parent.iterdir())


def test_une_phrase_trop_faible_ne_cree_rien(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "azerty")
    with pytest.raises(ErreurCle, match="trop faible") as erreur:
        cle_de_la_base(chemin, None, creer=True)
    assert "moins de 8" in str(erreur.value) and not list(chemin.parent.iterdir())


@pytest.mark.usefixtures("sans_trousseau")
def test_un_trousseau_qui_ne_garde_rien_n_est_pas_cru(chemin: Path) -> None:
    from keyring.backends.null import Keyring as TrousseauMuet

    keyring.set_keyring(TrousseauMuet())
    ouvrir(chemin, cle_de_la_base(chemin, repondre(PHRASE, PHRASE), creer=True)).fermer()
    assert genres(chemin)[0] == "phrase"


def test_le_trousseau_garde_la_cle_sous_le_nom_de_la_base(
    chemin: Path, avec_trousseau: TrousseauEnMemoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = cle_de_la_base(chemin, None, creer=True)
    ouvrir(chemin, cle).fermer()
    assert avec_trousseau.gardes == {f"base-{chemin.read_bytes()[:16].hex()}": cle.octets.hex()}
    # Whatever phrase lies in the environment.
    monkeypatch.setenv(VARIABLE, PHRASE)
    assert cle_de_la_base(chemin) == cle and genres(chemin) == ["trousseau", "code", "attente"]
    nom = next(iter(avec_trousseau.gardes))
    avec_trousseau.gardes[nom] = "00" * 32
    with pytest.raises(ErreurCle, match="ce n’est pas cette base, ou elle est abîmée"):
        cle_de_la_base(chemin)
    avec_trousseau.gardes.clear()
    with pytest.raises(ErreurCle, match="ne contient pas la clé") as erreur:
        cle_de_la_base(chemin)
    assert "ouvrir-avec-code" in erreur.value.remede

    def fermee(*_: object) -> None:
        raise RuntimeError("locked")

    monkeypatch.setattr(keyring, "get_password", fermee)
    with pytest.raises(ErreurCle, match="ne peut pas le remplacer"):
        cle_de_la_base(chemin)
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ErreurCle, match="ne répond pas ou est verrouillé"):
        cle_de_la_base(chemin)


def test_pas_de_base_et_pas_a_creer(chemin: Path) -> None:
    with pytest.raises(ErreurBase, match="pas de base à cet endroit"):
        cle_de_la_base(chemin, None, creer=False)
    chemin.symlink_to(chemin.with_name("absente"))
    with pytest.raises(ErreurBase, match="lien vers un fichier absent"):
        cle_de_la_base(chemin, None, creer=True)


def test_le_temoin_d_une_base_partie_reste_pour_elle(chemin: Path, avec_phrase: Cle, tmp_path: Path) -> None:
    partie = chemin.rename(tmp_path / "partie")
    seconde = cle_de_la_base(chemin, None, creer=True)
    assert seconde != avec_phrase and seconde.temoin is None, "ce témoin-là n’est pas à retirer"
    ouvrir(chemin, seconde).fermer()
    assert cle_de_la_base(chemin) == seconde
    chemin.unlink()
    partie.rename(chemin)
    assert cle_de_la_base(chemin) == avec_phrase


# The recovery code.


def test_le_code_est_montre_jusqu_a_ce_qu_il_soit_confirme(chemin: Path, avec_phrase: Cle) -> None:
    code = changer_cles.code_a_confirmer(chemin, avec_phrase)
    assert code is not None and changer_cles.code_a_confirmer(chemin, avec_phrase) == code
    assert changer_cles.a_un_code(chemin, avec_phrase)
    changer_cles.confirmer_code(chemin, avec_phrase)
    assert changer_cles.code_a_confirmer(chemin, avec_phrase) is None and genres(chemin) == ["phrase", "code"]
    assert changer_cles.a_un_code(chemin, avec_phrase)
    assert cle_de_la_base(chemin, repondre()) == avec_phrase, "le code d’avant n’est pas refait"


def test_un_nouveau_code_chiffre_la_base_de_nouveau(chemin: Path, avec_phrase: Cle) -> None:
    ancien = changer_cles.code_a_confirmer(chemin, avec_phrase)
    avant = chemin.read_bytes()
    cle = changer_cles.nouveau_code(chemin, avec_phrase)
    nouveau = changer_cles.code_a_confirmer(chemin, cle)
    assert cle != avec_phrase and nouveau not in (None, ancien)
    assert cle_de_la_base(chemin) == cle, "la même phrase sert"
    assert noms(chemin, cle) == ["Grappe du Ségala"]
    assert avant[16:2000] not in chemin.read_bytes() and genres(chemin) == ["phrase", "code", "attente"]
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        changer_cles.rebatir(chemin, str(ancien))
    assert changer_cles.rebatir(chemin, str(nouveau))[0].cle == cle
    assert sorted(p.name for p in chemin.parent.iterdir()) == ["base.sqlite", "base.sqlite.cle.json"]


def test_le_code_ne_change_pas_sous_une_autre_fenetre(chemin: Path, avec_phrase: Cle) -> None:
    temoin = chemin_du_temoin(chemin).read_bytes()
    with ouvrir(chemin, avec_phrase) as porte:
        with pytest.raises(ErreurBase, match="ouverte dans une autre fenêtre"):
            changer_cles.nouveau_code(chemin, avec_phrase)
        assert porte.modifier(vivants(porte)[0], notes="s’écrit")
    assert chemin_du_temoin(chemin).read_bytes() == temoin and noms(chemin, avec_phrase)
    assert sorted(p.name for p in chemin.parent.iterdir()) == ["base.sqlite", "base.sqlite.cle.json"]


def test_la_phrase_change_et_le_trousseau_s_ajoute(
    chemin: Path, avec_phrase: Cle, avec_trousseau: TrousseauEnMemoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ErreurCle, match="trop faible"):
        changer_cles.changer_phrase(chemin, avec_phrase, "court")
    changer_cles.changer_phrase(chemin, avec_phrase, AUTRE)
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin)
    monkeypatch.setenv(VARIABLE, AUTRE)
    assert cle_de_la_base(chemin) == avec_phrase
    changer_cles.garder_au_trousseau(chemin, avec_phrase)
    monkeypatch.delenv(VARIABLE)
    assert cle_de_la_base(chemin) == avec_phrase
    monkeypatch.setenv(VARIABLE, "une phrase de passage")
    assert cle_de_la_base(chemin) == avec_phrase, "le trousseau ouvre, quelle que soit la phrase"
    # A new code is kept by both, and nobody types the phrase again.
    cle = changer_cles.nouveau_code(chemin, avec_phrase)
    assert cle_de_la_base(chemin) == cle
    avec_trousseau.gardes.clear()
    monkeypatch.setenv(VARIABLE, AUTRE)
    assert cle_de_la_base(chemin) == cle


# Every way the key may be lost.

_DETOUR = "d’une autre base"


def _retirer(chemin: Path) -> Path:
    chemin_du_temoin(chemin).unlink()
    return chemin


def _ecrire(texte: bytes) -> Callable[[Path], Path]:
    def faire(chemin: Path) -> Path:
        chemin_du_temoin(chemin).write_bytes(texte)
        return chemin

    return faire


def _couper(chemin: Path) -> Path:
    temoin = chemin_du_temoin(chemin)
    temoin.write_bytes(temoin.read_bytes()[:50])
    return chemin


def _d_une_autre(chemin: Path) -> Path:
    ailleurs = chemin.with_name("ailleurs.sqlite")
    ouvrir(ailleurs, cle_de_la_base(ailleurs, None, creer=True)).fermer()
    shutil.copy(chemin_du_temoin(ailleurs), chemin_du_temoin(chemin))
    return chemin


def _renommer(chemin: Path) -> Path:
    return chemin.rename(chemin.with_name("autre nom.sqlite"))


def _copier_seule(chemin: Path) -> Path:
    seule = chemin.parent / "clé usb" / "copie.sqlite"
    seule.parent.mkdir()
    return Path(shutil.copy(chemin, seule))


def _lier(chemin: Path) -> Path:
    lien = chemin.parent / "bureau" / "base.sqlite"
    lien.parent.mkdir()
    lien.symlink_to(chemin)
    return lien


PERTES: dict[str, Callable[[Path], Path]] = {
    "fichier de clé absent": _retirer,
    "fichier de clé vide": _ecrire(b""),
    "fichier de clé coupé": _couper,
    "fichier de clé brouillé": _ecrire(b"\xff{]" * 30),
    "fichier de clé d’une autre base": _d_une_autre,
    "base renommée": _renommer,
    "base copiée seule": _copier_seule,
    "derrière un lien": _lier,
}


@pytest.mark.usefixtures("sans_trousseau")
@pytest.mark.parametrize("perte", PERTES)
@pytest.mark.parametrize("ordinateur", ["le même", "un autre"])
def test_chaque_perte_se_repare_par_le_code_et_par_la_phrase(
    chemin: Path, perte: str, ordinateur: str, maison_a_part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PHRASE)
    cle = cle_de_la_base(chemin, None, creer=True)
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    cle_de_la_base(chemin)
    code = str(changer_cles.code_a_confirmer(chemin, cle))
    base = PERTES[perte](chemin)
    avant = base.read_bytes()
    if ordinateur == "un autre":
        shutil.rmtree(maison_a_part)
    for faux in (code_secours.ecrire(bytes(20)), code_secours.ecrire(code_secours.tirer())):
        with pytest.raises(ErreurCle, match="n’ouvre pas"):
            changer_cles.rebatir(base, faux)
    monkeypatch.setenv(VARIABLE, AUTRE)
    with pytest.raises(ErreurCle):
        cle_de_la_base(base)
    assert base.read_bytes() == avant
    monkeypatch.setenv(VARIABLE, PHRASE)
    # By the phrase alone, which the base itself says how to use; the key file is whole again.
    assert cle_de_la_base(base) == cle
    shutil.rmtree(maison_a_part, ignore_errors=True)
    assert cle_de_la_base(base) == cle
    PERTES[perte](base) if perte.startswith("fichier") else None
    trouvee, nos = changer_cles.rebatir(base, code.lower())
    assert trouvee.cle == cle and {e.genre for e in nos} >= {"phrase", "code"}
    assert cle_de_la_base(base) == cle and noms(base, cle) == ["Grappe du Ségala"]


def test_l_entree_du_trousseau_perdue_revient_par_le_code(
    chemin: Path, avec_trousseau: TrousseauEnMemoire, maison_a_part: Path
) -> None:
    cle = cle_de_la_base(chemin, None, creer=True)
    ouvrir(chemin, cle).fermer()
    code = str(changer_cles.code_a_confirmer(chemin, cle))
    for perdre in (
        lambda: avec_trousseau.gardes.clear(),
        lambda: (
            avec_trousseau.gardes.clear(),
            chemin_du_temoin(chemin).unlink(),
            shutil.rmtree(maison_a_part),
        ),
    ):
        perdre()
        with pytest.raises(ErreurCle):
            cle_de_la_base(chemin)
        # A code typed where a phrase is asked serves too, when the key file says that there is one.
        if chemin_du_temoin(chemin).exists():
            assert cle_de_la_base(chemin, repondre("pas lui", code)) == cle
        changer_cles.rebatir(chemin, code)
        assert cle_de_la_base(chemin) == cle and len(avec_trousseau.gardes) == 1
    # The key file alone is lost: the entry of the keyring is found under the name of the base.
    chemin_du_temoin(chemin).unlink()
    shutil.rmtree(maison_a_part)
    assert cle_de_la_base(chemin) == cle and "trousseau" in genres(chemin)


def test_une_phrase_oubliee_se_remplace_avec_le_code(
    chemin: Path, avec_phrase: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = str(changer_cles.code_a_confirmer(chemin, avec_phrase))
    monkeypatch.setenv(VARIABLE, "faible")
    with pytest.raises(ErreurCle, match="trop faible"):
        changer_cles.rebatir(chemin, code)
    monkeypatch.setenv(VARIABLE, AUTRE)
    changer_cles.rebatir(chemin, code)
    assert cle_de_la_base(chemin) == avec_phrase
    monkeypatch.setenv(VARIABLE, PHRASE)
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin)


@pytest.mark.usefixtures("sans_trousseau")
def test_sans_rien_pour_garder_la_cle_le_code_ne_promet_rien(
    chemin: Path, avec_phrase: Cle, maison_a_part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = str(changer_cles.code_a_confirmer(chemin, avec_phrase))
    assert page_claire.poser(chemin, avec_phrase, [])
    chemin_du_temoin(chemin).unlink()
    shutil.rmtree(maison_a_part)
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ErreurCle, match="ne peut pas garder la clé") as erreur:
        changer_cles.rebatir(chemin, code)
    assert VARIABLE in erreur.value.remede


# Bases of the first format of the key file.


@pytest.mark.parametrize("mode", ["phrase", "trousseau"])
def test_une_base_du_premier_format_est_reprise(
    chemin: Path, mode: str, avec_trousseau: TrousseauEnMemoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    sel = "00112233445566778899aabbccddeeff"
    premier = {"mode": mode, "id": "", "sel": sel, "n": 16, "r": 8, "p": 1}
    cle = Cle(deriver(PHRASE, Emplacement("phrase", sel=sel, n=16, r=8, p=1).scrypt))
    if mode == "trousseau":
        premier = {"mode": mode, "id": "tiré au hasard", "sel": "", "n": 0, "r": 0, "p": 0}
        trousseau.garder("tiré au hasard", cle)
    ouvrir(chemin, cle).fermer()
    texte = json.dumps(premier, indent=1)
    chemin_du_temoin(chemin).write_text(texte)
    monkeypatch.setenv(VARIABLE, "une phrase fausse")
    if mode == "phrase":
        with pytest.raises(ErreurCle, match="n’ouvre pas"):
            cle_de_la_base(chemin)
        assert chemin_du_temoin(chemin).read_text() == texte
        monkeypatch.setenv(VARIABLE, PHRASE)
    assert cle_de_la_base(chemin) == cle
    assert genres(chemin) == [mode] and not lire_temoin(chemin).emplacements[0].ancien
    assert cle_de_la_base(chemin) == cle
    assert not changer_cles.a_un_code(chemin, cle)
    neuve = changer_cles.nouveau_code(chemin, cle)
    assert changer_cles.a_un_code(chemin, neuve) and cle_de_la_base(chemin) == neuve


@pytest.mark.parametrize(
    "abime",
    [
        lambda o: b"",
        lambda o: o[:3000],
        lambda o: o[:16] + bytes(4080) + o[4096:],
        lambda o: bytes(4096) + o[4096:],
    ],
    ids=["vide", "moins d’une page", "première page effacée", "début effacé aussi"],
)
def test_un_fichier_abime_n_est_pas_une_phrase_fausse(
    chemin: Path, avec_phrase: Cle, abime: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    chemin.write_bytes(abime(chemin.read_bytes()))
    avant = chemin.read_bytes(), chemin_du_temoin(chemin).read_bytes()
    with pytest.raises(ErreurBaseAbimee, match="la clé est la bonne") as erreur:
        cle_de_la_base(chemin)
    assert "phrase" not in str(erreur.value) and "sauvegarde" in erreur.value.remede
    assert trouver(chemin).cle == avec_phrase and not trouver(chemin).ouvre
    monkeypatch.setenv(VARIABLE, AUTRE)
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin)
    assert (chemin.read_bytes(), chemin_du_temoin(chemin).read_bytes()) == avant


def test_un_fichier_remplace_d_un_bout_a_l_autre_n_est_pas_une_phrase_fausse(
    chemin: Path, avec_phrase: Cle
) -> None:
    chemin.write_bytes(bytes(chemin.stat().st_size))
    with pytest.raises(ErreurBaseAbimee, match="ouvre une autre base que") as erreur:
        cle_de_la_base(chemin)
    assert "abîmée" in erreur.value.message and "sauvegarde" in erreur.value.remede


def test_les_emplacements_d_une_base_qu_on_ne_peut_ecrire_servent_quand_meme(
    chemin: Path, avec_phrase: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    texte = en_texte(lire_temoin(chemin).emplacements)
    chemin_du_temoin(chemin).write_text(texte + "un reste illisible")

    def refuser(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("esms_desktop.store.fichiers.ecrire_entier", refuser)
    monkeypatch.setattr("esms_desktop.store.cles.temoin.ecrire_entier", refuser)
    assert cle_de_la_base(chemin) == avec_phrase


PROGRAMME = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from esms_desktop.errors import ErreurEsms
    from esms_desktop.model import Dossier
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles.cles import cle_de_la_base

    base = Path(sys.argv[1])
    if sys.argv[2] == "renommer":
        import keyring
        nom = "base-" + base.read_bytes()[:16].hex()
        keyring.set_password("esms-desktop", "un autre nom", keyring.get_password("esms-desktop", nom))
        keyring.delete_password("esms-desktop", nom)
        print("renommée")
        sys.exit()
    try:
        cle = cle_de_la_base(base, None, creer=sys.argv[2] == "creer")
        with ouvrir(base, cle) as porte:
            if sys.argv[2] == "creer":
                nouveau = Dossier(nom="Grappe", campagne_id="c", type_projet=TypeProjet.ACQUISITION)
                porte.ajouter(nouveau, libelle="Créer")
            print(cle.octets.hex(), [d.nom for d in porte.resumes()])
    except ErreurEsms as erreur:
        print("refus", erreur)
    """
)


def test_un_vrai_trousseau_garde_la_cle(tmp_path: Path) -> None:
    manquants = [n for n in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(n)]
    if manquants:
        pytest.skip(f"absent de cette machine : {', '.join(manquants)}")
    base, programme = tmp_path / "base.sqlite", tmp_path / "programme.py"
    programme.write_text(PROGRAMME, encoding="utf-8")
    maison = tmp_path / "maison"
    (maison / "run").mkdir(parents=True, mode=0o700)
    environnement = {
        **{n: v for n, v in os.environ.items() if n not in (VARIABLE, "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")},
        "HOME": str(maison),
        "XDG_DATA_HOME": str(maison / "data"),
        "XDG_CONFIG_HOME": str(maison / "config"),
        "XDG_CACHE_HOME": str(maison / "cache"),
        "XDG_RUNTIME_DIR": str(maison / "run"),
    }

    def lancer(*actions: str, trousseau: bool = True, phrase: str = "") -> list[str]:
        appels = "; ".join(f"{sys.executable} {programme} {base} {a}" for a in actions)
        ouverture = "printf motdepasse | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        commande = ["dbus-run-session", "--", "sh", "-c", (ouverture if trousseau else "") + appels]
        env = environnement | ({VARIABLE: phrase} if phrase else {})
        resultat = subprocess.run(commande, capture_output=True, text=True, timeout=90, env=env)
        assert resultat.returncode == 0, resultat.stderr
        return resultat.stdout.splitlines()

    creation, reouverture = lancer("creer", "ouvrir")
    assert creation.endswith(" ['Grappe']") and reouverture == creation
    hexa = creation.split()[0]
    assert genres(base) == ["trousseau", "code", "attente"]
    for p in tmp_path.rglob("*"):
        if p.is_file():
            assert hexa.encode() not in p.read_bytes() and bytes.fromhex(hexa) not in p.read_bytes(), p
    # A later session of the person finds it again, whatever phrase lies in the environment.
    assert lancer("ouvrir", phrase="sans objet") == [creation]
    # The key file lost, and the copy of this computer: the entry of the keyring is found.
    for reste in [chemin_du_temoin(base), *maison.rglob("*.cle.json")]:
        reste.unlink()
    assert lancer("ouvrir") == [creation] and genres(base) == ["trousseau"]
    # A base renamed and an entry under another name, as the first format had: every entry is tried.
    chemin_du_temoin(base).write_text('{"mode": "trousseau", "id": "perdu"}')
    assert lancer("renommer", "ouvrir") == ["renommée", creation]
    shutil.rmtree(maison / "data")
    [refus] = lancer("ouvrir")
    assert refus.startswith("refus Le trousseau de cet ordinateur ne contient pas la clé"), refus
    assert issubclass(ErreurCle, ErreurEsms)
