"""What a person types in the cells of money: amounts, taxes, years, full-time equivalents, whom a line is for."""

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.listes import libelle_nature, natures
from ui.models import saisie
from ui.models.saisie import Lire

COMMUN = "Commun"
A_CHIFFRER = "À chiffrer"
GENRES = {"autofinancement": "Autofinancement", "autre": "Autre ressource"}
TAUX = ("20", "10", "5,5", "2,1", "0")
_COMMUNS = ("", "commun", "commune", "commun a tous", "tous", "toute la grappe", "projet")


# -- numbers ---------------------------------------------------------------------------------------------------


def montant(champ: str) -> Lire:
    """An amount in euros, kept in cents; nothing: not known yet."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        if francais.cle(saisi) == francais.cle(A_CHIFFRER):
            return {champ: None}
        return {champ: francais.lire_euros(saisi)}

    return lire


def taux(champ: str) -> Lire:
    """A tax rate in percent, kept in ten-thousandths; nothing: 20 %. A spreadsheet may give 0,2 for 20 %."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        # Four decimals: a rate typed as a fraction keeps its two decimals of percent.
        valeur = francais.lire_decimal(saisi, 4, f"20 ou 5,5{NBSP}%", ("%",))
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
        valeur = francais.lire_decimal(saisi, 2, "0,5 ou 1,25", ("etp",))
        if valeur is not None and valeur > 10_000_00:
            raise ErreurSaisie(f"ce nombre d’ETP dépasse 10{NBSP}000")
        return {champ: valeur}

    return lire


def part(champ: str) -> Lire:
    """A share in percent, kept in ten-thousandths; nothing: not set."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        valeur = francais.lire_decimal(saisi, 2, f"33,33{NBSP}%", ("%",))
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
        valeur = francais.lire_entier(saisi)
        if valeur is not None and not 2015 <= valeur <= 2060:
            raise ErreurSaisie("une année est attendue, par exemple 2026")
        return {champ: valeur}

    return lire


# -- words -----------------------------------------------------------------------------------------------------


def nature(champ: str) -> Lire:
    """A nature of cost, by its words or its code."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        for code, connue in natures().items():
            if cherche in (code, francais.cle(connue.libelle)):
                return {champ: code}
        connues = f"{NBSP}; ".join(n.libelle for n in natures().values())
        raise ErreurSaisie(f"nature inconnue ; sont admises{NBSP}: {connues}")

    return lire


def genre(champ: str) -> Lire:
    """« Autofinancement » or « Autre ressource »; nothing: autofinancement."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        for code, libelle in GENRES.items():
            if cherche in (code, francais.cle(libelle)):
                return {champ: code}
        if not cherche:
            return {champ: "autofinancement"}
        raise ErreurSaisie("« Autofinancement » ou « Autre ressource » est attendu")

    return lire


def pour_qui(champ: str) -> Lire:
    """The OG that bears a line, by its acronym or its name; nothing or « Commun »: all of them."""
    organisme = saisie.organisme(champ)

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        if francais.cle(saisi) in _COMMUNS:
            return {champ: None}
        return organisme(saisi, dossier)

    return lire


def structure(saisi: str, dossier: Dossier) -> dict[str, object]:
    """The ESSMS a line is for, by its name or its FINESS number, and its OG; nothing: the whole OG."""
    cherche = francais.cle(saisi)
    if not cherche:
        return {"essms_id": None}
    memes = [e for e in dossier.essms if cherche in (francais.cle(e.nom), francais.cle(e.finess))]
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
    return f"{francais.decimal(valeur, decimales, zeros=False)}{NBSP + unite if unite else ''}"


def texte_montant(cents: int | None) -> str:
    """« 12500,50 » for an editor or a spreadsheet; empty when not known."""
    if cents is None:
        return ""
    return francais.decimal(cents, zeros=cents % 100 != 0, milliers=False)


def annees_du_projet(dossier: Dossier, jour_annee: int) -> tuple[int, ...]:
    """The years of the project, from the agreement or the start to the end of deployment; `jour_annee` when none is known."""
    dates = (
        dossier.date_convention,
        dossier.date_debut_projet,
        dossier.date_debut_parametrage,
        dossier.date_fin_deploiement,
        dossier.date_solde,
    )
    connues = [d.year for d in dates if d is not None]
    if not connues:
        return (jour_annee,)
    return tuple(range(min(connues), min(max(connues), min(connues) + 4) + 1))


def options_annee(dossier: Dossier) -> tuple[str, ...]:
    """The years a line may be in: those of the project and the next ones."""
    annees = [
        d.year
        for d in (
            dossier.date_convention,
            dossier.date_debut_projet,
            dossier.date_fin_deploiement,
            dossier.date_solde,
        )
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
