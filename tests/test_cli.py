"""The command line, as it is promised: answers, exit codes, one French sentence on error."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from esms_desktop.cli import main
from esms_desktop.nomenclature.numeros import defaut_finess
from tests.finess import fabrique


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base opened by a phrase, as on a machine without keyring."""
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une phrase d’essai")
    chemin = tmp_path / "base.sqlite"
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(chemin))
    return chemin


def reponse(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> object:
    assert main(argv) == code
    return json.loads(capsys.readouterr().out)


def refus(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    try:
        code = main(argv)
    except SystemExit as e:
        code = e.code
    sortie = capsys.readouterr()
    assert code == 2
    assert sortie.out == ""
    assert "Traceback" not in sortie.err
    assert len(sortie.err.strip().splitlines()) == 1, sortie.err
    return sortie.err


FINANCEMENT = [
    # case, options, postes (usages, logiciel, equipement, amoa_marche, pilotage), total — referentiel 02 § 2
    (
        "A",
        "--campagne 2022 --type acquisition --solution referencee --essms 46",
        (322_000, 667_000, 0, 0, 0),
        989_000,
    ),
    (
        "B",
        "--campagne 2022 --type acquisition --solution referencee --essms 8 --petits-og 8 --sad --pilotage",
        (56_000, 116_000, 160_000, 15_000, 100_000),
        447_000,
    ),
    (
        "C",
        "--campagne 2022 --type conformite --solution referencee --essms 72 --national",
        (291_000, 0, 0, 0, 0),
        291_000,
    ),
    (
        "64 nationaux",
        "--campagne 2022 --type acquisition --solution referencee --essms 64 --national",
        (373_000, 755_500, 0, 0, 0),
        1_128_500,
    ),
]


@pytest.mark.parametrize(("cas", "options", "postes", "total"), FINANCEMENT, ids=[c[0] for c in FINANCEMENT])
def test_worked_cases_to_the_euro(
    capsys: pytest.CaptureFixture[str], cas: str, options: str, postes: tuple[int, ...], total: int
) -> None:
    r = reponse(capsys, "financement", *options.split(), "--json")
    assert isinstance(r, dict)
    cles = ("usages", "logiciel", "equipement", "amoa_marche", "pilotage")
    assert r["postes"] == dict(zip(cles, postes, strict=True))
    assert r["total"] == total
    assert r["avance"] + r["solde"] == total
    assert r["avance"] == total / 2
    assert r["sources"]


def test_campaigns_are_listed_with_their_hypotheses(capsys: pytest.CaptureFixture[str]) -> None:
    liste = reponse(capsys, "campagnes", "--json")
    assert isinstance(liste, list)
    par_id = {c["id"]: c for c in liste}
    assert set(par_id) >= {
        "2021-amorcage",
        "2022",
        "2022-centre-val-de-loire",
        "2023",
        "2023-ile-de-france",
        "sons-vague-1",
    }
    assert par_id["2023"]["hypotheses"]


@pytest.mark.parametrize(
    ("campagne", "par_region", "plus", "niveau", "minimum", "atteint"),
    [
        ("2022", "24=20", (), "regional", 15, True),
        ("2022", "24=12", (), "regional", 15, False),
        ("2022", "94=8", ("--territoire", "corse"), "regional", 8, True),
        ("2022", "11=30,24=25", (), "national", 15, True),
        ("2022", "24=60", (), "national", 15, True),
        ("2022", "24=20", ("--portee-nationale",), "national", 15, True),
        ("2023", "11=60", (), "regional", 15, True),
        ("2023", "11=30,24=25", (), "national", 15, True),
        ("2023", "11=30,24=10", (), "regional", 15, True),
    ],
)
def test_orientation(
    capsys: pytest.CaptureFixture[str],
    campagne: str,
    par_region: str,
    plus: tuple[str, ...],
    niveau: str,
    minimum: int,
    atteint: bool,
) -> None:
    r = reponse(capsys, "orienter", "--campagne", campagne, "--par-region", par_region, *plus, "--json")
    assert isinstance(r, dict)
    assert (r["niveau"], r["minimum"], r["atteint"]) == (niveau, minimum, atteint)
    assert r["financeur"]
    assert r["sources"]


def test_finess_numbers_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["finess", "verifier", "060020443", "060020444", "2A0000014"]) == 1
    lignes = capsys.readouterr().out.splitlines()
    assert lignes[0] == "060020443 valide"
    assert re.fullmatch(r"060020444 invalide : .+", lignes[1])
    assert lignes[2].startswith("2A0000014 valide") == (defaut_finess("2A0000014") is None)


@pytest.mark.parametrize(
    ("argv", "mot"),
    [
        (("financement", "--campagne", "1999", "--type", "conformite", "--essms", "3"), "1999"),
        (("financement", "--campagne", "2022", "--type", "acquisition", "--essms", "3"), "--solution"),
        (("financement", "--campagne", "2022", "--type", "conformite", "--essms", "trois"), "trois"),
        (("financement", "--campagne", "2022", "--type", "conformite", "--essms", "-3"), "positif"),
        (
            ("financement", "--campagne", "2022", "--type", "conformite", "--essms", "3", "--petits-og", "4"),
            "petits-og",
        ),
        (("financement", "--campagne", "2022"), "--type"),
        (("orienter", "--campagne", "2022", "--par-region", "11:30"), "11:30"),
        (("orienter", "--campagne", "2022", "--par-region", "999=3"), "999"),
        (("bricoler",), "bricoler"),
        (("dossier", "liste"), "base"),
        (("deposer", "X", "--sortie", "d"), "base"),
    ],
)
def test_bad_input_is_one_french_sentence(
    capsys: pytest.CaptureFixture[str], base: Path, argv: tuple[str, ...], mot: str
) -> None:
    assert mot in refus(capsys, *argv)
    assert not base.exists()


def test_help_names_every_variable_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as fin:
        main(["--help"])
    assert fin.value.code == 0
    aide = capsys.readouterr().out
    for mot in (
        "ESMS_DESKTOP_BASE",
        "ESMS_DESKTOP_PHRASE",
        "--petits-og",
        "--par-region",
        "--membre",
        "usage :",
    ):
        assert mot in aide


def test_a_dossier_from_the_directory_to_the_filing(
    capsys: pytest.CaptureFixture[str], base: Path, tmp_path: Path
) -> None:
    porteur, membre = fabrique.EJ, fabrique.EJ_MEMBRE
    inconnu = porteur[:-1] + str((int(porteur[-1]) + 1) % 10)
    annuaire = fabrique.ecrire(tmp_path, fabrique.petit(), "annuaire.json.gz", gz=True)
    creer = ["dossier", "creer", "--finess", str(annuaire), "--nom", "Essai", "--campagne", "2023"]
    creer += ["--type", "acquisition", "--porteur", porteur, "--membre", membre, "--json"]
    cree = reponse(capsys, *creer)
    assert isinstance(cree, dict)
    assert [og["finess_ej"] for og in cree["ogs"]] == [porteur, membre]
    assert all(e["champ"] for e in cree["essms"])
    assert "362" not in {e["categorie"] for e in cree["essms"]}
    assert cree["ecartes"]
    assert len(cree["orientation"]["regions"]) > 1

    assert "Essai" in refus(capsys, *creer)
    faux = [{porteur: inconnu, "Essai": "Autre"}.get(a, a) for a in creer if a != "--json"]
    assert inconnu in refus(capsys, *faux)

    liste = reponse(capsys, "dossier", "liste", "--json")
    assert [(d["nom"], d["essms"]) for d in liste] == [("Essai", len(cree["essms"]))]

    verifie = reponse(capsys, "dossier", "verifier", "Essai", "--json", code=1)
    assert isinstance(verifie, dict)
    for constat in verifie["constats"]:
        assert {"code", "gravite", "titre", "explication", "remede", "source", "cible"} <= set(constat)
        assert constat["remede"]
        assert constat["source"] and constat["fondement"]
    pas = verifie["prochain"]
    assert pas["acte"].startswith("Saisir le SIRET de ") and pas["cible"]["champ"] == "siret"
    assert verifie["avancement"]["satisfaits"] == 0 and verifie["complet"] is False
    assert {p["etat"] for p in verifie["pieces"]} <= {"vide", "a-completer", "sans-objet", "a-signer"}
    assert [r["code"] for r in verifie["retards"]] == ["calendrier.fenetre"]
    assert main(["dossier", "verifier", "Essai"]) == 1
    dit = capsys.readouterr().out
    assert f"À faire maintenant\u00a0: {pas['acte']}" in dit and dit.startswith("En retard\u00a0: ")

    menteur = tmp_path / "rib.pdf"
    menteur.write_bytes(b"\x89PNG\r\n\x1a\n not a pdf")
    assert "rib.pdf" in refus(capsys, "piece", "joindre", "Essai", "9", str(menteur))

    scan = tmp_path / "rib.jpeg"
    Image.new("L", (90, 60), 255).save(scan, "JPEG")
    joint = reponse(capsys, "piece", "joindre", "Essai", "9", str(scan), "--json")
    assert isinstance(joint, dict)
    assert (joint["piece"]["numero"], joint["donne"], joint["fichier"]) == (9, "rib.jpeg", "rib.jpg")
    assert [r.split("\u00a0:")[0] for r in joint["remarques"]] == [
        "Le téléservice n’admet pas l’extension .jpeg",
        "L’image paraît blanche",
    ]
    assert main(["piece", "joindre", "Essai", "13", str(scan)]) == 0
    dit = capsys.readouterr().out.splitlines()
    assert dit[0] == "«\u00a0rib.jpg\u00a0» est joint à la pièce 13."
    assert dit[1:] == [f"  {r}" for r in joint["remarques"]]

    sortie = tmp_path / "sortie"
    manifeste = reponse(capsys, "deposer", "Essai", "--sortie", str(sortie), "--json", code=1)
    assert isinstance(manifeste, dict)
    assert manifeste == json.loads((sortie / "manifest.json").read_text(encoding="utf-8"))
