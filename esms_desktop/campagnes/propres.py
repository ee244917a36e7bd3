"""The campaigns of the person: copied, changed, brought in, taken out, as files of her own folder; nothing there is ever code."""

from collections.abc import Callable, Mapping
from pathlib import Path

from esms_desktop.campagnes import chargement, edition
from esms_desktop.campagnes.ecriture import ecrire
from esms_desktop.campagnes.lecture import Table, analyser
from esms_desktop.campagnes.listes import retirer as retirer_de_la_liste
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurCampagne, ErreurSaisie, raison_systeme

_LIVREE = "La campagne « {id} » est livrée avec l’application : elle ne se modifie pas."


def copier(source: str, id: str, titre: str) -> Campagne:
    """A copy of a campaign, whole, in the folder of the person.

    Raises:
        ErreurSaisie: an id that is taken or that cannot be one, no title.
        ErreurCampagne: the source cannot be read, the copy cannot be written.
    """
    edition.verifier_identifiant(id)
    if id in chargement.identifiants():
        raise ErreurSaisie(f"Une campagne « {id} » existe déjà.", "Choisissez un autre identifiant.")
    return _garder(id, ecrire(edition.copie(chargement.tables(source), id, titre)))


def modifier(id: str, cle: str, saisi: str, source: str, hypothese: bool = False, note: str = "") -> Campagne:
    """One value of a campaign of the person, with its source or as a hypothesis.

    Raises:
        ErreurSaisie: a campaign of the application, a key or a value that is not one.
        ErreurCampagne: the whole no longer follows the schema (the file is left as it was), or cannot be written.
    """
    tables = _siennes(id)
    return _garder(id, ecrire(edition.changer(tables, cle, saisi, source, hypothese, note)))


def ajouter(
    id: str, liste: str, saisis: Mapping[str, str], source: str, hypothese: bool = False, note: str = ""
) -> Campagne:
    """A window, a contact or a remark more in a campaign of the person. Raises what `modifier` raises."""
    tables = _siennes(id)
    return _garder(id, ecrire(edition.ajouter(tables, liste, saisis, source, hypothese, note)))


def retirer(id: str, cle: str) -> Campagne:
    """A campaign of the person without one window, contact or remark (« contacts.2 »). Raises what `modifier` raises."""
    tables = _siennes(id)
    return _garder(id, ecrire(retirer_de_la_liste(tables, cle)))


def renommer(id: str, titre: str) -> Campagne:
    """Another title for a campaign of the person. Raises what `modifier` raises."""
    tables = _siennes(id)
    return _garder(id, ecrire(edition.copie(tables, id, titre)))


def importer(chemin: Path) -> Campagne:
    """Brings in the file of a campaign, checked by the same schema, under its own id.

    Raises:
        ErreurCampagne: the file is refused, with the place and the reason; nothing is written.
    """
    texte = chargement.lire_fichier(chemin)
    try:
        id = _identifiant(texte, chemin.name)
        # As it stands here: its own bases are those of this computer.
        chargement.lire_texte(texte, f"{id}.toml", _base(id))
    except ErreurCampagne as e:
        raise chargement.situer(e, chemin.name, texte) from None
    return _garder(id, texte)


def _identifiant(texte: str, nom: str) -> str:
    """The id a file gives itself, when it can be brought in under it."""
    id = analyser(texte, nom)["campagne"].get("id")
    if not isinstance(id, str):
        raise _refus_id(nom, "un texte est attendu", "Donnez un identifiant, par exemple 2026-bretagne.")
    try:
        edition.verifier_identifiant(id)
    except ErreurSaisie as e:
        raise _refus_id(nom, e.message.rstrip("."), e.remede) from None
    if id in chargement.livrees():
        raise chargement.deja_prise(nom, id)
    if id in chargement.identifiants():
        raise ErreurCampagne(
            f"Vous avez déjà une campagne « {id} » ; elle est gardée comme elle est.",
            "Supprimez-la d’abord, ou changez l’identifiant du fichier.",
        )
    return id


