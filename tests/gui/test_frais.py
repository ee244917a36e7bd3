"""Every page, once another program has written: what it shows is what a page just opened would show, and nothing of before."""

import gc
import weakref
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from esms_desktop import model
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import StatutSolution
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.registre import pages
from ui.widgets.onglets import Onglets


def montre(racine: QWidget, sauf: QWidget | None = None) -> list[str]:
    """All that is read on the screen, in the order of the widgets."""
    dit: list[str] = []
    for w in (racine, *racine.findChildren(QWidget)):
        if not w.isVisible() or w is sauf:
            continue
        if isinstance(w, QAbstractItemView) and not isinstance(w.parent(), QComboBox):
            m = w.model()
            dit += [
                str(m.index(r, c).data() or "") for r in range(m.rowCount()) for c in range(m.columnCount())
            ]
        elif isinstance(w, QComboBox):
            dit.append(w.currentText())
        elif isinstance(w, QLineEdit):
            dit.append(w.text())
        elif isinstance(w, QPlainTextEdit):
            dit.append(w.toPlainText())
        elif isinstance(w, QProgressBar):
            dit.append(f"{w.value()}/{w.maximum()}")
        elif isinstance(w, QAbstractButton):
            dit.append(f"{w.text()}{' ✓' if w.isChecked() else ''}{'' if w.isEnabled() else ' –'}")
        elif isinstance(w, QLabel):
            dit.append(w.text())
        dit.append(w.accessibleDescription())
    return dit


def ecrire_partout(porte: Porte, cle: int) -> None:
    """Another program changes something in about every table, takes rows out and puts some in."""

    def lu() -> Dossier:
        d = porte.lire(cle)
        assert d is not None
        return d

    d = lu()
    with porte.geste("Ailleurs"):
        porte.modifier(
            d, nom="Grappe renommée", contexte="Récrit.", sad=False, amoa_nom="Conseil", notes="Vu"
        )
        porte.modifier(d, date_depot_prevue=date(2023, 6, 30), date_convention=date(2023, 12, 1))
        porte.modifier(d.ogs[0], nom="Organisme renommé", dpo_nom="", representant_nom="Zoé Zola")
        porte.modifier(d.essms[0], nom="Structure renommée", capacite=7, financement_europeen=None)
        porte.modifier(d.solutions[0], nom="Logiciel renommé", statut=StatutSolution.NON_REFERENCEE)
        porte.modifier(d.contacts[0], nom="Personne renommée")
        porte.modifier(d.taches[0], nom="Tâche renommée", duree=44)
        porte.modifier(d.risques[0], intitule="Risque renommé", probabilite=4, gravite=4)
        porte.modifier(d.fichiers[0], nom="fichier renommé.pdf")
    with porte.geste("Ailleurs encore"):
        d = lu()
        porte.retirer(d.essms[-1], d.taches[-1], d.risques[-1], d.contacts[-1], libelle="Retirer")
        for table in (d.couts, d.vagues, d.formations, d.communications, d.instances, d.materiels):
            if table:
                porte.retirer(table[-1], libelle="Retirer")
        porte.ajouter(
            model.Essms(og_id=d.ogs[1].id, nom="Structure nouvelle", rang=99),
            model.Complement(dossier_id=cle, demande="Le RIB", demande_le=JOUR, numero=9),
            model.Cout(dossier_id=cle, nature="licences", libelle="Coût nouveau", annee=2024),
            libelle="Ajouter",
        )


@pytest.fixture
def base(tmp_path: Path, habillee: Any, qapp: QApplication) -> Iterator[tuple[Porte, Porte, int]]:
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as une, ouvrir(tmp_path / "base.sqlite", cle) as autre:
        yield une, autre, creer_exemple(une).id


def fenetre_sur(porte: Porte) -> Fenetre:
    f = Fenetre()
    f.resize(1280, 800)
    f.show()
    f.installer(Contexte(porte, lambda: JOUR, f))
    return f


def fermer(f: Fenetre) -> None:
    if f.contexte is not None:
        f.contexte.taches.arreter()
        # The base is the fixture's.
        f.contexte.base.fermer = lambda: None  # type: ignore[method-assign]
    f.close()
    f.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def poser(f: Fenetre) -> None:
    assert f.contexte is not None
    for _ in range(3):
        QApplication.processEvents()
    f.contexte.fil.finir()
    f.contexte.taches.attendre()
    for _ in range(3):
        QApplication.processEvents()


def parties(page: Any) -> list[int]:
    onglets = getattr(page, "onglets", None)
    return list(range(len(onglets.boutons))) if isinstance(onglets, Onglets) else [0]


def aller(f: Fenetre, cle: str, partie: int) -> Any:
    assert f.dossier is not None
    page: Any = f.dossier.montrer(cle)
    onglets = getattr(page, "onglets", None)
    if isinstance(onglets, Onglets):
        onglets.change.emit(partie)
    poser(f)
    return page


def ecrans(f: Fenetre) -> Iterator[tuple[str, int]]:
    for inscription in pages():
        page = aller(f, inscription.cle, 0)
        for partie in parties(page):
            yield inscription.cle, partie


def test_rien_de_perime_ne_se_montre_et_aucune_version_d_avant_ne_reste(
    base: tuple[Porte, Porte, int],
) -> None:
    ici, la_bas, cle = base
    ancienne = fenetre_sur(ici)
    contexte = ancienne.contexte
    assert contexte is not None
    ancienne.ouvrir_dossier(cle)
    tous = list(ecrans(ancienne))
    assert len(tous) > 25
    for page, partie in tous:
        aller(ancienne, page, partie)
    avant = weakref.ref(contexte.lecture(cle).dossier.version)
    ecrire_partout(la_bas, cle)
    contexte.suivre_la_base()
    poser(ancienne)
    vus = {ecran: montre(aller(ancienne, *ecran)) for ecran in tous}
    assert ancienne.dossier is not None
    # The hour of the last write is that of this program.
    barre = montre(ancienne.dossier.barre, ancienne.dossier.barre.pied)
    # The pages that were just read again hold nothing of the version before.
    gc.collect()
    tenants = [] if avant() is None else [type(r) for r in gc.get_referrers(avant())]
    assert avant() is None, tenants
    neuve = fenetre_sur(la_bas)
    neuve.ouvrir_dossier(cle)
    poser(neuve)
    differents = {}
    for ecran in tous:
        attendu = montre(aller(neuve, *ecran))
        if vus[ecran] != attendu:
            differents[ecran] = [(a, b) for a, b in zip(vus[ecran], attendu, strict=False) if a != b] or (
                len(vus[ecran]),
                len(attendu),
            )
    assert neuve.dossier is not None
    attendue = montre(neuve.dossier.barre, neuve.dossier.barre.pied)
    fermer(neuve)
    fermer(ancienne)
    assert differents == {}
    assert barre == attendue
