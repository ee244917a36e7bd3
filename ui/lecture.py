"""One version of a dossier as the pages read it: its frozen rows, and what the rules say of them at once."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esms_desktop.campagnes.schema import Campagne
    from esms_desktop.lecture import Dossier
    from esms_desktop.regles.dossier.pieces import EtatPiece
    from esms_desktop.regles.dossier.signatures import EtatSignature
    from esms_desktop.regles.financement.financement import FinancementDossier
    from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
    from esms_desktop.regles.planning.calendrier import Echeance
    from esms_desktop.regles.planning.planning import Planning
    from esms_desktop.regles.recevabilite.orientation import Orientation
    from esms_desktop.regles.recevabilite.recevabilite import Point


class Lecture:
    """A dossier on a day. Each fact is read when a page asks for it; findings come behind (`ui.examens`)."""

    def __init__(self, dossier: "Dossier", campagne: "Campagne", jour: date) -> None:
        self.dossier = dossier
        self.campagne = campagne
        self.jour = jour

    @cached_property
    def orientation(self) -> "Orientation":
        """Where the project is filed."""
        from esms_desktop.regles.recevabilite.orientation import orienter_dossier

        return orienter_dossier(self.dossier, self.campagne)

    @cached_property
    def financement(self) -> "FinancementDossier":
        """The money asked."""
        from esms_desktop.regles.financement.financement import financer_dossier

        return financer_dossier(self.dossier, self.campagne)

    @cached_property
    def plan(self) -> "PlanPluriannuel":
        """What the project costs, year by year, and how it is paid."""
        from esms_desktop.regles.financement.pluriannuel import plan

        return plan(self.dossier, self.campagne)

    @cached_property
    def planning(self) -> "Planning":
        """The tasks on their days."""
        from esms_desktop.regles.planning.planning import lire

        return lire(self.dossier, self.jour)

    @cached_property
    def echeances(self) -> "tuple[Echeance, ...]":
        """The dates that count, the first one first."""
        from esms_desktop.regles.planning.calendrier import echeances

        return echeances(self.dossier, self.campagne, self.jour)

    @cached_property
    def pieces(self) -> "tuple[EtatPiece, ...]":
        """The fourteen pieces, as far as they are known without reading a document."""
        from esms_desktop.regles.dossier.pieces import etat_pieces

        return etat_pieces(self.dossier, self.campagne)

    @cached_property
    def pieces_lues(self) -> "tuple[EtatPiece, ...]":
        """The fourteen pieces with the gaps of their documents: at once after the findings, which read them."""
        from esms_desktop.documents.catalogue import pieces

        return pieces(self.dossier, self.campagne, self.jour)

    @cached_property
    def signatures(self) -> "tuple[EtatSignature, ...]":
        """The circuit of each document to sign, signatory by signatory."""
        from esms_desktop.regles.dossier.signatures import etats

        return etats(self.dossier, self.campagne)

    @cached_property
    def points(self) -> "tuple[Point, ...]":
        """The ten points of the recevabilité."""
        from esms_desktop.regles.recevabilite.recevabilite import points

        return points(self.dossier, self.campagne, self.jour)
