"""A base of the first format, a file that is spoilt and no wrong phrase, a real key store."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBaseAbimee, ErreurCle, ErreurEsms
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import changer_cles, trousseau
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import VARIABLE, cle_de_la_base, trouver
from esms_desktop.store.cles.derivation import deriver
from esms_desktop.store.cles.emplacements import Emplacement, en_texte
from esms_desktop.store.cles.temoin import chemin_du_temoin, lire_temoin

from .outils import AUTRE, PHRASE, TrousseauEnMemoire, genres


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
