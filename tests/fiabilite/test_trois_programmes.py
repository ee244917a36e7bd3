"""Two windows and a command line edit one base at once: nothing breaks, nothing is lost, nothing shown or filed is stale."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from esms_desktop import lecture, model
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.gestes.deposer import LIBELLE
from esms_desktop.store.lire import lire
from esms_desktop.store.porte import Porte
from tests.fiabilite.trois_programmes import dit, empreintes
from tests.fiabilite.valeurs import JOUR
from tests.store.aide import graphe

FIABILITE = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"
PREMIERE = int(os.environ.get("ESMS_DESKTOP_GRAINE", "0"))
# Gestes of each window, and of the command line.
GESTES = (
    {"camille à l’écran": 80, "alix à l’écran": 80, "commandes": 40}
    if FIABILITE
    else {"camille": 9, "alix à l’écran": 9, "commandes": 2}
)
REFUS = {"ErreurConflit", "ErreurSaisie", "ErreurBase"}


def travailler(base: Path, dossier_id: int, graine: int) -> list[dict[str, Any]]:
    """Has the three programs work together; answers their notebooks, merged in the order of time."""
    with ExitStack() as pile:
        programmes = {}
        for role, gestes in GESTES.items():
            arguments = [role, base, dossier_id, graine, gestes, base.with_name(f"{role}.jsonl")]
            programmes[role] = pile.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.fiabilite.trois_programmes", *map(str, arguments)],
                    env=os.environ
                    | {"LOGNAME": role, "PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            pile.callback(programmes[role].kill)
        for programme in programmes.values():
            assert programme.stdout is not None
            assert programme.stdout.readline() == "prêt\n", programme.communicate()[1]
        for programme in programmes.values():
            assert programme.stdin is not None
            programme.stdin.write("\n")
            programme.stdin.flush()
        for role, programme in programmes.items():
            _, erreurs = programme.communicate(timeout=1800)
            assert programme.returncode == 0, f"{role}\n{erreurs}"
    carnets = [
        {"role": role, **json.loads(ligne)}
        for role in GESTES
        for ligne in base.with_name(f"{role}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return sorted(carnets, key=lambda n: n["fin"])


def versions(connexion: Connection, depart: lecture.Dossier) -> dict[int, lecture.Dossier]:
    """Each version that the dossier went through, by the last entry of the journal it knows."""
    fins = (
        connexion.execute(text("SELECT max(id) FROM main.journal GROUP BY geste ORDER BY 1")).scalars().all()
    )
    # What is read of the journal stops where we say.
    connexion.execute(text("CREATE TEMP TABLE borne (id INTEGER)"))
    connexion.execute(text("INSERT INTO borne VALUES (0)"))
    connexion.execute(
        text("CREATE TEMP VIEW journal AS SELECT * FROM main.journal WHERE id <= (SELECT id FROM borne)")
    )
    passees = {depart.version.position or 0: depart}
    courante = depart
    for fin in fins:
        if fin > (depart.version.position or 0):
            connexion.execute(text("UPDATE borne SET id = :fin"), {"fin": fin})
            suivante = lire(connexion, depart.id, courante)
            assert suivante is not None and suivante.version.position == fin
            passees[fin] = courante = suivante
    return passees


def relire_le_journal(porte: Porte) -> dict[tuple[str, str, str], list[model.EntreeJournal]]:
    """What was written under each label, by whom, in which direction."""
    ecrits: dict[tuple[str, str, str], list[model.EntreeJournal]] = {}
    for entree in porte.journal(limite=10**6):
        ecrits.setdefault((entree.qui, entree.libelle, entree.sens), []).append(entree)
    return ecrits


@pytest.mark.parametrize("graine", [PREMIERE])
def test_three_programs_on_one_base(graine: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une phrase d’essai")
    base = tmp_path / "base.sqlite"
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(base))
    jour = date.today()
    with ouvrir_base(base) as porte:
        d = graphe(ogs=2, essms=3)
        d.campagne_id = "2023"
        porte.ajouter(d, libelle="Créer")
        porte.ajouter(
            *(model.Tache(dossier_id=d.id, nom=f"Tâche {i}") for i in range(4)),
            *(model.Risque(dossier_id=d.id, intitule=f"Risque {i}") for i in range(4)),
            libelle="Peupler",
        )
        depart = porte.lire(d.id)
        assert depart is not None
    carnet = travailler(base, depart.id, graine)
    with ouvrir_base(base) as porte:
        fin = porte.lire(depart.id)
        assert fin is not None
        ecrits = relire_le_journal(porte)
        with porte._engine.connect() as connexion:
            passees = versions(connexion, depart)
        assert dit(passees[max(passees)]) == dit(fin), "the journal does not tell what the base holds"
        for note in carnet:
            verifier(note, ecrits)
        verifier_les_lectures(carnet, ecrits, passees)
        verifier_les_depots(carnet, ecrits, passees, jour)
        # A filing kept may have been undone since: the journal says that it was kept.
        gardes = {
            (e.apres or {}).get("sha256")
            for (_, libelle, sens), entrees in ecrits.items()
            if (libelle, sens) == (LIBELLE, "faire")
            for e in entrees
        }
        assert {n["sha256"] for n in carnet if n["quoi"] == "depot"} <= gardes
        assert all(porte.contenu(f.sha256) for f in (*fin.depots, *fin.fichiers))
    acquis = [n for n in carnet if n["quoi"] in ("modifier", "ajouter", "retirer", "plusieurs", "joindre")]
    assert len(acquis) > sum(GESTES.values()) // 3, "too little was written to prove anything"


def verifier(note: dict[str, Any], ecrits: dict[tuple[str, str, str], list[model.EntreeJournal]]) -> None:
    """A refusal says so in French; what was acknowledged is in the journal, once, on top of what was seen."""
    if note["quoi"] == "refus":
        assert note["genre"] in REFUS and note["phrase"].endswith(".") and note["remede"], note
        return
    sens = {"annuler": "annuler", "refaire": "refaire"}.get(note["quoi"], "faire")
    if note["quoi"] not in ("modifier", "ajouter", "retirer", "plusieurs", "joindre", "annuler", "refaire"):
        return
    if note["libelle"] is None or note.get("change") is False:
        return
    entrees = ecrits.get((note["role"], note["libelle"], sens), [])
    assert entrees, f"lost: {note}"
    if sens == "faire":
        assert len({e.geste for e in entrees}) == 1, note
    if note["quoi"] == "modifier":
        [entree] = [e for e in entrees if (e.table, e.cle) == (note["table"], str(note["cle"]))]
        assert (entree.avant or {})[note["champ"]] == note["vue"], f"written over what was not seen: {note}"
        assert (entree.apres or {})[note["champ"]] == note["valeur"], note


def acquis_avant(
    carnet: list[dict[str, Any]], ecrits: dict[tuple[str, str, str], list[model.EntreeJournal]], moment: float
) -> int:
    """The last entry of what anyone had been told was written before a moment."""
    faits = ("modifier", "ajouter", "retirer", "plusieurs", "joindre")
    return max(
        (
            e.id
            for n in carnet
            if n["quoi"] in faits and n["fin"] < moment
            for e in ecrits.get((n["role"], n["libelle"], "faire"), ())
        ),
        default=0,
    )


def verifier_les_lectures(
    carnet: list[dict[str, Any]],
    ecrits: dict[tuple[str, str, str], list[model.EntreeJournal]],
    passees: dict[int, lecture.Dossier],
) -> None:
    """Each reading is a version that was, and none older than what had been written when it began."""
    lectures = [n for n in carnet if n["quoi"] == "lecture"]
    dits = {position: dit(version) for position, version in passees.items()}
    assert lectures
    for note in lectures:
        assert note["dit"] == dits[note["position"]], "shown: what no version says"
        assert note["position"] >= acquis_avant(carnet, ecrits, note["depuis"]), f"shown: stale {note}"


def verifier_les_depots(
    carnet: list[dict[str, Any]],
    ecrits: dict[tuple[str, str, str], list[model.EntreeJournal]],
    passees: dict[int, lecture.Dossier],
    jour: date,
) -> None:
    """Each filing says one version, the one that was read when it began."""
    depots = [n for n in carnet if n["quoi"] in ("depot", "depot en ligne")]
    # Written in meanwhile, a filing is refused rather than announced: that is an answer too.
    assert depots or any(n["quoi"] == "depot perime" for n in carnet)
    for note in depots:
        assert note["dites"]
        if note["quoi"] == "depot":
            assert set(note["dites"]) <= set(note["attendues"]) == empreintes(passees[note["position"]], JOUR)
            continue
        depuis = acquis_avant(carnet, ecrits, note["depuis"])
        prises = acquis_avant(carnet, ecrits, note["fin"])
        candidates = [p for p in passees if depuis <= p <= max(prises, depuis)]
        assert any(set(note["dites"]) <= empreintes(passees[p], jour) for p in candidates), (
            f"filed: what no version says, from {depuis} to {prises}"
        )
