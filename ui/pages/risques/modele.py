"""What the register of the risks lists, how its cells read what is typed, and what the matrix draws of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, date_courte, pluriel
from esms_desktop.lecture import Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import bulle_de, entete_de
from esms_desktop.nomenclature.risques_types import GRAVITE, PROBABILITE
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction
from esms_desktop.regles.dossier import risques as regles
from ui.models import saisie
from ui.models.fiches import Options
from ui.models.lignes import Index
from ui.models.saisie import Lire, ModeleSaisie
from ui.pages.financement.modele_couts import ColonneChoix
from ui.widgets.tableaux.carte_chaleur import ROLE_NIVEAU
from ui.widgets.tableaux.matrice_mesures import Pastille

NON_COTE = "À coter"


@dataclass(frozen=True)
class LigneRisque:
    """A risk with its number on its map (« R3 »)."""

    risque: Risque
    code: str


def lignes(dossier: Dossier, essms: Essms | None) -> list[LigneRisque]:
    """The map of a structure, or of the grappe, by rank."""
    siens = regles.risques_de(dossier, essms)
    codes = regles.codes(siens)
    return [LigneRisque(r, codes[r]) for r in siens]


def pastilles(cartes: Sequence[LigneRisque], apres: bool) -> list[Pastille]:
    """The marks of a map: after the actions, a risk whose residual is not assessed is left out."""
    faites = []
    for ligne in cartes:
        place = regles.cotation(ligne.risque, apres)
        if place is not None:
            depuis = regles.cotation(ligne.risque) if apres else None
            nom = regles.intitule(ligne.risque)
            faites.append(Pastille(ligne.risque.id, ligne.code, nom, place, depuis))
    return faites


def non_places(cartes: Sequence[LigneRisque], apres: bool) -> str:
    """Which risks the matrix cannot show, in a sentence; empty when it shows them all."""
    absents = [x.code for x in cartes if regles.cotation(x.risque, apres) is None]
    if not absents:
        return ""
    quoi = "la probabilité et la gravité qui resteraient après les actions" if apres else "P et G"
    sont = accord(len(absents), "n’est pas sur la carte", "ne sont pas sur la carte")
    return f"{', '.join(absents)} {sont}{NBSP}: donnez {quoi}."


def options_categories() -> Options:
    """The eight categories, as a list offers them."""
    return tuple((c.value, c.libelle) for c in CategorieRisque)


def options_degres(dossier: Dossier, axe: str) -> Options:
    """The four levels of an axis in the words of the dossier, and « not assessed »."""
    dits = regles.echelles(dossier).axe(axe)
    return ((None, "Non coté"), *((n.niveau, f"{n.niveau} · {n.libelle}") for n in dits))


def etat_structure(evaluee: bool | None, combien: int) -> tuple[str, str]:
    """(words, kind of badge) of a structure."""
    if evaluee:
        return ("Évaluée", "ok") if combien else ("Sans risque", "ok")
    return ("Commencée", "warn") if combien or evaluee is False else ("À évaluer", "neutre")


def actions_en_mots(risque: Risque, jour: date) -> tuple[str, str]:
    """How many actions, and what is next: those late, else when and who, else that all are done."""
    toutes = [a for a in regles.trier_actions(risque.actions) if regles.active(a)]
    if not toutes:
        return "Aucune", ""
    compte = pluriel(len(toutes), "action")
    retards = sum(regles.en_retard(a, jour) for a in toutes)
    ouvertes = [a for a in toutes if a.etat != EtatAction.FAITE]
    if retards:
        return compte, f"{retards} en retard"
    if not ouvertes:
        return compte, accord(len(toutes), "faite", "toutes faites")
    prochaine = ouvertes[0]
    quand = date_courte(prochaine.echeance) if prochaine.echeance else ""
    return compte, " · ".join(m for m in (quand, prochaine.responsable) if m) or "sans date"


# -- reading what is typed -------------------------------------------------------------------------------------


def degre(champ: str, axe: str) -> Lire:
    """A level 1 to 4, by its number or its words; nothing: not assessed."""

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        if not cherche:
            return {champ: None}
        for dit in (*regles.echelles(dossier).axe(axe), *regles.echelle_type().axe(axe)):
            mots = francais.cle(dit.libelle)
            if cherche in (str(dit.niveau), mots, f"{dit.niveau} · {mots}", f"{dit.niveau} - {mots}"):
                return {champ: dit.niveau}
        admis = ", ".join(f"{n.niveau} ({n.libelle})" for n in regles.echelles(dossier).axe(axe))
        raise ErreurSaisie(f"un niveau est attendu{NBSP}: {admis}")

    return lire


def categorie(saisi: str, _: Dossier) -> dict[str, object]:
    """A category by its words; an empty cell changes nothing."""
    cherche = francais.cle(saisi)
    if not cherche:
        return {}
    for possible in CategorieRisque:
        if cherche in (francais.cle(possible.libelle), possible.value):
            return {"categorie": possible.value}
    raise ErreurSaisie("catégorie inconnue ; sont admises : " + ", ".join(c.libelle for c in CategorieRisque))


@dataclass(frozen=True)
class ColonneRisque(ColonneChoix[LigneRisque]):
    """A column of the register. `apres`: True for those shown after the actions only, False before only. `cachee`: too
    long for the table; copied and pasted with its title, and written on the card of the risk."""

    apres: bool | None = None
    cachee: bool = False


def _nombre(valeur: int | None) -> str:
    return "" if valeur is None else str(valeur)


def _cote(risque: Risque, apres: bool) -> str:
    return _nombre(regles.criticite(risque, apres)) or NON_COTE


def colonnes(jour: date) -> tuple[ColonneRisque, ...]:
    """The columns of the register; overdue actions are told from `jour`."""

    def degres(titre: str, champ: str, axe: str, apres: bool, bulle: str) -> ColonneRisque:
        return ColonneRisque(
            titre,
            lambda x: _nombre(getattr(x.risque, champ)),
            tri=lambda x: getattr(x.risque, champ) or 0,
            bulle=lambda x: bulle,
            lire=degre(champ, axe),
            options=lambda dossier: [t for v, t in options_degres(dossier, axe) if v],
            libre=True,
            apres=apres,
        )

    def criticite(titre: str, apres: bool) -> ColonneRisque:
        return ColonneRisque(
            titre,
            lambda x: _cote(x.risque, apres),
            tri=lambda x: regles.criticite(x.risque, apres) or 0,
            bulle=lambda x: _en_mots(regles.criticite(x.risque, apres)),
            brut=lambda x: _nombre(regles.criticite(x.risque, apres)),
            apres=apres,
        )

    return (
        ColonneRisque("N°", lambda x: x.code, tri=lambda x: int(x.code[1:])),
        ColonneRisque(
            entete_de("risque.intitule"),
            lambda x: x.risque.intitule,
            lire=saisie.ligne_obligatoire("intitule", 300),
            obligatoire=True,
        ),
        criticite("P × G", False),
        degres(
            entete_de("risque.probabilite"), "probabilite", PROBABILITE, False, bulle_de("risque.probabilite")
        ),
        degres(entete_de("risque.gravite"), "gravite", GRAVITE, False, bulle_de("risque.gravite")),
        criticite("Résiduelle", True),
        degres(
            entete_de("risque.probabilite_residuelle"),
            "probabilite_residuelle",
            PROBABILITE,
            True,
            bulle_de("risque.probabilite_residuelle"),
        ),
        degres(
            entete_de("risque.gravite_residuelle"),
            "gravite_residuelle",
            GRAVITE,
            True,
            bulle_de("risque.gravite_residuelle"),
        ),
        ColonneRisque(
            "Actions",
            lambda x: actions_en_mots(x.risque, jour)[0],
            second=lambda x: actions_en_mots(x.risque, jour)[1],
            bulle=lambda x: "\n".join(a.intitule for a in regles.trier_actions(x.risque.actions)),
        ),
        ColonneRisque(
            entete_de("risque.categorie"),
            lambda x: regles.categorie(x.risque).libelle,
            lire=categorie,
            options=lambda _: [c.libelle for c in CategorieRisque],
        ),
        ColonneRisque(
            entete_de("risque.cause"), lambda x: x.risque.cause, lire=saisie.long_texte("cause"), cachee=True
        ),
        ColonneRisque(
            entete_de("risque.consequence"),
            lambda x: x.risque.consequence,
            lire=saisie.long_texte("consequence"),
            cachee=True,
        ),
    )


def _en_mots(valeur: int | None) -> str:
    return NON_COTE if valeur is None else f"Criticité {valeur}{NBSP}: {regles.niveau(valeur).libelle}"


class ModeleRegistre(ModeleSaisie[LigneRisque]):
    """The register; its criticalities are levels."""

    def __init__(
        self,
        colonnes: Sequence[ColonneRisque],
        identite: Callable[[LigneRisque], object],
        ecrire: Callable[[LigneRisque, dict[str, object]], bool],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__(colonnes, identite, ecrire, refuser)
        self.colonnes: tuple[ColonneRisque, ...] = tuple(colonnes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; the level of a criticality."""
        if role in (ROLE_NIVEAU, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            colonne = self.colonnes[index.column()]
            valeur = regles.criticite(self.objet(index.row()).risque, bool(colonne.apres))
            cote = colonne.lire is None and colonne.apres is not None
            if role == ROLE_NIVEAU:
                return regles.niveau(valeur) if cote and valeur is not None else None
            return _en_mots(valeur) if cote else super().data(index, Qt.ItemDataRole.DisplayRole)
        return super().data(index, role)


def modifier_risque(risque: Risque) -> str:
    """What the edit of a risk is called in the journal."""
    return f"Modifier le risque «{NBSP}{regles.intitule(risque)}{NBSP}»"
