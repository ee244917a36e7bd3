"""The key of a base: passphrase, keyring, sidecar, and what is said when the key is missing."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurCle, ErreurEsms
from esms_desktop.store.base import ouvrir
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.cles import VARIABLE, cle_de_la_base, cle_jetable
from tests.store.aide import graphe

PHRASE = "quatre canards sous l’érable"


def repondre(*reponses: str | None) -> Callable[[str], str | None]:
    """Answers in turn; one question too many fails the test."""
    suite = iter(reponses)
    return lambda question: next(suite)


def _temoin(chemin: Path) -> Path:
    return chemin.with_name(chemin.name + ".cle.json")


def test_une_cle_jetable_est_neuve_et_ne_se_montre_pas() -> None:
    cle = cle_jetable()
    assert cle != cle_jetable() and len(cle.octets) == 32
    assert cle.octets.hex()[:8] not in f"{cle!r} {cle}"
    with pytest.raises(ValueError):
        Cle(b"court")


def test_la_phrase_de_l_environnement_ouvre_et_rouvre(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PHRASE)
    cle = cle_de_la_base(chemin, None, creer=True)
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    assert cle_de_la_base(chemin, None, creer=False) == cle
    # The same phrase, its accents typed apart from their letters.
    monkeypatch.setenv(VARIABLE, PHRASE.replace("é", "e\u0301"))
    assert cle_de_la_base(chemin) == cle
    temoin = json.loads(_temoin(chemin).read_text())
    assert temoin["mode"] == "phrase" and len(bytes.fromhex(temoin["sel"])) == 16
    assert cle.octets.hex() not in _temoin(chemin).read_text() and _temoin(chemin).stat().st_mode & 0o077 == 0
    monkeypatch.setenv(VARIABLE, "une autre")
    octets = chemin.read_bytes()
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin, None, creer=True)
    assert chemin.read_bytes() == octets


@pytest.mark.usefixtures("sans_trousseau")
def test_sans_trousseau_la_phrase_est_demandee_deux_fois(chemin: Path) -> None:
    cle = cle_de_la_base(chemin, repondre(" ", "un", "deux", PHRASE, PHRASE), creer=True)
    ouvrir(chemin, cle).fermer()
    assert cle_de_la_base(chemin, repondre(PHRASE), creer=False) == cle
    assert cle_de_la_base(chemin, repondre("fausse", PHRASE), creer=False) == cle
    with pytest.raises(ErreurCle, match="n’ouvre pas"):
        cle_de_la_base(chemin, repondre("a", "b", "c"), creer=False)
    with pytest.raises(ErreurCle, match="n’a pas été donnée"):
        cle_de_la_base(chemin, repondre(None), creer=False)
    with pytest.raises(ErreurCle, match="protégée par une phrase"):
        cle_de_la_base(chemin, None, creer=False)


@pytest.mark.usefixtures("sans_trousseau")
@pytest.mark.parametrize("reponses", [None, (None,), (PHRASE, None), ("a", "b") * 3])
def test_sans_trousseau_ni_phrase_rien_n_est_cree(
    chemin: Path, reponses: tuple[str | None, ...] | None
) -> None:
    with pytest.raises(ErreurCle, match="aucune phrase secrète n’a été donnée") as erreur:
        cle_de_la_base(chemin, repondre(*reponses) if reponses else None, creer=True)
    assert VARIABLE in erreur.value.remede
    assert not list(chemin.parent.iterdir())


@pytest.mark.usefixtures("sans_trousseau")
def test_un_trousseau_qui_ne_garde_rien_n_est_pas_cru(chemin: Path) -> None:
    import keyring
    from keyring.backends.null import Keyring as TrousseauMuet

    keyring.set_keyring(TrousseauMuet())
    cle = cle_de_la_base(chemin, repondre(PHRASE, PHRASE), creer=True)
    assert json.loads(_temoin(chemin).read_text())["mode"] == "phrase"
    ouvrir(chemin, cle).fermer()


def test_pas_de_base_et_pas_a_creer(chemin: Path) -> None:
    with pytest.raises(ErreurBase, match="pas de base à cet endroit"):
        cle_de_la_base(chemin, None, creer=False)


def test_une_base_sans_son_temoin(chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch) -> None:
    ouvrir(chemin, cle).fermer()
    monkeypatch.setenv(VARIABLE, PHRASE)
    with pytest.raises(
        ErreurCle,
        match="qui dit comment la clé de la base est gardée, est introuvable",
    ):
        cle_de_la_base(chemin, None, creer=True)
    assert not _temoin(chemin).exists()


TEMOINS_ABIMES = [
    "",
    "{",
    "[]",
    "null",
    '{"mode": "autre"}',
    '{"mode": "trousseau"}',
    '{"mode": "trousseau", "id": 3}',
    '{"mode": "phrase", "sel": "zz", "n": 2, "r": 8, "p": 1}',
    '{"mode": "phrase", "sel": "", "n": 32768, "r": 8, "p": 1}',
    '{"mode": "phrase", "sel": "00112233445566778899aabbccddeeff", "n": 1073741824, "r": 8, "p": 1}',
    '{"mode": "phrase", "sel": "00112233445566778899aabbccddeeff", "n": 3, "r": 8, "p": 1}',
    '{"mode": "phrase", "sel": "00112233445566778899aabbccddeeff", "n": true, "r": 8, "p": 1}',
    '{"mode": "phrase", "inconnu": 1}',
    "\udcff",
]


@pytest.mark.parametrize("texte", TEMOINS_ABIMES)
def test_un_temoin_abime(chemin: Path, cle: Cle, texte: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ouvrir(chemin, cle).fermer()
    _temoin(chemin).write_bytes(texte.encode("utf-8", "surrogateescape"))
    monkeypatch.setenv(VARIABLE, PHRASE)
    with pytest.raises(ErreurCle, match="ne se lit pas"):
        cle_de_la_base(chemin, None, creer=True)
    assert _temoin(chemin).read_bytes() == texte.encode("utf-8", "surrogateescape")


@pytest.mark.usefixtures("sans_trousseau")
def test_une_base_du_trousseau_ne_s_ouvre_pas_par_une_phrase(
    chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouvrir(chemin, cle).fermer()
    _temoin(chemin).write_text('{"mode": "trousseau", "id": "abc"}')
    with pytest.raises(ErreurCle, match="ne répond pas ou est verrouillé"):
        cle_de_la_base(chemin, None, creer=False)
    monkeypatch.setenv(VARIABLE, PHRASE)
    with pytest.raises(ErreurCle, match="ne peut pas le remplacer"):
        cle_de_la_base(chemin, None, creer=False)


def test_un_temoin_sans_base_resert(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PHRASE)
    premiere = cle_de_la_base(chemin, None, creer=True)
    texte = _temoin(chemin).read_text()
    seconde = cle_de_la_base(chemin, None, creer=True)
    assert seconde == premiere and _temoin(chemin).read_text() == texte
    assert seconde.temoin is None, "une base déplacée peut revenir : son témoin n’est pas à retirer"


PROGRAMME = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from esms_desktop.errors import ErreurEsms
    from esms_desktop.model import Dossier
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles import cle_de_la_base

    base = Path(sys.argv[1])
    try:
        cle = cle_de_la_base(base, None, creer=sys.argv[2] == "creer")
        with ouvrir(base, cle) as porte:
            if sys.argv[2] == "creer":
                nouveau = Dossier(nom="Grappe", campagne_id="c", type_projet=TypeProjet.ACQUISITION)
                porte.ajouter(nouveau, libelle="Créer")
            print(cle.octets.hex(), [d.nom for d in porte.dossiers()])
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
    temoin = json.loads(_temoin(base).read_text())
    assert temoin["mode"] == "trousseau" and temoin["id"]
    for p in tmp_path.rglob("*"):
        if p.is_file():
            assert hexa.encode() not in p.read_bytes() and bytes.fromhex(hexa) not in p.read_bytes(), p
    # A later session of the person finds it again, whatever phrase lies in the environment.
    assert lancer("ouvrir", phrase="sans objet") == [creation]
    shutil.rmtree(maison / "data")
    [refus] = lancer("ouvrir")
    assert refus.startswith("refus Le trousseau de cet ordinateur ne contient pas la clé"), refus
    assert issubclass(ErreurCle, ErreurEsms)
