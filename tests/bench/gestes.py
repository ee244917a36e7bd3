"""What a person waits for: from an edit to the page repainted, then to the findings settled, and the longest hole meanwhile.

From a click to a page first shown. All in CPU time: other programs do not count.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from esms_desktop.model import LienTache, Risque, Tache
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.bench.outils import TOURS, dossier

if TYPE_CHECKING:
    from esms_desktop.lecture import Dossier, Ligne
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

JOUR = date(2023, 6, 1)


class Taille(NamedTuple):
    """A dossier to measure, and what is aimed at, in ms: an edit repainted, then settled, and a page first shown."""

    essms: int
    taches: int
    risques: int
    repeint: int
    etabli: int
    affiche: int


TAILLES = (Taille(120, 300, 100, 50, 350, 300), Taille(500, 300, 300, 80, 700, 600))
# The longest the loop of events may be held, in ms.
TROU = 50
_CALMES = 4


def construire(taille: Taille) -> Any:
    """A dossier of that size, not saved."""
    d = dossier(taille.essms)
    d.date_debut_projet = date(2023, 9, 4)
    d.taches = [Tache(nom=f"Tâche {i}", rang=i, duree=3 + i % 7) for i in range(taille.taches)]
    for i in range(1, taille.taches):
        LienTache(dossier=d, avant=d.taches[i - 1 - i % 5 if i > 5 else 0], apres=d.taches[i])
    d.risques = [
        Risque(intitule=f"Risque {i}", rang=i, probabilite=1 + i % 4, gravite=1 + i % 3)
        for i in range(taille.risques)
    ]
    return d


def _champ(page: str) -> "Callable[[Dossier, int], tuple[Ligne, dict[str, object]]]":
    """The edit that a page is measured by."""
    match page:
        case "grappe":
            return lambda d, i: (d.essms[i], {"capacite": 61 + i})
        case "planning":
            return lambda d, i: (d.taches[i], {"duree": 4 + i})
        case "risques":
            return lambda d, i: (d.risques[i], {"probabilite": 1 + (d.risques[i].probabilite or 0) % 4})
        case "recevabilite":
            return lambda d, i: (d.essms[i], {"financement_europeen": not d.essms[i].financement_europeen})
        case "financement":
            return lambda d, i: (d, {"pilotage_demande": not d.pilotage_demande})
        case "gouvernance":
            return lambda d, i: (d.ogs[0], {"dpo_nom": f"Personne {i}"})
    return lambda d, i: (d, {"notes": f"note {i}"})


class Attente(NamedTuple):
    """What a gesture cost, in ms of CPU: to the paint, to the findings, and in the longest turn of the loop."""

    repeint: float
    etabli: float
    trou: float


def _attendre(fenetre: "Fenetre", contexte: "Contexte", geste: Callable[[], object]) -> Attente:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert app is not None and fenetre.dossier is not None
    tours: list[float] = []
    debut = time.process_time()

    def tour(faire: Callable[[], object]) -> None:
        avant = time.process_time()
        faire()
        tours.append((time.process_time() - avant) * 1000)

    def ecoule() -> float:
        return (time.process_time() - debut) * 1000

    tour(geste)
    while fenetre.dossier.page is None or fenetre.dossier.page.perimee:
        tour(app.processEvents)
    tour(app.processEvents)
    repeint = ecoule()
    calmes = 0
    while calmes < _CALMES:
        calmes = 0 if contexte.fil.en_cours else calmes + 1
        tour(app.processEvents)
    return Attente(repeint, ecoule(), max(tours))


def _mediane(mesures: list[Attente]) -> Attente:
    return Attente(*(statistics.median(x) for x in zip(*mesures, strict=True)))


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    from ui import theme
    from ui.app import creer_application, finir, menager
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre
    from ui.registre import pages

    finir(creer_application())
    for taille in TAILLES:
        with (
            tempfile.TemporaryDirectory() as atelier,
            ouvrir(Path(atelier) / "base.sqlite", cle_jetable()) as porte,
        ):
            d = construire(taille)
            porte.ajouter(d, libelle="Mesure")
            cle: int = d.id
            fenetre = Fenetre()
            theme.habiller(fenetre)
            menager(fenetre)
            fenetre.resize(1280, 800)
            fenetre.show()
            contexte = Contexte(porte, lambda: JOUR, fenetre)
            fenetre.installer(contexte)
            fenetre.ouvrir_dossier(cle)
            _attendre(fenetre, contexte, lambda: None)
            yield f"{taille.essms} ESSMS, {taille.taches} tâches, {taille.risques} risques (CPU, ms) :"
            vues = {
                p.cle: _attendre(fenetre, contexte, partial(fenetre.montrer_page, p.cle)) for p in pages()[1:]
            }
            yield f"  premier affichage (visé : {taille.affiche}) : " + ", ".join(
                f"{page} {a.repeint:.0f}" for page, a in vues.items()
            )
            for inscription in pages():
                changer = _champ(inscription.cle)
                fenetre.montrer_page(inscription.cle)
                _attendre(fenetre, contexte, lambda: None)
                mesures = []
                for i in range(TOURS):
                    objet, champs = changer(contexte.lecture(cle).dossier, i)
                    mesures.append(_attendre(fenetre, contexte, partial(contexte.modifier, objet, **champs)))
                m, pire = _mediane(mesures), max(x.trou for x in mesures)
                yield (
                    f"  un champ changé, page {inscription.cle} : repeinte {m.repeint:.0f} (visé : {taille.repeint}), "
                    f"établie {m.etabli:.0f} (visé : {taille.etabli}), plus long tour de boucle {m.trou:.0f}, "
                    f"au pire {pire:.0f} (visé : {TROU})"
                )
            contexte.taches.arreter()
            fenetre.close()
            fenetre.deleteLater()
            gc.collect()
