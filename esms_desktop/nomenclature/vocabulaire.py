"""The closed lists of the field: project types, champs, states. Values are what the base keeps."""

from enum import StrEnum


class TypeProjet(StrEnum):
    """What the project asks for (referentiel 01 § 2)."""

    ACQUISITION = "acquisition"
    CONFORMITE = "conformite"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return "Acquisition" if self is TypeProjet.ACQUISITION else "Mise en conformité"


class Champ(StrEnum):
    """The seven fields of activity of an ESSMS (referentiel 01 § 1)."""

    PA = "PA"
    PH = "PH"
    DOM = "DOM"
    PDS = "PDS"
    PDE = "PDE"
    AHI = "AHI"
    PJM = "PJM"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return _CHAMPS[self]


_CHAMPS = {
    Champ.PA: "Personnes âgées",
    Champ.PH: "Personnes en situation de handicap",
    Champ.DOM: "Domicile",
    Champ.PDS: "Personnes en difficultés spécifiques",
    Champ.PDE: "Protection de l’enfance",
    Champ.AHI: "Accueil, hébergement, insertion",
    Champ.PJM: "Protection juridique des majeurs",
}


class StatutSolution(StrEnum):
    """Where a solution stands with the Ségur referencing (referentiel 01 § 5, point 10)."""

    REFERENCEE = "referencee"
    EN_COURS = "en-cours"
    NON_REFERENCEE = "non-referencee"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            StatutSolution.REFERENCEE: "Référencée Ségur",
            StatutSolution.EN_COURS: "Référencement en cours",
            StatutSolution.NON_REFERENCEE: "Non référencée",
        }[self]


class ExceptionSad(StrEnum):
    """The two exceptions to the SAD (referentiel 01 § 6)."""

    MARCHE_EN_COURS = "marche-en-cours"
    HORS_CHAMPS = "hors-champs"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        if self is ExceptionSad.MARCHE_EN_COURS:
            return "Marché public en cours qui couvre le besoin"
        return "Solution hors des champs PA, PH et domicile"


class EtatDossier(StrEnum):
    """The states of a dossier, in order (referentiel 03 § 3)."""

    PREPARATION = "preparation"
    COMPLET = "complet"
    DEPOSE = "depose"
    COMPLEMENTS = "complements"
    RECEVABLE = "recevable"
    NON_RECEVABLE = "non-recevable"
    PRIORISE = "priorise"
    NON_PRIORISE = "non-priorise"
    CONVENTIONNE = "conventionne"
    DEPLOIEMENT = "deploiement"
    SOLDE = "solde"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return _ETATS[self]


_ETATS = {
    EtatDossier.PREPARATION: "En préparation",
    EtatDossier.COMPLET: "Complet",
    EtatDossier.DEPOSE: "Déposé",
    EtatDossier.COMPLEMENTS: "Compléments demandés",
    EtatDossier.RECEVABLE: "Recevable",
    EtatDossier.NON_RECEVABLE: "Non recevable",
    EtatDossier.PRIORISE: "Priorisé",
    EtatDossier.NON_PRIORISE: "Non priorisé",
    EtatDossier.CONVENTIONNE: "Conventionné",
    EtatDossier.DEPLOIEMENT: "En déploiement",
    EtatDossier.SOLDE: "Soldé",
}


class RoleDonnees(StrEnum):
    """What the porteur is towards the personal data of the other parties (GDPR, referentiel 03 § 5)."""

    SOUS_TRAITANT = "sous-traitant"
    CONJOINT = "conjoint"
    DISTINCT = "distinct"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            RoleDonnees.SOUS_TRAITANT: "Sous-traitant des autres organismes (article 28)",
            RoleDonnees.CONJOINT: "Responsable conjoint avec eux (article 26)",
            RoleDonnees.DISTINCT: "Responsable distinct : il n’accède pas à leurs données",
        }[self]


class RoleContact(StrEnum):
    """What a contact does in the project."""

    CHEF_DE_PROJET = "chef-de-projet"
    DIRECTION = "direction"
    REFERENT = "referent"
    RSI = "rsi"
    DPO = "dpo"
    RESPONSABLE_DUI = "responsable-dui"
    AMOA = "amoa"
    FORMATEUR = "formateur"
    EDITEUR = "editeur"
    AUTRE = "autre"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            RoleContact.CHEF_DE_PROJET: "Chef de projet",
            RoleContact.DIRECTION: "Direction",
            RoleContact.REFERENT: "Référent",
            RoleContact.RSI: "Responsable du système d’information",
            RoleContact.DPO: "Délégué à la protection des données",
            RoleContact.RESPONSABLE_DUI: "Responsable du traitement DUI",
            RoleContact.AMOA: "Assistance à maîtrise d’ouvrage",
            RoleContact.FORMATEUR: "Formateur interne",
            RoleContact.EDITEUR: "Éditeur",
            RoleContact.AUTRE: "Autre",
        }[self]


class Plan(StrEnum):
    """The three plannings of piece 5 (referentiel 04 § 1)."""

    PROJET = "projet"
    CHANGEMENT = "changement"
    DEPLOIEMENT = "deploiement"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {"projet": "Projet", "changement": "Conduite du changement", "deploiement": "Déploiement"}[
            self.value
        ]


class CategorieRisque(StrEnum):
    """The eight categories."""

    ORGANISATIONNEL = "organisationnel"
    HUMAIN = "humain"
    TECHNIQUE = "technique"
    SECURITE = "securite"
    FINANCIER = "financier"
    CALENDRIER = "calendrier"
    EDITEUR = "editeur"
    JURIDIQUE = "juridique"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "organisationnel": "Organisationnel",
            "humain": "Humain",
            "technique": "Technique",
            "securite": "Sécurité et RGPD",
            "financier": "Financier",
            "calendrier": "Calendrier",
            "editeur": "Éditeur",
            "juridique": "Juridique",
        }[self.value]


class NatureAction(StrEnum):
    """An action keeps the risk from happening, or limits what it does."""

    PREVENTIVE = "preventive"
    CORRECTIVE = "corrective"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return "Préventive" if self is NatureAction.PREVENTIVE else "Corrective"


class EtatAction(StrEnum):
    """Where an action stands."""

    A_FAIRE = "a-faire"
    EN_COURS = "en-cours"
    FAITE = "faite"
    ABANDONNEE = "abandonnee"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "a-faire": "À faire",
            "en-cours": "En cours",
            "faite": "Faite",
            "abandonnee": "Abandonnée",
        }[self.value]


# Where a Word template of the person's stands among the files of a dossier, beside the fourteen pieces.
MODELE_WORD = 0
