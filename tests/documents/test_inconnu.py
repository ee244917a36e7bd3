"""What nobody entered never prints as a zero, an exact amount has no cents, a department has the code people write."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Document, deposee, texte_brut
from esms_desktop.documents.classeur.classeurs import CODES, classeur_de
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.model import Dossier, Essms, Og
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import TypeProjet

from .arbre_lu import lire
from .outils import JOUR, fabriquer
from .test_documents_attendus import silencieux

# A zero that stands for a thing counted: alone in a cell, before a unit or a noun. Answers given and points met are counted.
_ZERO = re.compile(
    r"(?:^|[|(: ])0(?:,00)?(?:[\u00a0 ](?:€|ESSMS|places?|risques?|organismes?|DPO|structures?)|[ |]|$)"
)
_COMPTEES = ("Aucune somme n’est demandée", "= Total B", "Dépensé pour le compte commun (B)")
_COMPTES = ("liste-controle", "fiche-recevabilite")


def vide() -> Dossier:
    """A name and a campaign."""
    d = silencieux()
    d.ogs.clear()
    d.solutions.clear()
    return d


def annuaire() -> Dossier:
    """What the directory gives: names, numbers, categories, places on the map."""
    d = vide()
    for modele in fabriquer(2, 3).ogs:
        og = Og(nom=modele.nom, finess_ej=modele.finess_ej, siren=modele.siren, rang=modele.rang, dossier=d)
        og.est_porteur, og.nb_essms_total = modele.est_porteur, 3
        og.essms = [
            Essms(
                rang=e.rang,
                nom=e.nom,
                finess=e.finess,
                categorie=e.categorie,
                champ=e.champ,
                commune=e.commune,
            )
            for e in modele.essms
        ]
        for objet in (og, *og.essms):
            for colonne in objet.__table__.columns:
                defaut = colonne.default
                if defaut is not None and defaut.is_scalar and getattr(objet, colonne.key) is None:
                    setattr(objet, colonne.key, defaut.arg)
    return d


def sans_nombres() -> Dossier:
    """Everything has a name and nothing has a number."""
    d = fabriquer(2, 3)
    d.solutions[0].prix_cents = None
    for e in d.essms:
        e.capacite = e.file_active = None
    for f in d.formations:
        f.effectif = f.sessions = f.duree_heures = None
    for m in d.materiels:
        m.quantite = m.prix_unitaire_ht_cents = None
    for c in d.couts:
        c.montant_ht_cents = None
    for h in d.couts_rh:
        h.etp_centiemes = h.cout_annuel_cents = None
    for r in d.ressources:
        r.montant_cents = None
    return d


def arbres(dossier: Dossier) -> list[Document]:
    campagne = charger(dossier.campagne_id)
    return [catalogue.produire(g.code, dossier, campagne, JOUR, og) for g, og in catalogue.tous(dossier)]


@pytest.mark.parametrize("fabrique", [vide, silencieux, annuaire, sans_nombres])
def test_no_zero_stands_for_what_is_not_known(fabrique: Callable[[], Dossier]) -> None:
    for document in arbres(fabrique()):
        if document.code not in _COMPTES:
            # That nothing is spent for all is counted, and said.
            lignes = [x for x in lire(document) if not x.lstrip().startswith(_COMPTEES)]
            zeros = [ligne for ligne in lignes if _ZERO.search(ligne.strip())]
            assert not zeros, f"{document.code} : {zeros}"


def test_places_known_of_some_structures_say_of_how_many() -> None:
    d = fabriquer(1, 5)
    for e in d.essms[:2]:
        e.capacite = None
    d.essms[2].capacite = 0
    (note,) = (a for a in arbres(d) if a.code == "note-presentation")
    dits = "\n".join(lire(note))
    assert f"Total | 5 | {43 + 44} (3 sur 5)" in dits
    assert "combien de structures" in dits


def test_an_exact_amount_has_no_cents_in_any_document() -> None:
    for document in arbres(fabriquer(3, 6)):
        assert ",00\u00a0€" not in "\n".join(lire(document)), document.code


@pytest.mark.parametrize("code", departements())
def test_a_department_has_the_code_people_write(code: str) -> None:
    d = fabriquer(1, 1)
    attendu = departements()[code]
    d.essms[0].departement, d.essms[0].commune = code, "Ville"
    dits = "\n".join(ligne for document in arbres(d) for ligne in lire(document))
    assert f"Ville\u00a0({attendu.code_insee})" in dits
    assert f"{attendu.nom} ({attendu.code_insee})" in dits
    if code != attendu.code_insee:
        assert f"({code})" not in dits


SIGLES = re.compile(r"\b(?:KIT|AAP|ANS|ANAP|SONS|FAQ) §|\((?:KIT|AAP|ANAP|ANS)\b")


@pytest.mark.parametrize("campagne", ["2021-amorcage", "2022", "2022-centre-val-de-loire", "2023", "2025"])
@pytest.mark.parametrize("type_projet", list(TypeProjet))
def test_what_is_filed_cites_texts_by_their_names(campagne: str, type_projet: TypeProjet) -> None:
    for d in (fabriquer(2, 3), annuaire(), fabriquer(1, 16)):
        d.campagne_id, d.type_projet = campagne, type_projet
        for document in arbres(d):
            dits = "\n".join(lire(deposee(document)))
            assert not SIGLES.search(dits), (document.code, SIGLES.findall(dits), dits)


def test_a_count_of_nothing_is_a_dash_in_excel() -> None:
    d = vide()
    for code in ("plan-financement", "liste-materiels"):
        arbre = classeur_de(code, d, charger(d.campagne_id), JOUR)
        assert arbre is not None
        for feuille in openpyxl.load_workbook(io.BytesIO(rendre_xlsx(arbre, JOUR)), data_only=True):
            zeros = [c for ligne in feuille.iter_rows() for c in ligne if c.value == 0]
            nus = [c.coordinate for c in zeros if "–" not in c.number_format and c.number_format != "0.0#%"]
            assert not nus, (feuille.title, nus)


def test_neither_do_the_workbooks_cite_by_sigles() -> None:
    for d in (fabriquer(12, 11), fabriquer(1, 16), annuaire()):
        for code in CODES:
            arbre = classeur_de(code, d, charger(d.campagne_id), JOUR)
            if arbre is None:
                continue
            fichier = openpyxl.load_workbook(io.BytesIO(rendre_xlsx(arbre, JOUR)))
            dits = [str(c.value) for f in fichier for ligne in f.iter_rows() for c in ligne if c.value]
            assert not [x for x in dits if SIGLES.search(x)], code


@pytest.mark.parametrize(
    ("code", "dit"),
    [("500", "EHPAD"), ("246", "E.S.A.T."), ("377", "Établissement Expérimental pour Enfance Handicapée")],
)
def test_a_category_is_never_told_in_cut_words(code: str, dit: str) -> None:
    e = fabriquer(1, 1).essms[0]
    e.categorie = code
    assert texte_brut(commun.categorie(e)) == dit


def test_the_fiche_of_nothing_says_what_waits_and_does_not_look_calm() -> None:
    d = vide()
    lignes = lire(catalogue.produire("fiche-recevabilite", d, charger(d.campagne_id), JOUR))
    assert any(x.startswith("[alerte] Aucun point satisfait") for x in lignes)
    assert any("À déclarer : aucune réponse" in x.replace("\u00a0", " ") for x in lignes)
