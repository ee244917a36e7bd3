"""The key of a base: what keeps it, every way it may be lost and found again, and what is said when it is missing."""

import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest

from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import changer_cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base, cle_jetable
from esms_desktop.store.cles.temoin import chemin_du_temoin, lire_temoin
from tests.store.aide import vivants

from .outils import AUTRE, PHRASE, TrousseauEnMemoire, genres, noms, repondre


def test_une_cle_jetable_est_neuve_et_ne_se_montre_pas() -> None:
    cle = cle_jetable()
    assert cle != cle_jetable() and len(cle.octets) == 32
    assert cle.octets.hex()[:8] not in f"{cle!r} {cle}"
    with pytest.raises(ValueError):
        Cle(b"court")


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
