"""The columns that a list of ESSMS may have: their titles, what their cells mean, and how a value is shown back."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from esms_desktop.echanges.tables import valeurs
from esms_desktop.echanges.tables.grille import Cellule, Grille
from esms_desktop.echanges.tables.tableau import Rubrique
from esms_desktop.echanges.tables.valeurs import Lire, Lu
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import TIRET, mots
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.categories import (
    Categorie,
    categories,
    lire_categorie,
    lire_champ,
    valeurs_de_categorie,
)
from esms_desktop.nomenclature.numeros import defaut_finess, defaut_siret, normaliser
from esms_desktop.nomenclature.territoires import libelle_departement, lire_departement

FINESS, SIRET, NOM, COMMUNE = "finess", "siret", "nom", "commune"
OG, OG_EJ, OG_SIREN, SOLUTION = "og", "og_finess", "og_siren", "solution"


@dataclass(frozen=True)
class RubriqueEssms(Rubrique):
    """A column of a list of ESSMS. `lire`: what its cells mean."""

    lire: Lire = field(kw_only=True)


def _rubrique(
    nom: str, libelle: str, exacts: str, motif: str, lire: Lire, repere: bool = False, faibles: str = ""
) -> RubriqueEssms:
    return RubriqueEssms(
        nom,
        libelle,
        tuple(exacts.split("|")),
        re.compile(motif) if motif else None,
        repere,
        nom in (FINESS, SIRET),
        tuple(faibles.split("|")),
        "prenom" if nom == NOM else "",
        lire=lire,
    )


def _departement(c: Cellule) -> Lu:
    return Lu(lire_departement(valeurs.lisible(c)) or None)


def _champ(c: Cellule) -> Lu:
    return Lu(lire_champ(valeurs.lisible(c)))


# The first whose pattern fits wins: the numbers of a legal entity come before those of a place, « adresse mail » before « adresse ».
RUBRIQUES: tuple[RubriqueEssms, ...] = (
    _rubrique(
        OG_EJ,
        "FINESS de l’organisme (EJ)",
        "finess ej|ej|n finess ej|nofinessej|numfinesspm|n ej|finess juridique|finess entite juridique|finess og",
        r"finess.*\b(ej|juridique|gestionnaire|og|organisme|pm)\b|\b(ej|juridique)\b.*finess",
        valeurs.finess,
    ),
    _rubrique(
        FINESS,
        "FINESS de l’ESSMS (ET)",
        "finess|n finess|finess et|n finess et|et|nofinesset|numfinessege|finess geographique|n finess geographique|num finess|"
        "numero finess|finess etablissement|finess essms|finess geo|code finess|id finess",
        r"\bfiness\b(?!.*\b(departement|categorie|statut|date|region)\b)|nofiness|numfiness",
        valeurs.finess,
        repere=True,
    ),
    _rubrique(
        SIRET,
        "SIRET",
        "siret|n siret|numero siret|num siret|code siret",
        r"\bsiret\b",
        valeurs.siret,
        repere=True,
    ),
    _rubrique(
        OG_SIREN, "SIREN de l’organisme", "siren|n siren|numero siren|siren og", r"\bsiren\b", valeurs.siren
    ),
    _rubrique(
        OG,
        "Organisme gestionnaire",
        "og|organisme|organisme gestionnaire|gestionnaire|association|entite juridique|raison sociale ej|nom ej|nom og|"
        "nom de l organisme|nom de l organisme gestionnaire|nom du gestionnaire|association gestionnaire|nom de l association|"
        "entite gestionnaire|rs ej|organisme de rattachement",
        r"\b(organisme|association|entite) gestionnaire\b|raison sociale.*\b(ej|gestionnaire|juridique)\b",
        valeurs.texte(300),
    ),
    _rubrique(
        NOM,
        "Nom de l’ESSMS",
        "nom de la structure|structure|structures|nom structure|etablissement|etablissements|nom etablissement|"
        "nom de l etablissement|etablissement service|etablissement ou service|etablissements et services|"
        "nom de l etablissement ou service|nom de l etablissement ou du service|essms|esms|nom essms|nom esms|nom de l essms|"
        "nom de l esms|nom du service|denomination|raison sociale|raison sociale et|rs|rslongue|"
        "libelle structure|libelle etablissement|nomegecourt|nomegelong|nom du site|nom usuel|nom de l ets|ets|"
        "nom complet|nom et|raison sociale de l etablissement",
        r"^(nom|denomination|raison sociale|intitule|libelle|designation)\b.*\b(structure|etablissement|essms|esms|service|"
        r"ets|site|geographique|et|unite)s?\b|^(etablissement|structure|essms|esms)s?\b(?!.*\b(type|categorie|directeur|rattach|"
        r"nombre|nb|numero|n|finess|principal|mail|tel|date|statut)\b)",
        valeurs.texte(300),
        repere=True,
        faibles="nom|libelle|intitule|designation|service|site",
    ),
    _rubrique(
        "categorie",
        "Catégorie",
        "type|types|categorie|categories|type de structure|type d etablissement|type etablissement|type structure|nature|"
        "categorie d etablissement|categorie etablissement|categorie finess|code categorie|libelle categorie|libcategetab|"
        "categetab|type d esms|type d essms|type esms|type essms|categorie essms|categorie esms|code cat|cat|agrement|"
        "type de service|nature de l etablissement|categorie de l etablissement|activite|type d etablissement ou service",
        r"^(code |libelle )?(categorie|type|nature)\b.*\b(etablissement|structure|essms|esms|service|finess|ets|et)s?\b",
        valeurs.categorie,
    ),
    _rubrique("champ", "Champ", "champ|champ d activite|secteur", r"^champ\b", _champ),
    _rubrique(
        "file_active",
        "File active",
        "file active|personnes accompagnees|nombre de personnes accompagnees|nb de personnes accompagnees|usagers|"
        "nombre d usagers|nb usagers|nb d usagers",
        r"\bfile active\b",
        valeurs.entier,
    ),
    _rubrique(
        "capacite",
        "Capacité",
        "places|capacite|nb places|nb de places|nombre de places|n places|capacite autorisee|places autorisees|"
        "capacite totale|nbre de places|nbre places|total places|lits|lits et places|nb lits|nombre de lits|"
        "nombre de lits et places|capacites|capacite autorisee totale",
        r"\b(capacites?|places)\b(?!.*\b(date|vacantes?|occupees?|temporaire|prix|cout|taux)\b)",
        valeurs.entier,
    ),
    _rubrique(
        "code_postal",
        "Code postal",
        "cp|code postal|codepostal|code post",
        r"\bcode postal\b|^cp\b",
        valeurs.code_postal,
    ),
    _rubrique(
        COMMUNE,
        "Commune",
        "ville|commune|localite|communes|villes|lieu|implantation|commune d implantation|nom commune|libelle commune|"
        "ligneacheminement|ville d implantation|cp ville|cp commune|code postal ville|code postal commune|lieu d implantation",
        r"^(?!.*\b(insee|code|cog)\b).*\b(commune|ville|localite)\b",
        valeurs.commune,
    ),
    _rubrique(
        "departement",
        "Département",
        "departement|dept|dep|dpt|departements|libdepartement|code departement|n departement",
        r"^(code |n |numero )?(departement|dept|dpt)\b",
        _departement,
    ),
    _rubrique(
        "adresse",
        "Adresse",
        "adresse|voie|rue|adresse postale|adresse 1|adresse complete|adresse de l etablissement|adresse geographique",
        r"^adresse\b(?!.*\b(mail|courriel|email|e|electronique|web|ip)\b)",
        valeurs.texte(300),
    ),
    _rubrique(
        "dui_actuel",
        "DUI actuel",
        "dui|dui actuel|logiciel|logiciel actuel|logiciel metier|logiciel dui|editeur|editeur actuel|dui en place|"
        "solution actuelle|nom du dui|nom du logiciel|logiciel dossier usager|outil actuel|dossier informatise|editeur dui",
        r"\b(logiciel|dui)\b(?!.*\b(date|cout|version|cible|futur|nombre|nb)\b)",
        valeurs.nom_de_logiciel,
    ),
    _rubrique(
        SOLUTION,
        "Solution retenue",
        "solution|solution cible|dui cible|solution retenue",
        "",
        valeurs.texte(200),
    ),
    _rubrique(
        "financement_europeen",
        "Financement européen",
        "financement europeen|fonds europeens|feder|financement feder",
        r"\bfinancements? europeens?\b",
        valeurs.oui_non,
    ),
    _rubrique(
        "esms_numerique_anterieur",
        "ESMS numérique antérieur",
        "esms numerique anterieur|deja finance esms numerique|esms numerique|esms numerique deja finance",
        r"\besms numerique\b",
        valeurs.oui_non,
    ),
    _rubrique(
        "sons_autre_solution",
        "SONS pour une autre solution",
        "sons pour une autre solution|sons",
        r"\bsons\b",
        valeurs.oui_non,
    ),
    _rubrique(
        "rattache_entite_nationale",
        "Rattachement à une entité nationale",
        "rattachement a une entite nationale|rattache a une entite nationale",
        r"rattach.*\bentite nationale\b",
        valeurs.oui_non,
    ),
    _rubrique(
        "entite_nationale",
        "Entité nationale",
        "entite nationale|nom de l entite nationale",
        "",
        valeurs.texte(300),
    ),
    _rubrique(
        "plusieurs_structures",
        "Plusieurs structures sous un numéro",
        "plusieurs structures|plusieurs structures sous un numero",
        "",
        valeurs.oui_non,
    ),
    _rubrique(
        "heures_eligibles", "Heures éligibles", "heures eligibles", r"\bheures eligibles\b", valeurs.entier
    ),
    _rubrique("heures_totales", "Heures totales", "heures totales", r"\bheures totales\b", valeurs.entier),
)
PAR_NOM: Mapping[str, RubriqueEssms] = {r.nom: r for r in RUBRIQUES}
# What tells whose an ESSMS is: no column of its own.
ETRANGERES = frozenset((OG, OG_EJ, OG_SIREN))
# What people still call by its former name: the directory is more precise, and keeps its word.
_ANCIENNES = {"437": frozenset(("448",)), "382": frozenset(("449",)), "252": frozenset(("449",))}


def colonnes_devinees(grille: Grille) -> dict[int, str]:
    """The field of each column of a list without titles, from what most of its cells hold."""
    votes: dict[int, Counter[str]] = {}
    for rangee in grille.rangees[:200]:
        for rang, c in rangee.cellules.items():
            if genre := _genre(c):
                votes.setdefault(rang, Counter())[genre] += 1
            elif len(c.texte.strip()) > 3 and not any(x.isdigit() for x in c.texte[:3]):
                votes.setdefault(rang, Counter())[NOM] += 1
    trouvees: dict[int, str] = {}
    for nom in (FINESS, SIRET, "categorie", "code_postal", NOM):
        possibles = [
            (compte[nom], -rang)
            for rang, compte in votes.items()
            if rang not in trouvees and compte[nom] and compte[nom] * 2 > sum(compte.values())
        ]
        if possibles:
            trouvees[-max(possibles)[1]] = nom
    return trouvees


def _genre(c: Cellule) -> str:
    try:
        net = valeurs.finess(c).valeur or ""
        if net and defaut_finess(net) is None:
            return FINESS
    except ErreurSaisie:
        pass
    net = normaliser(c.texte)
    if len(net) == 14 and defaut_siret(net) is None:
        return SIRET
    if re.fullmatch(r"\d{5}", net, re.ASCII):
        return "code_postal"
    if len(mots(c.texte)) <= 2 and not net.isdecimal():
        try:
            return "categorie" if lire_categorie(c.texte) else ""
        except ErreurSaisie:
            return ""
    return ""


def colonnes_a_ecrire(nom: str, valeur: Any, dossier: Dossier) -> dict[str, Any]:
    """The columns of an ESSMS that a value of a list fills in.

    Raises:
        ErreurSaisie: it names a solution that the dossier does not have.
    """
    if nom == "categorie":
        return valeurs_de_categorie(valeur)
    if nom == SOLUTION:
        for solution in dossier.solutions:
            if mots(solution.nom) == mots(valeur):
                return {"solution_id": solution.id}
        raise ErreurSaisie(
            "le dossier n’a pas de solution de ce nom : ajoutez-la d’abord dans l’onglet Solutions"
        )
    return {nom: valeur}


def valeur_de(essms: Essms, nom: str) -> Any:
    """What an ESSMS says of a field of a list."""
    if nom == SOLUTION:
        return essms.solution.nom if essms.solution else ""
    return getattr(essms, nom)


def meme(nom: str, avant: Any, apres: Any) -> bool:
    """Whether a list says what is there already: case, accents and signs of a text do not count."""
    if isinstance(apres, Categorie):
        return bool(avant) and (avant == apres.code or avant in _ANCIENNES.get(apres.code, ()))
    if nom in (FINESS, SIRET):
        return bool(normaliser(avant or "") == apres)
    if isinstance(apres, str) and isinstance(avant, str):
        return mots(avant) == mots(apres) and bool(avant) == bool(apres)
    return bool(avant == apres)


def ecrire(nom: str, valeur: Any) -> str:
    """A value as the table of differences shows it; a dash when there is none."""
    if valeur is None or valeur == "":
        return TIRET
    if isinstance(valeur, Categorie):
        return f"{valeur.code} {valeur.libelle_court or valeur.libelle}"
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if nom == "categorie":
        connue = categories().get(valeur)
        return f"{valeur} {connue.libelle_court or connue.libelle}" if connue else str(valeur)
    if nom == "departement":
        return libelle_departement(valeur)
    return str(valeur)
