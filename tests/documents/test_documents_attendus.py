"""Each document word for word: for a dossier where nothing is missing, for one where nothing is said, in another campaign."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.produits import risques
from esms_desktop.model import (
    Autodiagnostic,
    Brique,
    Contact,
    Cout,
    Dossier,
    Fermeture,
    Materiel,
    PointPreparation,
    Ressource,
    Solution,
    TexteDocument,
)
from esms_desktop.nomenclature.listes import briques, points_controle
from esms_desktop.nomenclature.vocabulaire import ExceptionSad, RoleContact, StatutSolution, TypeProjet
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
    """Two OG of three ESSMS, a planning of twenty tasks, maps of risks, closures of one day and of a week."""
    d = remplir(planifier(20, 15, fabriquer(2, 3)), grappe=8)
    d.solutions.extend(Solution(nom=f"Solution {n}", retenue=False) for n in ("écartée", "étudiée"))
    d.fermetures.append(Fermeture(motif="Pont", debut=date(2023, 5, 19), fin=date(2023, 5, 19)))
    d.fermetures.append(Fermeture(motif="", debut=date(2023, 8, 14), fin=date(2023, 8, 18)))
    d.fermetures.append(Fermeture(motif="Erreur", debut=date(2023, 8, 18), fin=date(2023, 8, 17)))
    return d


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


def desordre() -> Dossier:
    """Nothing in the order of its dates, half of each thing said, everything answered the other way."""
    d = fabriquer(3, 3)
    d.portee_nationale, d.sad, d.sad_exception = True, False, ExceptionSad.MARCHE_EN_COURS
    d.pilotage_demande = d.equipement_demande = d.amoa = False
    d.mise_en_ordre_marche, d.date_mise_en_ordre_marche = True, date(2022, 1, 5)
    d.cle_repartition, d.ogs[1].est_porteur, d.ogs[0].est_porteur = "places", True, False
    d.formations[0].date = d.communications[0].date = d.vagues[1].debut = d.vagues[2].fin = None
    d.formations[1].effectif = d.formations[2].sessions = d.formations[2].vague_id = None
    d.formations[1].duree_heures, d.formations[1].formateur, d.formations[2].public = None, "", ""
    for rangee in (d.formations, d.communications, d.instances, d.contacts, d.vagues):
        rangee.reverse()
    d.solutions[0].statut, d.solutions[0].date_referencement_prevue = (
        StatutSolution.EN_COURS,
        date(2022, 12, 1),
    )
    d.solutions[0].date_referencement, d.solutions[0].editeur, d.solutions[0].prix_cents = None, "", None
    d.ogs[0].sigle, d.ogs[0].dpo_nom, d.ogs[1].representant_qualite, d.ogs[2].nb_essms_total = "", "", "", 60
    e = d.ogs[0].essms[0]
    e.capacite, e.departement, e.categorie, e.vague, e.vague_id = None, "2A", "355", None, None
    d.ogs[2].essms[1].rattache_entite_nationale = True
    d.contacts.append(
        Contact(id=300, essms_id=2, role=RoleContact.REFERENT, nom="Lou Vidal", part_temps_pour_cent=5)
    )
    d.contacts.append(
        Contact(id=301, role=RoleContact.FORMATEUR, nom="Noé Faure", fonction="formateur", courriel="n@x.fr")
    )
    d.contacts.append(Contact(id=302, og_id=2, role=RoleContact.DPO, nom="Zoé Brun", telephone="01"))
    d.ogs[2].nom, d.ogs[2].sigle, d.ogs[2].essms[0].nom = LONG, "", LONG
    d.materiels.append(
        Materiel(id=90, og_id=3, essms_id=7, libelle="Borne", quantite=1, prix_unitaire_ht_cents=5)
    )
    d.ressources.append(Ressource(id=90, og_id=3, genre="autre", libelle="Don", annee=2023, montant_cents=9))
    d.couts.append(
        Cout(id=90, og_id=3, nature="formation", libelle="Tuteurs", annee=2024, montant_ht_cents=8)
    )
    d.couts_rh[0].og_id = 3
    codes = list(points_controle())
    d.points_preparation.append(PointPreparation(code=codes[0], reponse=True, commentaire="vu en comité"))
    d.points_preparation.append(PointPreparation(code=codes[1], reponse=False, commentaire=""))
    d.ogs[1].briques.append(Brique(code=next(iter(briques())), acquise=False, commentaire="en cours"))
    d.ogs[1].autodiagnostics.append(
        Autodiagnostic(genre="si", realise=True, date=date(2022, 2, 1), resultat="62 %")
    )
    d.ogs[2].autodiagnostics.append(Autodiagnostic(genre="cyber", realise=False, resultat=""))
    d.couts[0].annee, d.couts[1].og_id, d.couts[2].montant_ht_cents = None, 2, None
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


# Whatever the place, one letter more or less shows.
LONG = ("a b " * 40).strip()
CAS: dict[str, tuple[Callable[[], Dossier], str, date]] = {
    "complet": (complet, "2022", SUIVI),
    "muet": (silencieux, "2022", JOUR),
    "conformite": (conformite, "2023", JOUR),
    "desordre": (desordre, "2022", JOUR),
    "exemple": (exemple, "2023-ile-de-france", date(2023, 9, 1)),
}


@pytest.mark.parametrize("code", [g.code for g in catalogue.generes()])
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


@pytest.mark.parametrize(
    ("nom", "maximum", "court"),
    [
        ("a" * 60, 60, "a" * 60),
        ("a" * 61, 60, "a" * 36 + " … " + "a" * 24),
        ("un deux trois quatre", 10, "un … atre"),
        ("un deux trois quatre", 20, "un deux trois quatre"),
    ],
)
def test_un_nom_trop_long_garde_son_debut_et_sa_fin(nom: str, maximum: int, court: str) -> None:
    assert commun.bref(nom, maximum).replace("\u00a0", " ") == court
    assert commun.bref("a" * 61) == commun.bref("a" * 61, 60)
