"""Which backups stay as the days go."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.store.cles.pied import Inventaire
from esms_desktop.store.sauvegarde.rotation import JOURS, MOIS, SEMAINES, a_garder, tourner
from esms_desktop.store.sauvegarde.sauvegarde import (
    Sauvegarde,
)

from .outils import LIGNEE, MIDI


def une(
    quand: datetime, motif: str = "quotidienne", entiere: bool = True, lignee: str = LIGNEE
) -> Sauvegarde:
    inventaire = Inventaire("", motif, lignee, "0001", 0, {}, 0, "")
    return Sauvegarde(Path(f"{quand:%Y%m%d-%H%M%S}-{motif}"), quand, motif, inventaire, 0, entiere)


def test_un_an_de_sauvegardes_quotidiennes_en_laisse_dix_sept_au_plus() -> None:
    gardees: set[Sauvegarde] = set()
    for jour in range(400):
        maintenant = MIDI + timedelta(days=jour)
        gardees = a_garder([*gardees, une(maintenant)], maintenant)
        assert len(gardees) <= JOURS + SEMAINES + MOIS
    ages = sorted((MIDI + timedelta(days=399) - s.quand).days for s in gardees)
    assert (
        ages[:7] == [0, 1, 2, 3, 4, 5, 6]
        and len([a for a in ages if 7 <= a < 32]) >= 2
        and 120 < ages[-1] < 190
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.booleans(), st.sampled_from(["quotidienne", "import", "demandee"]))
    )
)
def test_la_plus_recente_et_celles_qu_on_a_voulues_restent_toujours(
    faites: list[tuple[int, bool, str]],
) -> None:
    toutes = [une(MIDI - timedelta(hours=h), motif, entiere) for h, entiere, motif in dict.fromkeys(faites)]
    gardees = a_garder(toutes, MIDI)
    entieres = sorted((s for s in toutes if s.entiere), key=lambda s: (s.quand, s.chemin.name))
    assert gardees <= set(toutes) and set(entieres[-1:]) & gardees == set(entieres[-1:])
    assert all(s in gardees for s in toutes if s.motif == "demandee")
    assert a_garder(gardees, MIDI) == gardees


def test_les_precautions_de_la_semaine_restent_et_les_abimees_ne_comptent_pas() -> None:
    matin = [une(MIDI - timedelta(minutes=m), "import") for m in range(5)]
    abimee = une(MIDI + timedelta(hours=1), entiere=False)
    vieille = une(MIDI - timedelta(days=3))
    assert a_garder([*matin, abimee, vieille], MIDI) == {*matin, vieille}
    assert len(a_garder(matin, MIDI + timedelta(days=8))) == 1


def test_seules_celles_de_cette_base_sont_retirees(tmp_path: Path) -> None:
    nos = [replace(une(MIDI - timedelta(days=j)), chemin=tmp_path / f"{j}") for j in range(40)]
    autre = replace(une(MIDI - timedelta(days=50), lignee="f" * 32), chemin=tmp_path / "autre")
    sans_pied = replace(une(MIDI - timedelta(days=60)), chemin=tmp_path / "sans pied", inventaire=None)
    for s in (*nos, autre, sans_pied):
        s.chemin.touch()
    retirees = tourner([*nos, autre, sans_pied], LIGNEE, MIDI)
    assert autre.chemin.exists() and sans_pied.chemin.exists()
    assert {s.chemin for s in retirees} == {s.chemin for s in nos if not s.chemin.exists()} and len(
        retirees
    ) > 20
