"""What a person types in the cells of money: amounts, taxes, years, full-time equivalents, whom a line is for."""

import re

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.listes import libelle_nature, natures
from ui.models import saisie, valeurs
from ui.models.saisie import Lire

COMMUN = "Commun"
A_CHIFFRER = "À chiffrer"
GENRES = {"autofinancement": "Autofinancement", "autre": "Autre ressource"}
TAUX = ("20", "10", "5,5", "2,1", "0")
_COMMUNS = ("", "commun", "commune", "commun à tous", "tous", "toute la grappe", "projet")
_MAX_CENTS = 10**13
_CHIFFRES = 16
_NOMBRE = re.compile(r"\d+(?:,\d+)?")


# -- numbers ---------------------------------------------------------------------------------------------------


def _net(saisi: str, *unites: str) -> str:
    net = valeurs.normal(saisi).replace(" ", "").replace("\u2009", "")
    for unite in unites:
        net = net.replace(unite, "")
    if "," in net and "." in net:
        # One of them parts the thousands: the first.
        net = net.replace("," if net.index(",") < net.index(".") else ".", "")
    return net.replace(".", ",")


def decimal(saisi: str, decimales: int, exemple: str, *unites: str) -> int | None:
    """A number as a whole count of its last decimal (« 0,5 » with two decimals: 50), None when empty.

    Raises:
        ErreurSaisie: it is no such number.
    """
    net = _net(saisi, *unites)
    if net in ("", "-", "—"):
        return None
    entier, _, reste = net.partition(",")
    if not _NOMBRE.fullmatch(net) or len(entier) > _CHIFFRES or len(reste.rstrip("0")) > decimales:
        raise ErreurSaisie(f"un nombre est attendu, par exemple {exemple}")
    return int(entier + reste[:decimales].ljust(decimales, "0"))


def montant(champ: str) -> Lire:
    """An amount in euros, kept in cents; nothing: not known yet."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        if valeurs.cle(saisi) == valeurs.cle(A_CHIFFRER):
            return {champ: None}
        cents = decimal(saisi, 2, f"12{NBSP}500 ou 12{NBSP}500,50", "€", "EUR", "eur")
        if cents is not None and cents > _MAX_CENTS:
            raise ErreurSaisie("ce montant est trop grand")
        return {champ: cents}

    return lire


def taux(champ: str) -> Lire:
    """A tax rate in percent, kept in ten-thousandths; nothing: 20 %. A spreadsheet may give 0,2 for 20 %."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        # Four decimals: a rate typed as a fraction keeps its two decimals of percent.
        valeur = decimal(saisi, 4, f"20 ou 5,5{NBSP}%", "%")
        if valeur is None:
            return {champ: 2000}
        fraction = "%" not in saisi and 0 < valeur < 10_000
        pour_dix_mille = valeur if fraction else valeur // 100
        if pour_dix_mille > 10_000:
            raise ErreurSaisie(f"une TVA ne dépasse pas 100{NBSP}%")
        return {champ: pour_dix_mille}

    return lire


def etp(champ: str) -> Lire:
    """Full-time equivalents, kept in hundredths; nothing: not known."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        valeur = decimal(saisi, 2, "0,5 ou 1,25", "ETP", "etp")
        if valeur is not None and valeur > 10_000_00:
            raise ErreurSaisie(f"ce nombre d’ETP dépasse 10{NBSP}000")
        return {champ: valeur}

    return lire


def part(champ: str) -> Lire:
    """A share in percent, kept in ten-thousandths; nothing: not set."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        valeur = decimal(saisi, 2, f"33,33{NBSP}%", "%")
        if valeur is not None and valeur > 10_000:
            raise ErreurSaisie(f"une part ne dépasse pas 100{NBSP}%")
        return {champ: valeur}

    return lire


def pour_cent(champ: str) -> Lire:
    """A whole percentage; nothing: 100."""

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        lus = saisie.entier(champ, 100)(saisi, dossier)
        return {champ: 100 if lus[champ] is None else lus[champ]}

    return lire


def annee(champ: str) -> Lire:
    """A year, or nothing while it is not known."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        valeur = valeurs.entier(saisi)
        if valeur is not None and not 2015 <= valeur <= 2060:
            raise ErreurSaisie("une année est attendue, par exemple 2026")
        return {champ: valeur}

    return lire


# -- words -----------------------------------------------------------------------------------------------------


def nature(champ: str) -> Lire:
    """A nature of cost, by its words or its code."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = valeurs.cle(saisi)
        for code, connue in natures().items():
            if cherche in (code, valeurs.cle(connue.libelle)):
                return {champ: code}
        connues = f"{NBSP}; ".join(n.libelle for n in natures().values())
        raise ErreurSaisie(f"nature inconnue ; sont admises{NBSP}: {connues}")

    return lire


