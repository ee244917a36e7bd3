"""The rows of the campaigns window: the campaigns there are, and the values of one, alone or beside another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop.campagnes import edition
from esms_desktop.campagnes.comparaison import LigneComparee, comparer
from esms_desktop.campagnes.lecture import PROGRAMMES
from esms_desktop.campagnes.listes import place
from esms_desktop.campagnes.ouverture import Ouverture, ouverture
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import NBSP, cle, majuscule, pluriel
from ui.models.table import Colonne

_OUVERTURES = {
    Ouverture.OUVERTE: ("Ouverte", "ok"),
    Ouverture.A_VENIR: ("À venir", "info"),
    Ouverture.CLOSE: ("Close", "neutre"),
    Ouverture.INCONNUE: ("Dates inconnues", "warn"),
}


@dataclass(frozen=True)
class LigneCampagne:
    """A campaign, whether it is a file of the person, and where it stands today."""

    campagne: Campagne
    a_vous: bool
    etat: Ouverture


def lignes(campagnes: Sequence[Campagne], siennes: set[str], jour: date) -> list[LigneCampagne]:
    """The campaigns, newest first, those of the person among them."""
    tri = sorted(campagnes, key=lambda c: (-c.annee, c.titre))
    return [LigneCampagne(c, c.id in siennes, ouverture(c, jour)) for c in tri]


COLONNES: tuple[Colonne[LigneCampagne], ...] = (
    Colonne(
        "Campagne",
        lambda x: x.campagne.titre,
        second=lambda x: f"{x.campagne.id}{' · à vous' if x.a_vous else ''}",
        tri=lambda x: -x.campagne.annee,
    ),
    Colonne("Dépôt", lambda x: _OUVERTURES[x.etat][0], badge=lambda x: _OUVERTURES[x.etat][1]),
)


def valeurs(
    campagne: Campagne, autre: Campagne | None, cherche: str = "", ecarts: bool = False
) -> list[LigneComparee]:
    """The values of a campaign, beside those of another when there is one.

    Args:
        cherche: words that a line must hold.
        ecarts: only what differs.
    """
    mots = cle(cherche).split()
    tout = comparer(campagne, autre or campagne)
    return [
        x
        for x in tout
        if (not ecarts or autre is None or x.differe)
        and all(
            m in cle(f"{x.section} {x.libelle} {x.gauche.valeur} {x.droite.valeur} {x.cle}") for m in mots
        )
    ]


def colonnes_valeurs(campagne: Campagne, autre: Campagne | None) -> tuple[Colonne[LigneComparee], ...]:
    """What it is, its value and its source; beside another, both values."""
    premieres = (
        Colonne[LigneComparee]("Valeur", lambda x: x.libelle, second=lambda x: x.section),
        Colonne[LigneComparee](
            campagne.titre if autre else "Ce qu’elle dit",
            lambda x: x.gauche.valeur,
            second=lambda x: majuscule(x.gauche.origine),
            bulle=lambda x: f"{x.gauche.valeur}\n{x.gauche.origine}".strip(),
        ),
    )
    if autre is None:
        return premieres
    return (
        *premieres,
        Colonne[LigneComparee](
            autre.titre,
            lambda x: x.droite.valeur,
            second=lambda x: majuscule(x.droite.origine),
            bulle=lambda x: f"{x.droite.valeur}\n{x.droite.origine}".strip(),
        ),
        Colonne[LigneComparee](
            "Écart",
            lambda x: "Diffère" if x.differe else "Même",
            badge=lambda x: "warn" if x.differe else "neutre",
        ),
    )


def phrase(montrees: Sequence[LigneComparee], autre: Campagne | None) -> str:
    """How many values are shown, and how many differ."""
    if autre is None:
        return f"{pluriel(len(montrees), 'valeur')}, chacune avec sa source."
    ecarts = sum(x.differe for x in montrees)
    return f"{pluriel(ecarts, 'valeur diffère', 'valeurs diffèrent')} sur {len(montrees)} montrées."


def element(ligne: LigneComparee | None) -> str:
    """The window, contact or remark a line is of (« contacts.2 »), empty when it is of none."""
    ici = place(ligne.cle) if ligne else None
    return f"{ici.liste}.{ici.rang}" if ici else ""


def note(campagne: Campagne, cle_: str) -> str:
    """What the campaign notes beside a value."""
    ici = place(cle_)
    if ici:
        elements = getattr(campagne, ici.liste)
        return getattr(elements[ici.rang - 1], "note", "") if ici.rang <= len(elements) else ""
    notes = {c: p.note for c, p in campagne.parametres()}
    return notes.get(cle_, "")


def indication(cle_: str) -> str:
    """How a value is typed."""
    if cle_ == "campagne.region":
        return "Code INSEE de la région ; vide pour une campagne nationale."
    if cle_ == "campagne.annee":
        return "Une autre année n’hérite pas des textes de celle-ci : ils deviennent des hypothèses."
    if cle_ == "campagne.programme":
        return f"Au choix{NBSP}: {', '.join(PROGRAMMES.valeurs)}."
    genre, ici = edition.genre(cle_), place(cle_)
    tous = " ; « tous » sans distinction" if ici and ici.liste == "remarques" and ici.champ != "texte" else ""
    if genre.valeurs:
        debut = "Un ou plusieurs, séparés par des virgules" if genre.nom == "liste" else "Au choix"
        return f"{debut}{NBSP}: {', '.join(genre.valeurs)}{tous}."
    return {
        "entier": "Un nombre entier ; « aucun » quand la campagne n’en fixe pas.",
        "euros": "Un montant en euros entiers.",
        "pourcent": "De 0 à 100.",
        "oui-non": "Oui ou non.",
        "date": "jj/mm/aaaa ; « aucune » quand la campagne n’en fixe pas.",
        "textes": "Plusieurs, séparés par des virgules.",
        "entiers": f"Des nombres, séparés par des virgules{tous}.",
        "courriel": "Une adresse, par exemple contact@ars.exemple.fr.",
    }.get(genre.nom, "")
