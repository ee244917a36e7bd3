"""A campaign edited value by value: what is typed, read as the schema wants it; each value with its source or as a hypothesis."""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import get_type_hints

from esms_desktop import francais
from esms_desktop.campagnes import genres, libelles, listes
from esms_desktop.campagnes.genres import Genre
from esms_desktop.campagnes.lecture import OBLIGATION, PIECES, PROGRAMMES, Table, genre_de
from esms_desktop.campagnes.schema import SECTIONS, Campagne
from esms_desktop.errors import ErreurSaisie

_IDENTIFIANT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGUEUR_ID = 80
# What a campaign says of itself, without a source.
_TETE = ("campagne.titre", "campagne.annee", "campagne.programme", "campagne.region", "textes")


@cache
def genres_des_cles() -> dict[str, Genre]:
    """For each key of a value, the kind of value it takes."""
    trouves = {"extensions": genres.TEXTES, **{f"pieces.{n}": OBLIGATION for n in PIECES}}
    types = get_type_hints(Campagne)
    for nom in SECTIONS:
        _parcourir(types[nom], nom, trouves)
    return trouves


def _parcourir(classe: type, chemin: str, trouves: dict[str, Genre]) -> None:
    for nom, annotation in get_type_hints(classe, include_extras=True).items():
        sien = genre_de(annotation)
        if sien is not None:
            trouves[f"{chemin}.{nom}"] = sien
        elif isinstance(annotation, type):
            _parcourir(annotation, f"{chemin}.{nom}", trouves)


def verifier_identifiant(id: str) -> None:
    """Refuses what cannot be the name of a file and the id of a campaign. Raises ErreurSaisie."""
    if len(id) > _LONGUEUR_ID or not _IDENTIFIANT.fullmatch(id):
        raise ErreurSaisie(
            f"« {id[:60]} » ne peut pas être l’identifiant d’une campagne.",
            "Des minuscules sans accent, des chiffres et des tirets, par exemple 2026-bretagne.",
        )


def copie(tables: Table, id: str, titre: str) -> Table:
    """The same tables under another id and title, on their own: no base under them. Raises ErreurSaisie."""
    verifier_identifiant(id)
    if not titre.strip():
        raise ErreurSaisie("Une campagne a un titre.", "Écrivez le nom que verront les dossiers.")
    neuve = deepcopy(tables)
    neuve["campagne"] = {
        **{c: v for c, v in neuve["campagne"].items() if c != "base"},
        "id": id,
        "titre": titre.strip(),
    }
    return neuve


def changer(tables: Table, cle: str, saisi: str, source: str, hypothese: bool, note: str) -> Table:
    """The tables with one value changed.

    Args:
        cle: « taille.minimum », « fenetres.2.fin », « contacts.1.nom », « remarques.3.texte » (the rank after the last adds one),
            « campagne.titre », « textes ».
        saisi: the value as typed.
        source: the text that gives it; with `hypothese`, the text it is taken from.
        note: why it is a hypothesis, or a remark.

    Raises:
        ErreurSaisie: no such key, a value that is not of its kind, no source, a hypothesis that does not say why.
    """
    if cle in _TETE:
        return _changer_tete(tables, cle, saisi)
    valeur, origine = lire(cle, saisi), _origine(source, hypothese, note)
    if ici := listes.place(cle):
        return listes.poser(tables, ici, valeur, origine)
    neuve = deepcopy(tables)
    *parents, nom = cle.split(".")
    table = neuve
    for parent in parents:
        table = table.setdefault(parent, {})
    table[nom] = {"valeur": valeur, **origine}
    return neuve


def ajouter(
    tables: Table, nom: str, saisis: Mapping[str, str], source: str, hypothese: bool, note: str
) -> Table:
    """The tables with a window, a contact or a remark more.

    Args:
        nom: « fenetres », « contacts », « remarques ».
        saisis: what is typed, by field; a field left empty says what the list says of itself.

    Raises:
        ErreurSaisie: no such list or field, a field missing or not of its kind, no source.
    """
    if nom not in listes.LISTES:
        raise ErreurSaisie(
            f"« {nom[:60]} » n’est pas une liste d’une campagne.", f"Au choix : {', '.join(listes.LISTES)}."
        )
    rang = len(tables.get(nom, [])) + 1
    lus = {champ: lire(f"{nom}.{rang}.{champ}", dit) for champ, dit in saisis.items() if dit.strip()}
    return listes.ajouter(tables, nom, lus, _origine(source, hypothese, note))


