"""Each document word for word: for a dossier where nothing is missing, for one where nothing is said, in another campaign."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.documents import catalogue, risques
from esms_desktop.model import Dossier, TexteDocument, TypeProjet
from esms_desktop.regles.campagnes import charger
from tests.attendus import comparer
from tests.regles.test_constats_attendus import muet
from tests.regles.test_resultats_attendus import exemple

from .arbre_lu import lire
from .outils import JOUR, fabriquer
from .plans import planifier
from .risques_outils import remplir

ATTENDUS = Path(__file__).parent / "attendus"
# Past the filing, before the end of the first wave.
SUIVI = date(2023, 5, 2)


def complet() -> Dossier:
    """Two OG of three ESSMS, a planning of twenty tasks, maps of risks."""
    return remplir(planifier(20, 15, fabriquer(2, 3)), grappe=8)


def conformite() -> Dossier:
    """One OG, a mise en conformité, texts of its own."""
    d = fabriquer(1, 2)
    d.type_projet, d.campagne_id = TypeProjet.CONFORMITE, "2023"
    d.textes.append(
        TexteDocument(
            document="note-presentation",
            section="contexte",
            texte="# Un titre\n\nUn **mot**, un _autre_, {porteur.nom}, {inconnu}.\n\n1. un\n2. deux\n\n- a\n  - b\n\n> cité\n",
        )
    )
    return d


def silencieux() -> Dossier:
    """Names and nothing else, as the base would give it back."""
    d = muet()
    for objet in (d, *d.ogs, *d.essms, *d.solutions):
        for colonne in objet.__table__.columns:
            defaut = colonne.default
            if defaut is not None and defaut.is_scalar and getattr(objet, colonne.key) is None:
                setattr(objet, colonne.key, defaut.arg)
    return d


CAS: dict[str, tuple[Callable[[], Dossier], str, date]] = {
    "complet": (complet, "2022", SUIVI),
    "muet": (silencieux, "2022", JOUR),
    "conformite": (conformite, "2023", JOUR),
    "exemple": (exemple, "2023-ile-de-france", date(2023, 9, 1)),
}


@pytest.mark.parametrize("code", [g.code for g in catalogue.GENERES])
def test_ce_que_dit_chaque_document(code: str) -> None:
    lignes = []
    for nom, (fabrique, campagne, jour) in CAS.items():
        d = fabrique()
        og = d.ogs[-1] if catalogue.genere(code).par_og else None
        lignes += ["", f"=== {nom}", *lire(catalogue.produire(code, d, charger(campagne), jour, og))]
    comparer(ATTENDUS / f"{code}.txt", lignes)


def test_une_carte_des_risques_par_structure() -> None:
    d, campagne = complet(), charger("2022")
    lignes = lire(risques.document_grappe(d, campagne, SUIVI))
    for e in d.essms[:3]:
        lignes += ["", *lire(risques.document_structure(d, campagne, SUIVI, e))]
    comparer(ATTENDUS / "risques-structures.txt", lignes)
