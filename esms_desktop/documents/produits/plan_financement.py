"""Piece 6: the three documents of the plan de financement, then the amounts asked for with their rules (referentiel 02)."""

from collections.abc import Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.chargement import en_clair
from esms_desktop.campagnes.fondement import Fondement, incise
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles, plan_tableaux
from esms_desktop.documents.arbre import commun, montants
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Liste,
    Manque,
    Paragraphe,
    Run,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.arbre.provenances import sans_sigles
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier
from esms_desktop.regles.financement import pluriannuel
from esms_desktop.regles.financement.calcul import Financement, LigneCalcul, PrestationSegur
from esms_desktop.regles.financement.financement import FinancementDossier
from esms_desktop.regles.financement.reversement import Reversement, reversement, tout_compris

CODE = "plan-financement"
TITRE = "Plan de financement"


@produit(CODE, TITRE, piece=6)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The plan; `jour` is not used by its text, only by the page that prints it."""
    plan = pluriannuel.plan(dossier, campagne)
    financement = plan.finance

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    blocs: list[Bloc | commun.DeTravail] = [
        Paragraphe(
            (
                f"Le projet porte sur {commun.operation(dossier)} au bénéfice de ",
                Texte(francais.pluriel(financement.demande.essms, "ESSMS éligible", "ESSMS éligibles"))
                if financement.demande.essms
                else Manque("ESSMS éligibles du projet", code="essms.categorie"),
                ".",
            )
        ),
        *section("presentation"),
        Titre(1, "Document 1. Coûts du projet"),
        *section("couts"),
        *plan_tableaux.couts(plan),
        Titre(1, "Document 2. Coûts de personnel"),
        *section("personnel"),
        *plan_tableaux.personnel(plan),
        Titre(1, "Document 3. Plan de financement pluriannuel"),
        *section("pluriannuel"),
        Titre(2, "Emplois par année"),
        *plan_tableaux.emplois(plan),
        Titre(2, "Ressources par année"),
        *plan_tableaux.ressources(plan),
        Titre(2, "Équilibre"),
        *plan_tableaux.equilibre(plan),
        Titre(2, "Reste à charge" if len(dossier.ogs) == 1 else "Reste à charge par organisme"),
        *section("repartition"),
        *plan_tableaux.restes(plan),
    ]
    if financement.demande.essms:
        blocs += _annexes(dossier, campagne, plan)
    else:
        blocs += [Titre(1, "Annexe. Financement demandé"), commun.sans_eligible()]
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _annexes(
    dossier: Dossier, campagne: Campagne, plan: pluriannuel.PlanPluriannuel
) -> list[Bloc | commun.DeTravail]:
    """What is asked for and how it is counted."""
    financement = plan.finance
    projet = financement.projet
    prestation = projet.prestation_segur
    remarques = montants.remarques(projet, campagne)
    # One organisme asks for all of it: nothing to share out.
    parts: tuple[Bloc, ...] = (
        Paragraphe(
            "Chaque part est calculée avec les mêmes règles que le projet ; les parts s’additionnent au centime près."
        ),
        montants.par_og(financement),
    )
    if len(dossier.ogs) == 1:
        parts = ()
    annexes: tuple[tuple[str, Sequence[Bloc | commun.DeTravail]], ...] = (
        ("Financement demandé, par poste", montants.demande(dossier, campagne, avec_hypotheses=False)),
        ("Prix de l’éditeur et part financée", _editeur(dossier, financement, campagne)),
        ("Financement demandé, par organisme", (*parts, *_tailles(financement))),
        (
            "Avance, solde et versements par année",
            (*plan_tableaux.versements(plan), montants.par_annee(financement)),
        ),
        ("Règles de calcul et sources", _regles(projet, campagne.region)),
        ("Prestation Ségur versée à l’éditeur", _segur(prestation) if prestation else ()),
        ("Remarques", (Liste(tuple(map(sans_sigles, remarques))),) if remarques else ()),
    )
    utiles = [(titre, contenu) for titre, contenu in annexes if contenu]
    return [
        bloc
        for rang, (titre, contenu) in enumerate(utiles, 1)
        for bloc in (Titre(1, f"Annexe {rang}. {titre}"), *contenu)
    ]


def _editeur(dossier: Dossier, financement: FinancementDossier, campagne: Campagne) -> tuple[Bloc, ...]:
    solution = dossier.solution
    if tout_compris(financement, campagne):
        return _compris(reversement(financement, campagne))
    part = financement.projet.postes_cents.get("logiciel", 0)
    if not part:
        return (Paragraphe("Le projet ne demande pas de financement pour la prestation de l’éditeur."),)
    seul = len(dossier.ogs) == 1
    qui = "de l’organisme" if seul else "des organismes"
    partage = "" if seul else ", qui se le répartissent selon leur convention"
    intro = Paragraphe(
        "La part logiciel est un plafond : elle ne dépasse pas le prix réel de la prestation de l’éditeur. "
        f"Ce qu’elle ne couvre pas reste à la charge {qui}{partage}."
    )
    if solution is None or solution.prix_cents is None:
        return (
            intro,
            Paragraphe(
                (
                    "Prix de l’éditeur, toutes taxes : ",
                    Manque("prix de la prestation de l’éditeur", code="solution.prix_cents"),
                )
            ),
        )
    return (
        intro,
        Tableau(
            (Colonne("Prestation de l’éditeur", 3), Colonne("Montant", 1.2, "droite")),
            (
                ("Prix de la prestation, toutes taxes comprises", francais.euros(solution.prix_cents)),
                ("Part logiciel demandée", francais.euros(part)),
            ),
            (f"Reste à charge {qui}", francais.euros(max(solution.prix_cents - part, 0))),
        ),
    )


def _compris(argent: Reversement) -> tuple[Bloc, ...]:
    """The éditeur paid out of the amounts for the uses: the convention sets the same sum aside."""
    prix: Run = (
        Manque("prix de la prestation de l’éditeur")
        if argent.sans_prix
        else Texte(francais.euros(argent.communs_cents.get("logiciel", 0)))
    )
    return (
        Paragraphe(montants.FORFAIT),
        Paragraphe(("Part du poste « Usages » qui paie la prestation de l’éditeur : ", prix, ".")),
    )


def _tailles(financement: FinancementDossier) -> tuple[Bloc, ...]:
    inconnus = [p.nom for p in financement.parts if p.petit is None]
    if not inconnus:
        return ()
    return (
        Paragraphe(
            "La taille de ces organismes n’est pas connue : aucun montant réservé aux petits organismes n’est compté pour eux."
        ),
        Liste(
            tuple(
                Manque(f"nombre total d’ESSMS gérés par {nom}", code="og.nb_essms_total") for nom in inconnus
            )
        ),
    )


def _regles(projet: Financement, region: str | None) -> tuple[Bloc, ...]:
    """How each amount is counted and by which text; below, once, what no text of the campaign says."""
    tableau = Tableau(
        (
            Colonne("Poste", 1.5),
            Colonne("Calcul", 1.8),
            Colonne("Montant", 0.9, "droite"),
            Colonne("Texte appliqué", 2.3),
        ),
        tuple(
            (
                ligne.libelle,
                ligne.formule.replace(" × ", "\u00a0×\u00a0"),
                francais.euros(ligne.montant_cents),
                _texte(ligne, region),
            )
            for ligne in projet.lignes
        ),
        ("Total", "", francais.euros(projet.total_cents), ""),
    )
    dites = montants.hypotheses(projet)
    if not dites:
        return (tableau,)
    return (tableau, Paragraphe((Texte("Hypothèses à confirmer par le financeur. ", gras=True), dites)))


def _texte(ligne: LigneCalcul, region: str | None) -> Contenu:
    """The text a line applies, by its name; a text of another campaign is a hypothesis, named in the working copy only."""
    if ligne.hypothese or ligne.fondement in (Fondement.AUTRE_TEXTE, Fondement.CONSEIL):
        return (Texte("Hypothèse"), Texte(f", d’après : {en_clair(ligne.source)}", travail=True))
    noms = francais.majuscule(en_clair(ligne.source, region))
    return f"{noms}, selon la lecture de l’application" if ligne.fondement is Fondement.LECTURE else noms


def _segur(prestation: PrestationSegur) -> tuple[Bloc | commun.DeTravail, ...]:
    return (
        Paragraphe(prestation.note),
        Tableau(
            (Colonne("Prestation Ségur", 3), Colonne("Montant", 1.2, "droite")),
            (
                ("Calcul", prestation.formule),
                ("Avance", francais.euros(prestation.avance_cents)),
                ("Solde", francais.euros(prestation.solde_cents)),
            ),
            (
                "Total, hors du total demandé" if prestation.indicatif else "Total",
                francais.euros(prestation.total_cents),
            ),
        ),
        commun.DeTravail(
            Paragraphe(f"Source : {incise(prestation.source, prestation.fondement)}.", discret=True)
        ),
    )
