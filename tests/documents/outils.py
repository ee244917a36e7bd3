"""A fictitious dossier to print (transient objects, numbers with right keys), and how to read a PDF back."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
from stdnum import luhn

from esms_desktop.model import (
    Champ,
    Contact,
    Dossier,
    Essms,
    Og,
    RoleContact,
    Solution,
    StatutSolution,
    TypeProjet,
)

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
            id=1, og_id=1, role=RoleContact.CHEF_DE_PROJET, nom="Camille Roy", fonction="cheffe de projet"
        )
    )
    for og in dossier.ogs:
        dossier.contacts.append(
            Contact(id=10 + og.id, og_id=og.id, role=RoleContact.REFERENT, nom=f"Sacha Morel-{og.id}")
        )
    return dossier


def textes(octets: bytes) -> list[str]:
    """The words of each page, spaces and line ends made one plain space."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [
            " ".join(page.get_textpage().get_text_bounded().replace("\u00a0", " ").split()) for page in pdf
        ]


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