def genre(champ: str) -> Lire:
    """« Autofinancement » or « Autre ressource »; nothing: autofinancement."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = valeurs.cle(saisi)
        for code, libelle in GENRES.items():
            if cherche in (code, valeurs.cle(libelle)):
                return {champ: code}
        if not cherche:
            return {champ: "autofinancement"}
        raise ErreurSaisie("« Autofinancement » ou « Autre ressource » est attendu")

    return lire


def pour_qui(champ: str) -> Lire:
    """The OG that bears a line, by its acronym or its name; nothing or « Commun »: all of them."""
    organisme = saisie.organisme(champ)

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        if valeurs.cle(saisi) in _COMMUNS:
            return {champ: None}
        return organisme(saisi, dossier)

    return lire


def structure(saisi: str, dossier: Dossier) -> dict[str, object]:
    """The ESSMS a line is for, by its name or its FINESS number, and its OG; nothing: the whole OG."""
    cherche = valeurs.cle(saisi)
    if not cherche:
        return {"essms_id": None}
    memes = [e for e in dossier.essms if cherche in (valeurs.cle(e.nom), valeurs.cle(e.finess))]
    if len(memes) == 1:
        return {"essms_id": memes[0].id, "og_id": memes[0].og_id}
    if memes:
        raise ErreurSaisie(
            f"{len(memes)}{NBSP}structures portent ce nom{NBSP}: donnez son numéro FINESS géographique"
        )
    raise ErreurSaisie("structure absente de la grappe : donnez son nom ou son numéro FINESS géographique")


# -- what is shown ---------------------------------------------------------------------------------------------


def libelle_pour_qui(dossier: Dossier, og_id: int | None) -> str:
    """The OG of a line, or « Commun »: all of them."""
    return next((og.nom_court for og in dossier.ogs if og.id == og_id), COMMUN)


def options_pour_qui(dossier: Dossier) -> tuple[str, ...]:
    """Whom a line may be for."""
    return (COMMUN, *(og.nom_court for og in dossier.ogs))


def options_structure(dossier: Dossier) -> tuple[str, ...]:
    """The structures a line may be for, the whole OG first."""
    return ("", *(e.nom for e in dossier.essms))


def options_nature(_: Dossier) -> tuple[str, ...]:
    """The natures of cost."""
    return tuple(n.libelle for n in natures().values())


def texte_nature(code: str) -> str:
    """The words of a nature."""
    return libelle_nature(code)


def texte_decimal(valeur: int | None, decimales: int = 2, unite: str = "") -> str:
    """« 0,5 » for 50 with two decimals, without useless zeros; empty when not known."""
    if valeur is None:
        return ""
    entier, reste = divmod(valeur, 10**decimales)
    suite = f"{reste:0{decimales}d}".rstrip("0")
    return f"{entier}{',' + suite if suite else ''}{NBSP + unite if unite else ''}"


def texte_montant(cents: int | None) -> str:
    """« 12500,50 » for an editor or a spreadsheet; empty when not known."""
    return texte_decimal(cents) if cents is None or cents % 100 == 0 else f"{cents // 100},{cents % 100:02d}"


def annees_du_projet(dossier: Dossier, jour_annee: int) -> tuple[int, ...]:
    """The years of the project, from the agreement or the start to the end of deployment; `jour_annee` when none is known."""
    dates = (
        dossier.date_convention,
        dossier.date_debut_projet,
        dossier.date_debut_parametrage,
        dossier.date_fin_deploiement,
    )
    connues = [d.year for d in dates if d is not None]
    if not connues:
        return (jour_annee,)
    return tuple(range(min(connues), min(max(connues), min(connues) + 4) + 1))


def options_annee(dossier: Dossier) -> tuple[str, ...]:
    """The years a line may be in: those of the project and the next ones."""
    annees = [
        d.year
        for d in (dossier.date_convention, dossier.date_debut_projet, dossier.date_fin_deploiement)
        if d is not None
    ]
    dites = (
        *(c.annee for c in dossier.couts),
        *(c.annee for c in dossier.couts_rh),
        *(r.annee for r in dossier.ressources),
    )
    toutes = annees + [a for a in dites if a is not None]
    if not toutes:
        return ()
    return ("", *(str(a) for a in range(min(toutes), min(max(toutes) + 3, min(toutes) + 15))))
