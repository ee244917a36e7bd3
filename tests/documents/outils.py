"""A fictitious dossier to print (transient objects, numbers with right keys), and how to read a PDF back."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
from stdnum import luhn

from esms_desktop.model import (
    ActionCommunication,
    Contact,
    Cout,
    CoutRh,
    Dossier,
    Essms,
    Instance,
    Materiel,
    Og,
    Ressource,
    SessionFormation,
    Solution,
    Vague,
)
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, RoleDonnees, StatutSolution, TypeProjet

JOUR = date(2022, 5, 2)
_CATEGORIES = (("500", Champ.PA), ("183", Champ.PH), ("209", Champ.DOM))
_VILLES = (("Nice", "06", "06000"), ("Orléans", "45", "45000"), ("Tours", "37", "37000"))


def finess(prefixe: str, rang: int) -> str:
    """A FINESS number with a right key."""
    corps = f"{prefixe}0{rang:05d}"
    return corps + luhn.calc_check_digit(corps)


def siren(rang: int) -> str:
    """A SIREN with a right key."""
    corps = f"{30000000 + rang:08d}"
    return corps + luhn.calc_check_digit(corps)


def siret(rang: int) -> str:
    """A SIRET of that SIREN with a right key."""
    corps = siren(rang) + "0001"
    return corps + luhn.calc_check_digit(corps)


def fabriquer_og(rang: int, essms: int, debut: int) -> Og:
    """A complete OG and its ESSMS."""
    ville, departement, code_postal = _VILLES[rang % 3]
    og = Og(
        id=rang + 1,
        rang=rang,
        est_porteur=rang == 0,
        nom=f"Association Les Tilleuls n° {rang + 1}",
        sigle=f"ALT{rang + 1}",
        forme_juridique="Association loi 1901",
        association=True,
        siren=siren(rang),
        siret=siret(rang),
        finess_ej=finess(departement, 90000 + rang),
        adresse=f"{rang + 3} rue de l’Église",
        code_postal=code_postal,
        commune=ville,
        telephone="01 00 00 00 00",
        courriel=f"contact{rang + 1}@tilleuls.example",
        representant_civilite="Mme" if rang % 2 else "M.",
        habilitation_organe="Conseil d’administration",
        habilitation_date=date(2022, 3, 1 + rang),
        representant_nom=f"Claude Martin-{rang + 1}",
        representant_qualite="directeur général",
        dpo_nom=f"Dominique Petit-{rang + 1}",
        dpo_courriel=f"dpo{rang + 1}@tilleuls.example",
        nb_essms_total=essms,
        commande_publique=False,
        marche_en_cours=False,
    )
    for i in range(essms):
        categorie, champ = _CATEGORIES[i % 3]
        og.essms.append(
            Essms(
                id=debut + i + 1,
                rang=i,
                finess=finess(departement, debut + i + 1),
                nom=f"Résidence du Lac {debut + i + 1}",
                categorie=categorie,
                champ=champ,
                commune=ville,
                code_postal=code_postal,
                departement=departement,
                capacite=40 + i,
                file_active=50 + i,
                dui_actuel="aucun" if i % 2 else "Logiciel de bureautique",
                financement_europeen=False,
                esms_numerique_anterieur=False,
                sons_autre_solution=False,
                rattache_entite_nationale=False,
                part_confort=False,
            )
        )
    return og


def fabriquer(ogs: int = 3, essms_par_og: int = 6) -> Dossier:
    """A dossier where nothing is missing."""
    dossier = Dossier(
        id=1,
        nom="Grappe Val de Sèvre",
        campagne_id="2022",
        type_projet=TypeProjet.ACQUISITION,
        portee_nationale=False,
        role_donnees=RoleDonnees.SOUS_TRAITANT,
        sad=True,
        pilotage_demande=True,
        equipement_demande=True,
        mise_en_ordre_marche=False,
        date_depot_prevue=date(2022, 6, 1),
        date_convention=date(2022, 10, 3),
        date_debut_projet=date(2022, 11, 1),
        date_debut_parametrage=date(2023, 1, 9),
        date_fin_deploiement=date(2024, 3, 29),
        contexte="Les organismes travaillent ensemble depuis 2018.\n\nLeurs outils sont anciens.",
        objectifs="- un dossier unique par personne ;\n- des échanges sécurisés.",
        hebergement="Hébergement externalisé, certifié pour les données de santé.",
        reprise_donnees="Reprise des dossiers actifs, structure par structure.",
        points_attention="Le réseau de deux sites doit être renforcé.",
    )
    for rang in range(ogs):
        dossier.ogs.append(fabriquer_og(rang, essms_par_og, rang * essms_par_og))
    solution = Solution(
        id=1,
        retenue=True,
        nom="Dossier Clair",
        editeur="Éditions du Soin",
        statut=StatutSolution.REFERENCEE,
        date_referencement=date(2022, 3, 15),
        dans_sad=True,
        prix_cents=30_000_000,
    )
    dossier.solutions.append(solution)
    for e in dossier.essms:
        e.solution = solution
    dossier.contacts.append(
        Contact(
            id=1,
            og_id=1,
            role=RoleContact.CHEF_DE_PROJET,
            nom="Camille Roy",
            fonction="cheffe de projet",
            part_temps_pour_cent=80,
        )
    )
    dossier.contacts.append(
        Contact(id=2, role=RoleContact.RSI, nom="Noa Leroy", fonction="RSI", part_temps_pour_cent=20)
    )
    for og in dossier.ogs:
        for decalage, role, nom in (
            (10, RoleContact.REFERENT, "Sacha Morel"),
            (100, RoleContact.RESPONSABLE_DUI, "Alix Fabre"),
        ):
            dossier.contacts.append(
                Contact(id=decalage + og.id, og_id=og.id, role=role, nom=f"{nom}-{og.id}")
            )
    _gouverner(dossier)
    _deployer(dossier)
    _chiffrer(dossier)
    return dossier


def _gouverner(dossier: Dossier) -> None:
    dossier.amoa = True
    dossier.amoa_nom = "Cabinet Repère"
    dossier.cle_repartition = "essms"
    dossier.mutualisation = "Un chef de projet commun ;\n- des formateurs partagés ;\n- un même paramétrage."
    for rang, (nom, role) in enumerate(
        (
            ("Comité de pilotage", "Arrête le calendrier et le budget."),
            ("Comité opérationnel", "Prépare et suit."),
        )
    ):
        dossier.instances.append(
            Instance(
                id=rang + 1,
                rang=rang,
                nom=nom,
                role=role,
                composition="Un représentant par organisme et le chef de projet",
                frequence="Une fois par trimestre" if rang == 0 else "Deux fois par mois",
            )
        )


def _deployer(dossier: Dossier) -> None:
    dossier.strategie_deploiement = "Les sites pilotes sont choisis parmi les plus préparés."
    dossier.strategie_formation = "Une formation par métier, en petits groupes, sur des cas réels."
    bornes = (
        (date(2023, 4, 3), date(2023, 6, 30)),
        (date(2023, 9, 4), date(2023, 12, 15)),
        (date(2024, 1, 8), date(2024, 3, 29)),
    )
    for rang, (debut, fin) in enumerate(bornes):
        dossier.vagues.append(
            Vague(
                id=rang + 1,
                rang=rang,
                nom="Sites pilotes" if rang == 0 else f"Généralisation {rang}",
                pilote=rang == 0,
                debut=debut,
                fin=fin,
                prerequis="Réseau sans fil vérifié, comptes créés.",
                assistance="Un référent et un formateur sur place la première semaine.",
            )
        )
        dossier.formations.append(
            SessionFormation(
                id=rang + 1,
                vague_id=rang + 1,
                intitule="Prise en main du dossier",
                public="Professionnels de l’accompagnement",
                effectif=60,
                sessions=6,
                duree_heures=7,
                formateur="Éditions du Soin",
                date=debut.replace(day=20),
            )
        )
    for rang, e in enumerate(dossier.essms):
        e.vague = dossier.vagues[0 if rang % 6 == 0 else 1 + rang % 2]
        e.vague_id = e.vague.id
    for rang, (objet, quand) in enumerate(
        (
            ("Lettre d’information aux équipes", date(2022, 11, 15)),
            ("Réunion des familles", date(2023, 3, 10)),
        )
    ):
        dossier.communications.append(
            ActionCommunication(
                id=rang + 1,
                objet=objet,
                cible="Tous les professionnels" if rang == 0 else "Familles",
                support="Lettre" if rang == 0 else "Réunion",
                responsable="Camille Roy",
                date=quand,
            )
        )


def _chiffrer(dossier: Dossier) -> None:
    """Costs, people and materials; own funds balance the plan to the cent."""
    for rang, (nature, annee, montant) in enumerate(
        (("licences", 2023, 12_000_000), ("parametrage", 2023, 9_000_000), ("formation", 2024, 4_000_000))
    ):
        dossier.couts.append(
            Cout(
                id=rang + 1,
                nature=nature,
                libelle="",
                annee=annee,
                montant_ht_cents=montant,
                tva_pour_dix_mille=2000,
            )
        )
    for rang, annee in enumerate((2023, 2024)):
        dossier.couts_rh.append(
            CoutRh(
                id=rang + 1,
                profil="Chef de projet",
                annee=annee,
                etp_centiemes=80,
                cout_annuel_cents=6_200_000,
                part_projet_pour_cent=100,
            )
        )
    for rang, og in enumerate(dossier.ogs):
        dossier.ressources.append(
            Ressource(
                id=rang + 1,
                og_id=og.id,
                genre="autofinancement",
                libelle="",
                annee=2023,
                montant_cents=500_000,
            )
        )
        for i, libelle in enumerate(("Tablette durcie", "Borne sans fil")):
            dossier.materiels.append(
                Materiel(
                    id=1 + 2 * rang + i,
                    og_id=og.id,
                    libelle=libelle,
                    usage="Saisie au lit de la personne" if i == 0 else "Couverture des étages",
                    quantite=12 if i == 0 else 5,
                    prix_unitaire_ht_cents=45_990 if i == 0 else 31_050,
                    tva_pour_dix_mille=2000,
                )
            )


def textes(octets: bytes) -> list[str]:
    """The words of each page, spaces and line ends made one plain space."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [
            " ".join(page.get_textpage().get_text_bounded().replace("\u00a0", " ").split()) for page in pdf
        ]


def bas_de(octets: bytes, mots: str, page: int = 0) -> float:
    """How high the foot of some words stands on a page, in points from its foot: the first place they are found at."""
    with pypdfium2.PdfDocument(octets) as pdf:
        texte = pdf[page].get_textpage()
        trouve = texte.search(mots, match_case=True).get_next()
        assert trouve is not None, mots
        return float(min(texte.get_charbox(trouve[0] + i, loose=True)[1] for i in range(trouve[1])))


def signets(octets: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks of a file as a reader shows them: level from 1, words, page from 1."""
    resultat: list[tuple[int, str, int]] = []
    with pikepdf.open(BytesIO(octets)) as pdf, pdf.open_outline() as plan:
        pages = {page.objgen: rang for rang, page in enumerate(pdf.pages, 1)}

        def descendre(elements: list[pikepdf.OutlineItem], niveau: int) -> None:
            for element in elements:
                destination = element.destination
                if isinstance(destination, pikepdf.String | pikepdf.Name):
                    destination = pdf.Root.Dests[str(destination)]
                resultat.append((niveau, element.title, pages[destination[0].objgen]))
                descendre(element.children, niveau + 1)

        descendre(plan.root, 1)
    return resultat
