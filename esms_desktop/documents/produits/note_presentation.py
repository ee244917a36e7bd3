"""Piece 1: the note de présentation générale, with the exact list of ESSMS (referentiel 03 § 4)."""

from collections.abc import Iterator
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles, note_contenus
from esms_desktop.documents.arbre import commun, montants
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Document,
    Encadre,
    Manque,
    Paragraphe,
    Run,
    SautPage,
    Tableau,
    Texte,
    Titre,
    champ,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.champs import entete_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import RoleContact, StatutSolution
from esms_desktop.regles.dossier.equipe import premiere
from esms_desktop.regles.recevabilite.eligibilite import relever
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

CODE = "note-presentation"
TITRE = "Note de présentation du projet"


@produit(CODE, TITRE, piece=1)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The note; `jour` is not used by its text, only by the page that prints it."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    blocs: tuple[Bloc | commun.DeTravail, ...] = (
        *_essentiel(dossier, campagne),
        Titre(1, "1. Contexte et enjeux"),
        *section("contexte"),
        Titre(1, "2. Ambition et objectifs"),
        *section("objectifs"),
        Titre(1, f"3. {modeles.variante(dossier, CODE, 'regroupement').titre}"),
        *section("regroupement"),
        _regroupement(dossier) if dossier.ogs else commun.sans_organisme(),
        Titre(1, "4. Situation actuelle"),
        *section("situation"),
        *_situation(dossier),
        *note_contenus.contenu(dossier, campagne, "enjeux-equipements"),
        *note_contenus.autodiagnostics(dossier, campagne),
        *_perimetre(dossier, campagne),
        *_solution(dossier),
        *note_contenus.contenu(dossier, campagne, "enjeux-perimetre"),
        Titre(1, "7. Hébergement et architecture"),
        *section("hebergement"),
        *note_contenus.contenu(dossier, campagne, "enjeux-architecture"),
        Titre(1, "8. Reprise des données"),
        *section("reprise"),
        Titre(1, "9. Points d’attention"),
        *section("attention"),
        *note_contenus.contenu(dossier, campagne, "enjeux-cybersecurite"),
        *_calendrier(dossier),
        Titre(1, "11. Montants demandés"),
        *montants.demande(dossier, campagne),
        SautPage(),
        Titre(1, "12. Liste exacte des ESSMS parties au projet"),
        *section("liste"),
        *commun.liste_exacte(dossier),
        *note_contenus.annexes(dossier, campagne),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _essentiel(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    porteur, solution = dossier.porteur, dossier.solution
    orientation = orienter_dossier(dossier, campagne)
    chef = premiere(dossier, RoleContact.CHEF_DE_PROJET)
    lignes = (
        ("Projet", dossier.nom),
        ("Opération", f"{dossier.type_projet.libelle} d’une solution de dossier usager informatisé"),
        ("Campagne", campagne.titre),
        ("Porteur", porteur.nom if porteur else Manque("porteur du projet", code="og.est_porteur")),
        (
            "Regroupement" if len(dossier.ogs) > 1 else "Périmètre",
            (
                Texte(
                    francais.pluriel(len(dossier.ogs), "organisme gestionnaire", "organismes gestionnaires")
                )
                if dossier.ogs
                else Manque("organismes du projet", code="og.nom"),
                ", ",
                _nombre_essms(dossier),
            ),
        ),
        ("Solution", champ(solution.nom if solution else "", "solution retenue", code="solution.nom")),
        ("Financeur", champ(commun.nom_financeur(orientation), "financeur", code="dossier.portee_nationale")),
        ("Chef de projet", commun.personne(chef) if chef else Manque("chef de projet", code="contact.role")),
    )
    return (
        Tableau(
            (Colonne("Le projet en bref", 1), Colonne("", 3.4)),
            tuple((Texte(nom, gras=True), valeur) for nom, valeur in lignes),
        ),
    )


def _regroupement(dossier: Dossier) -> Tableau:
    lignes = tuple(
        (
            (Texte(og.nom, gras=og.est_porteur), " (porteur)" if og.est_porteur else ""),
            champ(og.forme_juridique, f"forme juridique ({og.nom})", "-", code="og.forme_juridique"),
            commun.numero(og.siren, numeros.ecrire_siren, f"SIREN ({og.nom})", "-", code="og.siren"),
            champ(og.commune, f"commune du siège ({og.nom})", "-", code="og.commune"),
            francais.nombre(len(og.essms))
            if og.essms
            else Manque(f"ESSMS engagés ({og.nom})", "-", code="essms.nom"),
            francais.nombre(og.nb_essms_total)
            if og.nb_essms_total is not None
            else Manque(f"nombre total d’ESSMS gérés par {og.nom}", "-", code="og.nb_essms_total"),
        )
        for og in dossier.ogs
    )
    return Tableau(
        (
            Colonne("Organisme gestionnaire", 2.6),
            Colonne(entete_de("og.forme_juridique"), 1.5),
            Colonne(entete_de("og.siren"), 0.9),
            Colonne("Siège", 1.1),
            Colonne("ESSMS du projet", 0.8, "droite"),
            Colonne("ESSMS gérés", 0.8, "droite"),
        ),
        lignes,
    )


def _nombre_essms(dossier: Dossier) -> Run:
    n = len(dossier.essms)
    return Texte(f"{francais.nombre(n)} ESSMS") if n else Manque("ESSMS du projet", code="essms.nom")


def _situation(dossier: Dossier) -> Iterator[Bloc]:
    """What each structure has, OG by OG."""
    if not dossier.essms:
        yield commun.sans_essms()
    for og in dossier.ogs:
        if og.essms:
            yield Paragraphe(Texte(og.nom, gras=True))
            yield _situation_og(og)


def _situation_og(og: Og) -> Tableau:
    lignes = tuple(
        (
            e.nom,
            champ(e.dui_actuel, f"DUI actuel ({e.nom})", "-", code="essms.dui_actuel"),
            francais.nombre(e.file_active)
            if e.file_active is not None
            else Manque(f"file active ({e.nom})", "-", code="essms.file_active"),
        )
        for e in og.essms
    )
    return Tableau(
        (
            Colonne("ESSMS", 3),
            Colonne("Équipement DUI actuel", 2.4),
            Colonne(entete_de("essms.file_active"), 0.7, "droite"),
        ),
        lignes,
    )


def _perimetre(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    orientation = orienter_dossier(dossier, campagne)
    niveau = {"regional": "régional", "national": "national"}.get(orientation.niveau)
    exclus = [(x.essms, x.motif) for x in relever(dossier, campagne).lignes if x.eligible is False]
    blocs: list[Bloc] = [
        Titre(1, "5. Périmètre"),
        Paragraphe(
            (
                "Le projet compte ",
                _nombre_essms(dossier),
                " ; il relève du niveau ",
                Texte(niveau)
                if niveau
                else Manque("niveau d’instruction, régional ou national", code="dossier.portee_nationale"),
                ".",
            )
        ),
        Titre(2, "Par département"),
        *commun.comptes(dossier, entete_de("essms.departement"), commun.nom_departement),
        Titre(2, "Par champ d’activité"),
        *commun.comptes(dossier, entete_de("essms.champ"), commun.nom_champ),
    ]
    if exclus:
        noms = " ; ".join(f"{e.nom} ({motif})" for e, motif in exclus)
        blocs.append(Encadre("alerte", f"ESSMS que la campagne ne finance pas : {noms}."))
    return tuple(blocs)


def _solution(dossier: Dossier) -> tuple[Bloc, ...]:
    solution = dossier.solution
    blocs: list[Bloc] = [Titre(1, "6. Solution visée et référencement")]
    if solution is None:
        return (*blocs, Paragraphe(Manque("solution retenue", code="solution.nom")))
    blocs.append(
        Paragraphe(
            (
                "La solution commune est " if len(dossier.ogs) > 1 else "La solution est ",
                Texte(solution.nom, gras=True),
                ", éditée par ",
                champ(solution.editeur, "éditeur de la solution", code="solution.editeur"),
                ". Statut au regard du Ségur du numérique : ",
                Texte(francais.minuscule(solution.statut.libelle))
                if solution.statut
                else Manque("statut de référencement de la solution", code="solution.statut"),
                ".",
            )
        )
    )
    if solution.statut is StatutSolution.REFERENCEE and solution.date_referencement:
        blocs.append(
            Paragraphe(f"Référencement obtenu le {francais.date_longue(solution.date_referencement)}.")
        )
    if solution.statut is StatutSolution.EN_COURS:
        blocs.append(
            Paragraphe(
                (
                    "Référencement attendu le ",
                    commun.date_ou_manque(
                        solution.date_referencement_prevue,
                        "date prévue du référencement de la solution",
                        code="solution.date_referencement_prevue",
                    ),
                    ", avant le début du paramétrage.",
                )
            )
        )
    if dossier.sad is not None:
        blocs.append(Paragraphe(_sad(dossier)))
    autres = [s.nom for s in dossier.solutions if not s.retenue]
    if autres:
        blocs.append(Paragraphe(f"Autres solutions étudiées : {francais.enumerer(autres)}."))
    return tuple(blocs)


def _sad(dossier: Dossier) -> str:
    if dossier.sad:
        return "L’achat passe par le système d’acquisition dynamique (SAD) de la centrale d’achat."
    if dossier.sad_exception:
        motif = dossier.sad_exception.libelle
        return f"L’achat ne passe pas par le système d’acquisition dynamique (SAD). Motif : {francais.minuscule(motif)}."
    return "L’achat ne passe pas par le système d’acquisition dynamique (SAD)."


def _calendrier(dossier: Dossier) -> tuple[Bloc, ...]:
    jalons = (
        ("Dépôt de la demande", "date_depot_prevue", "date de dépôt prévue"),
        ("Convention avec le financeur", "date_convention", "date de la convention"),
        (libelle_de("dossier.date_debut_projet"), "date_debut_projet", "date de début du projet"),
        (
            libelle_de("dossier.date_debut_parametrage"),
            "date_debut_parametrage",
            "date de début du paramétrage",
        ),
        (libelle_de("dossier.date_fin_deploiement"), "date_fin_deploiement", "date de fin du déploiement"),
    )
    return (
        Titre(1, "10. Calendrier"),
        Tableau(
            (Colonne("Jalon", 2), Colonne("Date prévue", 2)),
            tuple(
                (nom, commun.date_ou_manque(getattr(dossier, champ), manque, code=f"dossier.{champ}"))
                for nom, champ, manque in jalons
            ),
        ),
    )
