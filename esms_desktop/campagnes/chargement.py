"""The campaigns there are: found in the resources and in the folder ESMS_DESKTOP_CAMPAGNES, read once each."""

import os
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import platformdirs

from esms_desktop import assets, entrees
from esms_desktop.campagnes.endroit import ligne_de
from esms_desktop.campagnes.fondement import texte_cite
from esms_desktop.campagnes.lecture import Table, analyser, lire_brute, superposer
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurCampagne, raison_systeme
from esms_desktop.francais import taille

VARIABLE = "ESMS_DESKTOP_CAMPAGNES"
_DOSSIER = "campagnes"
_SOURCES = "sources.toml"
# A campaign file is some twenty kilobytes.
_TAILLE_MAX = 1_000_000


def identifiants() -> list[str]:
    """Sorted ids of the campaigns, those of the person included. Raises ErreurCampagne (folder unreadable)."""
    return sorted(_fichiers(_dossier()))


def charger(id: str) -> Campagne:
    """The campaign under that id.

    Raises:
        ErreurCampagne: no such campaign (the message lists those there are), or a file against the schema.
    """
    return _charger(id, _dossier())


def toutes() -> list[Campagne]:
    """All the campaigns that can be read, in the order of their ids; the files refused are told by `refusees`.

    Raises:
        ErreurCampagne: the folder is unreadable.
    """
    return [c for c in (_essayer(id) for id in identifiants()) if isinstance(c, Campagne)]


def refusees() -> list[ErreurCampagne]:
    """Why each file of the person that is refused is. Raises ErreurCampagne (folder unreadable)."""
    essais = [_essayer(id) for id in identifiants()]
    siennes, dossier = livrees(), _dossier()
    ombres = [p for p in sorted(Path(dossier).glob("*.toml")) if p.stem in siennes] if dossier else []
    return [
        *(e for e in essais if isinstance(e, ErreurCampagne)),
        *(deja_prise(p.name, p.stem) for p in ombres),
    ]


def de_la_personne() -> set[str]:
    """Ids of the campaigns that are files of the person."""
    return set(identifiants()) - set(livrees())


def tables(id: str) -> Table:
    """The whole tables of a campaign, its bases laid under. Raises ErreurCampagne."""
    return _tables(id, _dossier(), ())


def oublier() -> None:
    """The files have changed: they are read again."""
    _charger.cache_clear()


def _essayer(id: str) -> Campagne | ErreurCampagne:
    try:
        return charger(id)
    except ErreurCampagne as e:
        return e


def _dossier() -> str:
    """The folder of the person's own files: the one the variable names, else the one of her data, when it is there."""
    choisi = os.environ.get(VARIABLE, "")
    if choisi:
        return choisi
    sien = dossier_personnel()
    return str(sien) if sien is not None and sien.is_dir() else ""


def dossier_personnel() -> Path | None:
    """Where the campaigns of the person are kept, there or not yet; None when her home cannot be found."""
    choisi = os.environ.get(VARIABLE, "")
    try:
        return (
            Path(choisi)
            if choisi
            else Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / _DOSSIER
        )
    except RuntimeError:
        return None


def lire_texte(texte: str, nom: str, charger_base: Callable[[str], Table]) -> Campagne:
    """The campaign a text describes.

    Args:
        texte: TOML of the file.
        nom: name of the file, for the messages; its stem must be the id.
        charger_base: gives the whole tables of the campaign an overlay names in `base`.

    Raises:
        ErreurCampagne: with the file, the key, its line and the reason.
    """
    try:
        return lire_brute(_entiere(texte, nom, charger_base), nom)
    except ErreurCampagne as e:
        raise situer(e, nom, texte) from None


