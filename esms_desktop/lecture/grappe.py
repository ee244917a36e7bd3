"""The grappe: the OG that join the project and their ESSMS."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, enfants, par, parent
from esms_desktop.nomenclature.vocabulaire import Champ

if TYPE_CHECKING:
    from esms_desktop.lecture.deploiement import Vague
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.preparation import Autodiagnostic, Brique
    from esms_desktop.lecture.solutions import Solution


class Og(Ligne):
    """An organisme gestionnaire, member or porteur of the grappe. Numbers are kept as typed, even wrong: a finding says so."""

    __slots__ = ()
    table = "og"
    ordre = staticmethod(lambda og: (not og.est_porteur, og.rang, og.id))

    id: int
    dossier_id: int
    rang: int
    est_porteur: bool
    nom: str
    sigle: str
    forme_juridique: str
    association: bool | None
    siren: str
    siret: str
    finess_ej: str
    adresse: str
    code_postal: str
    commune: str
    telephone: str
    courriel: str
    representant_nom: str
    representant_qualite: str
    dpo_nom: str
    dpo_courriel: str
    # All the ESSMS the OG runs, in the project or not: it decides whether the OG is small (referentiel 01 § 1).
    nb_essms_total: int | None
    # For the key of distribution of the rest to pay (referentiel 02 § 3): hundredths of ETP, ten-thousandths.
    etp_centiemes: int | None
    part_libre_pour_dix_mille: int | None
    commande_publique: bool | None
    marche_en_cours: bool | None
    # « Mme » or « M. »; the body that empowers who signs, and the day it did.
    representant_civilite: str
    habilitation_organe: str
    habilitation_date: date | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "list[Essms]" = enfants("essms", "og_id")
    briques: "list[Brique]" = enfants("brique", "og_id")
    autodiagnostics: "list[Autodiagnostic]" = enfants("autodiagnostic", "og_id")

    @property
    def nom_court(self) -> str:
        """The acronym when there is one, else the name."""
        return self.sigle or self.nom

    @property
    def siege(self) -> str:
        """The address of the seat on one line; empty when neither the street nor the town is known."""
        if not (self.adresse or self.commune):
            return ""
        ville = f"{self.code_postal or ''} {self.commune or ''}".strip()
        return ", ".join(p for p in (self.adresse, ville) if p)


class Essms(Ligne):
    """An établissement ou service of the project. Declared facts are yes, no or not answered (`None`)."""

    __slots__ = ()
    table = "essms"
    ordre = staticmethod(par("rang"))

    id: int
    og_id: int
    solution_id: int | None
    vague_id: int | None
    rang: int
    finess: str
    siret: str
    nom: str
    # Category: code of the FINESS nomenclature (resources/finess/categories.csv), and its label as the directory says it.
    categorie: str
    categorie_libelle: str
    champ: Champ | None
    adresse: str
    code_postal: str
    commune: str
    # Department: FINESS code (01…95, 2A, 2B, 9A…9J), see nomenclature/territoires.py.
    departement: str
    capacite: int | None
    file_active: int | None
    dui_actuel: str
    # Declared facts (referentiel 01 §§ 3 and 5, points 6 to 8).
    financement_europeen: bool | None
    esms_numerique_anterieur: bool | None
    sons_autre_solution: bool | None
    rattache_entite_nationale: bool | None
    accord_entite_nationale: bool | None
    part_confort: bool | None
    # What its category alone does not tell, as the ARS confirmed it.
    nature_confirmee: bool | None
    # Several structures under one FINESS number: the ARS may ask (referentiel 01 § 3).
    plusieurs_structures: bool | None
    # Hours a year of a home service: those of the essential acts, and all of them; the aid goes by their share.
    heures_eligibles: int | None
    heures_totales: int | None
    # Name of the national entity, whose written agreement is one piece whatever the number of its ESSMS.
    entite_nationale: str
    # The files of piece 10 that hold its two self-assessments; one file may hold those of many.
    diagnostic_si_id: int | None
    diagnostic_cyber_id: int | None

    og: "Og" = parent("og", "og_id")
    solution: "Solution | None" = parent("solution", "solution_id")
    vague: "Vague | None" = parent("vague", "vague_id")
