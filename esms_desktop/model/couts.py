"""What the project costs and how the rest is paid: costs, people, own resources, materials."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from esms_desktop.model.base import Base

if TYPE_CHECKING:
    from esms_desktop.model.dossier import Dossier


class Cout(Base):
    """A cost of the project in one year. `nature`: code of resources/listes/natures.toml; `og_id` None: shared by all.

    `montant_ht_cents`: before tax, in cents; `tva_pour_dix_mille`: tax rate in ten-thousandths (2000 = 20 %).
    """

    __tablename__ = "cout"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"))
    nature: Mapped[str] = mapped_column(String(40))
    libelle: Mapped[str] = mapped_column(String(300), default="")
    annee: Mapped[int | None]
    montant_ht_cents: Mapped[int | None]
    tva_pour_dix_mille: Mapped[int] = mapped_column(default=2000)

    dossier: Mapped["Dossier"] = relationship(back_populates="couts")


class CoutRh(Base):
    """The cost of people in one year. `etp_centiemes`: hundredths of a full-time job (50 = 0,5 ETP).

    `cout_annuel_cents`: loaded yearly cost of one full-time job; `part_projet_pour_cent`: share given to the project.
    """

    __tablename__ = "cout_rh"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"))
    profil: Mapped[str] = mapped_column(String(200))
    annee: Mapped[int | None]
    etp_centiemes: Mapped[int | None]
    cout_annuel_cents: Mapped[int | None]
    part_projet_pour_cent: Mapped[int] = mapped_column(default=100)

    dossier: Mapped["Dossier"] = relationship(back_populates="couts_rh")


class Ressource(Base):
    """Money that does not come from the programme, in one year. `genre`: "autofinancement" or "autre"."""

    __tablename__ = "ressource"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"))
    genre: Mapped[str] = mapped_column(String(20), default="autofinancement")
    libelle: Mapped[str] = mapped_column(String(300), default="")
    annee: Mapped[int | None]
    montant_cents: Mapped[int | None]

    dossier: Mapped["Dossier"] = relationship(back_populates="ressources")


class Materiel(Base):
    """A line of the list of materials (piece 11). Price of one, before tax, in cents."""

    __tablename__ = "materiel"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    og_id: Mapped[int | None] = mapped_column(ForeignKey("og.id", ondelete="CASCADE"))
    essms_id: Mapped[int | None] = mapped_column(ForeignKey("essms.id", ondelete="SET NULL"))
    libelle: Mapped[str] = mapped_column(String(300))
    usage: Mapped[str] = mapped_column(String(300), default="")
    quantite: Mapped[int | None]
    prix_unitaire_ht_cents: Mapped[int | None]
    tva_pour_dix_mille: Mapped[int] = mapped_column(default=2000)

    dossier: Mapped["Dossier"] = relationship(back_populates="materiels")