def situer(erreur: ErreurCampagne, nom: str, texte: str) -> ErreurCampagne:
    """The same refusal with the line of the key, when it is a key of that file."""
    ligne = ligne_de(texte, erreur.cle) if erreur.cle and f"«\u00a0{nom}\u00a0»" in erreur.message else None
    if ligne is None:
        return erreur
    place = f"clé «\u00a0{erreur.cle}\u00a0»"
    return ErreurCampagne(erreur.message.replace(place, f"{place}, ligne {ligne}", 1), erreur.remede)


def _entiere(texte: str, nom: str, charger_base: Callable[[str], Table]) -> Table:
    brute = analyser(texte, nom)
    if brute["campagne"].get("id") != Path(nom).stem:
        raise ErreurCampagne(
            f"Le fichier de campagne « {nom} » est refusé, clé « campagne.id » : "
            f"elle doit être le nom du fichier sans .toml, « {Path(nom).stem} »."
        )
    base = brute["campagne"].get("base")
    if base is None:
        return brute
    if not isinstance(base, str):
        raise ErreurCampagne(
            f"Le fichier de campagne « {nom} » est refusé, clé « campagne.base » : "
            "le nom d’une campagne est attendu, entre guillemets."
        )
    dessous = charger_base(base)
    annee = dessous.get("campagne", {}).get("annee")
    if brute["campagne"].get("annee", annee) != annee:
        # A text rules the campaign of its year: another year names its own.
        dessous = {cle: valeur for cle, valeur in dessous.items() if cle != "textes"}
    return superposer(dessous, brute)


def livrees() -> dict[str, Callable[[], str]]:
    """The files that come with the application: id → reader of the text."""
    trouves: dict[str, Callable[[], str]] = {}
    for nom in assets.noms(_DOSSIER, ".toml"):
        if nom != _SOURCES:
            trouves[nom.removesuffix(".toml")] = lambda nom=nom: assets.texte(f"{_DOSSIER}/{nom}")  # type: ignore[misc]
    return trouves


def _fichiers(dossier: str) -> dict[str, Callable[[], str]]:
    """Id → reader of the text, for each campaign file."""
    trouves = livrees()
    if not dossier:
        return trouves
    if not Path(dossier).is_dir():
        raise ErreurCampagne(
            f"Le dossier de campagnes « {dossier} » n’existe pas.",
            f"Corrigez la variable {VARIABLE} ou retirez-la.",
        )
    for chemin in sorted(Path(dossier).glob("*.toml")):
        if chemin.stem in trouves:
            if os.environ.get(VARIABLE):
                raise deja_prise(chemin.name, chemin.stem)
            # A file left in the person's own folder must not take the application's campaigns away: `refusees` tells it.
            continue
        trouves[chemin.stem] = lambda chemin=chemin: lire_fichier(chemin)  # type: ignore[misc]
    return trouves


def deja_prise(nom: str, id: str) -> ErreurCampagne:
    """The refusal of a file that bears the id of a campaign of the application."""
    return ErreurCampagne(
        f"Le fichier de campagne « {nom} » est refusé, clé « campagne.id » : "
        f"l’application a déjà une campagne « {id} ».",
        "Donnez un autre identifiant à votre campagne, et le même nom à son fichier.",
    )


def lire_fichier(chemin: Path) -> str:
    """The text of a campaign file, with or without the mark that some editors put first.

    Raises:
        ErreurCampagne: it cannot be read, it is no text, or it is out of proportion.
    """
    try:
        octets = entrees.lire(chemin, _TAILLE_MAX)
        if len(octets) > _TAILLE_MAX:
            raise _refus_entier(chemin, f"il dépasse {taille(_TAILLE_MAX)}, ce n’est pas une campagne")
        return octets.decode("utf-8-sig")
    except OSError as e:
        raise _refus_entier(chemin, raison_systeme(e)) from None
    except UnicodeDecodeError as e:
        ligne = octets[: e.start].count(b"\n") + 1
        raise _refus_entier(chemin, f"il ne se lit pas comme un texte UTF-8, ligne {ligne}") from None


