"""The checks that a dossier satisfies before anything was given, but for what the directory says: they are no progress."""

from datetime import date
from typing import Any

from stdnum import luhn

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.constats import constats_documents
from esms_desktop.lecture import Dossier, Essms, Og, Version
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.texte import net

# What a new dossier reads from the directory (finess/grappe.py), as far as a check can tell one from another.
_DE_L_OG = ("id", "dossier_id", "rang", "est_porteur", "association", "code_postal", "nb_essms_total")
_DE_L_ESSMS = ("id", "og_id", "rang", "categorie", "champ", "code_postal", "departement")
# What it also reads, which only has to be there.
_PRESENT = "Lu"
_CORSE = str.maketrans("AB", "12")
_Lignes = tuple[tuple[Any, ...], ...]


@fait
def acquis(dossier: Dossier, campagne: Campagne, jour: date) -> frozenset[str]:
    """Codes of the checks that would find nothing to say, had this dossier just been read from the directory.

    They pass because there is nothing to look at yet.
    """
    lus_og, lus_essms = _lus(dossier)
    ogs: dict[int, dict[str, object]] = {}
    essms: dict[int, dict[str, object]] = {}
    for finess, *colonnes in lus_og:
        lu = dict(zip(_DE_L_OG, colonnes, strict=True))
        ogs[lu["id"]] = Og.vierge(
            nom=f"{_PRESENT} {lu['id']}",
            siren=_cle(f"{lu['id']:08d}"[-8:]),
            finess_ej=_numero(finess, 99_999 - lu["id"]),
            adresse=_PRESENT,
            commune=_PRESENT,
            **lu,
        )
    for finess, *colonnes in lus_essms:
        lu = dict(zip(_DE_L_ESSMS, colonnes, strict=True))
        essms[lu["id"]] = Essms.vierge(
            nom=f"{_PRESENT} {lu['id']}",
            finess=_numero(finess, lu["id"]),
            adresse=_PRESENT,
            commune=_PRESENT,
            **lu,
        )
    nu = _seul(dossier.id, dossier.campagne_id, dossier.type_projet, ogs, essms)
    passes = {k.code for k in examiner(nu, campagne, jour).controles if k.satisfait}
    return frozenset(passes | _documents(dossier, campagne, jour))


@fait
def _lus(dossier: Dossier) -> tuple[_Lignes, _Lignes]:
    """The organisations and the structures, the department of their number first: what they are named changes nothing."""
    ogs = [(net(og.finess_ej)[:2], *(getattr(og, c) for c in _DE_L_OG)) for og in dossier.ogs]
    essms = [(net(e.finess)[:2], *(getattr(e, c) for c in _DE_L_ESSMS)) for e in dossier.essms]
    return tuple(ogs), tuple(essms)


def _numero(departement: str, rang: int) -> str:
    """A FINESS number of that department with its key, none where there was none."""
    return _cle(f"{departement}0{rang % 100_000:05d}") if departement else ""


def _cle(debut: str) -> str:
    """The same and its key; the letters of Corsica are read as in FINESS numbers."""
    chiffres = "".join(c if c.isdigit() else "0" for c in debut.translate(_CORSE))
    return debut + str(luhn.calc_check_digit(chiffres))


@fait
def _documents(dossier: Dossier, campagne: Campagne, jour: date) -> frozenset[str]:
    """Those of the documents: a grappe of one structure lacks as much as any other."""
    og = Og.vierge(id=1, dossier_id=dossier.id, nom="Organisme", est_porteur=True)
    essms = Essms.vierge(id=1, og_id=1, nom="Structure")
    nu = _seul(dossier.id, dossier.campagne_id, dossier.type_projet, {1: og}, {1: essms})
    return frozenset(k.code for k in constats_documents(nu, campagne, jour) if k.satisfait)


def _seul(
    cle: int,
    campagne_id: str,
    type_projet: TypeProjet,
    ogs: dict[int, dict[str, object]],
    essms: dict[int, dict[str, object]],
) -> Dossier:
    ligne = Dossier.vierge(id=cle, campagne_id=campagne_id, type_projet=type_projet)
    nu = Version({"dossier": {cle: ligne}, "og": ogs, "essms": essms}).ligne("dossier", cle)
    assert isinstance(nu, Dossier)
    return nu
