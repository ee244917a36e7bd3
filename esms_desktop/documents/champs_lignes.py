"""The fields of a row that a Word template of the person's repeats: one row for each ESSMS, or for each organisme."""

from collections.abc import Callable

from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Run, Texte, champ
from esms_desktop.francais import nombre
from esms_desktop.lecture import Essms
from esms_desktop.nomenclature import numeros
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu


def _places(e: Essms) -> Run:
    return champ(
        "" if e.capacite is None else nombre(e.capacite), f"capacité ({e.nom})", "-", code="essms.capacite"
    )


def _champ(e: Essms) -> Run:
    dit = champ_retenu(e)
    return champ(dit.value if dit else "", f"champ ({e.nom})", "-", code="essms.champ")


# Name, what it is, its value for an ESSMS of that rank (from 1).
ESSMS: tuple[tuple[str, str, Callable[[Essms, int], Run]], ...] = (
    (
        "essms.rang",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : son rang",
        lambda _, n: Texte(str(n)),
    ),
    (
        "essms.nom",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : son nom",
        lambda e, _: Texte(e.nom),
    ),
    (
        "essms.finess",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : son numéro FINESS géographique",
        lambda e, _: commun.numero(
            e.finess, numeros.ecrire_finess, f"FINESS géographique ({e.nom})", "-", code="essms.finess"
        ),
    ),
    (
        "essms.categorie",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : sa catégorie",
        lambda e, _: commun.categorie(e),
    ),
    (
        "essms.champ",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : son champ (PA, PH…)",
        lambda e, _: _champ(e),
    ),
    (
        "essms.commune",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : sa commune et son département",
        lambda e, _: commun.lieu(e),
    ),
    (
        "essms.places",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : ses places",
        lambda e, _: _places(e),
    ),
    (
        "essms.organisme",
        "Dans une ligne de tableau, répétée pour chaque ESSMS : son organisme",
        lambda e, _: Texte(e.og.nom),
    ),
)
PAR_NOM = {nom: lire for nom, _, lire in ESSMS}
