"""Every way the key of a base may be lost, and found again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurCle
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import changer_cles, code_secours, page_claire
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base
from esms_desktop.store.cles.temoin import chemin_du_temoin
from tests.store.aide import graphe

from .outils import AUTRE, PHRASE, TrousseauEnMemoire, genres, noms, repondre

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
