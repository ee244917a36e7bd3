"""What the directory kept on this computer says of the numbers of a list: who runs each, whether it is still open."""

from esms_desktop.echanges.tables.ecarts import EtatAnnuaire
from esms_desktop.echanges.tables.liste_essms import numeros
from esms_desktop.echanges.tables.rapprochement import Annuaire
from esms_desktop.echanges.tables.tableau import Tableau
from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.repertoire import Repertoire, place


def annuaire_de(tableau: Tableau) -> Annuaire | None:
    """What the directory says of each number of a list; None when no directory was imported, or when it does not read.

    A list is read without it all the same: the page of the directory says what it has to be told.
    """
    if not place().is_file():
        return None
    try:
        with Repertoire() as repertoire:
            entites = repertoire.annuaire(numeros(tableau)).entites
    except ErreurFiness:
        return None
    return {
        e.finess: EtatAnnuaire(e.nom, e.actif, e.date_fermeture, ej.finess, ej.nom)
        for ej in entites.values()
        for e in ej.etablissements
    }.get
