"""`esms-desktop base …`: what each command answers, its exit code, and what it leaves on the disk."""

import io
import json
import re
from pathlib import Path

import pytest

from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.cli import main
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.cles.cles import cle_de_la_base
from tests.store.aide import graphe, vivants
from tests.test_cli import refus

PHRASE = "quatre canards sous l’érable"


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base with a dossier, opened by a phrase, as on a machine without keyring."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", PHRASE)
    chemin = tmp_path / "chez moi" / "base.sqlite"
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(chemin))
    with ouvrir(chemin, cle_de_la_base(chemin, None, creer=True)) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    return chemin


@pytest.fixture
def entree(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    flux = io.StringIO()
    monkeypatch.setattr("sys.stdin", flux)
    return flux


def taper(entree: io.StringIO, texte: str) -> None:
    entree.seek(0)
    entree.truncate()
    entree.write(texte)
    entree.seek(0)


def dire(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    assert main(argv) == code, capsys.readouterr()
    return capsys.readouterr().out


def test_le_code_de_secours_ouvre_une_base_copiee_seule(
    base: Path,
    tmp_path: Path,
    entree: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    premier, second = (dire(capsys, "base", "code-secours").strip() for _ in range(2))
    for code in (premier, second):
        assert re.fullmatch(r"([0-9A-Z]{4}-){8}[0-9A-Z]{4}", code)
    assert premier != second
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste")
    seule = tmp_path / "usb" / "copie.sqlite"
    seule.parent.mkdir()
    seule.write_bytes(base.read_bytes())
    # Another computer: nothing of this one's.
    for nom in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(nom, str(tmp_path / "ailleurs"))
    ici = ("--base", str(seule))
    for faux, dit in (
        (premier, "n’ouvre pas"),
        (second[:-1], "35 sur 36"),
        (second[:-1] + ("0" if second[-1] != "0" else "1"), "mal recopié"),
        ("", "Aucun code"),
    ):
        taper(entree, faux + "\n")
        assert dit in refus(capsys, "base", "ouvrir-avec-code", *ici).replace("\u00a0", " ")
        assert [p.name for p in seule.parent.iterdir()] == [seule.name]
    taper(entree, second.lower() + "\n")
    assert "la phrase secrète, le code de secours" in dire(capsys, "base", "ouvrir-avec-code", *ici)
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste", *ici)


def test_une_base_absente_ou_ouverte_se_dit(
    base: Path, tmp_path: Path, entree: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    for commande in ("code-secours", "ouvrir-avec-code"):
        assert "Il n’y a pas de base" in refus(capsys, "base", commande, "--base", str(tmp_path / "rien"))
    dire(capsys, "base", "code-secours")
    with ouvrir(base, cle_de_la_base(base)):
        assert "ouverte dans une autre fenêtre" in refus(capsys, "base", "code-secours")


def test_un_code_que_personne_n_a_pu_lire_n_est_pas_confirme(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as m:
        m.setattr("sys.stdout", open("/dev/full", "w", encoding="utf-8", buffering=1))  # noqa: PTH123, SIM115
        assert main(["base", "code-secours"]) == 2
    capsys.readouterr()
    cle = cle_de_la_base(base)
    assert dire(capsys, "base", "code-secours").strip() and cle_de_la_base(base) == cle
    assert dire(capsys, "base", "code-secours").strip() and cle_de_la_base(base) != cle


def test_une_base_se_sauvegarde_se_dit_et_se_restaure(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dit = dire(capsys, "base", "etat")
    assert "Dernière sauvegarde\u00a0: jamais" in dit and "la phrase secrète" in dit
    usb = tmp_path / "usb"
    assert "prise et relue" in dire(capsys, "base", "sauvegarder", "--vers", str(usb))
    [prise] = usb.iterdir()
    # The backup of the day is taken by the first command that opens the base.
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste")
    lu = json.loads(dire(capsys, "base", "etat", "--json"))
    assert lu["sante"] == "saine" and lu["sauvegardes"]["derniere"]["motif"] == "quotidienne"
    assert (lu["cles"]["code_secours"], lu["alertes"]) == ("a-confirmer", [])
    with ouvrir_base(base) as porte:
        porte.retirer(vivants(porte)[0], libelle="Retirer")
    fait = json.loads(dire(capsys, "base", "restaurer", str(prise), "--json"))
    assert fait["reviennent"] == ["Grappe du Ségala"] and Path(fait["copie"]).exists()
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste")
    neuve = ("--base", str(tmp_path / "neuve.sqlite"))
    assert "contient maintenant la sauvegarde" in dire(capsys, "base", "restaurer", str(prise), *neuve)
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste", *neuve)
    assert "est une sauvegarde" in refus(capsys, "dossier", "liste", "--base", str(prise))
    prise.write_bytes(prise.read_bytes()[:-9])
    assert "n’est pas une sauvegarde entière" in refus(capsys, "base", "restaurer", str(prise))
    for commande in (["etat"], ["sauvegarder", "--vers", str(usb)]):
        assert "Il n’y a pas de base" in refus(capsys, "base", *commande, "--base", str(tmp_path / "rien"))
    base.write_bytes(base.read_bytes()[:5000])
    assert "abîmée" in dire(capsys, "base", "etat", code=1)


def test_une_sauvegarde_du_jour_refusee_n_arrete_pas_la_commande(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base.with_name("base.sqlite.sauvegardes").write_text("à sa place")
    assert main(["dossier", "liste"]) == 0
    dit = capsys.readouterr()
    assert "Grappe du Ségala" in dit.out and "Pas de sauvegarde aujourd’hui" in dit.err


def test_une_base_abimee_se_verifie_se_repare_et_se_restaure(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for complet in ([], ["--complet"]):
        assert "La base est saine" in dire(capsys, "base", "verifier", *complet)
    assert json.loads(dire(capsys, "base", "etat", "--json"))["verifiee"]
    dire(capsys, "dossier", "liste")
    octets = base.read_bytes()
    base.write_bytes(octets[:4096] + bytes(4096 * 3) + octets[4096 * 4 :])
    avant = base.read_bytes()
    assert "abîmée" in refus(capsys, "dossier", "liste")
    dit = dire(capsys, "base", "verifier", "--complet", code=1)
    assert "Abîmé\u00a0: " in dit and "base restaurer" in dit and "base reparer" in dit
    sortie = tmp_path / "saine.sqlite"
    assert main(["base", "reparer", "--sortie", str(sortie)]) in (0, 1)
    dit = capsys.readouterr().out
    assert "3 pages abîmées" in dit and base.read_bytes() == avant
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste", "--base", str(sortie))
    assert "déjà quelque chose" in refus(capsys, "base", "reparer", "--sortie", str(sortie))
    [prise] = base.with_name("base.sqlite.sauvegardes").glob("*.sauvegarde")
    dit = dire(capsys, "base", "restaurer", str(prise))
    assert "mise de côté, telle quelle" in dit
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste")
    assert [p.read_bytes() for p in base.parent.glob("*.abimee-*")] == [avant]


@pytest.mark.parametrize("reste", [0, 100, 5000, 4096 * 30])
def test_un_fichier_coupe_n_est_jamais_une_phrase_fausse(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], reste: int
) -> None:
    base.write_bytes(base.read_bytes()[:reste])
    for commande in (["dossier", "liste"], ["base", "sauvegarder", "--vers", str(tmp_path / "usb")]):
        dit = refus(capsys, *commande)
        assert "phrase" not in dit and ("abîmée" in dit or "vide" in dit), dit
    assert "Abîmé" in dire(capsys, "base", "verifier", code=1)
    assert json.loads(dire(capsys, "base", "etat", "--json", code=1))["sante"] == "abimee"


def test_l_etat_dit_le_danger_du_lieu_et_qui_l_a_ouverte_ailleurs(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    la = tmp_path / "OneDrive - Association fictive"
    base.parent.rename(la)
    copie = la / base.name
    (la / f"{base.name}.ouverte-{'0' * 12}-1.json").write_text('{"qui": "c.durand", "machine": "accueil"}')
    dit = dire(capsys, "base", "etat", "--base", str(copie), code=1).replace("\u00a0", " ")
    assert "OneDrive recopie" in dit and "« accueil », par c.durand" in dit
    lu = json.loads(dire(capsys, "base", "etat", "--json", "--base", str(copie), code=1))
    assert lu["lieu"] == {"genre": "synchronise", "nom": "OneDrive"}
    assert [x["machine"] for x in lu["ouverte_ailleurs"]] == ["accueil"]
    # The code that waits is shown; another one would encrypt the base anew.
    dire(capsys, "base", "code-secours", "--base", str(copie))
    for commande in (("base", "code-secours"), ("dossier", "liste")):
        assert "est ouverte sur un autre ordinateur" in refus(capsys, *commande, "--base", str(copie))
    avant = copie.read_bytes()
    assert "Grappe du Ségala" in dire(capsys, "dossier", "liste", "--base", str(copie), "--lecture-seule")
    assert copie.read_bytes() == avant
