"""The tables of the maps of risks: register, plan of actions, words of the scales."""

from collections.abc import Sequence

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre import Colonne, Contenu, Tableau, Texte, gras
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.risques_types import AXES
from esms_desktop.nomenclature.vocabulaire import EtatAction, NatureAction
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.regles.texte import net

# Past as many structures, the others are counted: their own maps name them.
_NOMS_MAX = 6


def carte_commune(dossier: Dossier) -> str:
    """What is called the map of all: one organisme alone makes no grappe."""
    return "Projet" if len(dossier.ogs) == 1 else "Grappe"


def noms(structures: Sequence[Essms]) -> str:
    """Structures by name; past a few, how many more. One more is named rather than counted."""
    dits = [e.nom for e in structures]
    return ", ".join(dits) if len(dits) <= _NOMS_MAX + 1 else francais.resumer(dits, _NOMS_MAX)


def etat(action: ActionRisque) -> str:
    """Where an action stands, in words."""
    return EtatAction(action.etat or EtatAction.A_FAIRE).libelle


def nature(action: ActionRisque) -> str:
    """What an action is for, in words."""
    return NatureAction(action.nature or NatureAction.PREVENTIVE).libelle


def registre(risques: Sequence[Risque], carte: str = "") -> Tableau:
    """The risks of a whole map, the most critical first: what they are, their criticality before and after, the actions.

    `carte`: whose map it is, repeated with the header on each page.
    """
    numeros = regles.codes(risques)
    tries = sorted(risques, key=lambda r: -(regles.criticite(r) or 0))
    return Tableau(
        (
            Colonne("N°", 0.5),
            Colonne(f"Risque · {carte}" if carte else "Risque", 3.3),
            Colonne("Avant actions", 0.85),
            Colonne("Après actions", 0.85),
            Colonne("Actions", 3.2),
        ),
        tuple(
            (
                gras(numeros[r]),
                _risque(r),
                _criticite(r, apres=False),
                _criticite(r, apres=True),
                _actions(r),
            )
            for r in tries
        ),
    )


def _risque(r: Risque) -> Contenu:
    suite = ""
    if net(r.cause):
        suite += f"\n{entete_de('risque.cause')} : {net(r.cause)}"
    if net(r.consequence):
        suite += f"\n{entete_de('risque.consequence')} : {net(r.consequence)}"
    tete = (gras(regles.intitule(r)), Texte(f"\n{regles.categorie(r).libelle}", italique=True))
    return (*tete, Texte(suite)) if suite else tete


def _criticite(r: Risque, apres: bool) -> Contenu:
    cote = regles.cotation(r, apres)
    if cote is None:
        return "À évaluer" if not apres else "—"
    p, g = cote
    return (gras(f"{p * g}\n{regles.niveau(p * g).libelle}"), Texte(f"\nP\u00a0{p} ×\u00a0G\u00a0{g}"))


def _actions(r: Risque) -> Contenu:
    if not r.actions:
        return "—"
    return "\n".join(f"• {nature(a)} : {net(a.intitule)} ({_suivi(a)})" for a in r.actions)


def _suivi(a: ActionRisque) -> str:
    echeance = francais.date_courte(a.echeance) if a.echeance else ""
    return ", ".join(t for t in (net(a.responsable), echeance, francais.minuscule(etat(a))) if t)


def plan_actions(dossier: Dossier, actions: Sequence[ActionRisque]) -> Tableau:
    """The actions in the order given, with the total of their costs when there is one; those given up do not count.

    The same action on the same risk of several structures is one row, which names them and adds its costs.
    """
    numeros = regles.numero(dossier)
    total = regles.cout_total_cents(actions)
    chiffre = any(a.cout_cents is not None for a in actions)
    colonnes = (
        Colonne(entete_de("action_risque.echeance"), 0.95),
        Colonne("Action", 2.5),
        Colonne("Pour le risque", 2.7),
        Colonne(entete_de("action_risque.responsable"), 1.3),
        Colonne(entete_de("action_risque.etat"), 1.05),
        *((Colonne(entete_de("action_risque.cout_cents"), 0.9, "droite"),) if chiffre else ()),
    )
    return Tableau(
        colonnes,
        tuple(
            (
                francais.date_courte(a.echeance) if a.echeance else "Sans date",
                (Texte(net(a.intitule)), Texte(f"\n{nature(a)}", italique=True)),
                _pour(dossier, [x.risque for x in pareilles], numeros),
                net(a.responsable) or "—",
                etat(a).replace(" ", francais.NBSP),
                *((_cout(pareilles),) if chiffre else ()),
            )
            for a, *autres in _pareilles(actions)
            for pareilles in ([a, *autres],)
        ),
        ("Total, sans les actions abandonnées", "", "", "", "", francais.euros(total)) if chiffre else None,
    )


def _pareilles(actions: Sequence[ActionRisque]) -> list[list[ActionRisque]]:
    """The actions that say the same thing of the same risk, in the order of the first of each."""
    groupes: dict[tuple[object, ...], list[ActionRisque]] = {}
    for a in actions:
        qui_quand = (a.echeance, net(a.responsable), etat(a))
        cle = (net(a.intitule), nature(a), *qui_quand, regles.intitule(a.risque))
        groupes.setdefault(cle, []).append(a)
    return list(groupes.values())


def _cout(actions: Sequence[ActionRisque]) -> str:
    dits = [a.cout_cents for a in actions if a.cout_cents is not None]
    return francais.euros(sum(dits)) if dits else "—"


def _pour(dossier: Dossier, risques: Sequence[Risque], numeros: dict[Risque, str]) -> Contenu:
    structures = list(dict.fromkeys(r.essms for r in risques if r.essms is not None))
    commune = [carte_commune(dossier)] if any(r.essms is None for r in risques) else []
    # Each map numbers its own risks.
    codes = {numeros[r] for r in risques}
    code = f"{codes.pop()} " if len(codes) == 1 else ""
    combien = f"{francais.nombre(len(structures))} structures : " if len(structures) > 1 else ""
    ou = " et ".join([*commune, f"{combien}{noms(structures)}"] if structures else commune)
    return (gras(code), Texte(f"{regles.intitule(risques[0])}\n{ou}"))


def echelles(dossier: Dossier) -> Tableau:
    """The words of the two scales."""
    mots = regles.echelles(dossier)
    return Tableau(
        (
            Colonne("Échelle", 1.1),
            Colonne(entete_de("niveau_echelle.niveau"), 0.6, "droite"),
            Colonne(entete_de("niveau_echelle.libelle"), 1.2),
            Colonne("Ce que cela veut dire", 4),
        ),
        tuple(
            (titre, str(n.niveau), gras(n.libelle), n.definition)
            for axe, titre in AXES.items()
            for n in mots.axe(axe)
        ),
    )
