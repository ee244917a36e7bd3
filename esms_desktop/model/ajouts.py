"""Columns added to a table since it was first made: they stand at its end, as in a base brought up to date."""

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, text
from sqlalchemy.orm import mapped_column

from esms_desktop.model.base import liste_fermee
from esms_desktop.model.dossier import Dossier
from esms_desktop.model.grappe import Essms, Og
from esms_desktop.model.pieces import Fichier
from esms_desktop.nomenclature.vocabulaire import RoleDonnees

_VIDE = text("''")


def ajouter_les_colonnes() -> None:
    """Adds them, in the order of the revisions that brought them."""
    # 0004: who signs and by what right; what the porteur is towards the data of the others; the annexes of the note.
    Og.representant_civilite = mapped_column(String(10), default="", server_default=_VIDE, nullable=False)
    Og.habilitation_organe = mapped_column(String(200), default="", server_default=_VIDE, nullable=False)
    Og.habilitation_date = mapped_column(Date, nullable=True)
    Dossier.role_donnees = mapped_column(liste_fermee(RoleDonnees), nullable=True)
    Dossier.annexer_cibles = mapped_column(Boolean, nullable=True)
    Dossier.annexer_risques = mapped_column(Boolean, nullable=True)
    # 0005: what the texts ask of each ESSMS (nature, hours, entity, self-assessments); the date of the balance.
    Dossier.date_solde = mapped_column(Date, nullable=True)
    Essms.nature_confirmee = mapped_column(Boolean, nullable=True)
    Essms.plusieurs_structures = mapped_column(Boolean, nullable=True)
    Essms.heures_eligibles = mapped_column(Integer, nullable=True)
    Essms.heures_totales = mapped_column(Integer, nullable=True)
    Essms.entite_nationale = mapped_column(String(300), default="", server_default=_VIDE, nullable=False)
    Essms.diagnostic_si_id = mapped_column(ForeignKey("fichier.id", ondelete="SET NULL"), nullable=True)
    Essms.diagnostic_cyber_id = mapped_column(ForeignKey("fichier.id", ondelete="SET NULL"), nullable=True)
    Fichier.entite = mapped_column(String(300), default="", server_default=_VIDE, nullable=False)
    # 0007: the four lines of the deposit checklist, dated by the person.
    Dossier.galis_compte_le = mapped_column(Date, nullable=True)
    Dossier.galis_depot_le = mapped_column(Date, nullable=True)
    Dossier.galis_consulte_le = mapped_column(Date, nullable=True)
    Dossier.galis_complements_le = mapped_column(Date, nullable=True)
