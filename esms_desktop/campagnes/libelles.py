"""The values of a campaign as a person reads them: what each key is, and how its value is said."""

from datetime import date

from esms_desktop import francais

SECTIONS = {
    "extensions": "Fichiers admis",
    "taille": "Taille du projet",
    "orientation": "Orientation",
    "eligibilite": "Éligibilité",
    "recevabilite": "Recevabilité",
    "sad": "SAD",
    "cumul": "Cumul avec le SONS",
    "financement": "Financement",
    "financement.acquisition": "Financement, acquisition",
    "financement.conformite": "Financement, mise en conformité",
    "financement.prestation_segur": "Prestation Ségur",
    "versements": "Versements",
    "unites": "Unité de compte des pièces",
    "durees": "Durées",
    "limites": "Limites du téléservice",
    "pieces": "Pièces",
    "fenetres": "Fenêtres de dépôt",
    "contacts": "Contacts",
    "remarques": "Remarques",
}
_CHAMPS = {
    "extensions": "Extensions admises",
    "taille.minimum": "Nombre minimum d’ESSMS",
    "taille.minimum_derogatoire": "Minimum dans les territoires dérogatoires",
    "taille.territoires_derogatoires": "Territoires dérogatoires",
    "taille.minimum_og": "Nombre minimum d’organismes",
    "taille.og_seul_des": "Un organisme seul, à partir de (ESSMS)",
    "taille.maximum_finance": "Nombre maximum d’ESSMS financés",
    "taille.petit_og_sous": "Un OG est petit sous (ESSMS)",
    "orientation.maille": "Maille d’instruction",
    "orientation.seuil_national": "Seuil du niveau national (ESSMS)",
    "orientation.national_multi_region": "National seulement dans plusieurs régions",
    "orientation.portee_nationale_admise": "Portée nationale admise sous le seuil",
    "orientation.ars_de_depot": "ARS de dépôt",
    "orientation.financeur_national": "Financeur national dans GALIS",
    "orientation.financeur_regional": "Financeur régional dans GALIS",
    "orientation.demande_par_champ": "Une demande par champ",
    "eligibilite.champs": "Champs ouverts",
    "eligibilite.champs_en_partie": "Un autre champ est signalé, non refusé",
    "eligibilite.agregats": "Agrégats FINESS du périmètre",
    "eligibilite.categories_exclues": "Catégories exclues",
    "eligibilite.accord_entite_nationale": "Accord de l’entité nationale",
    "eligibilite.part_confort_exclue": "Part de confort exclue",
    "eligibilite.prorata_heures": "Prorata des heures éligibles",
    "eligibilite.decoupage_finess": "Découpage FINESS signalé",
    "recevabilite.points_sans_objet": "Points sans objet",
    "recevabilite.finess_geographique": "FINESS géographique exigé",
    "recevabilite.siret_porteur": "SIRET du porteur exigé",
    "recevabilite.date_plancher": "Date plancher",
    "recevabilite.non_redondance": "Non-redondance des financements",
    "recevabilite.meme_solution": "Même solution, acquisition",
    "recevabilite.meme_solution_conformite": "Même solution, mise en conformité",
    "recevabilite.regle_solution": "Référencement de la solution",
    "recevabilite.champs_majorite": "Champs de la majorité",
    "recevabilite.champs_dispenses": "Champs dispensés de référencement",
    "recevabilite.referencement_avant_parametrage": "Référencement avant paramétrage",
    "sad.obligatoire_acquisition": "SAD obligatoire en acquisition",
    "sad.exception_marche": "Exception : marché en cours",
    "sad.exception_hors_champs": "Exception : hors champs",
    "sad.champs": "Champs du SAD",
    "cumul.acquisition": "Cumul en acquisition",
    "cumul.conformite_version_anterieure": "Cumul, version antérieure",
    "cumul.conformite_version_referencee": "Cumul, version référencée",
    "cumul.sans_reengagement": "Sans réengagement contractuel",
    "financement.dernier_rang_plein": "Dernier ESSMS au plein tarif",
    "financement.equipement_national": "Équipement d’un projet national",
    "financement.petits_og_sous_reserve": "Aides aux petits OG sous réserve",
    "financement.prestation_segur.montree": "Prestation Ségur montrée",
    "financement.prestation_segur.unitaire_euros": "Par ESSMS",
    "financement.prestation_segur.unitaire_petit_euros": "Par ESSMS d’un petit OG",
    "financement.prestation_segur.avance_pourcent": "Avance",
    "financement.prestation_segur.solde_pourcent": "Solde",
    "versements.avance_pourcent": "Avance",
    "versements.solde_pourcent": "Solde",
    "versements.delai_solde_mois": "Du déploiement au solde (mois)",
    "unites.autodiagnostics": "Autodiagnostics demandés par",
    "unites.lettres": "Lettre d’engagement",
    "durees.acquisition_mois": "Durée maximale, acquisition (mois)",
    "durees.conformite_mois": "Durée maximale, mise en conformité (mois)",
    "limites.fichier_octets": "Taille d’un fichier (octets)",
    "limites.total_octets": "Taille de tous les fichiers (octets)",
}
_BAREME = {
    "usages_euros": "Usages",
    "usages_au_dela_euros": "Usages, au-delà du dernier rang plein",
    "logiciel_referencee_euros": "Logiciel référencé",
    "logiciel_referencee_au_dela_euros": "Logiciel référencé, au-delà",
    "logiciel_en_cours_euros": "Logiciel en cours de référencement",
    "logiciel_en_cours_au_dela_euros": "Logiciel en cours, au-delà",
    "logiciel_non_referencee_euros": "Logiciel non référencé",
    "logiciel_non_referencee_au_dela_euros": "Logiciel non référencé, au-delà",
    "equipement_euros": "Équipement, par ESSMS d’un petit OG",
    "amoa_marche_euros": "AMOA marché",
    "pilotage_euros": "AMOA et pilotage",
}


def libelle(chemin: str) -> str:
    """What a key is: « Nombre minimum d’ESSMS »."""
    if chemin in _CHAMPS:
        return _CHAMPS[chemin]
    section, _, champ = chemin.rpartition(".")
    if section == "pieces":
        return f"Pièce {champ}"
    return _BAREME.get(champ, champ.replace("_", " "))


def section(chemin: str) -> str:
    """The heading a key stands under."""
    return SECTIONS.get(chemin.rpartition(".")[0] or chemin, chemin)


def dire(chemin: str, valeur: object) -> str:
    """A value in words: an amount in euros, a share in percent, « aucun » where there is none."""
    if valeur is None:
        return "aucune" if chemin.endswith("plancher") else "aucun"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return francais.date_courte(valeur)
    if isinstance(valeur, int):
        if chemin.endswith("_euros"):
            return francais.euros(valeur * 100)
        return f"{valeur}{francais.NBSP}%" if chemin.endswith("_pourcent") else francais.nombre(valeur)
    if isinstance(valeur, list | tuple):
        return ", ".join(str(v) for v in valeur) or "aucun"
    return str(valeur)
