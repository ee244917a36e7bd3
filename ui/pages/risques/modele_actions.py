"""What the lists of actions show: those of one risk, or all those of the dossier with the risk they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, euros, pluriel
from esms_desktop.lecture import ActionRisque, Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import EtatAction, NatureAction
from esms_desktop.regles.dossier import risques as regles
from ui.models import saisie
from ui.models.saisie import ColonneSaisie
from ui.pages.financement.modele_couts import ColonneChoix
from ui.pages.financement.modele_valeurs import montant

TOUTES, A_MENER, EN_RETARD, FAITES = "toutes", "a-mener", "en-retard", "faites"
FILTRES = (
    (A_MENER, "Actions à mener"),
    (EN_RETARD, "Actions en retard"),
    (FAITES, "Actions faites"),
    (TOUTES, "Toutes les actions"),
)
_GENRES = {
    EtatAction.A_FAIRE: "neutre",
    EtatAction.EN_COURS: "info",
    EtatAction.FAITE: "ok",
    EtatAction.ABANDONNEE: "neutre",
}


@dataclass(frozen=True)
class LigneAction:
    """An action, with the number of the risk it answers and whose map that risk is on."""

    action: ActionRisque
    code: str
    carte: str


def lignes(dossier: Dossier) -> list[LigneAction]:
    """All the actions of the dossier, by date then by responsible."""
    codes = regles.numero(dossier)
    return [
        LigneAction(a, codes[a.risque], a.risque.essms.nom if a.risque.essms else "Grappe")
        for a in regles.actions(dossier)
    ]


def de_risque(actions: Sequence[ActionRisque]) -> list[LigneAction]:
    """The actions of one risk, in their order."""
    return [LigneAction(a, "", "") for a in actions]


def filtrer(toutes: Sequence[LigneAction], filtre: str, jour: date) -> list[LigneAction]:
    """Those the person asked to see."""
    if filtre == TOUTES:
        return list(toutes)
    if filtre == FAITES:
        return [x for x in toutes if x.action.etat == EtatAction.FAITE]
    if filtre == EN_RETARD:
        return [x for x in toutes if regles.en_retard(x.action, jour)]
    return [x for x in toutes if regles.ouverte(x.action)]


def resume(vues: Sequence[LigneAction], jour: date) -> str:
    """How many, how many late, what they cost."""
    actions = [x.action for x in vues]
    phrase = pluriel(len(actions), "action")
    retards = sum(regles.en_retard(a, jour) for a in actions)
    if retards:
        phrase += f", dont {retards} en retard"
    sans = sum(map(regles.a_completer, actions))
    if sans:
        phrase += f", {sans} sans date ou sans responsable"
    cout = regles.cout_total_cents(actions)
    return f"{phrase}. Coût total{NBSP}: {euros(cout)}." if cout else f"{phrase}."


def _retard(action: ActionRisque, jour: date) -> str:
    if not regles.en_retard(action, jour) or action.echeance is None:
        return ""
    return f"en retard de {pluriel((jour - action.echeance).days, 'jour')}"


def _choix(champ: str, liste: type[NatureAction] | type[EtatAction], quoi: str) -> saisie.Lire:
    """A value of a closed list, by its words; an empty cell changes nothing."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        if not cherche:
            return {}
        for possible in liste:
            if cherche in (francais.cle(possible.libelle), possible.value):
                return {champ: possible.value}
        raise ErreurSaisie(f"{quoi} ; sont admis : " + ", ".join(x.libelle for x in liste))

    return lire


def colonnes(jour: date, avec_risque: bool) -> tuple[ColonneSaisie[LigneAction], ...]:
    """The columns; `avec_risque`: with the risk each action answers and its map, as the whole plan shows them."""
    du_risque: tuple[ColonneSaisie[LigneAction], ...] = (
        ColonneSaisie(
            entete_de("action_risque.risque_id"),
            lambda x: f"{x.code} · {regles.intitule(x.action.risque)}",
            second=lambda x: x.carte,
            repere=True,
        ),
    )
    return (
        ColonneSaisie(
            entete_de("action_risque.intitule"),
            lambda x: x.action.intitule,
            lire=saisie.ligne_obligatoire("intitule", 300),
            obligatoire=True,
        ),
        ColonneSaisie(
            entete_de("action_risque.echeance"),
            lambda x: saisie.texte_date(x.action.echeance),
            second=lambda x: _retard(x.action, jour),
            tri=lambda x: (x.action.echeance or date.max).toordinal(),
            lire=saisie.jour("echeance"),
        ),
        ColonneSaisie(
            entete_de("action_risque.responsable"),
            lambda x: x.action.responsable,
            lire=saisie.ligne("responsable"),
        ),
        ColonneChoix(
            entete_de("action_risque.etat"),
            lambda x: EtatAction(x.action.etat).libelle,
            badge=lambda x: "bad" if regles.en_retard(x.action, jour) else _GENRES[EtatAction(x.action.etat)],
            tri=lambda x: list(EtatAction).index(EtatAction(x.action.etat)),
            lire=_choix("etat", EtatAction, "état inconnu"),
            options=lambda _: [e.libelle for e in EtatAction],
        ),
        ColonneChoix(
            entete_de("action_risque.nature"),
            lambda x: NatureAction(x.action.nature).libelle,
            lire=_choix("nature", NatureAction, "nature inconnue"),
            options=lambda _: [n.libelle for n in NatureAction],
        ),
        ColonneSaisie(
            entete_de("action_risque.cout_cents"),
            lambda x: "" if x.action.cout_cents is None else euros(x.action.cout_cents),
            tri=lambda x: x.action.cout_cents or 0,
            a_droite=True,
            lire=montant("cout_cents"),
        ),
        *(du_risque if avec_risque else ()),
    )
