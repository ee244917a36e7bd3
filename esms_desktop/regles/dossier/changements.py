"""What changed between two contents of a signed document, in sentences a director understands."""

from collections.abc import Iterator, Mapping
from typing import Any

from esms_desktop import francais
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES
from esms_desktop.regles.financement.cle import CLES

_CHAMPS_OG = {
    "nom": "le nom",
    "finess_ej": "le numéro FINESS juridique",
    "siren": "le SIREN",
    "siret": "le SIRET",
    "siege": "l’adresse du siège",
    "representant_civilite": "la civilité du représentant",
    "habilitation": "l’habilitation du représentant",
    "forme_juridique": "la forme juridique",
    "dpo_nom": "le délégué à la protection des données",
    "dpo_courriel": "le courriel du délégué à la protection des données",
}
_SIMPLES = {
    "projet": "Le nom du projet",
    "campagne": "La campagne",
    "type": "Le type de projet",
    "porteur": "Le porteur",
    "solution": "La solution retenue",
    "debut": "La date de début du projet",
    "fin": "La date de fin du déploiement",
    "role_donnees": "Le rôle du porteur au regard des données",
}
_TEXTES = {
    "instances": "Les instances du projet ont été modifiées.",
    "objectifs": "Les objectifs du projet ont été modifiés.",
    "textes": "Le texte du document a été modifié.",
}


def changements(avant: Mapping[str, Any], maintenant: Mapping[str, Any]) -> tuple[str, ...]:
    """What changed, one sentence each, the heaviest first; empty when nothing did.

    Args:
        avant, maintenant: contents as `signatures.donnees` gives them; a key that only one of them has is not compared,
            so that a content kept by an older version stays readable.
    """
    if avant == maintenant:
        return ()
    communs = {c: (avant[c], maintenant[c]) for c in avant if c in maintenant and avant[c] != maintenant[c]}
    phrases: list[str] = []
    if "ogs" in communs:
        phrases += _ogs(*communs["ogs"])
    if "essms" in communs:
        phrases += _essms(*communs["essms"])
    for cle, nom in _SIMPLES.items():
        if cle in communs:
            phrases.append(_remplace(nom, *communs[cle]))
    phrases += _montants(communs)
    if "cle" in communs:
        ancienne, nouvelle = (CLES.get(c, c) for c in communs["cle"])
        phrases.append(_remplace("La clé de répartition du reste à charge", ancienne, nouvelle))
    for cle, nom in (
        ("chef_de_projet", "Le chef de projet"),
        ("referents", "Le référent"),
        ("soumis", "Les organismes soumis à la commande publique"),
    ):
        if cle in communs:
            phrases.append(_remplace(nom, *(francais.resumer(noms) for noms in communs[cle])))
    if "declarations" in communs:
        phrases += _declarations(*communs["declarations"])
    phrases += [phrase for cle, phrase in _TEXTES.items() if cle in communs]
    return tuple(phrases)


def _remplace(nom: str, ancien: str, nouveau: str) -> str:
    if not ancien:
        return f"{nom} : « {nouveau} », rien auparavant."
    if not nouveau:
        return f"{nom} : plus rien, « {ancien} » auparavant."
    return f"{nom} : « {ancien} » est devenu « {nouveau} »."


def _ogs(avant: Mapping[str, Any], maintenant: Mapping[str, Any]) -> Iterator[str]:
    for cle, og in maintenant.items():
        if cle not in avant:
            yield f"{og['nom']} a rejoint la grappe."
    for cle, og in avant.items():
        if cle not in maintenant:
            yield f"{og['nom']} a quitté la grappe."
    for cle, og in maintenant.items():
        if cle in avant and avant[cle] != og:
            yield from _og(avant[cle], og)


def _og(avant: Mapping[str, Any], og: Mapping[str, Any]) -> Iterator[str]:
    nom = og["nom"]
    if _different(avant, og, "representant_nom"):
        yield _remplace(f"Représentant {francais.de(nom)}", avant["representant_nom"], og["representant_nom"])
    if _different(avant, og, "representant_qualite"):
        yield _remplace(
            f"Qualité du représentant {francais.de(nom)}",
            avant["representant_qualite"],
            og["representant_qualite"],
        )
    for champ, libelle in _CHAMPS_OG.items():
        if _different(avant, og, champ):
            yield _remplace(f"{nom}, {libelle}", avant[champ], og[champ])


def _different(avant: Mapping[str, Any], apres: Mapping[str, Any], champ: str) -> bool:
    return champ in avant and champ in apres and avant[champ] != apres[champ]


def _essms(avant: Mapping[str, Any], maintenant: Mapping[str, Any]) -> Iterator[str]:
    venus = [e["nom"] for cle, e in maintenant.items() if cle not in avant]
    partis = [e["nom"] for cle, e in avant.items() if cle not in maintenant]
    for noms, un, plusieurs in ((venus, "ajouté", "ajoutés"), (partis, "retiré", "retirés")):
        if noms:
            yield f"{francais.pluriel(len(noms), 'ESSMS')} {francais.accord(len(noms), un, plusieurs)} : {francais.resumer(noms)}."
    for cle, e in maintenant.items():
        if cle not in avant or avant[cle] == e:
            continue
        ancien = avant[cle]
        if ancien["nom"] != e["nom"]:
            yield f"L’ESSMS « {ancien['nom']} » s’appelle maintenant « {e['nom']} »."
        if ancien["finess"] != e["finess"]:
            yield _remplace(f"{e['nom']}, le numéro FINESS", ancien["finess"], e["finess"])
        if ancien["og"] != e["og"] and ancien["nom"] == e["nom"]:
            yield f"{e['nom']} dépend maintenant de : {e['og']}."


def _montants(communs: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    if "postes" in communs:
        avant, maintenant = communs["postes"]
        yield _somme("Le total demandé", sum(avant.values()), sum(maintenant.values()))
        for poste, libelle in LIBELLES_POSTES.items():
            ancien, nouveau = avant.get(poste, 0), maintenant.get(poste, 0)
            if ancien != nouveau:
                yield _somme(f"Poste « {libelle} »", ancien, nouveau)
    if "parts" in communs:
        avant, maintenant = communs["parts"]
        for cle, part in maintenant.items():
            if cle in avant and avant[cle]["cents"] != part["cents"]:
                yield _somme(f"Part {francais.de(part['nom'])}", avant[cle]["cents"], part["cents"])


def _somme(nom: str, ancien: int, nouveau: int) -> str:
    if ancien == nouveau:
        return f"{nom} reste de {francais.euros(nouveau)}, autrement réparti."
    return f"{nom} passe de {francais.euros(ancien)} à {francais.euros(nouveau)}."


def _declarations(avant: Mapping[str, Any], maintenant: Mapping[str, Any]) -> Iterator[str]:
    n = sum(1 for cle, reponses in maintenant.items() if cle in avant and avant[cle] != reponses)
    if n:
        yield f"Les déclarations de {francais.pluriel(n, 'ESSMS')} ont changé."
