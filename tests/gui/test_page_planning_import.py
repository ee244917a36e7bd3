"""A project file brought in by the window: read again as it left, compared, refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.gestes.planning.exporter import FormatPlanning, produire
from esms_desktop.model import Dossier
from esms_desktop.store.porte import Porte
from tests.gui.outils_planning import dialogue, ouvrir, petit_planning, poser, relire
from ui.fenetre import Fenetre
from ui.pages.planning.importation import DialogueImport, importer_projet
from ui.pages.planning.page import PagePlanning
from ui.pages.planning.sorties import ecrire_agenda


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier, porte: Porte) -> PagePlanning:
    petit_planning(porte, exemple)
    return ouvrir(fenetre, exemple)


def test_un_fichier_de_projet_se_relit(
    page: PagePlanning, porte: Porte, tmp_path: Path, qtbot: Any, fenetre: Fenetre
) -> None:
    vue = page.lecture()
    fichier = tmp_path / "projet.xml"
    fichier.write_bytes(produire(vue.dossier, vue.campagne, vue.jour, FormatPlanning.XML))
    importer_projet(page, fichier)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(DialogueImport)))
    boite = dialogue(page, DialogueImport)
    assert boite.modele.rowCount() == 6
    boite.accord.click()
    poser()
    assert len(relire(page).taches) == 12 and len(relire(page).liens_taches) == 6
    fenetre.annuler()
    poser()
    assert len(relire(page).taches) == 6


def test_un_projet_dont_des_dates_changent_le_montre_et_les_garde(
    page: PagePlanning, tmp_path: Path, qtbot: Any
) -> None:
    taches = "".join(
        f"<Task><UID>{n}</UID><ID>{n}</ID><Name>{nom}</Name><OutlineLevel>1</OutlineLevel><Start>{debut}T08:00:00</Start>"
        f"<Finish>{fin}T17:00:00</Finish><Duration>PT{heures}H0M0S</Duration><DurationFormat>7</DurationFormat></Task>"
        for n, nom, debut, fin, heures in (
            (1, "Sans écart", "2024-01-08", "2024-01-12", 40),
            (2, "Fériée", "2024-05-06", "2024-05-10", 40),
            (3, "Samedi", "2024-01-13", "2024-01-13", 8),
        )
    )
    fichier = tmp_path / "projet.xml"
    fichier.write_text(
        f"<Project><MinutesPerDay>480</MinutesPerDay><Tasks>{taches}</Tasks></Project>", encoding="utf-8"
    )
    importer_projet(page, fichier)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(DialogueImport)))
    boite = dialogue(page, DialogueImport)
    ecarts = boite.ecarts
    assert [x.premier.tache for x in ecarts.modele.objets] == ["Fériée", "Samedi"]
    assert "2" in ecarts.phrase.text() and "chômé ici" in ecarts.modele.objet(0).cause
    ecarts.tableau.choisir(0)
    ecarts.b_choisies.click()
    assert [(x.gardee, x.ici == x.premier.fichier) for x in ecarts.modele.objets] == [
        (True, True),
        (False, False),
    ]
    ecarts.b_toutes.click()
    # A Saturday cannot be kept: it stays told.
    assert [x.ici == x.premier.fichier for x in ecarts.modele.objets] == [True, False]
    ecarts.tableau.choisir(1)
    ecarts.b_ici.click()
    assert [x.gardee for x in ecarts.modele.objets] == [True, False]
    boite.accord.click()
    poser()
    venues = {t.nom: t for t in relire(page).taches}
    assert venues["Fériée"].fixe == date(2024, 5, 6) and venues["Fériée"].duree == 3
    assert venues["Samedi"].fixe is None


def test_un_mauvais_fichier_de_projet_est_refuse(page: PagePlanning, tmp_path: Path, qtbot: Any) -> None:
    fichier = tmp_path / "faux.xml"
    fichier.write_text("<p>rien", encoding="utf-8")
    importer_projet(page, fichier)
    qtbot.waitUntil(lambda: bool(page.bandeau.texte.text()))
    assert page.bandeau.property("genre") == "bad" and len(relire(page).taches) == 6


def test_l_agenda_d_une_personne_s_ecrit(page: PagePlanning, porte: Porte, tmp_path: Path) -> None:
    porte.modifier(relire(page).taches[0], responsable="Alix & fils, Ali Ben")
    poser()
    page.rafraichir()
    assert [a.text() for a in page.menus.agendas.actions()][:2] == ["Ali Ben…", "Alix && fils…"]
    ecrire_agenda(page, "Ali Ben", tmp_path / "ali.ics")
    assert (tmp_path / "ali.ics").read_bytes().count(b"BEGIN:VEVENT") == 1
    assert "ali.ics" in page.bandeau.texte.text()
