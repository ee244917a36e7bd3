"""The page where each field of the catalogue is filled in."""

from collections.abc import Mapping

from esms_desktop.regles.constats import Page

# By field, where it is not the page of its table; by table.
_DES_CHAMPS: Mapping[str, Page] = {
    "dossier.portee_nationale": Page.RECEVABILITE,
    "dossier.date_debut_projet": Page.RECEVABILITE,
    "dossier.date_debut_parametrage": Page.RECEVABILITE,
    "dossier.date_convention": Page.FINANCEMENT,
    "dossier.date_fin_deploiement": Page.FINANCEMENT,
    "dossier.cle_repartition": Page.FINANCEMENT,
    "dossier.date_depot_prevue": Page.DEPOT,
    "dossier.role_donnees": Page.GOUVERNANCE,
    "dossier.amoa_nom": Page.GOUVERNANCE,
    "dossier.mutualisation": Page.GOUVERNANCE,
    "dossier.strategie_deploiement": Page.DEPLOIEMENT,
    "dossier.strategie_formation": Page.DEPLOIEMENT,
    "solution.prix_cents": Page.FINANCEMENT,
    "essms.financement_europeen": Page.RECEVABILITE,
    "essms.esms_numerique_anterieur": Page.RECEVABILITE,
    "essms.sons_autre_solution": Page.RECEVABILITE,
    "essms.vague_id": Page.DEPLOIEMENT,
}
_DES_TABLES: Mapping[str, Page] = {
    "og": Page.GRAPPE,
    "essms": Page.GRAPPE,
    "solution": Page.RECEVABILITE,
    "contact": Page.GOUVERNANCE,
    "instance": Page.GOUVERNANCE,
    "vague": Page.DEPLOIEMENT,
    "session_formation": Page.DEPLOIEMENT,
    "action_communication": Page.DEPLOIEMENT,
    "tache": Page.PLANNING,
    "lien_tache": Page.PLANNING,
    "cout": Page.FINANCEMENT,
    "cout_rh": Page.FINANCEMENT,
    "ressource": Page.FINANCEMENT,
    "materiel": Page.FINANCEMENT,
    "risque": Page.RISQUES,
    "point_preparation": Page.PREPARATION,
}


def page_du_champ(code: str) -> Page | None:
    """The page where a field is filled in; None for a text written in the document itself."""
    return _DES_CHAMPS.get(code) or _DES_TABLES.get(code.partition(".")[0])
