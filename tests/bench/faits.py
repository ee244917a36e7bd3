"""What an edit costs to examine again, in CPU time: only what reads the column that changed is computed."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.bench.gestes import JOUR, TAILLES, construire
from tests.bench.outils import TOURS

_GESTES: dict[str, Callable[[Any, int], tuple[Any, dict[str, object]]]] = {
    "une note": lambda d, i: (d, {"notes": f"note {i}"}),
    "une capacité": lambda d, i: (d.essms[i], {"capacite": 61 + i}),
    "le nom d’une tâche": lambda d, i: (d.taches[i], {"nom": f"Étape {i}"}),
    "la cote d’un risque": lambda d, i: (
        d.risques[i],
        {"probabilite": 1 + (d.risques[i].probabilite or 0) % 4},
    ),
    "le nom d’un DPO": lambda d, i: (d.ogs[0], {"dpo_nom": f"Personne {i}"}),
}


def _cpu(fonction: Callable[[], Any]) -> tuple[float, Any]:
    debut = time.process_time()
    resultat = fonction()
    return (time.process_time() - debut) * 1000, resultat


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    for taille in TAILLES:
        with (
            tempfile.TemporaryDirectory() as atelier,
            ouvrir(Path(atelier) / "base.sqlite", cle_jetable()) as porte,
        ):
            d: Any = construire(taille)
            porte.ajouter(d, libelle="Mesure")
            verifier_dossier(porte.relire(d), JOUR)
            dossier: Any = porte.lire(d.id)
            neuf, _ = _cpu(lambda dossier=dossier: verifier_dossier(dossier, JOUR))
            mots = [f"neuf {neuf:.0f}"]
            for nom, changer in _GESTES.items():
                durees = []
                for i in range(TOURS):
                    objet, champs = changer(dossier, i)
                    porte.modifier(objet, **champs)
                    dossier = porte.lire(d.id, dossier)
                    durees.append(_cpu(lambda dossier=dossier: verifier_dossier(dossier, JOUR))[0])
                mots.append(f"{nom} {statistics.median(durees):.1f}")
            yield f"examen, {taille.essms} ESSMS, {taille.taches} tâches, {taille.risques} risques (CPU, ms) : {', '.join(mots)}"
