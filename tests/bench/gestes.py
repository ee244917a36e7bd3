"""What a person waits for: from an edit to the page repainted, from a click to a page first shown, in CPU time."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from esms_desktop.model import LienTache, Risque, Tache
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cle_jetable
from tests.bench.outils import TOURS, dossier

JOUR = date(2023, 6, 1)
# ESSMS, tasks, risks; what is aimed at for an edit, in ms.
TAILLES = ((120, 300, 100, 50), (500, 300, 300, 80))
PAGES = ("vue-ensemble", "grappe", "recevabilite", "planning", "risques", "financement")


def construire(essms: int, taches: int, risques: int) -> object:
    d = dossier(essms)
    d.date_debut_projet = date(2023, 9, 4)
    d.taches = [Tache(nom=f"Tâche {i}", rang=i, duree=3 + i % 7) for i in range(taches)]
    for i in range(1, taches):
        LienTache(dossier=d, avant=d.taches[i - 1 - i % 5 if i > 5 else 0], apres=d.taches[i])
    d.risques = [
        Risque(intitule=f"Risque {i}", rang=i, probabilite=1 + i % 4, gravite=1 + i % 3)
        for i in range(risques)
    ]
    return d


def _cpu(geste: Callable[[], object], finir: Callable[[], object]) -> float:
    debut = time.process_time()
    geste()
    finir()
    return (time.process_time() - debut) * 1000


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    from ui import theme
    from ui.app import creer_application, finir
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

    app = creer_application()
    finir(app)
    theme.appliquer(app)

    def peindre() -> None:
        for _ in range(4):
            app.processEvents()

    for essms, taches, risques, vise in TAILLES:
        with (
            tempfile.TemporaryDirectory() as atelier,
            ouvrir(Path(atelier) / "base.sqlite", cle_jetable()) as porte,
        ):
            d = construire(essms, taches, risques)
            porte.ajouter(d, libelle="Mesure")  # type: ignore[arg-type]
            cle: int = d.id  # type: ignore[attr-defined]
            fenetre = Fenetre()
            fenetre.resize(1280, 800)
            fenetre.show()
            contexte = Contexte(porte, lambda: JOUR, fenetre)
            fenetre.installer(contexte)
            fenetre.ouvrir_dossier(cle)
            peindre()
            yield f"{essms} ESSMS, {taches} tâches, {risques} risques (CPU, ms) :"
            affichages = {page: _cpu(partial(fenetre.montrer_page, page), peindre) for page in PAGES}
            yield "  premier affichage : " + ", ".join(f"{p} {ms:.0f}" for p, ms in affichages.items())
            for page, changer in (
                ("grappe", lambda d, i: (d.essms[i], {"capacite": 61 + i})),
                ("planning", lambda d, i: (d.taches[i], {"duree": 4 + i})),
                (
                    "risques",
                    lambda d, i: (d.risques[i], {"probabilite": 1 + (d.risques[i].probabilite or 0) % 4}),
                ),
                ("vue-ensemble", lambda d, i: (d, {"notes": f"note {i}"})),
            ):
                fenetre.montrer_page(page)
                peindre()
                durees = []
                for i in range(TOURS):
                    objet, champs = changer(contexte.vue(cle).dossier, i)
                    durees.append(_cpu(partial(contexte.modifier, objet, **champs), peindre))
                yield f"  d’un champ changé à la page {page} repeinte : {statistics.median(durees):.0f} (visé : {vise})"
            contexte.taches.arreter()
            fenetre.close()
