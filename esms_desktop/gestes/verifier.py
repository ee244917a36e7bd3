"""Examine a dossier whole: its rules, then the gaps its documents would print; at once, or a step at a time."""

from datetime import date
from itertools import chain

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.constats import constats_documents, un_par_un
from esms_desktop.documents.vierge import acquis
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Controle, Examen
from esms_desktop.regles.dossier.pieces import EtatPiece
from esms_desktop.regles.examen import examiner, familles


class Verification:
    """The same examination under way: a family of checks, or one document, at each step.

    Raises:
        ErreurCampagne: the campaign of the dossier cannot be read.
    """

    def __init__(self, dossier: Dossier, jour: date) -> None:
        campagne = charger(dossier.campagne_id)
        self._dossier, self._campagne, self._jour = dossier, campagne, jour
        self._etapes = chain(familles(dossier, campagne, jour), un_par_un(dossier, campagne, jour))
        self._controles: list[Controle] = []

    def avancer(self) -> Examen | None:
        """Does the next step; the examination when none was left, None before."""
        etape = next(self._etapes, None)
        if etape is None:
            return Examen(tuple(self._controles), acquis(self._dossier, self._campagne, self._jour))
        self._controles.extend(etape)
        return None


def verifier_dossier(dossier: Dossier, jour: date) -> Examen:
    """Every finding of a dossier on a day, those of its documents last among equals.

    Raises:
        ErreurCampagne: its campaign cannot be read.
    """
    campagne = charger(dossier.campagne_id)
    examen = examiner(dossier, campagne, jour)
    controles = (*examen.controles, *constats_documents(dossier, campagne, jour))
    return Examen(controles, acquis(dossier, campagne, jour))


def lire_pieces(dossier: Dossier, jour: date) -> tuple[EtatPiece, ...]:
    """The fourteen pieces and where each stands, the gaps of their documents read.

    Raises:
        ErreurCampagne: its campaign cannot be read.
    """
    return catalogue.pieces(dossier, charger(dossier.campagne_id), jour)
