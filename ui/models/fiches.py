"""What the forms of the grappe ask: every field of an OG, an ESSMS or a solution, with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution

Options = tuple[tuple[object, str], ...]


class Nature(Enum):
    """How a field is typed."""

    TEXTE = "texte"
    NUMERO = "numero"
    ENTIER = "entier"
    MONTANT = "montant"
    DATE = "date"
    OUI_NON = "oui-non"
    CHOIX = "choix"
    CATEGORIE = "categorie"
    SOLUTION = "solution"


@dataclass(frozen=True)
class ChampFiche:
    """A field of a form. `defaut`: why a number is wrong; `options`: values and labels of a closed list."""

    nom: str
    libelle: str
    nature: Nature = Nature.TEXTE
    aide: str = ""
    longueur: int = 200
    obligatoire: bool = False
    defaut: Callable[[str], str | None] | None = None
    options: Callable[[], Options] | None = None


@dataclass(frozen=True)
class Groupe:
    """Fields shown together under a title."""

    titre: str
    champs: tuple[ChampFiche, ...]


def _champs() -> Options:
    return tuple((c, f"{c.value} · {c.libelle}") for c in Champ)


def _civilites() -> Options:
    return (("Mme", "Madame"), ("M.", "Monsieur"))


def _statuts() -> Options:
    return tuple((s, s.libelle) for s in StatutSolution)


def _departements() -> Options:
    return tuple((d.code, f"{d.code_insee} {d.nom}") for d in departements().values())


_ADRESSE = (
    ChampFiche("adresse", "Adresse", longueur=300),
    ChampFiche("code_postal", "Code postal", longueur=10),
    ChampFiche("commune", "Commune", longueur=120),
)

FAITS: tuple[ChampFiche, ...] = (
    ChampFiche(
        "financement_europeen",
        "Un autre financement européen pour cette opération ?",
        Nature.OUI_NON,
        "Une opération déjà aidée par l’Europe (FEDER, REACT-EU…) ne peut pas l’être une seconde fois.",
    ),
    ChampFiche(
        "esms_numerique_anterieur",
        "Déjà financé par ESMS numérique ?",
        Nature.OUI_NON,
        "Un même établissement n’est aidé qu’une fois, quel que soit le logiciel.",
    ),
    ChampFiche(
        "sons_autre_solution",
        "Une commande SONS pour une autre solution ?",
        Nature.OUI_NON,
        "Le logiciel du bon de commande SONS doit être celui du projet.",
    ),
    ChampFiche(
        "rattache_entite_nationale",
        "Rattaché à une entité nationale ?",
        Nature.OUI_NON,
        "Fédération ou association nationale dont l’accord écrit est alors à joindre.",
    ),
    ChampFiche(
        "accord_entite_nationale",
        "L’entité nationale a-t-elle donné son accord écrit ?",
        Nature.OUI_NON,
        "À joindre à la pièce 12. Sans objet si l’établissement n’est rattaché à aucune entité nationale.",
    ),
    ChampFiche(
        "part_confort",
        "Une part de services « de confort » ?",
        Nature.OUI_NON,
        "Service à domicile : seule l’aide aux actes essentiels compte ; l’ARS peut moduler.",
    ),
    ChampFiche(
        "plusieurs_structures",
        "Ce numéro FINESS réunit-il plusieurs structures ?",
        Nature.OUI_NON,
        "L’ARS regarde les numéros qui réunissent des structures distinctes, comme ceux qui en multiplient.",
    ),
    ChampFiche(
        "nature_confirmee",
        "L’ARS confirme-t-elle que c’est un ESSMS ?",
        Nature.OUI_NON,
        "À demander quand la catégorie FINESS ne suffit pas à dire qu’il relève de l’article L. 312-1 du CASF.",
    ),
)

OG: tuple[Groupe, ...] = (
    Groupe(
        "Identité",
        (
            ChampFiche("nom", "Nom", longueur=300, obligatoire=True),
            ChampFiche("sigle", "Sigle", aide="Employé à la place du nom dans les listes.", longueur=80),
            ChampFiche("forme_juridique", "Forme juridique"),
            ChampFiche(
                "association",
                "Est-ce une association ?",
                Nature.OUI_NON,
                "Une association joint ses statuts et leur publication au Journal officiel.",
            ),
        ),
    ),
    Groupe(
        "Numéros",
        (
            ChampFiche(
                "finess_ej", "FINESS juridique (EJ)", Nature.NUMERO, longueur=20, defaut=numeros.defaut_finess
            ),
            ChampFiche("siren", "SIREN", Nature.NUMERO, longueur=20, defaut=numeros.defaut_siren),
            ChampFiche(
                "siret",
                "SIRET du siège",
                Nature.NUMERO,
                "Exigé du porteur.",
                longueur=20,
                defaut=numeros.defaut_siret,
            ),
        ),
    ),
    Groupe(
        "Siège",
        (*_ADRESSE, ChampFiche("telephone", "Téléphone", longueur=40), ChampFiche("courriel", "Courriel")),
    ),
    Groupe(
        "Qui signe",
        (
            ChampFiche("representant_civilite", "Civilité du représentant", Nature.CHOIX, options=_civilites),
            ChampFiche(
                "representant_nom", "Représentant", aide="La personne qui signe la convention et la lettre."
            ),
            ChampFiche("representant_qualite", "Qualité du représentant"),
            ChampFiche(
                "habilitation_organe",
                "Organe qui l’habilite à signer",
                aide="Conseil d’administration, assemblée générale… ou l’acte : « délégation du président ».",
            ),
            ChampFiche(
                "habilitation_date",
                "Date de cette habilitation",
                Nature.DATE,
                "La convention la cite ; elle vise aussi le mandat d’ester en justice.",
            ),
            ChampFiche("dpo_nom", "Délégué à la protection des données (DPO)"),
            ChampFiche("dpo_courriel", "Courriel du DPO"),
        ),
    ),
    Groupe(
        "Taille et achats",
        (
            ChampFiche(
                "nb_essms_total",
                "ESSMS gérés en tout",
                Nature.ENTIER,
                "Dans le projet ou non : moins de 15 fait un petit OG, et ouvre un financement.",
            ),
            ChampFiche(
                "commande_publique",
                "Soumis à la commande publique ?",
                Nature.OUI_NON,
                "Décide, avec la réponse suivante, d’une exception au SAD.",
            ),
            ChampFiche(
                "marche_en_cours",
                "Un marché en cours couvre-t-il le besoin ?",
                Nature.OUI_NON,
                "Seulement pour un organisme soumis à la commande publique.",
            ),
        ),
    ),
)

ESSMS: tuple[Groupe, ...] = (
    Groupe(
        "Identité",
        (
            ChampFiche("nom", "Nom", longueur=300, obligatoire=True),
            ChampFiche(
                "finess",
                "FINESS géographique",
                Nature.NUMERO,
                "Celui de l’établissement, non celui de l’organisme.",
                longueur=20,
                defaut=numeros.defaut_finess,
            ),
            ChampFiche("siret", "SIRET", Nature.NUMERO, longueur=20, defaut=numeros.defaut_siret),
            ChampFiche(
                "categorie",
                "Catégorie FINESS",
                Nature.CATEGORIE,
                "Le code (500 pour un EHPAD) ou le libellé ; le champ en découle.",
            ),
            ChampFiche("champ", "Champ", Nature.CHOIX, options=_champs),
        ),
    ),
    Groupe(
        "Adresse", (*_ADRESSE, ChampFiche("departement", "Département", Nature.CHOIX, options=_departements))
    ),
    Groupe(
        "Activité et logiciel",
        (
            ChampFiche("capacite", "Capacité (places)", Nature.ENTIER),
            ChampFiche("file_active", "File active (personnes par an)", Nature.ENTIER),
            ChampFiche("dui_actuel", "DUI actuel", aide="Le logiciel en place ; vide quand il n’y en a pas."),
            ChampFiche("solution_id", "Solution du projet", Nature.SOLUTION),
        ),
    ),
    Groupe(
        "Services à domicile",
        (
            ChampFiche(
                "heures_eligibles",
                "Heures d’aide aux actes essentiels, par an",
                Nature.ENTIER,
                "L’aide va au prorata de ces heures ; tant qu’elles manquent, le forfait est un plafond.",
            ),
            ChampFiche("heures_totales", "Toutes ses heures, par an", Nature.ENTIER),
        ),
    ),
    Groupe(
        "Faits déclarés",
        (
            *FAITS,
            ChampFiche(
                "entite_nationale",
                "Nom de l’entité nationale",
                aide="Un seul accord par entité, quel que soit le nombre de ses ESSMS.",
                longueur=300,
            ),
        ),
    ),
)

SOLUTION: tuple[Groupe, ...] = (
    Groupe(
        "Solution",
        (
            ChampFiche("nom", "Nom", obligatoire=True),
            ChampFiche("editeur", "Éditeur"),
            ChampFiche(
                "statut",
                "Référencement Ségur",
                Nature.CHOIX,
                "Une solution en cours de référencement doit l’obtenir avant le début du paramétrage.",
                options=_statuts,
            ),
            ChampFiche("date_referencement", "Référencée le", Nature.DATE),
            ChampFiche("date_referencement_prevue", "Référencement prévu le", Nature.DATE),
            ChampFiche(
                "dans_sad",
                "Dans le SAD du RESAH ?",
                Nature.OUI_NON,
                "SAD : le système d’acquisition dynamique, obligatoire en acquisition sauf deux exceptions.",
            ),
            ChampFiche(
                "prix_cents",
                "Prix de l’éditeur pour tout le projet, TTC",
                Nature.MONTANT,
                "Le prix réel de la prestation, en euros.",
            ),
        ),
    ),
)
