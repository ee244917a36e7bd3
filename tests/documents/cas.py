"""Six dossiers whose every page must be good: the sample, one OG, twelve OG of real ESSMS, nothing at all, a conformité, 2021."""

from collections.abc import Callable
from datetime import date

from esms_desktop.exemples.dossier import JOUR as JOUR_EXEMPLE
from esms_desktop.finess.annuaire import Etablissement
from esms_desktop.finess.lecture import lire
from esms_desktop.model import Dossier, Essms
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from tests.conftest import DONNEES
from tests.regles.test_resultats_attendus import exemple

from .outils import JOUR, fabriquer
from .plans import planifier
from .risques_outils import ajouter, remplir
from .test_inconnu import vide

ANNUAIRE = DONNEES / "finess" / "finess-structures-extrait-20260813.json.gz"
_OG, _ESSMS = 12, 132


def seul() -> Dossier:
    """One OG of seventeen ESSMS: no convention to sign with itself."""
    d = fabriquer(1, 17)
    d.nom = "Projet des Tilleuls"
    return remplir(planifier(20, 15, d), grappe=6)


def douze() -> Dossier:
    """Twelve OG and 132 ESSMS, real when the directory is there: their names are long, in capitals, with apostrophes."""
    d = fabriquer(_OG, _ESSMS // _OG)
    d.nom = "Grappe des Douze — Bourgogne, Côte d’Azur et Guyane"
    if ANNUAIRE.is_file():
        _avec_les_vrais(d)
    for i in range(4):
        ajouter(d, f"Risque {i}", probabilite=1 + i, gravite=4 - i, cause="Une cause", consequence="Un effet")
    return planifier(40, 15, d)


def _avec_les_vrais(d: Dossier) -> None:
    annuaire = lire(ANNUAIRE)
    entites = sorted((e for e in annuaire.entites.values() if e.active), key=lambda e: -len(e.eligibles))[
        :_OG
    ]
    pris = {x.finess for e in entites for x in e.eligibles}
    # Their own eligible ESSMS, then others of the same directory, until there are as many as wanted.
    autres = [
        x for e in annuaire.entites.values() for x in e.etablissements if x.finess not in pris and x.commune
    ]
    listes = [list(e.eligibles) for e in entites]
    for rang in range(_ESSMS - len(pris)):
        listes[rang % _OG].append(autres[rang])
    for og, entite, liste in zip(d.ogs, entites, listes, strict=True):
        og.nom, og.sigle, og.forme_juridique = entite.nom, entite.sigle, entite.forme_juridique
        og.finess_ej, og.siren, og.association = entite.finess, entite.siren, entite.association
        og.adresse, og.code_postal, og.commune = entite.adresse, entite.code_postal, entite.commune
        og.nb_essms_total = len(liste)
        for ancien in og.essms:
            ancien.vague = ancien.solution = None
        og.essms = [_essms(x, rang, d) for rang, x in enumerate(liste)]
    for rang, e in enumerate(d.essms, 1):
        e.id = 1000 + rang
    assert (len(d.ogs), len(d.essms)) == (_OG, _ESSMS)


def _essms(x: Etablissement, rang: int, d: Dossier) -> Essms:
    categorie = x.categorie if x.categorie in categories() and champ_de(x.categorie) else "500"
    champ = champ_de(categorie)
    e = Essms(
        rang=rang,
        finess=x.finess,
        nom=x.nom,
        categorie=categorie,
        categorie_libelle=categories()[categorie].libelle,
        champ=Champ(champ) if champ else None,
        adresse=x.adresse,
        code_postal=x.code_postal,
        commune=x.commune,
        departement=x.departement,
        capacite=30 + rang,
        file_active=35 + rang,
        dui_actuel="aucun",
    )
    e.solution, e.vague = d.solutions[0], d.vagues[rang % 3]
    for question in (
        "financement_europeen",
        "esms_numerique_anterieur",
        "sons_autre_solution",
        "rattache_entite_nationale",
        "part_confort",
    ):
        setattr(e, question, False)
    return e


def conformite() -> Dossier:
    """A mise en conformité in 2022 in Centre-Val de Loire."""
    d = fabriquer(4, 7)
    d.nom = "Grappe Loire et Sologne"
    d.campagne_id, d.type_projet = "2022-centre-val-de-loire", TypeProjet.CONFORMITE
    for lieu in (*d.ogs, *d.essms):
        lieu.code_postal, lieu.commune = "45000", "Orléans"
    for e in d.essms:
        e.departement = "45"
    return remplir(planifier(20, 8, d), grappe=6)


def amorcage() -> Dossier:
    """The first campaign, of 2021."""
    d = fabriquer(3, 6)
    d.nom, d.campagne_id = "Grappe d’amorçage", "2021-amorcage"
    return remplir(planifier(20, 15, d), grappe=6)


CAS: dict[str, tuple[Callable[[], Dossier], date]] = {
    "exemple": (exemple, JOUR_EXEMPLE),
    "seul": (seul, JOUR),
    "douze": (douze, JOUR),
    "vide": (vide, JOUR),
    "conformite": (conformite, JOUR),
    "amorcage": (amorcage, JOUR),
}
