"""The ground floor of words: how French writes, reads and compares dates, numbers and names. It knows nothing of the house."""

from esms_desktop.francais.accords import accord, au_pluriel, de, elide, enumerer, pluriel, que, resumer
from esms_desktop.francais.dates import (
    JOURS,
    MOIS,
    MOIS_COURTS,
    MOIS_INITIALES,
    date_courte,
    date_heure,
    date_longue,
    delai,
    heure,
    jour_semaine,
    mois_annee,
)
from esms_desktop.francais.dates_lues import lire_date
from esms_desktop.francais.nombres import decimal, euros, euros_signes, kilo_euros, nombre, pour_cent, taille
from esms_desktop.francais.nombres_lus import lire_decimal, lire_entier, lire_euros
from esms_desktop.francais.plis import cle, mots, sans_accents, une_ligne
from esms_desktop.francais.reponses import lire_oui_non
from esms_desktop.francais.typographie import MOINS, NBSP, TIRET, espacer, majuscule, minuscule, ou_tiret

__all__ = [
    "JOURS",
    "MOINS",
    "MOIS",
    "MOIS_COURTS",
    "MOIS_INITIALES",
    "NBSP",
    "TIRET",
    "accord",
    "au_pluriel",
    "cle",
    "date_courte",
    "date_heure",
    "date_longue",
    "de",
    "decimal",
    "delai",
    "elide",
    "enumerer",
    "espacer",
    "euros",
    "euros_signes",
    "heure",
    "jour_semaine",
    "kilo_euros",
    "lire_date",
    "lire_decimal",
    "lire_entier",
    "lire_euros",
    "lire_oui_non",
    "majuscule",
    "minuscule",
    "mois_annee",
    "mots",
    "nombre",
    "ou_tiret",
    "pluriel",
    "pour_cent",
    "que",
    "resumer",
    "sans_accents",
    "taille",
    "une_ligne",
]
