"""The checks that a dossier satisfies before anything was given, but for what the directory says: they are no progress."""

from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.constats import constats_documents
from esms_desktop.lecture import Dossier, Essms, Og, Version
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.examen import examiner

# What a new dossier reads from the directory (finess/grappe.py).
_DE_L_OG = (
    "id",
    "dossier_id",
    "rang",
    "est_porteur",
    "nom",
    "sigle",
    "forme_juridique",
    "association",
    "siren",
    "siret",
    "finess_ej",
    "adresse",
    "code_postal",
    "commune",
    "telephone",
    "courriel",
    "nb_essms_total",
)
_DE_L_ESSMS = (
    "id",
    "og_id",
    "rang",
    "finess",
    "siret",
    "nom",
    "categorie",
    "categorie_libelle",
    "champ",
    "adresse",
    "code_postal",
    "commune",
    "departement",
)


@fait
def acquis(dossier: Dossier, campagne: Campagne, jour: date) -> frozenset[str]:
    """Codes of the checks that would find nothing to say, had this dossier just been read from the directory.

    They pass because there is nothing to look at yet.
    """
    ogs, essms = {}, {}
    for og in dossier.ogs:
        ogs[og.id] = Og.vierge(**{c: getattr(og, c) for c in _DE_L_OG})
        for e in og.essms:
            essms[e.id] = Essms.vierge(**{c: getattr(e, c) for c in _DE_L_ESSMS})
    nu = _seul(dossier.id, dossier.campagne_id, dossier.type_projet, ogs, essms)
    passes = {k.code for k in examiner(nu, campagne, jour).controles if k.satisfait}
    return frozenset(
        passes | _documents(dossier.id, dossier.campagne_id, dossier.type_projet, campagne, jour)
    )


def _documents(
    cle: int, campagne_id: str, type_projet: TypeProjet, campagne: Campagne, jour: date
) -> set[str]:
    """Those of the documents: a grappe of one structure lacks as much as any other."""
    og = Og.vierge(id=1, dossier_id=cle, nom="Organisme", est_porteur=True)
    essms = Essms.vierge(id=1, og_id=1, nom="Structure")
    nu = _seul(cle, campagne_id, type_projet, {1: og}, {1: essms})
    return {k.code for k in constats_documents(nu, campagne, jour) if k.satisfait}


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
