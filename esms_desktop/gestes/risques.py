"""What is done to the maps of risks: each function is one gesture, undone in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esms_desktop import model
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import pluriel, resumer
from esms_desktop.gestes.lignes import saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import ActionRisque, Dossier, Essms, EvaluationStructure, Risque
from esms_desktop.nomenclature.risques_types import AXES, RisqueType, actions_types, risques_types
from esms_desktop.nomenclature.vocabulaire import EtatAction
from esms_desktop.regles.dossier.risques import (
    Echelle,
    LigneRemontee,
    cle_commune,
    comparable,
    criticite,
    echelle_type,
    echelles,
    intitule,
    par_carte,
    risques_de,
    risques_grappe,
    risques_structure,
    sans_risque,
    titres_connus,
)
from esms_desktop.regles.texte import net
from esms_desktop.store.conflits import jamais_vue
from esms_desktop.store.porte import Porte

_CHAMPS = (
    "intitule",
    "categorie",
    "cause",
    "consequence",
    "probabilite",
    "gravite",
    "probabilite_residuelle",
    "gravite_residuelle",
    "origine",
    "notes",
)
_CHAMPS_ACTION = ("rang", "intitule", "nature", "responsable", "echeance", "cout_cents")


@dataclass(frozen=True)
class Copie:
    """What a copy did to one structure. `ajoutes`, `deja`, `retires`: risks added, already there, replaced."""

    essms: Essms
    ajoutes: int
    deja: int
    retires: int


@geste(
    "risques.ajouter",
    "Ajouter un risque",
    "risque",
    essms="rien\u00a0: à la carte de la grappe",
    sauf="essms_id",
)
def ajouter(porte: Porte, /, dossier: Dossier, essms: Essms | None = None, **champs: Any) -> model.Risque:
    """Adds a risk at the end of the map of a structure, or of the grappe when `essms` is None.

    Raises:
        ErreurSaisie: the title is empty, or a value is refused.
    """
    _exiger_intitule(champs.get("intitule", ""), "du risque")
    # Its rank is after those that the gesture under way has already added.
    risque = _neuf(dossier, essms, _rang(porte.relire(dossier), essms), champs)
    with porte.geste(f"Ajouter le risque « {risque.intitule} »"):
        porte.ajouter(risque, libelle="Ajouter un risque")
        _ne_plus_dire_sans(porte, dossier, essms)
    return risque


@geste("risques.ajouter-action", "Ajouter une action à un risque", "action_risque", sauf="risque_id")
def ajouter_action(porte: Porte, /, risque: Risque, **champs: Any) -> model.ActionRisque:
    """Adds an action at the end of those of a risk.

    Raises:
        ErreurSaisie: the title is empty, or a value is refused.
    """
    _exiger_intitule(champs.get("intitule", ""), "de l’action")
    actuel = porte.relire(risque.dossier).trouver(Risque, risque.id)
    rang = max((a.rang for a in actuel.actions), default=-1) + 1 if actuel is not None else 0
    action = model.ActionRisque(dossier_id=risque.dossier_id, risque_id=risque.id, rang=rang, **champs)
    porte.ajouter(action, libelle=f"Ajouter l’action « {action.intitule} »")
    return action


def deja_la(dossier: Dossier, essms: Essms | None) -> set[str]:
    """The entries of the library that the map of a structure (None: of the grappe) already has, even typed by hand."""
    titres = {comparable(t.intitule): t.code for t in risques_types().values()}
    return {cle_commune(r, titres) for r in risques_de(dossier, essms)} & risques_types().keys()


@geste("risques.bibliotheque", "Ajouter des risques de la bibliothèque", cles="les codes de la bibliothèque")
def ajouter_de_la_bibliotheque(
    porte: Porte,
    dossier: Dossier,
    cles: Sequence[str],
    essms: Essms | None = None,
    avec_actions: bool = True,
) -> list[model.Risque]:
    """Adds typical risks, in the order of the library, to the map of a structure or of the grappe; answers those added.

    Nothing is assessed: probability and gravity stay for the person. What the map already has is left alone.

    Args:
        avec_actions: with the actions proposed, to be done, without responsible nor date.

    Raises:
        ErreurSaisie: no such entry in the library.
    """
    if inconnus := [cle for cle in cles if cle not in risques_types()]:
        raise ErreurSaisie(
            f"«\u00a0{inconnus[0]}\u00a0» n’est pas dans la bibliothèque des risques.",
            f"Elle a\u00a0: {', '.join(risques_types())}.",
        )
    voulus = set(cles) - deja_la(dossier, essms)
    types = [t for t in risques_types().values() if t.code in voulus]
    if not types:
        return []
    premier = _rang(dossier, essms)
    neufs = [_du_type(dossier, essms, premier + i, t, avec_actions) for i, t in enumerate(types)]
    with porte.geste(f"Ajouter {pluriel(len(neufs), 'risque')} de la bibliothèque"):
        porte.ajouter(*neufs, libelle="Ajouter des risques")
        _ne_plus_dire_sans(porte, dossier, essms)
    return neufs


@geste(
    "risques.copier",
    "Copier la carte des risques vers des structures",
    source="rien\u00a0: celle de la grappe",
)
def copier_carte(
    porte: Porte, dossier: Dossier, source: Essms | None, cibles: Sequence[Essms], remplacer: bool = False
) -> list[Copie]:
    """Copies the map of `source` (None: of the grappe) to structures, with its assessments and its actions.

    A copied action is to be done: what was done in one structure is not done in another.

    Args:
        remplacer: the risks of the targets are taken away first; otherwise each only gets the risks it lacks (same entry
            of the library or same title), and keeps its own untouched.

    Raises:
        ErreurSaisie: the source has no risk, or no other structure is given.
    """
    modeles = risques_de(dossier, source)
    if not modeles:
        raise ErreurSaisie(
            "La carte à copier n’a aucun risque.", "Choisissez une carte remplie, ou remplissez celle-ci."
        )
    autres = [e for e in dict.fromkeys(cibles) if source is None or e.id != source.id]
    if not autres:
        raise ErreurSaisie("Aucune structure n’est choisie.", "Choisissez les structures à remplir.")
    titres = titres_connus(dossier.risques)
    cles = [cle_commune(r, titres) for r in modeles]
    cartes = {e.id: siens for e, siens in par_carte(dossier).items() if e is not None}
    copies: list[Copie] = []
    neufs: list[model.Risque] = []
    retires: list[Risque] = []
    for cible in autres:
        siens = cartes.get(cible.id, [])
        pris = set() if remplacer else {cle_commune(r, titres) for r in siens}
        manquants = [r for r, cle in zip(modeles, cles, strict=True) if cle not in pris]
        premier = 0 if remplacer else _suivant(siens)
        neufs += [_copie(dossier, cible, premier + i, r) for i, r in enumerate(manquants)]
        retires += siens if remplacer else []
        copies.append(
            Copie(cible, len(manquants), len(modeles) - len(manquants), len(siens) if remplacer else 0)
        )
    with porte.geste(f"Copier la carte des risques vers {pluriel(len(autres), 'structure')}"):
        if retires:
            porte.retirer(*retires, libelle="Remplacer les risques")
        if neufs:
            porte.ajouter(*neufs, libelle="Copier les risques")
        for copie in copies:
            if copie.ajoutes:
                _ne_plus_dire_sans(porte, dossier, copie.essms)
    return copies


def proposer_a_la_grappe(
    porte: Porte, dossier: Dossier, lignes: Iterable[LigneRemontee]
) -> list[model.Risque]:
    """Adds risks that structures share to the map of the grappe, worded and assessed as the most critical of them.

    Those the grappe already has are left alone. Answers those added. Actions stay with the structures.
    """
    modeles = [max(x.risques, key=lambda r: criticite(r) or 0) for x in lignes if x.a_la_grappe is None]
    if not modeles:
        return []
    premier = _rang(dossier, None)
    neufs = [
        _neuf(dossier, None, premier + i, {c: getattr(r, c) for c in _CHAMPS if c != "notes"})
        for i, r in enumerate(modeles)
    ]
    porte.ajouter(*neufs, libelle=f"Proposer {pluriel(len(neufs), 'risque')} à la grappe")
    return neufs


@geste("risques.ranger", "Changer l’ordre des risques")
def ranger(porte: Porte, risques: Sequence[Risque]) -> bool:
    """Gives one map the order of this list, which is also that of the numbers; says whether something moved."""
    with porte.geste("Changer l’ordre des risques"):
        bouges = [porte.modifier(r, rang=rang) for rang, r in enumerate(risques)]
    return any(bouges)


@geste("risques.retirer", "Retirer des risques, avec leurs actions")
def retirer(porte: Porte, risques: Sequence[Risque]) -> None:
    """Removes risks with their actions."""
    if risques:
        noms = resumer([f"« {intitule(r)} »" for r in risques], au_plus=1)
        porte.retirer(*risques, libelle=f"Retirer {noms}")


def renommer_echelle(porte: Porte, dossier: Dossier, voulue: Echelle) -> bool:
    """Keeps the words of the two scales; a level worded as ours, or left empty, is no longer kept. Says what changed.

    Raises:
        ErreurSaisie: two levels of an axis would have the same name.
    """
    for axe, titre in AXES.items():
        noms = [comparable(n.libelle or o.libelle) for n, o in _paires(voulue, axe)]
        if len(set(noms)) < len(noms):
            raise ErreurSaisie(
                f"Deux niveaux de l’échelle « {titre} » portent le même nom.",
                "Donnez un nom différent à chaque niveau.",
            )
    gardes = {(n.axe, n.niveau): n for n in dossier.niveaux_echelle}
    actuelle = echelles(dossier)
    change = False
    with porte.geste("Changer les mots des échelles de risque"):
        # Worded in another window since.
        autres = {(n.axe, n.niveau): jamais_vue(n) for n in porte.relire(dossier).niveaux_echelle}
        for axe in AXES:
            for sien, notre in _paires(voulue, axe):
                libelle, definition = net(sien.libelle), net(sien.definition)
                mots = {
                    "libelle": "" if libelle == notre.libelle else libelle,
                    "definition": "" if definition == notre.definition else definition,
                }
                cle = axe, notre.niveau
                garde = gardes.get(cle) or (autres.get(cle) if any(mots.values()) else None)
                if garde is not None and not any(mots.values()):
                    porte.retirer(garde, libelle="Reprendre nos mots")
                    change = True
                elif garde is not None:
                    change |= porte.modifier(garde, **mots)
                elif any(mots.values()):
                    neuf = model.NiveauEchelle(dossier_id=dossier.id, axe=axe, niveau=notre.niveau, **mots)
                    porte.ajouter(neuf, libelle="Changer un niveau")
                    change = True
    return change and echelles(dossier) != actuelle


@geste("risques.dire-sans-risque", "Dire si une structure n’a pas de risque propre", oui="oui, non, ou rien")
def dire_sans_risque(porte: Porte, dossier: Dossier, essms: Essms, oui: bool | None) -> bool:
    """Keeps whether a structure has no risk of its own (None: not answered); says whether it changed.

    Raises:
        ErreurSaisie: it is said to have none, and its map has some.
    """
    siens = risques_structure(dossier, essms)
    if oui and siens:
        raise ErreurSaisie(
            f"« {essms.nom} » a {pluriel(len(siens), 'risque')} sur sa carte.",
            "Retirez-les d’abord, si aucun ne lui est propre.",
        )
    if sans_risque(dossier, essms) is oui:
        return False
    libelle = {
        True: f"Aucun risque propre à « {essms.nom} »",
        False: f"« {essms.nom} » a des risques propres",
        None: f"Effacer la réponse sur les risques de « {essms.nom} »",
    }[oui]
    with porte.geste(libelle):
        existante = _evaluation(dossier, essms)
        if existante is None and (autre := _evaluation(porte.relire(dossier), essms)):
            # Answered in another window since.
            existante = jamais_vue(autre)
        if existante is not None:
            return porte.modifier(existante, libelle, sans_risque=oui)
        porte.ajouter(
            model.EvaluationStructure(dossier_id=dossier.id, essms_id=essms.id, sans_risque=oui),
            libelle=libelle,
        )
    return True


def _evaluation(dossier: Dossier, essms: Essms) -> EvaluationStructure | None:
    return next((e for e in dossier.evaluations_structures if e.essms_id == essms.id), None)


def _paires(voulue: Echelle, axe: str) -> Iterable[tuple[Any, Any]]:
    return zip(voulue.axe(axe), echelle_type().axe(axe), strict=True)


def _exiger_intitule(texte: str, sujet: str) -> None:
    if not net(texte):
        raise ErreurSaisie(f"L’intitulé {sujet} ne peut pas être vide.", "Saisissez un intitulé.")


def _suivant(risques: Iterable[Risque]) -> int:
    return max((r.rang for r in risques), default=-1) + 1


def _rang(dossier: Dossier, essms: Essms | None) -> int:
    return _suivant(risques_grappe(dossier) if essms is None else risques_structure(dossier, essms))


def _neuf(dossier: Dossier, essms: Essms | None, rang: int, champs: dict[str, Any]) -> model.Risque:
    return model.Risque(dossier_id=dossier.id, essms_id=essms.id if essms else None, rang=rang, **champs)


def _du_type(
    dossier: Dossier, essms: Essms | None, rang: int, modele: RisqueType, avec_actions: bool
) -> model.Risque:
    champs = {c: getattr(modele, c) for c in ("categorie", "intitule", "cause", "consequence")}
    risque = _neuf(dossier, essms, rang, champs | {"origine": modele.code})
    if avec_actions:
        risque.actions = [
            model.ActionRisque(dossier_id=dossier.id, rang=i, intitule=a.intitule, nature=a.nature)
            for i, a in enumerate(actions_types()[modele.code])
        ]
    return risque


def _copie(dossier: Dossier, cible: Essms, rang: int, modele: Risque) -> model.Risque:
    risque = _neuf(dossier, cible, rang, {c: getattr(modele, c) for c in _CHAMPS})
    risque.actions = [
        model.ActionRisque(dossier_id=dossier.id, **{c: getattr(a, c) for c in _CHAMPS_ACTION})
        for a in modele.actions
        if a.etat != EtatAction.ABANDONNEE
    ]
    return risque


def _ne_plus_dire_sans(porte: Porte, dossier: Dossier, essms: Essms | None) -> None:
    """A structure that gets a risk is no longer said to have none."""
    if essms is None:
        return
    for evaluation in dossier.evaluations_structures:
        if evaluation.essms_id == essms.id and evaluation.sans_risque:
            porte.modifier(evaluation, sans_risque=None)


def coller(
    porte: Porte,
    dossier: Dossier,
    essms: Essms | None,
    modifs: Sequence[tuple[Risque, Mapping[str, Any]]],
    neufs: Sequence[Mapping[str, Any]],
    valeurs: int,
) -> None:
    """Writes what was pasted on a map: fields of risks, and new ones at its end. `valeurs`: how many cells."""
    with porte.geste(f"Coller {pluriel(valeurs, 'valeur')}"):
        saisir_tous(porte, modifs, "Coller")
        # One by one: the rank of each looks at those before it.
        for champs in neufs:
            ajouter(porte, dossier, essms, **champs)


def coller_actions(
    porte: Porte,
    modifs: Sequence[tuple[ActionRisque, Mapping[str, Any]]],
    risque: Risque | None,
    neufs: Sequence[Mapping[str, Any]],
    valeurs: int,
) -> None:
    """Writes what was pasted on actions, the new ones being those of `risque`. `valeurs`: how many cells."""
    with porte.geste(f"Coller {pluriel(valeurs, 'valeur')}"):
        saisir_tous(porte, modifs, "Coller")
        if risque is not None:
            for champs in neufs:
                ajouter_action(porte, risque, **champs)
