"""Every finding, word for word: what one change on a ready dossier adds to the examination and takes away from it."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page, examen
from esms_desktop.regles.dossier.signatures import Etape
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.planning.ordonnancement import TypeLien
from tests.attendus import comparer
from tests.regles.fabrique import JOUR, dossier
from tests.regles.scenarios import THEMES
from tests.regles.scenarios_outils import pret

ATTENDUS = Path(__file__).parent / "attendus"


def dire(c: Constat) -> str:
    """A finding as it reads, with the place it sends to."""
    cible = c.cible
    vers = " ".join(str(x) for x in (cible.page, cible.objet, cible.id, cible.champ) if x not in ("", None))
    preuve = f"\n    « {c.preuve} »" if c.preuve else ""
    return f"{c.code} [{c.gravite.libelle}] {c.titre}\n    {c.explication}\n    → {c.remede} ({c.source}) @ {vers}{preuve}"


def constats(d: Dossier, campagne: str = "2022", jour: date = JOUR) -> list[str]:
    """The findings of a dossier, in their order."""
    return [dire(c) for c in examiner(d, charger(campagne), jour)]


@pytest.mark.parametrize("theme", THEMES)
def test_ce_que_chaque_changement_fait_dire(theme: str) -> None:
    avant = constats(pret())
    lignes = [f"Dossier prêt : {len(avant)} constats."]
    for nom, geste in THEMES[theme].items():
        d = pret()
        geste(d)
        apres = constats(d)
        lignes += ["", f"== {nom}"]
        lignes += [f"+ {c}" for c in apres if c in (Counter(apres) - Counter(avant))]
        lignes += [f"- {c.splitlines()[0]}" for c in avant if c not in apres]
    comparer(ATTENDUS / f"constats-{theme}.txt", lignes)


@pytest.mark.parametrize("nom", ["vide", "muet", "pret"])
def test_tous_les_constats_d_un_dossier(nom: str) -> None:
    d = {"vide": lambda: dossier(complet=False), "muet": muet, "pret": pret}[nom]()
    vus = examiner(d, charger("2022"), JOUR)
    avancement = [f"{k.code} ({k.page}) : {'satisfait' if k.satisfait else 'à voir'}" for k in vus.controles]
    comparer(ATTENDUS / f"dossier-{nom}.txt", [*constats(d), "", *avancement])


@pytest.mark.parametrize(
    "campagne", ["2021-amorcage", "2022-centre-val-de-loire", "2023", "2023-ile-de-france", "sons-vague-1"]
)
def test_ce_que_chaque_campagne_dit_autrement(campagne: str) -> None:
    lignes = []
    for nom, fabriquer in (("prêt", pret), ("muet", muet)):
        en_2022, ici = constats(fabriquer()), constats(fabriquer(), campagne, date(2023, 6, 1))
        lignes += [f"== {nom}", *(f"+ {c}" for c in ici if c not in en_2022)]
        lignes += [f"- {c.splitlines()[0]}" for c in en_2022 if c not in ici]
    comparer(ATTENDUS / f"campagne-{campagne}.txt", lignes)


def muet() -> Dossier:
    """Two OG and three ESSMS of which nothing is said but their names."""
    d = dossier(2, 1, complet=False)
    for o in d.ogs:
        for champ in ("siret", "siren", "finess_ej", "adresse", "code_postal", "commune"):
            setattr(o, champ, "")
        o.est_porteur, o.association, o.nb_essms_total = False, None, None
        o.representant_nom = o.representant_qualite = o.dpo_nom = ""
        for e in o.essms:
            for champ in ("finess", "categorie", "commune", "departement", "dui_actuel", "adresse"):
                setattr(e, champ, "")
            e.champ = e.capacite = e.file_active = e.solution = e.rattache_entite_nationale = None
            e.financement_europeen = e.esms_numerique_anterieur = e.sons_autre_solution = None
    d.solutions[0].retenue = False
    d.contacts.clear()
    return d


def test_un_constat_se_dit_en_json_et_se_compte() -> None:
    cible = Cible(Page.GRAPPE, "og", 3, "siret")
    lourd = Constat("a", Gravite.BLOQUANT, "T", "E", "R", "S", cible, "P")
    leger = Constat("b", Gravite.CONSEIL, "T", "E", "R", "S", Cible(Page.PIECES))
    moyen = Constat("c", Gravite.A_FAIRE, "T", "E", "R", "S", Cible(Page.GRAPPE))
    assert lourd.en_dict() == {
        "code": "a",
        "gravite": "bloquant",
        "titre": "T",
        "explication": "E",
        "remede": "R",
        "source": "S",
        "fondement": "conseil",
        "cible": {"page": "grappe", "objet": "og", "id": 3, "champ": "siret"},
        "preuve": "P",
    }
    vu = examen(
        [
            Controle("b", Page.PIECES, (leger,)),
            Controle("ac", Page.GRAPPE, (moyen, lourd)),
            Controle("d", Page.GRAPPE),
        ]
    )
    assert [c.code for c in vu] == ["a", "c", "b"]
    assert [c.code for c in vu.de_page(Page.GRAPPE)] == ["a", "c"] and vu.de_page(Page.DEPOT) == []
    assert [vu.nombre(g) for g in Gravite] == [1, 1, 1] and [g.rang for g in Gravite] == [0, 1, 2]
    # The pieces are counted as pieces.
    assert (vu.avancement(), vu.avancement(Page.GRAPPE), vu.avancement(Page.DEPOT)) == (
        (1, 2),
        (1, 2),
        (0, 0),
    )
    assert [g.libelle for g in Gravite] == ["Bloquant", "À faire", "Conseil"]
    assert [t.libelle for t in TypeLien] == ["Fin à début", "Début à début", "Fin à fin"]
    assert [e.libelle for e in Etape] == ["À générer", "Généré", "Imprimé", "Envoyé", "Signé"]