def _origine(source: str, hypothese: bool, note: str) -> Table:
    if not source.strip():
        raise ErreurSaisie(
            "Chaque valeur dit d’où elle vient.", "Écrivez le texte et sa section, par exemple « AAP § 5.2 »."
        )
    if hypothese and not note.strip():
        raise ErreurSaisie(
            "Une hypothèse dit pourquoi elle en est une.", "Écrivez-le en quelques mots dans la note."
        )
    origine: Table = {"source": source.strip()}
    if hypothese:
        origine["hypothese"] = True
    if note.strip():
        origine["note"] = note.strip()
    return origine


def _changer_tete(tables: Table, cle: str, saisi: str) -> Table:
    """What the campaign says of itself: no text gives it."""
    neuve, nom = deepcopy(tables), cle.partition(".")[2]
    if cle == "textes":
        sigles = [x.strip() for x in saisi.split(",") if x.strip()]
        avant = {t["sigle"]: t for t in neuve.get("textes", [])}
        # A text that was there keeps how far it holds.
        return {**neuve, "textes": [avant.get(sigle, {"sigle": sigle}) for sigle in sigles]}
    valeur: object = saisi.strip()
    if nom == "annee":
        valeur = _lu(genres.ANNEE, saisi.strip(), "Année")
        if valeur != neuve["campagne"].get("annee"):
            # A text rules the campaign of its year: another year names its own.
            neuve["textes"] = []
    elif nom == "programme":
        valeur = _lu(PROGRAMMES, saisi.strip(), "Programme")
    elif nom == "region" and not valeur:
        neuve["campagne"].pop("region", None)
        return neuve
    elif not valeur:
        raise ErreurSaisie("Une campagne a un titre.", "Écrivez le nom que verront les dossiers.")
    neuve["campagne"][nom] = valeur
    return neuve


def _lu(genre: Genre, net: str, quoi: str) -> object:
    try:
        brut = _brut(genre, net)
        genre.lire(brut)
    except ValueError as e:
        raise ErreurSaisie(f"« {quoi} » : {e}.") from None
    return brut


def genre(cle: str) -> Genre:
    """The kind of value a key takes. Raises ErreurSaisie for a key that is none."""
    ici = listes.place(cle)
    if ici and ici.champ:
        return listes.LISTES[ici.liste].champs[ici.champ][0]
    trouve = genres_des_cles().get(cle)
    if trouve is None:
        raise ErreurSaisie(
            f"« {cle[:60]} » n’est pas une valeur d’une campagne.",
            "« campagne comparer » donne toutes les clés.",
        )
    return trouve


def lire(cle: str, saisi: str) -> object:
    """What is typed, as the file writes it. Raises ErreurSaisie."""
    net, sien, ici = saisi.strip(), genre(cle), listes.place(cle)
    if ici and ici.liste == "remarques" and sien.nom != "choix" and net.lower() in ("tous", "toutes"):
        net = ""
    quoi = f"{listes.LISTES[ici.liste].nom}, {listes.LISTES[ici.liste].champs[ici.champ][1]}" if ici else ""
    return _lu(sien, net, quoi or libelles.libelle(cle))


def _brut(genre: Genre, net: str) -> object:
    aucun = net.lower() in ("aucun", "aucune", "")
    if genre.nom in ("entier", "euros", "pourcent", "annee"):
        if aucun and genre is genres.ENTIER_OU_AUCUN:
            return "aucun"
        return _entier(net.removesuffix("%").removesuffix("€").strip())
    if genre is genres.DATE_OU_AUCUNE:
        return "aucune" if aucun else _date(net)
    if genre is genres.OUI_NON:
        return _oui_non(net)
    if genre.nom in ("liste", "textes", "entiers"):
        parts = [] if aucun else [x.strip() for x in net.split(",") if x.strip()]
        return [_entier(x) for x in parts] if genre.nom == "entiers" else parts
    return net


def _entier(net: str) -> int:
    try:
        lu = francais.lire_entier(net)
    except ErreurSaisie as e:
        raise ValueError(e.message.rstrip(".")) from None
    if lu is None:
        raise ValueError("un nombre entier est attendu")
    return lu


def _date(net: str) -> object:
    try:
        return francais.lire_date(net)
    except ErreurSaisie as e:
        raise ValueError(e.message.rstrip(".")) from None


def _oui_non(net: str) -> bool:
    try:
        lu = francais.lire_oui_non(net)
    except ErreurSaisie:
        lu = None
    if lu is None:
        raise ValueError("oui ou non est attendu")
    return lu
