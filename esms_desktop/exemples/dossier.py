"""The sample dossier: a fictitious grappe, complete, with specimen files on every piece."""

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

from esms_desktop import assets
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.arbre.arbre import Document, Encadre, Paragraphe, deposee
from esms_desktop.documents.catalogue import produire
from esms_desktop.documents.pdf.rendu import PdfRendu, rendre
from esms_desktop.exemples.planning import ajouter_planning
from esms_desktop.exemples.risques import ajouter_risques
from esms_desktop.francais import minuscule
from esms_desktop.model import (
    ActionCommunication,
    Autodiagnostic,
    Brique,
    Contact,
    Cout,
    CoutRh,
    Dossier,
    Essms,
    Instance,
    Materiel,
    Og,
    PointPreparation,
    Ressource,
    SessionFormation,
    Solution,
    Vague,
)
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, RoleDonnees, StatutSolution, TypeProjet
from esms_desktop.store.porte import Porte

JOUR = date(2023, 6, 1)
_LIBELLE = "Créer le dossier d’exemple"
_MENTION = (
    "Ce fichier est un spécimen fourni avec le dossier d’exemple. Il tient la place du document que vous joindrez ; "
    "les organismes et les personnes qu’il cite sont inventés."
)


def _essms(donnees: dict[str, Any], rang: int, solution: Solution) -> Essms:
    categorie = categories()[donnees["categorie"]]
    champ = champ_de(categorie.code)
    return Essms(
        **donnees,
        rang=rang,
        categorie_libelle=categorie.libelle,
        champ=Champ(champ) if champ else None,
        solution=solution,
        financement_europeen=False,
        esms_numerique_anterieur=False,
        sons_autre_solution=False,
        rattache_entite_nationale=False,
        part_confort=False,
    )


def dossier_exemple(nom: str | None = None) -> Dossier:
    """The sample dossier, not saved yet: 3 OG, 17 ESSMS, every question answered (resources/exemples/grappe.toml)."""
    donnees = tomllib.loads(assets.texte("exemples/grappe.toml"))
    entete = dict(donnees["dossier"])
    dossier = Dossier(
        nom=nom or entete.pop("nom"),
        campagne_id=entete.pop("campagne"),
        type_projet=TypeProjet(entete.pop("type")),
        role_donnees=RoleDonnees(entete.pop("role_donnees")),
        **{cle: valeur for cle, valeur in entete.items() if cle != "nom"},
    )
    champs = dict(donnees["solution"])
    solution = Solution(statut=StatutSolution(champs.pop("statut")), retenue=True, **champs)
    dossier.solutions.append(solution)
    for rang, brut in enumerate(donnees["og"]):
        og_champs = dict(brut)
        structures = og_champs.pop("essms")
        og = Og(rang=rang, est_porteur=rang == 0, **og_champs)
        og.essms = [_essms(s, i, solution) for i, s in enumerate(structures)]
        dossier.ogs.append(og)
    for contact in donnees["contact"]:
        champs = dict(contact)
        dossier.contacts.append(Contact(role=RoleContact(champs.pop("role")), **champs))
    _ajouter_preparation(dossier, donnees)
    _ajouter_deploiement(dossier, donnees)
    _ajouter_couts(dossier, donnees)
    ajouter_risques(dossier)
    ajouter_planning(dossier)
    return dossier


def _ajouter_preparation(dossier: Dossier, donnees: dict[str, Any]) -> None:
    preparation = donnees["preparation"]
    contenus = dict(preparation["contenus"])
    dossier.points_preparation = [
        PointPreparation(code=code, reponse=True, commentaire=contenus.get(code, ""))
        for code in preparation["reponses"]
    ]
    for og in dossier.ogs:
        og.briques = [Brique(code=code, acquise=True) for code in preparation["briques_acquises"]]
        og.briques += [Brique(code=code, acquise=False) for code in preparation["briques_absentes"]]
        og.autodiagnostics = [
            Autodiagnostic(
                genre=genre, realise=True, date=JOUR.replace(month=3), resultat="Rapport joint (spécimen)"
            )
            for genre in ("si", "cyber")
        ]


def _ajouter_deploiement(dossier: Dossier, donnees: dict[str, Any]) -> None:
    dossier.instances = [Instance(rang=i, **brut) for i, brut in enumerate(donnees["instance"])]
    essms = dossier.essms
    for rang, brut in enumerate(donnees["vague"]):
        champs = dict(brut)
        sites = champs.pop("essms")
        vague = Vague(rang=rang, **champs)
        vague.essms = [essms[i] for i in sites]
        dossier.vagues.append(vague)
    dossier.communications = [ActionCommunication(**brut) for brut in donnees["communication"]]