def _refus_id(nom: str, raison: str, remede: str) -> ErreurCampagne:
    erreur = ErreurCampagne(
        f"Le fichier de campagne « {nom} » est refusé, clé « campagne.id » : {raison}.", remede
    )
    erreur.cle = "campagne.id"
    return erreur


def exporter(id: str, chemin: Path) -> Path:
    """Writes a campaign, whole, as a file that another computer can bring in; gives the path written.

    Raises:
        ErreurCampagne: no such campaign, or the file cannot be written.
    """
    chargement.charger(id)
    tables = chargement.tables(id)
    tete = {c: v for c, v in tables["campagne"].items() if c != "base"}
    cible = chemin / f"{id}.toml" if chemin.is_dir() else chemin
    _ecrire(cible, ecrire({**tables, "campagne": tete}))
    return cible


def supprimer(id: str) -> str:
    """Takes a campaign of the person away; gives its text, which `retablir` puts back.

    Raises:
        ErreurSaisie: a campaign of the application.
        ErreurCampagne: the file cannot be read or removed.
    """
    _siennes(id)
    chemin = _chemin(id)
    texte = chargement.lire_fichier(chemin)
    try:
        chemin.unlink()
    except OSError as e:
        raise ErreurCampagne(
            f"La campagne « {id} » n’a pas pu être supprimée ({raison_systeme(e)})."
        ) from None
    chargement.oublier()
    return texte


def texte(id: str) -> str:
    """The text of the file of a campaign of the person. Raises ErreurCampagne."""
    return chargement.lire_fichier(_chemin(id))


def retablir(id: str, texte: str) -> Campagne:
    """Puts back the text a file had. Raises ErreurCampagne."""
    return _garder(id, texte)


def _siennes(id: str) -> Table:
    if id not in chargement.de_la_personne():
        chargement.charger(id)
        raise ErreurSaisie(_LIVREE.format(id=id), "Copiez-la d’abord : la copie est à vous.")
    return chargement.tables(id)


def _garder(id: str, texte: str) -> Campagne:
    """Checks a text, then keeps it: what was there stays until then."""
    nom = f"{id}.toml"
    chargement.lire_texte(texte, nom, _base(id))
    _ecrire(_chemin(id), texte)
    chargement.oublier()
    return chargement.charger(id)


def _base(id: str) -> Callable[[str], Table]:
    """What gives the tables of the base of a campaign, refused in the words of its file when there is none."""

    def tables(base: str) -> Table:
        connues = sorted(chargement.identifiants())
        if base != id and base in connues:
            return chargement.tables(base)
        raison = (
            "une campagne n’est pas sa propre base"
            if base == id
            else f"la campagne « {base[:60]} » n’existe pas"
        )
        erreur = ErreurCampagne(
            f"Le fichier de campagne « {id}.toml » est refusé, clé « campagne.base » : {raison}.",
            f"Campagnes disponibles : {', '.join(connues)}.",
        )
        erreur.cle = "campagne.base"
        raise erreur

    return tables


def _chemin(id: str) -> Path:
    dossier = chargement.dossier_personnel()
    if dossier is None:
        raise ErreurCampagne(
            "Le dossier personnel où garder vos campagnes est introuvable.",
            f"Donnez un dossier par la variable {chargement.VARIABLE}.",
        )
    return dossier / f"{id}.toml"


def _ecrire(chemin: Path, texte: str) -> None:
    provisoire = chemin.with_name(f".{chemin.name}.partiel")
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        provisoire.write_text(texte, encoding="utf-8", newline="\n")
        provisoire.replace(chemin)
    except OSError as e:
        provisoire.unlink(missing_ok=True)
        raise ErreurCampagne(
            f"La campagne n’a pas pu être écrite dans « {chemin.parent} » ({raison_systeme(e)}) ; rien n’a changé.",
            "Vérifiez que ce dossier accepte les fichiers.",
        ) from None
