"""The annexes of the convention: the ESSMS, the money told apart, the targets of use, personal data (referentiel 03 § 5)."""

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import cibles, modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Contenu, Manque, Paragraphe, Tableau, Titre
from esms_desktop.documents.arbre.montants import FORFAIT
from esms_desktop.lecture import Dossier
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.financement.reversement import Reversement, reversement

CODE = "convention"
_EMPLOIS = {
    "logiciel": ("Logiciel (part de l’éditeur)", "Prestation de l’éditeur, payée sur facture"),
    "amoa_marche": ("AMOA marché", "Assistance pendant la procédure de marché"),
    "pilotage": ("AMOA et pilotage", "Assistance et pilotage du Projet, chef de projet compris"),
}
# What a campaign without a software part pays the éditeur with.
_COMPRIS = ("Usages, pour la prestation de l’éditeur", "Prestation de l’éditeur, payée sur facture")
_SANS_PRIX = (
    "Le forfait par ESSMS comprend la prestation de l’éditeur : son prix, qui se paie pour le compte commun, reste à retirer "
    "des sommes reversées."
)


def annexes(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    """The four annexes, in the order the article names them."""
    donnees = modeles.variante(dossier, CODE, "annexe-donnees")
    return (
        Titre(1, "Annexe 1. ESSMS engagés par les Parties"),
        *commun.liste_exacte(dossier),
        Titre(1, "Annexe 2. Répartition prévisionnelle des financements demandés"),
        *argent(dossier, campagne),
        Titre(1, "Annexe 3. Cibles d’usage"),
        *cibles.tableau(campagne),
        Titre(1, f"Annexe 4. {donnees.titre}"),
        *modeles.blocs_de(dossier, campagne, CODE, "annexe-donnees"),
    )


def argent(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    """What is handed over to each OG, what is spent for all, and the sum of both: the amount asked for, once."""
    financement = financer_dossier(dossier, campagne)
    if not financement.demande.essms:
        return (commun.sans_eligible(),)
    partage = reversement(financement, campagne)
    seul = len(partage.parts) < 2
    return (
        Paragraphe("Montants demandés au titre de la campagne, sous réserve de la décision du financeur."),
        Titre(
            2,
            "A. Sommes que l’organisme emploie pour ses structures"
            if seul
            else "A. Sommes reversées à chaque Partie",
        ),
        _reverse(dossier, partage),
        *(
            (
                Paragraphe(
                    (
                        _SANS_PRIX + " ",
                        Manque("prix de la prestation de l’éditeur", code="solution.prix_cents"),
                        ".",
                    )
                ),
            )
            if partage.sans_prix
            else ()
        ),
        Titre(
            2,
            "B. Sommes payées à des prestataires"
            if seul
            else "B. Sommes que le Porteur dépense pour le compte commun, sans les reverser",
        ),
        _commun(partage),
        *(
            (Paragraphe(FORFAIT, discret=True),)
            if partage.compris and "logiciel" in partage.communs_cents
            else ()
        ),
        Titre(2, "C. Ensemble"),
        _ensemble(partage, seul),
    )


def _reverse(dossier: Dossier, partage: Reversement) -> Tableau:
    """What each party receives, or what one OG alone spends; what no party receives has no column."""
    seul = len(partage.parts) < 2
    montants = {
        nom: sommes
        for nom, sommes in (
            ("Usages", [p.usages_cents for p in partage.parts]),
            ("Équipements", [p.equipement_cents for p in partage.parts]),
        )
        if any(sommes)
    }
    somme = "Employé" if seul else "Reversé"
    if len(montants) == 1:
        # One amount is its own sum.
        somme, montants = f"{somme} ({francais.minuscule(next(iter(montants)))})", {}
    porteurs = {og.id for og in dossier.ogs if og.est_porteur}
    lignes: list[tuple[Contenu, ...]] = []
    for rang, (og, p) in enumerate(zip(dossier.ogs, partage.parts, strict=True)):
        garde = " (gardé par le Porteur)" if og.id in porteurs and not seul else ""
        postes = (francais.euros(sommes[rang]) for sommes in montants.values())
        lignes.append((f"{og.nom}{garde}", francais.nombre(p.essms), *postes, francais.euros(p.total_cents)))
    essms = francais.nombre(sum(p.essms for p in partage.parts))
    totaux = (francais.euros(sum(sommes)) for sommes in montants.values())
    return Tableau(
        (
            Colonne("Organisme" if seul else "Partie", 2.6),
            Colonne("ESSMS éligibles", 0.8, "droite"),
            *(Colonne(nom, 1, "droite") for nom in montants),
            Colonne(somme, 1.1, "droite"),
        ),
        tuple(lignes),
        ("Total A", essms, *totaux, francais.euros(partage.reverse_cents)),
    )


def _commun(partage: Reversement) -> Tableau:
    emplois = {**_EMPLOIS, "logiciel": _COMPRIS} if partage.compris else _EMPLOIS
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (*emplois[poste], francais.euros(cents)) for poste, cents in partage.communs_cents.items()
    )
    return Tableau(
        (Colonne("Poste", 1.6), Colonne("Emploi", 2.6), Colonne("Dépensé", 1.1, "droite")),
        lignes or (("Aucune somme n’est demandée à ce titre", "", francais.euros(0)),),
        ("Total B", "", francais.euros(partage.commun_cents)),
    )


def _ensemble(partage: Reversement, seul: bool) -> Tableau:
    return Tableau(
        (Colonne("Emploi des sommes demandées", 4.2), Colonne("Montant", 1.1, "droite")),
        (
            (
                "Employé pour ses structures (A)" if seul else "Reversé (A)",
                francais.euros(partage.reverse_cents),
            ),
            (
                "Payé à des prestataires (B)" if seul else "Dépensé pour le compte commun (B)",
                francais.euros(partage.commun_cents),
            ),
        ),
        ("Total demandé", francais.euros(partage.total_cents)),
    )
