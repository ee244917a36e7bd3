"""Piece 6 as a workbook: its three documents, then the programme by poste, by OG and by year (referentiel 02 §§ 1 and 3)."""

from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur import annees as par_annee
from esms_desktop.documents.classeur import couts as classeur_couts
from esms_desktop.documents.classeur import listes as classeur_listes
from esms_desktop.documents.classeur import postes as classeur_postes
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Classeur,
    ColonneXl,
    Difference,
    Equilibre,
    Feuille,
    LigneXl,
    Part,
    Rapport,
    Ref,
    Repartition,
    SiMot,
    Somme,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur.pluriannuel import pluriannuel
from esms_desktop.documents.classeur.postes import OGS, POSTES
from esms_desktop.documents.produits import plan_financement
from esms_desktop.lecture import Dossier
from esms_desktop.regles.financement import pluriannuel as regles
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES
from esms_desktop.regles.financement.financement import FinancementDossier

CODE = plan_financement.CODE


def classeur(dossier: Dossier, campagne: Campagne, jour: date) -> Classeur:
    """The workbook; `jour` is not used by its content, only by the page that prints it."""
    plan = regles.plan(dossier, campagne)
    porteur = dossier.porteur
    annees, noms = par_annee.du_plan(plan, campagne), classeur_listes.noms(dossier)
    return Classeur(
        CODE,
        plan_financement.TITRE,
        dossier.nom,
        porteur.nom if porteur else "",
        (
            classeur_couts.couts(plan, annees, noms),
            classeur_couts.personnel(plan, annees, noms),
            pluriannuel(dossier, plan, annees, noms),
            classeur_postes.par_poste(dossier, campagne, plan.finance),
            _par_og(dossier, plan.finance),
            _par_annee(campagne, plan.finance),
            classeur_listes.listes(dossier),
        ),
    )


def _par_og(dossier: Dossier, financement: FinancementDossier) -> Feuille:
    """The ESSMS of each OG, typed here, and its part of each poste: the project calculated, then shared to the cent."""
    demandes = classeur_postes.demandes(financement)
    colonnes = (
        ColonneXl("og", "Organisme gestionnaire", largeur=34),
        ColonneXl("essms", "ESSMS éligibles", "compte", saisie=True),
        ColonneXl("petit", "Petit organisme", largeur=12, saisie=True, choix=classeur_listes.CHOIX_PETIT),
        ColonneXl("petits", "ESSMS de petit organisme", "compte", 12),
        *(ColonneXl(p, LIBELLES_POSTES[p], "euros", 15) for p in demandes),
        ColonneXl("total", "Total", "euros", 16),
        ColonneXl("part", "Part du projet", "pourcent", 10),
    )
    reponses = {True: classeur_listes.OUI, False: classeur_listes.NON, None: classeur_listes.A_PRECISER}
    lignes = []
    for rang, part in enumerate(financement.parts):
        cle = f"og{rang}"
        parts = (
            Repartition(Ref(p, "montant", POSTES), cle, "petits" if p == "equipement" else "essms")
            for p in demandes
        )
        valeurs: tuple[Valeur, ...] = (
            part.nom,
            part.essms,
            reponses[part.petit],
            SiMot(Ref(cle, "petit"), classeur_listes.OUI, Ref(cle, "essms")),
            *parts,
            Somme(tuple(Ref(cle, p) for p in demandes)),
            Rapport(Ref(cle, "total"), Ref("total", "total")),
        )
        lignes.append(LigneXl(cle, valeurs))
    sommes = (Total(c) for c in (*demandes, "total", "part"))
    total = LigneXl("total", ("Total", Total("essms"), None, Total("petits"), *sommes), "total")
    controles = (Equilibre(Ref("total", p), Ref(p, "montant", POSTES)) for p in demandes)
    ensemble = Equilibre(Ref("total", "total"), Ref("total", "montant", POSTES))
    controle = LigneXl(
        "controle",
        ("Contrôle avec la feuille par poste", None, None, None, *controles, ensemble, None),
        "controle",
    )
    table = TableXl(OGS, "Répartition par organisme gestionnaire", colonnes, (*lignes, total, controle))
    notes = [
        "Sur fond clair : ce qui se saisit. Un ESSMS de plus, ou un organisme devenu petit, change les montants demandés, "
        "l’avance, le solde et le reste à charge."
    ]
    notes += [
        f"{A_COMPLETER} nombre total d’ESSMS gérés par {p.nom} : aucun montant réservé aux petits organismes n’est compté."
        for p in financement.parts
        if p.petit is None
    ]
    return Feuille("Par organisme", "Répartition par organisme gestionnaire", (table,), tuple(notes))


def _par_annee(campagne: Campagne, financement: FinancementDossier) -> Feuille:
    demande = Ref("total", "montant", POSTES)
    avance = Part(demande, campagne.versements.avance_pourcent.valeur)
    # The engine gives the advance then the balance: both come from the total of the sheet by poste.
    montants: tuple[Valeur, ...] = (avance, Difference(demande, Ref("versement0", "montant")))
    lignes = [
        LigneXl(f"versement{rang}", (annee, libelle, montant))
        for rang, ((annee, libelle, _), montant) in enumerate(
            zip(financement.par_annee, montants, strict=True)
        )
    ]
    table = TableXl(
        "annees",
        "Versements par année",
        (
            ColonneXl("annee", "Année", "annee", 14, saisie=True),
            ColonneXl("libelle", "Versement", largeur=44),
            ColonneXl("montant", "Montant", "euros", 22),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", None, Total("montant")), "total"),
            LigneXl(
                "controle",
                ("Contrôle", "Versements et total demandé", Equilibre(Ref("total", "montant"), demande)),
                "controle",
            ),
        ),
    )
    note = "Année vide : le versement attend la date de la convention, ou celle de la fin du déploiement."
    return Feuille("Par année", "Versements par année", (table,), (note,))
