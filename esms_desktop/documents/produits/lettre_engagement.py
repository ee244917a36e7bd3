"""Piece 4: the letter by which one OG commits itself (referentiel 03 § 4)."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import cibles, modeles, signataires
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    BlocSignature,
    Contenu,
    Correspondants,
    Document,
    Liste,
    Manque,
    Paragraphe,
    Texte,
    champ,
    runs,
)
from esms_desktop.documents.arbre.denomination import nommer
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.regles.pieces_unites import qui_s_engage
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

CODE = "lettre-engagement"
TITRE = "Lettre d’engagement"
_POINTILLES = "…………………"


@produit(CODE, TITRE, piece=4, par_og=True, a_signer=True)
def document(dossier: Dossier, campagne: Campagne, jour: date, og: Og) -> Document:
    """The letter of `og`, on its own paper; `jour` is not used by its text: the signatory dates it by hand, once."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom, og)

    engages = commun.tableau_engages(og.essms)
    blocs: list[Bloc] = [
        _correspondants(dossier, campagne, og),
        Paragraphe(
            (
                Texte("Objet : ", gras=True),
                f"engagement dans le projet « {dossier.nom} », campagne « {campagne.titre} »",
            )
        ),
        Paragraphe("Madame, Monsieur,"),
        *section("engagement"),
        *((engages,) if og.essms else ()),
        *_pour_les_autres(dossier, campagne, og),
        *section("moyens"),
        *section("declarations"),
        Liste(_declarations(og)),
        Paragraphe((Texte("Cibles d’usage : ", gras=True), cibles.phrase(campagne))),
        *section("formule"),
        BlocSignature(
            og.nom,
            (*runs(signataires.nom(og)), ", ", signataires.qualite(og)),
            "",
            lieu=(
                "Fait à ",
                champ(og.commune, f"commune du siège ({og.nom})", code="og.commune"),
                f", le\u00a0{_POINTILLES}",
            ),
            invite="Signature et cachet",
        ),
    ]
    # It leaves the category out: only where none is to be completed, which must be seen.
    connues = og.essms and all(e.categorie or e.categorie_libelle for e in og.essms)
    etroit = (engages, commun.tableau_engages_etroit(og.essms)) if connues else None
    return commun.lettre(CODE, TITRE, og, blocs, etroit)


def _pour_les_autres(dossier: Dossier, campagne: Campagne, og: Og) -> tuple[Bloc, ...]:
    """What the porteur says for the others, where the campaign asks for its letter alone."""
    autres = [x for x in dossier.ogs if x not in qui_s_engage(dossier.ogs, campagne)]
    if not og.est_porteur or not autres:
        return ()
    noms = francais.enumerer([f"{x.nom} ({francais.nombre(len(x.essms))} ESSMS)" for x in autres])
    return (
        Paragraphe(
            f"{francais.majuscule(nommer(og).le)} s’engage aussi au nom des autres organismes parties à la convention : {noms}."
        ),
    )


def _correspondants(dossier: Dossier, campagne: Campagne, og: Og) -> Correspondants:
    financeur = commun.nom_financeur(orienter_dossier(dossier, campagne))
    joindre = [p for p in (og.telephone, og.courriel) if p]
    return Correspondants(
        (
            francais.une_ligne(og.nom),
            champ(og.siege, f"adresse du siège ({og.nom})", "adresse du siège", code="og.adresse"),
            (
                "FINESS EJ ",
                commun.numero(
                    og.finess_ej, numeros.ecrire_finess, f"FINESS EJ ({og.nom})", "-", code="og.finess_ej"
                ),
                " · SIRET ",
                commun.numero(og.siret, numeros.ecrire_siret, f"SIRET ({og.nom})", "-", code="og.siret"),
            ),
            *((" · ".join(joindre),) if joindre else ()),
        ),
        ("À l’attention de", champ(financeur, "financeur", code="dossier.portee_nationale")),
    )


def _declarations(og: Og) -> tuple[Contenu, ...]:
    """The statements on double funding, each true to what was declared ESSMS by ESSMS."""
    return (
        _declaration(
            og,
            "financement_europeen",
            "ne bénéficier d’aucun autre financement européen pour l’opération",
            "autre financement européen",
            " ;",
        ),
        _declaration(
            og,
            "esms_numerique_anterieur",
            "n’avoir reçu aucun financement ESMS numérique auparavant",
            "financement ESMS numérique antérieur",
            " ;",
        ),
        _declaration(
            og,
            "sons_autre_solution",
            "n’avoir aucune commande financée par le dispositif SONS pour une autre solution que celle du projet",
            "commande SONS pour une autre solution",
            ".",
        ),
    )


def _declaration(og: Og, fait: str, phrase: str, sujet: str, fin: str) -> Contenu:
    concernes = [e.nom for e in og.essms if getattr(e, fait) is True]
    muets = [e.nom for e in og.essms if getattr(e, fait) is None]
    sauf = f", sauf pour {francais.enumerer(concernes)}" if concernes else ""
    if not muets:
        return f"{phrase}{sauf}{fin}"
    reponses = francais.pluriel(len(muets), "réponse manquante", "réponses manquantes")
    return (
        f"{phrase}{sauf} ",
        Manque(
            f"{sujet} : réponse pour {francais.enumerer(muets)}",
            f"{sujet}, {reponses}",
            code=f"essms.{fait}",
        ),
        fin,
    )