def _ajouter_couts(dossier: Dossier, donnees: dict[str, Any]) -> None:
    for brut in donnees["cout"]:
        champs = dict(brut)
        dossier.couts.append(Cout(montant_ht_cents=champs.pop("euros_ht") * 100, **champs))
    for brut in donnees["cout_rh"]:
        for annee, part in brut["annees"].items():
            dossier.couts_rh.append(
                CoutRh(
                    profil=brut["profil"],
                    annee=int(annee),
                    etp_centiemes=brut["etp_centiemes"],
                    cout_annuel_cents=brut["euros_par_an"] * 100,
                    part_projet_pour_cent=part,
                )
            )
    for brut in donnees["ressource"]:
        for annee, euros in brut["annees"].items():
            dossier.ressources.append(
                Ressource(
                    genre="autofinancement",
                    libelle=brut["libelle"],
                    annee=int(annee),
                    montant_cents=euros * 100,
                )
            )
    for brut in donnees["materiel"]:
        champs = dict(brut)
        dossier.materiels.append(Materiel(prix_unitaire_ht_cents=champs.pop("euros_ht") * 100, **champs))


def _lier(porte: Porte, dossier: Dossier, donnees: dict[str, Any]) -> None:
    """What points to rows by their keys, once they have some: one référent per structure, the training of each wave."""
    for rang, essms in enumerate(dossier.essms, start=1):
        nom = f"Référent·e fictif·ve {rang}"
        referent = Contact(
            dossier_id=dossier.id, og_id=essms.og_id, essms_id=essms.id, role=RoleContact.REFERENT, nom=nom
        )
        referent.part_temps_pour_cent = 10
        porte.ajouter(referent, libelle=_LIBELLE)
    for og in dossier.ogs:
        responsable = Contact(
            dossier_id=dossier.id,
            og_id=og.id,
            role=RoleContact.RESPONSABLE_DUI,
            nom=og.representant_nom,
            fonction=og.representant_qualite,
        )
        porte.ajouter(responsable, libelle=_LIBELLE)
    for brut in donnees["formation"]:
        champs = dict(brut)
        vague = dossier.vagues[champs.pop("vague")]
        porte.ajouter(SessionFormation(dossier_id=dossier.id, vague_id=vague.id, **champs), libelle=_LIBELLE)


def _specimen(dossier: Dossier, titre: str, og: Og | None) -> bytes:
    porteur = dossier.porteur
    document = Document(
        code="specimen",
        titre=f"Spécimen — {titre}",
        sous_titre=og.nom if og else (porteur.nom if porteur else ""),
        dossier_nom=dossier.nom,
        porteur=porteur.nom if porteur else "",
        blocs=(Encadre("info", _MENTION), Paragraphe(f"Document représenté : {minuscule(titre)}.")),
    )
    return _dessiner(document).octets


# More than the papers of one sample.
@lru_cache(maxsize=64)
def _dessiner(document: Document) -> PdfRendu:
    """A paper of the sample: made again, it is not drawn again."""
    return rendre(document, JOUR)


def ajouter_exemple(porte: Porte) -> int:
    """Saves the sample dossier without its files, for the person to look around. Answers its id.

    Raises:
        ErreurSaisie: a dossier already has that name.
    """
    dossier = dossier_exemple()
    porte.ajouter(dossier, libelle=_LIBELLE)
    return dossier.id


def creer_exemple(porte: Porte, nom: str | None = None) -> Dossier:
    """Saves the sample dossier and its specimen files in one gesture.

    Raises:
        ErreurSaisie: a dossier already has that name.
    """
    donnees = tomllib.loads(assets.texte("exemples/grappe.toml"))
    dossier = dossier_exemple(nom)
    campagne = charger(dossier.campagne_id)
    with porte.geste(_LIBELLE):
        porte.ajouter(dossier, libelle=_LIBELLE)
        _lier(porte, dossier, donnees)
        for piece in donnees["piece"]:
            titre, numero, fichier = piece["titre"], piece["numero"], piece["nom"]
            for og in dossier.ogs if piece.get("par_og") else [None]:
                nom_fichier = f"{og.sigle} - {fichier}" if og else fichier
                porte.joindre(
                    dossier, numero, nom_fichier, ".pdf", _specimen(dossier, titre, og), og=og, pages=1
                )
        lu = porte.relire(dossier)
        rendu = _dessiner(deposee(produire("convention", lu, campagne, JOUR)))
        porte.joindre(dossier, 3, "convention signée (spécimen).pdf", ".pdf", rendu.octets, pages=rendu.pages)
        for membre in lu.ogs:
            rendu = _dessiner(deposee(produire("lettre-engagement", lu, campagne, JOUR, membre)))
            nom_fichier = f"{membre.sigle} - lettre signée (spécimen).pdf"
            porte.joindre(dossier, 4, nom_fichier, ".pdf", rendu.octets, og=membre, pages=rendu.pages)
    return dossier
