"""Searching the directory while one types: by words, each its beginning; by numbers; near words when nothing is found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from esms_desktop.finess.eligibilite import est_ouvert
from esms_desktop.finess.valeurs import jour
from esms_desktop.francais import mots
from esms_desktop.nomenclature.numeros import normaliser

# What a query brings back before it is put in order.
_EJ_MAX, _ET_MAX = 200, 300
_LETTRES_MIN = 2
# A shorter run of figures may be the beginning of a postal code.
_CHIFFRES_NUMERO = 6
_SIREN = 9
_CORRIGEABLE = 4
_PROCHES = 80
_VIDES = frozenset(["au", "aux", "de", "des", "du", "en", "et", "la", "le", "les", "par", "pour", "sur"])
_NUMERO = re.compile(r"[0-9][0-9AB]?[0-9]*")
_EJ = "e.finess, e.nom, e.sigle, e.siren, e.commune, e.departement, e.etat, e.fermeture, e.ouverts"
_ET = "t.finess, t.nom, t.commune"


@dataclass(frozen=True, slots=True)
class Touche:
    """An établissement that the text finds."""

    finess: str
    nom: str
    commune: str


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """An entity found, by itself or by some of its établissements. `ouverts`: how many of them are open."""

    finess: str
    nom: str
    sigle: str
    siren: str
    commune: str
    departement: str
    active: bool
    ouverts: int
    touches: tuple[Touche, ...] = ()


@dataclass(frozen=True)
class Resultat:
    """What was found, the nearest first. `corrige`: the words really searched, when those typed are nowhere."""

    trouvailles: tuple[Trouvaille, ...] = ()
    corrige: str = ""


class Recherche:
    """The search in an open directory file. `date_source`: the day it was made."""

    def __init__(self, base: Any, date_source: date | None) -> None:
        self._base = base
        self._jour = date_source

    def chercher(self, texte: str, limite: int) -> Resultat:
        """The entities a text finds, `limite` at most; nothing before two letters or figures."""
        numero = normaliser(texte)
        est_numero = _NUMERO.fullmatch(numero) is not None
        if est_numero and len(numero) >= _CHIFFRES_NUMERO:
            return Resultat(self._ranger(*self._par_numero(numero), numero, limite))
        cherches = _cherches(texte)
        if not cherches:
            return Resultat()
        voulu = " ".join(cherches)
        ejs, ets = self._par_mots(" ".join(f'"{m}"*' for m in cherches))
        if ejs or ets:
            return Resultat(self._ranger(ejs, ets, voulu, limite))
        if est_numero:
            return Resultat(self._ranger(*self._par_numero(numero), numero, limite))
        # A word that is nowhere gives its place to its neighbours.
        proches = [[m] if self._existe(m) else self._proches(m) or [m] for m in cherches]
        if [p[0] for p in proches] == cherches:
            return Resultat()
        requete = " AND ".join("(" + " OR ".join(f'"{m}"*' for m in p) + ")" for p in proches)
        corrige = " ".join(p[0] for p in proches)
        trouvailles = self._ranger(*self._par_mots(requete), corrige, limite)
        return Resultat(trouvailles, corrige if trouvailles else "")

    def _par_mots(self, requete: str) -> tuple[list[Any], list[Any]]:
        ejs = self._base.execute(
            f"SELECT {_EJ} FROM mots_ej m JOIN entite e ON e.id = m.rowid WHERE mots_ej MATCH ? LIMIT {_EJ_MAX}",
            (requete,),
        ).fetchall()
        ets: list[Any] = []
        if len(ejs) < _EJ_MAX:
            ets = self._base.execute(
                f"SELECT {_ET}, {_EJ} FROM mots_et m JOIN etablissement t ON t.id = m.rowid "
                f"JOIN entite e ON e.finess = t.finess_ej WHERE mots_et MATCH ? LIMIT {_ET_MAX}",
                (requete,),
            ).fetchall()
        return ejs, ets

    def _par_numero(self, numero: str) -> tuple[list[Any], list[Any]]:
        bornes = (numero, numero + "Z")
        ets = self._base.execute(
            f"SELECT {_ET}, {_EJ} FROM (SELECT * FROM etablissement WHERE finess >= ? AND finess < ? UNION "
            "SELECT * FROM etablissement WHERE siret != '' AND siret >= ? AND siret < ?) t "
            f"JOIN entite e ON e.finess = t.finess_ej LIMIT {_ET_MAX}",
            (*bornes, *bornes),
        ).fetchall()
        # The SIREN at the head of a SIRET that no établissement has.
        siren = numero if len(numero) <= _SIREN or ets else numero[:_SIREN]
        ejs = self._base.execute(
            f"SELECT {_EJ} FROM entite e WHERE finess >= ? AND finess < ? UNION "
            f"SELECT {_EJ} FROM entite e WHERE siren != '' AND siren >= ? AND siren < ? LIMIT {_EJ_MAX}",
            (*bornes, siren, siren + "Z"),
        ).fetchall()
        return ejs, ets

    def _ranger(
        self, ejs: Iterable[Any], ets: Iterable[Any], voulu: str, limite: int
    ) -> tuple[Trouvaille, ...]:
        touches: dict[str, list[Touche]] = {}
        lignes = {ligne[0]: ligne for ligne in ejs}
        directs = set(lignes)
        for finess, nom, commune, *ligne in ets:
            lignes.setdefault(ligne[0], ligne)
            touches.setdefault(ligne[0], []).append(Touche(finess, nom, commune))

        def rang(ligne: Any) -> tuple[bool, int, int, str]:
            nom, sigle = ligne[1].lower(), ligne[2].lower()
            if sigle == voulu or nom == voulu:
                place = 0
            elif nom.startswith(voulu):
                place = 1
            else:
                place = 2 if ligne[0] in directs else 3
            return ligne[6] == "I", place, -ligne[8] if place > 1 else 0, nom

        rangees = sorted(lignes.values(), key=rang)[:limite]
        return tuple(self._trouvaille(ligne, touches.get(ligne[0], [])) for ligne in rangees)

    def _trouvaille(self, ligne: Any, touches: list[Touche]) -> Trouvaille:
        finess, nom, sigle, siren, commune, departement, etat, fermeture, ouverts = ligne
        active = est_ouvert(etat, jour(fermeture), self._jour)
        return Trouvaille(finess, nom, sigle, siren, commune, departement, active, ouverts, tuple(touches))

    def _existe(self, mot: str) -> bool:
        if len(mot) < _CORRIGEABLE:
            return True
        requete = "SELECT 1 FROM mot WHERE mot >= ? AND mot < ?"
        return self._base.execute(requete, (mot, mot + "\uffff")).fetchone() is not None

    def _proches(self, mot: str) -> list[str]:
        """The words of the directory one typing mistake away, two for a long one; the nearest first."""
        permis = 1 if len(mot) < 8 else 2
        if len(mot) < 6:
            # Too short to share three letters in a row once one of them is wrong.
            requete = "SELECT mot FROM mot WHERE (mot >= ? AND mot < ? OR mot >= ? AND mot < ?) AND length(mot) <= ?"
            a, b = mot[0], mot[1]
            bornes = (a, a + "\uffff", b, b + "\uffff", len(mot) + 1)
            candidats = [m for (m,) in self._base.execute(requete, bornes)]
        else:
            # One mistake spoils one of two runs of letters that do not overlap: the other is still in the right word.
            grammes = [mot[i : i + 3] for i in range(0, len(mot) - 2, 3)][: permis + 2]
            requete = "SELECT mot FROM trigrammes WHERE trigrammes MATCH ?"
            ou = " OR ".join(f'"{g}"' for g in grammes)
            communs = [
                (m[0] == mot[0], sum(g in m for g in grammes), m)
                for (m,) in self._base.execute(requete, (ou,))
                if len(m) >= len(mot) - permis
            ]
            # Unless two letters swapped are of both runs: the word then begins as it should.
            debut = (mot[:2], mot[:2] + "\uffff", len(mot) - permis)
            requete = "SELECT mot FROM mot WHERE mot >= ? AND mot < ? AND length(mot) >= ?"
            candidats = [m for *_, m in sorted(communs, reverse=True)[:_PROCHES]]
            candidats += [m for (m,) in self._base.execute(requete, debut) if m not in set(candidats)]
        juges = ((ecart_de_frappe(mot, m, permis), m) for m in candidats)
        return [m for e, m in sorted(j for j in juges if j[0] <= permis)][:5]


def _cherches(texte: str) -> list[str]:
    """The words to look for: letters alone in a row are an abbreviation (« E.H.P.A.D. »), one alone says nothing."""
    cherches, lettres = [], ""
    for mot in [*mots(texte), ""]:
        if len(mot) == 1:
            lettres += mot
            continue
        cherches += [lettres, mot]
        lettres = ""
    utiles = [m for m in dict.fromkeys(cherches) if len(m) >= _LETTRES_MIN]
    # Half of the directory holds them: they say something alone only.
    return [m for m in utiles if m not in _VIDES] or utiles


def ecart_de_frappe(tape: str, mot: str, permis: int) -> int:
    """How many typing mistakes part what was typed from the beginning of a word: a letter more, less, other, or two swapped.

    More than `permis` is said `permis + 1`.
    """
    mot = mot[: len(tape) + permis]
    trop, large = permis + 1, len(mot)
    deux: list[int] = []
    avant = [*range(trop + 1), *[trop] * large][: large + 1]
    for i, a in enumerate(tape, 1):
        # Further from the diagonal than what is allowed, it is too much.
        ligne = [min(i, trop), *[trop] * large]
        for j in range(max(1, i - permis), min(large, i + permis) + 1):
            b = mot[j - 1]
            cout = min(avant[j] + 1, ligne[j - 1] + 1, avant[j - 1] + (a != b))
            if i > 1 and j > 1 and a == mot[j - 2] and tape[i - 2] == b:
                cout = min(cout, deux[j - 2] + 1)
            ligne[j] = cout
        if min(ligne) > permis:
            return trop
        deux, avant = avant, ligne
    # The word may go on after what was typed.
    return min(min(avant[len(tape) - permis :], default=trop), trop)
