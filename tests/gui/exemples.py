"""The sample dossiers of the window tests: a usual one, and one whose every name is long."""

from datetime import date

from esms_desktop.model import Contact, Dossier, Essms, Og, Solution
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, StatutSolution, TypeProjet
from esms_desktop.store.porte import Porte

_LONG = (
    "Association départementale pour la sauvegarde de l’enfance, de l’adolescence et des adultes en situation de "
    "handicap du Val-de-Marne et des territoires limitrophes"
)
_CATEGORIES = (
    ("500", "Établissement d’hébergement pour personnes âgées dépendantes", Champ.PA),
    ("255", "Maison d’Accueil Spécialisée (M.A.S.)", Champ.PH),
    ("354", "Service de Soins Infirmiers A Domicile (S.S.I.A.D.)", Champ.DOM),
)


def finess(rang: int, departement: str = "94") -> str:
    """A FINESS number whose key is right: department, 0, five digits, key."""
    debut = f"{departement}0{rang:05d}"
    somme = 0
    for place, chiffre in enumerate(reversed(debut)):
        n = int(chiffre) * (2 if place % 2 == 0 else 1)
        somme += n - 9 if n > 9 else n
    return f"{debut}{(10 - somme % 10) % 10}"


def construire(nom: str, ogs: int = 3, essms: int = 6, long: bool = False, decalage: int = 0) -> Dossier:
    """A dossier, not saved, of `ogs` OG with `essms` ESSMS each; with `long`, every text is a long one."""
    dossier = Dossier(
        nom=f"{nom} — {_LONG}" if long else nom,
        campagne_id="2023-ile-de-france",
        type_projet=TypeProjet.ACQUISITION,
        date_depot_prevue=date(2023, 6, 15),
        date_debut_projet=date(2023, 9, 1),
        contexte=_LONG * 4 if long else "Trois associations voisines équipées de logiciels différents.",
    )
    solution = Solution(
        nom=_LONG if long else "Usager+",
        editeur=_LONG if long else "Éditions du Parc",
        statut=StatutSolution.EN_COURS,
        retenue=True,
        prix_cents=24_000_000,
    )
    dossier.solutions.append(solution)
    for i in range(ogs):
        og = Og(
            rang=i,
            est_porteur=i == 0,
            nom=f"{_LONG} n° {i + 1}" if long else f"Association du Val {i + 1}",
            sigle="" if long else f"AV{i + 1}",
            forme_juridique=_LONG if long else "Association Loi 1901 non Reconnue d’Utilité Publique",
            finess_ej=finess(90_000 + decalage + i),
            commune="Saint-Maur-des-Fossés",
            code_postal="94100",
            adresse=_LONG if long else "12 rue des Tilleuls",
            courriel="secretariat.de.direction.generale@association-departementale-de-sauvegarde.example.org"
            if long
            else "contact@val.example.org",
            nb_essms_total=essms,
            representant_nom=_LONG if long else "Jeanne Martin",
        )
        for j in range(essms):
            code, libelle, champ = _CATEGORIES[j % 3]
            og.essms.append(
                Essms(
                    rang=j,
                    nom=f"Résidence et service d’accompagnement n° {j + 1} de l’{_LONG}"
                    if long
                    else f"Résidence {i + 1}.{j + 1}",
                    finess=finess(1_000 * (i + 1) + j + decalage),
                    categorie=code,
                    categorie_libelle=libelle,
                    champ=champ,
                    departement="94",
                    commune="Saint-Maur-des-Fossés",
                    code_postal="94100",
                    capacite=40,
                    dui_actuel=_LONG if long else "",
                    solution=solution,
                    financement_europeen=False if j else None,
                )
            )
        dossier.ogs.append(og)
    dossier.contacts.append(
        Contact(
            nom=_LONG if long else "Amélie Roche",
            role=RoleContact.CHEF_DE_PROJET,
            fonction=_LONG if long else "Directrice des projets",
            courriel="amelie.roche@val.example.org",
        )
    )
    return dossier


def exemple(porte: Porte, nom: str = "Grappe Val de Sèvre") -> Dossier:
    """Saves a usual dossier."""
    return _sauver(porte, construire(nom))


def exemple_long(porte: Porte, nom: str = "Grappe au nom interminable") -> Dossier:
    """Saves a dossier whose every name is long."""
    return _sauver(porte, construire(nom, long=True))


def _sauver(porte: Porte, dossier: Dossier) -> Dossier:
    porte.ajouter(dossier, libelle=f"Créer le dossier « {dossier.nom[:60]} »")
    return dossier
