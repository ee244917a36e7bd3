"""What the writer and the reader of MS Project XML share: names, codes, days as the format counts them."""

from datetime import date

ESPACE = "http://schemas.microsoft.com/project"
MINUTES_PAR_JOUR = 480
MATIN, SOIR = "08:00:00", "17:00:00"
# Kinds of links; the fourth one (2, start to finish) is not offered.
TYPES_LIENS = {"fin-fin": 0, "fin-debut": 1, "debut-debut": 3}
FORMAT_JOURS = 7
FORMATS_ECOULES = frozenset((4, 6, 8, 10, 12, 36, 38, 40, 42, 44))
FORMAT_POURCENT, FORMAT_POURCENT_ECOULE = 19, 20
AU_PLUS_TOT, AU_PLUS_TARD, DEBUT_LE, FIN_LE = 0, 1, 2, 3
DEBUT_PAS_AVANT, DEBUT_PAS_APRES, FIN_PAS_AVANT, FIN_PAS_APRES = 4, 5, 6, 7
# The longest text a text field holds.
TEXTE_MAX = 255
# Text fields of a task (Text1, Text2…): what the format has no place for.
CHAMPS = {
    "plan": (188743731, "Text1", "Planning"),
    "phase": (188743734, "Text2", "Phase"),
    "essms": (188743737, "Text3", "ESSMS"),
    "vague": (188743740, "Text4", "Vague"),
    "origine": (188743743, "Text5", "Plan type"),
    "action": (188743746, "Text6", "Action sur un risque"),
    "pas_avant": (188743747, "Text7", "Pas avant"),
}
# The name of the calendar ends with whose public holidays count; a closure is an exception whose name starts so.
CALENDRIER, METROPOLE = "Jours ouvrés — ", "métropole"
FERMETURE = "Fermeture : "
# A constraint put there only so that other programs show the same dates: read back, it is dropped while it says that day.
LIBRE = "libre "
REFERENCE = "Référence prise le "


def horaire(jour: date, heure: str) -> str:
    """A day and an hour as the format writes them."""
    return f"{jour.isoformat()}T{heure}"


def duree(jours: int) -> str:
    """Worked days as the format writes them."""
    return f"PT{jours * MINUTES_PAR_JOUR // 60}H0M0S"
