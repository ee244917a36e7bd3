"""Checks on the plan de financement: what is missing, what does not balance, what passes a ceiling (referentiel 02 § 3)."""

from typing import TYPE_CHECKING

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import euros
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, attendu, controle

if TYPE_CHECKING:
    from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel

_PAGE = Cible(Page.FINANCEMENT)


def controler_plan(dossier: Dossier, campagne: Campagne, plan: "PlanPluriannuel") -> list[Controle]:
    """The checks, the heaviest gaps first; what cannot be compared yet is not reproached."""
    return [
        _couts(campagne, plan),
        _rh(campagne, plan),
        _montants(campagne, plan),
        _annees(dossier, campagne, plan),
        _hors_projet(dossier, plan),
        _logiciel(campagne, plan),
        _prix(dossier, plan),
        _equipement(plan),
        _materiels(plan),
        _publiques(campagne, plan),
        _equilibre(campagne, plan),
        _cle(dossier, campagne, plan),
    ]


def _couts(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    modele = Modele(
        "plan.couts",
        attendu(campagne),
        "Le plan de financement n’a encore aucun coût",
        "Le plan compare les coûts du projet, par nature et par année, à ses ressources.",
        "Saisissez les coûts : licences, prestations, équipements, AMOA, communication.",
        campagne.pieces[6].origine,
    )
    return controle(modele, Cible(Page.FINANCEMENT, "cout"), not plan.emplois)


def _rh(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    modele = Modele(
        "plan.rh",
        Gravite.CONSEIL,
        "Le plan ne compte aucun temps de personnel",
        "Chef de projet, référents, formateurs internes : ces temps sont des dépenses du projet, au prorata de leur part.",
        "Saisissez les profils, leur effectif, leur coût annuel et leur part de temps.",
        campagne.pieces[6].origine,
    )
    return controle(modele, Cible(Page.FINANCEMENT, "cout_rh"), not plan.rh)


def _montants(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    modele = Modele(
        "plan.montants",
        attendu(campagne),
        "Des lignes du plan n’ont pas de montant",
        "Un montant absent n’est pas zéro : tant qu’il manque, aucun total du plan n’est sûr.",
        "Complétez ces lignes, ou retirez-les.",
        MAISON,
    )
    vides = [x.detail or x.libelle for x in plan.emplois if x.manquants]
    vides += [x.profil for x in plan.rh if x.manquants]
    vides += [x.libelle for x in plan.ressources if x.manquants]
    preuve = f"{francais.pluriel(plan.manquants, 'montant')} : {francais.resumer(vides)}"
    return controle(modele, _PAGE, bool(plan.manquants), preuve)


def _annees(dossier: Dossier, campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    """The programme without a date, a cost without a year: the plan has a column to spread."""
    sans_date = dossier.date_convention is None or dossier.date_fin_deploiement is None
    programme = sans_date and bool(plan.finance.projet.total_cents)
    champ = "date_convention" if dossier.date_convention is None else "date_fin_deploiement"
    modele = Modele(
        "plan.annees",
        attendu(campagne),
        "Des montants du plan n’ont pas d’année",
        "L’avance tombe l’année de la convention, le solde celle de sa demande, quelques mois après la fin du déploiement, chaque "
        "coût la sienne.",
        "Saisissez la date de la convention et celle de la fin du déploiement."
        if programme
        else "Choisissez l’année de chaque ligne.",
        campagne.pieces[6].origine,
    )
    somme = sum(s.emplois_cents + s.ressources_cents for s in plan.par_annee if s.annee is None)
    cible = Cible(Page.FINANCEMENT, "dossier", None, champ) if programme else _PAGE
    return controle(modele, cible, None in plan.annees, f"{euros(somme)} à placer")


def _hors_projet(dossier: Dossier, plan: "PlanPluriannuel") -> Controle:
    debut, fin = dossier.date_debut_projet, dossier.date_fin_deploiement
    modele = Modele(
        "plan.annees-hors-projet",
        Gravite.CONSEIL,
        "Des coûts tombent hors des années du projet",
        "Les dépenses d’un projet vont de son début à la fin du déploiement ; une autre année est souvent une faute de frappe.",
        "Vérifiez l’année de ces lignes.",
        MAISON,
    )
    if debut is None or fin is None:
        return controle(modele, _PAGE, False)
    hors = [
        s
        for s in plan.par_annee
        if s.annee is not None and not debut.year <= s.annee <= fin.year and s.emplois_cents
    ]
    preuve = " ; ".join(f"{s.annee} : {euros(s.emplois_cents)}" for s in hors)
    return controle(modele, _PAGE, bool(hors), preuve)


def _logiciel(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    part, couts = plan.finance.projet.postes_cents["logiciel"], plan.theme_cents("editeur")
    modele = Modele(
        "plan.logiciel",
        attendu(campagne),
        "La part logiciel dépasse les coûts de l’éditeur",
        "La part logiciel ne finance que la prestation de l’éditeur, à hauteur de son prix.",
        "Complétez les coûts de l’éditeur, ou saisissez son prix réel : la part logiciel s’y ramène.",
        "AAP § 5.1",
    )
    manque = bool(plan.emplois) and part > couts
    preuve = f"Part logiciel : {euros(part)} ; coûts de l’éditeur : {euros(couts)}."
    return controle(modele, Cible(Page.FINANCEMENT, "cout"), manque, preuve)


def _prix(dossier: Dossier, plan: "PlanPluriannuel") -> Controle:
    solution = dossier.solution
    prix, couts = solution.prix_cents if solution else None, plan.theme_cents("editeur")
    modele = Modele(
        "plan.prix-editeur",
        Gravite.CONSEIL,
        "Le prix de l’éditeur et les coûts du plan diffèrent",
        "Le prix de la solution retenue et les coûts « éditeur » du plan, toutes taxes, disent la même dépense.",
        "Corrigez le prix de la solution ou les lignes du plan.",
        MAISON,
    )
    if prix is None or not couts:
        return controle(modele, _PAGE, False)
    cible = Cible(Page.FINANCEMENT, "solution", solution.id if solution else None, "prix_cents")
    return controle(modele, cible, prix != couts, f"Prix : {euros(prix)} ; coûts du plan : {euros(couts)}.")


def _equipement(plan: "PlanPluriannuel") -> Controle:
    part, total = plan.finance.projet.postes_cents["equipement"], plan.materiels.total
    modele = Modele(
        "plan.equipement",
        Gravite.CONSEIL,
        "Le financement d’équipements dépasse la liste des matériels",
        "Le texte donne un forfait par ESSMS, sans le borner à la liste : une liste qui ne le justifie pas se remarque.",
        "Complétez la liste des matériels, leurs quantités et leurs prix.",
        MAISON,
    )
    preuve = f"Équipement demandé : {euros(part)} ; matériels listés : {euros(total.ttc_cents)}."
    # An empty list has its own finding.
    return controle(
        modele, Cible(Page.FINANCEMENT, "materiel"), bool(total.lignes) and part > total.ttc_cents, preuve
    )


def _materiels(plan: "PlanPluriannuel") -> Controle:
    couts, total = plan.theme_cents("equipement"), plan.materiels.total
    modele = Modele(
        "plan.materiels",
        Gravite.CONSEIL,
        "Les coûts d’équipement et la liste des matériels diffèrent",
        "Le plan et la pièce 11 chiffrent les mêmes achats ; le réseau et les travaux peuvent expliquer l’écart.",
        "Rapprochez les deux, ou expliquez l’écart dans la note de présentation.",
        MAISON,
    )
    # A plan whose costs are told counts what the list prices; what has no price yet is not compared.
    compare = bool(plan.emplois and total.lignes) and not total.incompletes
    preuve = f"Plan : {euros(couts)} ; liste : {euros(total.ttc_cents)}."
    return controle(modele, Cible(Page.FINANCEMENT, "materiel"), compare and couts != total.ttc_cents, preuve)


def _publiques(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    modele = Modele(
        "plan.ressources-publiques",
        attendu(campagne),
        "Les ressources extérieures dépassent les coûts",
        "Les financements du programme et les autres ressources ne dépassent pas ce que le projet coûte.",
        "Complétez les coûts du projet, temps de personnel compris, ou réduisez les autres ressources.",
        MAISON,
    )
    manque = bool(plan.emplois) and plan.excedent_cents > 0
    preuve = f"Excédent : {euros(plan.excedent_cents)} pour {euros(plan.emplois_cents)} de coûts."
    return controle(modele, _PAGE, manque, preuve)


def _equilibre(campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    ecarts = [s for s in plan.par_annee if s.ecart_cents]
    total = plan.ressources_cents - plan.emplois_cents
    modele = Modele(
        "plan.equilibre",
        attendu(campagne),
        "Le plan n’est pas équilibré",
        "Chaque année, et au total, les ressources égalent les emplois. Le solde arrivant à la fin, l’autofinancement "
        "fait souvent l’avance des premières années.",
        "Ajustez l’autofinancement de chaque année, ou les coûts.",
        MAISON,
    )
    lignes = [f"{s.annee or 'année à préciser'} : {_ecart(s.ecart_cents)}" for s in ecarts]
    if total:
        lignes.append(f"total : {_ecart(total)}")
    cible = Cible(Page.FINANCEMENT, "ressource")
    return controle(modele, cible, bool(plan.emplois or plan.rh) and bool(ecarts), " ; ".join(lignes))


def _ecart(cents: int) -> str:
    return f"il manque {euros(-cents)}" if cents < 0 else f"{euros(cents)} de trop"


def _cle(dossier: Dossier, campagne: Campagne, plan: "PlanPluriannuel") -> Controle:
    cle = plan.cle
    modele = Modele(
        "plan.cle",
        attendu(campagne),
        "La clé de répartition n’est pas complète",
        f"Le reste à charge se partage selon : {cle.libelle}. La convention et les lettres d’engagement s’y réfèrent.",
        "Complétez les valeurs qui manquent, ou choisissez une autre clé.",
        MAISON,
    )
    preuve = f"{francais.majuscule(cle.manque)}."
    cible = Cible(Page.FINANCEMENT, "dossier", None, "cle_repartition")
    return controle(modele, cible, len(dossier.ogs) > 1 and not cle.complete, preuve)
