"""What the project costs and how the rest is paid: costs, people, own resources, materials."""

from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class Cout(Ligne):
    """A cost of the project in one year. `nature`: code of resources/listes/natures.toml; `og_id` None: shared by all.

    `montant_ht_cents`: before tax, in cents; `tva_pour_dix_mille`: tax rate in ten-thousandths (2000 = 20 %).
    """

    __slots__ = ()
    table = "cout"

    id: int
    dossier_id: int
    og_id: int | None
    nature: str
    libelle: str
    annee: int | None
    montant_ht_cents: int | None
    tva_pour_dix_mille: int

    dossier: "Dossier" = parent("dossier", "dossier_id")


class CoutRh(Ligne):
    """The cost of people in one year. `etp_centiemes`: hundredths of a full-time job (50 = 0,5 ETP).

    `cout_annuel_cents`: loaded yearly cost of one full-time job; `part_projet_pour_cent`: share given to the project.
    """

    __slots__ = ()
    table = "cout_rh"

    id: int
    dossier_id: int
    og_id: int | None
    profil: str
    annee: int | None
    etp_centiemes: int | None
    cout_annuel_cents: int | None
    part_projet_pour_cent: int

    dossier: "Dossier" = parent("dossier", "dossier_id")


class Ressource(Ligne):
    """Money that does not come from the programme, in one year. `genre`: "autofinancement" or "autre"."""

    __slots__ = ()
    table = "ressource"

    id: int
    dossier_id: int
    og_id: int | None
    genre: str
    libelle: str
    annee: int | None
    montant_cents: int | None

    dossier: "Dossier" = parent("dossier", "dossier_id")


class Materiel(Ligne):
    """A line of the list of materials (piece 11). Price of one, before tax, in cents."""

    __slots__ = ()
    table = "materiel"

    id: int
    dossier_id: int
    og_id: int | None
    essms_id: int | None
    libelle: str
    usage: str
    quantite: int | None
    prix_unitaire_ht_cents: int | None
    tva_pour_dix_mille: int

    dossier: "Dossier" = parent("dossier", "dossier_id")