def _refus_entier(chemin: Path, raison: str) -> ErreurCampagne:
    return ErreurCampagne(
        f"Le fichier de campagne « {chemin.name} » est refusé, clé « fichier entier » : {raison}.",
        "Choisissez un fichier .toml enregistré en UTF-8.",
    )


@cache
def _charger(id: str, dossier: str) -> Campagne:
    try:
        return lire_brute(_tables(id, dossier, ()), f"{id}.toml")
    except ErreurCampagne as e:
        fichiers = _fichiers(dossier)
        raise (situer(e, f"{id}.toml", fichiers[id]()) if e.cle and id in fichiers else e) from None


def _tables(id: str, dossier: str, chaine: tuple[str, ...]) -> Table:
    """Whole tables of a campaign, its bases laid under; each base is checked on its own first."""
    fichiers = _fichiers(dossier)
    if id in chaine:
        raise ErreurCampagne(
            f"Le fichier de campagne « {chaine[0]}.toml » est refusé, clé « campagne.base » : "
            f"les bases tournent en rond ({' → '.join((*chaine, id))})."
        )
    if id not in fichiers:
        proches = get_close_matches(id, fichiers, 1)
        souhaite = f"Vouliez-vous dire « {proches[0]} » ? " if proches else ""
        raison = f"La campagne « {id} » n’existe pas."
        if chaine:
            raison = (
                f"Le fichier de campagne « {chaine[-1]}.toml » est refusé, clé « campagne.base » : "
                f"la campagne « {id} » n’existe pas."
            )
        raise ErreurCampagne(raison, f"{souhaite}Campagnes disponibles : {', '.join(sorted(fichiers))}.")

    def de_base(base: str) -> Table:
        tables = _tables(base, dossier, (*chaine, id))
        lire_brute(tables, f"{base}.toml")
        # A region and whom to write to belong to the file that names them, never to those built over it.
        tete = {c: v for c, v in tables["campagne"].items() if c not in ("base", "region")}
        reste = {c: v for c, v in tables.items() if c != "contacts"}
        return {**reste, "campagne": tete}

    return _entiere(fichiers[id](), f"{id}.toml", de_base)


@cache
def documents() -> dict[str, str]:
    """Title of each source document by its sigle (referentiel 01, table of sources)."""
    return {
        str(sigle): str(titre)
        for sigle, titre in tomllib.loads(assets.texte(f"{_DOSSIER}/{_SOURCES}")).items()
    }


# The texts of one region, by its INSEE code: elsewhere they only report the national rules.
_REGIONAUX = {"AAP": "24", "KIT": "11", "SONS": "11"}


def en_clair(source: str, region: str | None = "") -> str:
    """The sources of a value as a reader outside the application knows them: each text by its name, then its sections.

    Args:
        source: sigles and sections, « AAP § 5.1 ; ANS ».
        region: the one of the campaign, None for a national one; a text of another region is then named for the national
            rules it reports. Empty: names alone.
    """
    textes: dict[str, list[str]] = {}
    for morceau in texte_cite(source).split(";"):
        sigle, _, suite = morceau.strip().partition(" ")
        sigle = sigle.rstrip(",")
        textes.setdefault(sigle, []).append(suite)
    noms = []
    for sigle, sections in textes.items():
        nom = ", ".join(dict.fromkeys(x for x in (documents().get(sigle, sigle), *sections) if x))
        ailleurs = region != "" and sigle in _REGIONAUX and _REGIONAUX[sigle] != region
        noms.append(f"règles nationales, d’après : {nom}" if ailleurs else nom)
    return " ; ".join(noms)


@cache
def citer(source: str) -> tuple[str, ...]:
    """The sources of a value, one by one, each a person can look up: « AAP § 5 » followed by what the AAP is."""
    cites = []
    for morceau in source.split(";"):
        part = morceau.strip()
        titre = documents().get(part.split()[0].rstrip(","), "") if part else ""
        cites.append(f"{part} ({titre})" if titre else part)
    return tuple(cites)
