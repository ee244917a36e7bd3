"""Examine a dossier whole: its rules, then the gaps its documents would print."""

from datetime import date

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.constats import constats_documents
from esms_desktop.documents.vierge import acquis
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Examen
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.pieces import EtatPiece, etat_pieces


def verifier_dossier(dossier: Dossier, jour: date) -> Examen:
    """Every finding of a dossier on a day, those of its documents last among equals.

    Raises:
        ErreurCampagne: its campaign cannot be read.
    """
    campagne = charger(dossier.campagne_id)
    examen = examiner(dossier, campagne, jour)
    controles = (*examen.controles, *constats_documents(dossier, campagne, jour))
    return Examen(controles, acquis(dossier, campagne, jour))


def pieces_manquantes(dossier: Dossier) -> list[EtatPiece]:
    """The pieces without which the dossier is incomplete, whatever the ground of their being asked.

    Raises:
        ErreurCampagne: its campaign cannot be read.
    """
    return [e for e in etat_pieces(dossier, charger(dossier.campagne_id)) if e.manquante]
