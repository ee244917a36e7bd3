"""A person in the base: everywhere her name, her address or her number is written, and how it is erased there."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import JSON, String

from esms_desktop.francais import cle as plie
from esms_desktop.nomenclature.champs import nom_propre
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.erreurs import traduire

EFFACE = "[effacé]"
# Rows that are about the person herself: they go whole when their name is hers.
_ELLE_MEME = {"contact": "nom"}
_AUSSI = ("courriel", "telephone")
_LONGUEUR_MIN = 4


@dataclass(frozen=True)
class Trouvaille:
    """A place that names the person. `dossier`: its key, None when it is not known; `valeur`: the whole text there."""

    table: str
    cle: int
    champ: str
    valeur: str
    nom: str
    dossier: int | None
    elle_meme: bool = False


class Termes:
    """What tells a person: her name, then the address and the number of the contact that bears it."""

    def __init__(self, nom: str, autres: Iterable[str] = ()) -> None:
        voulus = [plie(nom), *(plie(a) for a in autres)]
        self.plis: tuple[str, ...] = tuple(dict.fromkeys(t for t in voulus if len(t) >= _LONGUEUR_MIN))
        self.nom = plie(nom)

    def dans(self, texte: str) -> bool:
        """Whether a text names the person."""
        pli, _ = _plier(texte)
        return any(_trouver(pli, t) >= 0 for t in self.plis)

    def dans_un_long(self, texte: str) -> bool:
        """The same of a text as long as a document."""
        pli = plie(texte)
        return any(_trouver(pli, t) >= 0 for t in self.plis)

    def sans(self, texte: str) -> str:
        """The text where the person is no longer named; nothing when it says nothing else."""
        if plie(texte) in self.plis:
            return ""
        pli, places = _plier(texte)
        for terme in self.plis:
            debut = _trouver(pli, terme)
            while debut >= 0:
                fin = debut + len(terme)
                texte = texte[: places[debut]] + EFFACE + texte[places[fin - 1] + 1 :]
                pli, places = _plier(texte)
                debut = _trouver(pli, terme)
        return texte

    def sans_json(self, valeur: Any) -> Any:
        """The same of all the texts of a value."""
        if isinstance(valeur, str):
            return self.sans(valeur)
        if isinstance(valeur, list):
            return [self.sans_json(v) for v in valeur]
        if isinstance(valeur, dict):
            return {c: self.sans_json(v) for c, v in valeur.items()}
        return valeur


def _trouver(pli: str, terme: str) -> int:
    """Where a term stands as a word of its own, -1 when it does not: « Durand » is not in « Durandeau »."""
    debut = pli.find(terme)
    while debut >= 0:
        fin = debut + len(terme)
        if not pli[debut - 1 : debut].isalnum() and not pli[fin : fin + 1].isalnum():
            return debut
        debut = pli.find(terme, debut + 1)
    return -1


def _plier(texte: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its place in the text."""
    pli: list[str] = []
    places: list[int] = []
    for place, signe in enumerate(texte):
        for c in " " if signe.isspace() else plie(signe):
            if c == " " and pli and pli[-1] == " ":
                continue
            pli.append(c)
            places.append(place)
    return "".join(pli), places


def termes(connexion: Any, nom: str) -> Termes:
    """What tells the person of that name, with what her contact rows say of her."""
    voulu = plie(nom)
    autres = [
        valeur
        for ligne in connexion.execute("SELECT nom, courriel, telephone FROM contact").fetchall()
        if plie(ligne[0]) == voulu
        for valeur in ligne[1:]
        if valeur
    ]
    return Termes(nom, autres)


def chercher(connexion: Any, qui: Termes) -> Iterator[Trouvaille]:
    """Every place of the rows of the dossiers that names the person."""
    for nom, table in TABLES.items():
        colonnes = [c.name for c in table.columns]
        textes = [c.name for c in table.columns if isinstance(c.type, String | JSON) and c.name != "uid"]
        for brute in connexion.execute(f'SELECT {", ".join(colonnes)} FROM "{nom}" ORDER BY id').fetchall():
            ligne = dict(zip(colonnes, brute, strict=True))
            elle = nom in _ELLE_MEME and plie(str(ligne[_ELLE_MEME[nom]])) == qui.nom
            for champ in textes:
                valeur = ligne[champ]
                dit = isinstance(valeur, str) and any(map(qui.dans, _textes(valeur)))
                if dit or (elle and valeur and champ in ("fonction", *_AUSSI)):
                    dossier = ligne.get("dossier_id", ligne["id"] if nom == "dossier" else None)
                    yield Trouvaille(nom, ligne["id"], champ, valeur, nom_propre(ligne), dossier, elle)


def _textes(valeur: str) -> Sequence[str]:
    """The text, and those of what it holds when it is JSON: accents are escaped there."""
    lu = lire_json(valeur)
    return (valeur,) if lu is None else tuple(_feuilles(lu))


def lire_json(valeur: str) -> Any:
    """What a text of JSON holds, an object or a list; None of any other text."""
    if valeur[:1] not in ("{", "["):
        return None
    try:
        lu = json.loads(valeur)
    except ValueError:
        return None
    return lu if isinstance(lu, dict | list) else None


def _feuilles(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, list):
        for v in valeur:
            yield from _feuilles(v)
    elif isinstance(valeur, dict):
        for v in valeur.values():
            yield from _feuilles(v)


def sans_elle(qui: Termes, valeur: str) -> str:
    """A text of the base, JSON or not, where the person is no longer named."""
    lu = lire_json(valeur)
    return qui.sans(valeur) if lu is None else json.dumps(qui.sans_json(lu))


@dataclass(frozen=True)
class Garde:
    """Bytes the base keeps. `dossier`: its name, empty in the bin; `numero`: the piece, None for the archive of a filing."""

    dossier: str
    numero: int | None
    nom: str
    octets: bytes


def qui_est(base: Path, cle: Cle, nom: str) -> Termes:
    """What tells a person, with what her contacts say of her: to be asked before she is erased."""
    try:
        with connexion_nue(base, cle) as connexion:
            return termes(connexion, nom)
    except sqlcipher.Error as erreur:
        raise traduire(erreur) from erreur


def fichiers_gardes(base: Path, cle: Cle) -> Iterator[Garde]:
    """Every file and archive the base keeps, those of the bin too, one at a time.

    Raises:
        ErreurBase: the base does not read.
    """
    try:
        with connexion_nue(base, cle) as connexion:
            noms = connexion.execute(
                "SELECT c.sha256, d.nom, f.numero, f.nom FROM contenu c JOIN fichier f ON f.sha256 = c.sha256 "
                "JOIN dossier d ON d.id = f.dossier_id UNION "
                "SELECT c.sha256, d.nom, NULL, '' FROM contenu c JOIN depot_fait p ON p.sha256 = c.sha256 "
                "JOIN dossier d ON d.id = p.dossier_id ORDER BY 2, 3, 4"
            ).fetchall()
            vus = {ligne[0] for ligne in noms}
            noms += [
                (s, "", None, "")
                for (s,) in connexion.execute("SELECT sha256 FROM contenu").fetchall()
                if s not in vus
            ]
            for sha, dossier, numero, nom in noms:
                (octets,) = connexion.execute(
                    "SELECT octets FROM contenu WHERE sha256 = ?", (sha,)
                ).fetchone()
                yield Garde(dossier, numero, nom, octets)
    except sqlcipher.Error as erreur:
        raise traduire(erreur) from erreur
