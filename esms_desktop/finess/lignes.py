"""A line of the directory, as both formats give it and as the directory file keeps it; and what is read of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from esms_desktop.finess.annuaire import EntiteJuridique, Etablissement
from esms_desktop.finess.eligibilite import est_ouvert, motif_exclusion
from esms_desktop.finess.statuts import statut_de
from esms_desktop.finess.valeurs import jour
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.numeros import defaut_siren


class LigneEj(NamedTuple):
    """A legal entity. `etat`: A, I, or empty; `fermeture`: AAAA-MM-JJ or empty; `fiche`: 0 when only its number is known."""

    finess: str
    nom: str
    sigle: str
    siren: str
    statut: str
    adresse: str
    code_postal: str
    commune: str
    departement: str
    telephone: str
    courriel: str
    etat: str
    fermeture: str
    fiche: int = 1


class LigneEt(NamedTuple):
    """An établissement. `libelle`: its category as the file writes it, empty when it does not."""

    finess: str
    finess_ej: str
    nom: str
    siret: str
    categorie: str
    libelle: str
    adresse: str
    code_postal: str
    commune: str
    departement: str
    etat: str
    fermeture: str


@dataclass
class Lot:
    """Some lines of a file, in its order: the values of `LigneEj` and of `LigneEt`, bare, for there are many."""

    entites: list[tuple[str | int, ...]] = field(default_factory=list)
    etablissements: list[tuple[str, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entites) + len(self.etablissements)


@dataclass
class Recit:
    """What a file says of itself, known once it is read to its end.

    Attributes:
        format: what the person reads of the format.
        date_source: the day it was made, None when it does not say.
        alertes: what was left aside, as French sentences.
        groupee: whether an entity and its établissements always come in one `Lot`.
    """

    format: str = ""
    date_source: date | None = None
    alertes: tuple[str, ...] = ()
    groupee: bool = False


def lire_ej(
    ligne: LigneEj, etablissements: Sequence[Etablissement], date_source: date | None
) -> EntiteJuridique:
    """The entity of a line, with its établissements."""
    if not ligne.fiche:
        return entite_sans_fiche(ligne.finess, etablissements)
    statut = statut_de(ligne.statut)
    sans_nom = (f"L’annuaire ne donne pas le nom de l’entité juridique {ligne.finess}.",)
    return EntiteJuridique(
        finess=ligne.finess,
        nom=ligne.nom or f"Entité juridique {ligne.finess}",
        sigle=ligne.sigle,
        siren=ligne.siren,
        siret="",
        statut_juridique=ligne.statut,
        forme_juridique=statut.libelle,
        association=statut.association,
        adresse=ligne.adresse,
        code_postal=ligne.code_postal,
        commune=ligne.commune,
        departement=ligne.departement,
        telephone=ligne.telephone,
        courriel=ligne.courriel,
        active=est_ouvert(ligne.etat, jour(ligne.fermeture), date_source),
        etablissements=tuple(etablissements),
        reserves=() if ligne.nom else sans_nom,
    )


def lire_et(ligne: LigneEt, date_source: date | None, capacite: int | None = None) -> Etablissement:
    """The établissement of a line. `capacite`: places, when the twin file gives them."""
    connue = categories().get(ligne.categorie)
    libelle = ligne.libelle or (connue.libelle if connue else "")
    fermeture = jour(ligne.fermeture)
    ouvert = est_ouvert(ligne.etat, fermeture, date_source)
    return Etablissement(
        finess=ligne.finess,
        finess_ej=ligne.finess_ej,
        nom=ligne.nom or f"Établissement {ligne.finess}",
        siret=ligne.siret,
        categorie=ligne.categorie,
        categorie_libelle=libelle,
        champ=champ_de(ligne.categorie),
        adresse=ligne.adresse,
        code_postal=ligne.code_postal,
        commune=ligne.commune,
        departement=ligne.departement,
        actif=ouvert,
        date_fermeture=fermeture,
        motif_exclusion=motif_exclusion(ligne.categorie, libelle, ouvert, fermeture),
        capacite=capacite,
    )


def siren_commun(sirets: Iterable[str]) -> str:
    """The SIREN that all these SIRET share, empty when they do not, or when it is wrong."""
    sirens = {s[:9] for s in sirets if s}
    siren = sirens.pop() if len(sirens) == 1 else ""
    return "" if siren and defaut_siren(siren) else siren


def entite_sans_fiche(finess: str, etablissements: Sequence[Etablissement]) -> EntiteJuridique:
    """The file of établissements names no entity: only its number, and the SIREN they all share, are known."""
    reserves = [
        f"L’ancien format ne donne que le numéro de l’entité juridique {finess} : "
        "son nom, sa forme et son siège sont à saisir."
    ]
    siren = siren_commun(e.siret for e in etablissements)
    if siren:
        reserves.append(f"Le SIREN de {finess} est tiré du SIRET de ses établissements : il est à vérifier.")
    return EntiteJuridique(
        finess=finess,
        nom=f"Entité juridique {finess}",
        sigle="",
        siren=siren,
        siret="",
        statut_juridique="",
        forme_juridique="",
        association=None,
        adresse="",
        code_postal="",
        commune="",
        departement="",
        telephone="",
        courriel="",
        active=True,
        etablissements=tuple(etablissements),
        reserves=tuple(reserves),
    )
