"""Piece 2: who decides, who works, who answers for what, and what is shared (referentiel 03 § 4)."""

from collections.abc import Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Boite,
    Colonne,
    Contenu,
    Document,
    Manque,
    Organigramme,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    champ,
)
from esms_desktop.documents.convention_articles import delegues
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Contact, Dossier, Essms, Instance, Og
from esms_desktop.nomenclature.champs import dit_de, entete_de
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import Equipe, amoa, personnes, premiere, referents_og, sans_dpo

CODE = "gouvernance"
TITRE = "Gouvernance du projet"
# Those who have a table of their own.
_A_PART = (RoleContact.REFERENT, RoleContact.RESPONSABLE_DUI)
# Paid for a service: the time they give is theirs to say.
_EXTERIEURS = (RoleContact.AMOA, RoleContact.EDITEUR)
# Past that many names, a box gives their number.
_NOMS_MAX = 4


@produit(CODE, TITRE, piece=2)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The governance; `jour` is not used by its text, only by the page that prints it."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    blocs: tuple[Bloc, ...] = (
        Titre(1, "1. Organisation d’ensemble"),
        *section("organisation"),
        Organigramme(_racine(dossier)),
        Titre(1, "2. Équipe projet"),
        *section("equipe"),
        *_equipe(dossier),
        Titre(1, "3. Référents et responsables de traitement par structure"),
        *section("referents"),
        _referents(dossier) if dossier.ogs else commun.sans_organisme(),
        Titre(1, "4. Instances"),
        *section("instances"),
        *_instances(dossier),
        Titre(1, "5. Protection des données et sécurité"),
        *section("protection"),
        delegues(dossier) if dossier.ogs else commun.sans_organisme(),
        Paragraphe(("Responsable du système d’information : ", *_rsi(dossier), ".")),
        Titre(1, "6. Appui à la maîtrise d’ouvrage"),
        *section("appui"),
        Titre(1, "7. Place de la mutualisation"),
        *section("mutualisation"),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _equipe(dossier: Dossier) -> tuple[Bloc, ...]:
    membres = [c for c in dossier.contacts if c.role not in _A_PART or _sans_structure(c)]
    ordre = list(RoleContact)
    lignes = [_membre(dossier, c) for c in sorted(membres, key=lambda c: ordre.index(c.role))]
    if not any(c.role is RoleContact.CHEF_DE_PROJET for c in membres):
        vide = Manque("part du temps du chef de projet", "-", code="contact.part_temps_pour_cent")
        lignes.insert(
            0,
            (
                RoleContact.CHEF_DE_PROJET.libelle,
                Manque("chef de projet", "-", code="contact.role"),
                "—",
                vide,
                "—",
            ),
        )
    return (
        Tableau(
            (
                Colonne(entete_de("contact.role"), 1.5),
                Colonne("Personne", 1.6),
                Colonne("Organisme", 1.3),
                Colonne(dit_de("contact.part_temps_pour_cent"), 0.8, "droite"),
                Colonne("Coordonnées", 1.7),
            ),
            tuple(lignes),
        ),
    )


def _sans_structure(c: Contact) -> bool:
    """A référent of the project as a whole, who stands for no structure."""
    return c.role is RoleContact.REFERENT and c.og_id is None and c.essms_id is None


def _membre(dossier: Dossier, contact: Contact) -> tuple[Contenu, ...]:
    og = _og_de(dossier, contact)
    part: Contenu = "—"
    if contact.part_temps_pour_cent is not None:
        part = f"{contact.part_temps_pour_cent} %"
    elif contact.role not in _EXTERIEURS:
        part = Manque(f"part du temps ({contact.nom})", "-", code="contact.part_temps_pour_cent")
    fonction = (contact.fonction or "").strip()
    coordonnees = "\n".join(p for p in (contact.courriel, contact.telephone) if p)
    return (
        contact.role.libelle,
        (Texte(contact.nom, gras=True), f"\n{fonction}" if fonction else ""),
        commun.bref(og.nom_court, 90) if og else "Commun",
        part,
        coordonnees or "—",
    )


def _og_de(dossier: Dossier, contact: Contact) -> Og | None:
    return next((og for og in dossier.ogs if og.id is not None and og.id == contact.og_id), None)


def _referents(dossier: Dossier) -> Tableau:
    lignes = tuple(ligne for og in dossier.ogs for ligne in _referents_og(dossier, og))
    return Tableau(
        (
            Colonne("Organisme", 1.6),
            Colonne("Structures", 2.2),
            Colonne("Référent", 1.7),
            Colonne("Responsable du traitement DUI", 1.7),
        ),
        lignes,
    )


def _referents_og(dossier: Dossier, og: Og) -> list[tuple[Contenu, ...]]:
    """One row per structure that has people of its own, and one for all the others of the OG."""
    equipe = Equipe(dossier)
    relais = [equipe.relais(e, og) for e in og.essms]
    autres = [r.essms for r in relais if not r.propres]
    lignes: list[tuple[Contenu, ...]] = [
        (
            commun.bref(og.nom_court, 90),
            r.essms.nom,
            _noms(r.referents, f"référent ({r.essms.nom})"),
            _noms(r.responsables, f"responsable du traitement DUI ({r.essms.nom})"),
        )
        for r in relais
        if r.propres
    ]
    if autres or not relais:
        referents, responsables = equipe.de_l_og(og)
        lignes.append(
            (
                commun.bref(og.nom_court, 90),
                _structures(autres, bool(lignes)),
                _noms(referents, f"référent ({og.nom})"),
                _noms(responsables, f"responsable du traitement DUI ({og.nom})"),
            )
        )
    return lignes


def _structures(essms: Sequence[Essms], reste: bool) -> str:
    if not essms:
        return "—"
    if len(essms) <= 3:
        return "\n".join(e.nom for e in essms)
    debut = "Les" if not reste else "Les autres structures :"
    return f"{debut} {francais.nombre(len(essms))} {'ESSMS' if reste else 'ESSMS de l’organisme'}"


def _noms(contacts: Sequence[Contact], manque: str) -> Contenu:
    if not contacts:
        return Manque(manque, "-", "contact.role")
    return "\n".join(", ".join(p for p in (c.nom, c.fonction or "") if p) for c in contacts)


def _instances(dossier: Dossier) -> tuple[Bloc, ...]:
    if not dossier.instances:
        return (
            Paragraphe(
                (
                    "Les instances du projet ne sont pas encore décrites : ",
                    Manque("instances du projet", code="instance.nom"),
                    ".",
                )
            ),
        )
    return (
        Tableau(
            (
                Colonne("Instance", 1.3),
                Colonne(entete_de("instance.role"), 2.2),
                Colonne(entete_de("instance.composition"), 2.2),
                Colonne(entete_de("instance.frequence"), 1.1),
            ),
            tuple(_instance(i) for i in dossier.instances),
        ),
    )


def _instance(i: Instance) -> tuple[Contenu, ...]:
    return (
        Texte(i.nom, gras=True),
        champ(i.role or "", f"rôle ({i.nom})", "-", code="instance.role"),
        champ(i.composition or "", f"composition ({i.nom})", "-", code="instance.composition"),
        champ(i.frequence or "", f"fréquence ({i.nom})", "-", code="instance.frequence"),
    )


def _rsi(dossier: Dossier) -> tuple[Texte | Manque, ...]:
    trouves = personnes(dossier, RoleContact.RSI)
    if not trouves:
        return (Manque("responsable du système d’information", code="contact.role"),)
    return (Texte(" ; ".join(commun.personne(c) for c in trouves)),)


def _racine(dossier: Dossier) -> Boite:
    """Instances on top, those who advise on the sides, the team, then the organismes with their référents."""
    chef = premiere(dossier, RoleContact.CHEF_DE_PROJET)
    porteur = dossier.porteur
    ogs = tuple(_boite_og(dossier, og) for og in dossier.ogs)
    equipe = Boite(
        "Équipe projet",
        (
            (
                "Chef de projet : ",
                Texte(chef.nom) if chef else Manque("chef de projet", "-", code="contact.role"),
            ),
            *_formateurs(dossier),
        ),
        ogs,
    )
    autres = tuple(Boite(i.nom, ((i.frequence,) if i.frequence else ())) for i in list(dossier.instances)[1:])
    appuis = (*autres, *_appuis(dossier))
    tete = next(iter(dossier.instances), None)
    presidence: tuple[Contenu, ...] = (
        (
            "Présidé par le porteur : ",
            Texte(commun.bref(porteur.nom_court, 90))
            if porteur
            else Manque("porteur du projet", "-", code="og.est_porteur"),
        ),
    )
    if tete is None:
        return Boite("Comité de pilotage", presidence, (*appuis, equipe))
    frequence = (tete.frequence,) if tete.frequence else ()
    return Boite(tete.nom, (*presidence, *frequence), (*appuis, equipe))


def _formateurs(dossier: Dossier) -> tuple[Contenu, ...]:
    formateurs = personnes(dossier, RoleContact.FORMATEUR)
    if not formateurs:
        return ()
    if len(formateurs) > _NOMS_MAX:
        return (francais.pluriel(len(formateurs), "formateur interne", "formateurs internes"),)
    return ("Formateurs internes : " + francais.enumerer([c.nom for c in formateurs]),)


def _appuis(dossier: Dossier) -> tuple[Boite, ...]:
    boites = [Boite("Responsable du système d’information", (_premier(dossier, RoleContact.RSI),))]
    sans = sans_dpo(dossier)
    dpo = len(dossier.ogs) - len(sans)
    dit: Contenu = f"{francais.nombre(dpo)} DPO pour {francais.pluriel(len(dossier.ogs), 'organisme')}"
    if not dpo:
        dit = Manque(f"DPO ({sans[0].nom})" if sans else "DPO", "-", code="og.dpo_nom")
    boites.append(Boite("Protection des données", (dit,)))
    if dossier.amoa:
        noms = tuple(Texte(nom) for nom in amoa(dossier))
        vide = Manque("assistance à maîtrise d’ouvrage", "-", code="dossier.amoa_nom")
        boites.append(Boite("Assistance à maîtrise d’ouvrage", noms or (vide,)))
    return tuple(boites)


def _premier(dossier: Dossier, role: RoleContact) -> Contenu:
    trouvee = premiere(dossier, role)
    return trouvee.nom if trouvee else Manque(francais.minuscule(role.libelle), "-", "contact.role")


def _boite_og(dossier: Dossier, og: Og) -> Boite:
    noms = [c.nom for c in referents_og(dossier, og)]
    lignes: list[Contenu] = [(*(("Porteur, ",) if og.est_porteur else ()), commun.nombre_essms(og))]
    if len(noms) > _NOMS_MAX:
        lignes.append(francais.pluriel(len(noms), "référent"))
    elif noms:
        lignes.append(francais.accord(len(noms), "Référent : ", "Référents : ") + francais.enumerer(noms))
    else:
        lignes.append(("Référent : ", Manque(f"référent ({og.nom})", "-", code="contact.nom")))
    return Boite(commun.bref(og.nom_court, 90), tuple(lignes))
