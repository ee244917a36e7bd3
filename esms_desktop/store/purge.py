"""What leaves for good: rows, their trace in the journal, bytes, free pages; and the register, which says that it left.

Nothing of it can be undone. Backups made before still hold it: whoever asks is told which ones.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle as plie
from esms_desktop.store import personnes
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.saisies import Saisies
from esms_desktop.store.session import utilisateur

_INSTANT = "%Y-%m-%d %H:%M:%S.%f"
_LIBELLE = "Effacé pour de bon"


@dataclass(frozen=True)
class Bilan:
    """What was erased. `lignes`: rows that went or changed; `entrees`: of the journal; `contenus`: files and archives.
    `tasse`: the room was given back; when it is not, another window holds the base, and the next purge does it."""

    lignes: int = 0
    entrees: int = 0
    contenus: int = 0
    tasse: bool = True
    dossiers: tuple[int, ...] = field(default=())


def effacer_dossier(base: Path, cle: Cle, nom: str, numero: int | None = None) -> Bilan:
    """Erases a dossier that is there, or one of the bin, with all that is known of it.

    Args:
        numero: its key, when the person chose it; None: by its name, that of the base before those of the bin.

    Raises:
        ErreurSaisie: there is no such dossier. ErreurBase: the base is taken, or the disk refuses; nothing was erased.
    """
    with _ecriture(base, cle) as connexion:
        numeros = _dossiers_de(connexion, nom) if numero is None else [numero]
        if not numeros:
            raise ErreurSaisie(
                f"Aucun dossier ne s’appelle «\u00a0{nom}\u00a0», ni dans la base ni dans la corbeille.",
                "Vérifiez son nom\u00a0: rien n’a été effacé.",
            )
        bilan = _effacer_dossiers(connexion, numeros)
        _inscrire(connexion, "purge", {"quoi": "dossier", "dossiers": len(numeros), **_comptes(bilan)})
    gardees = Saisies(base, cle)
    gardees.ecrire(s for s in gardees.lire() if s.dossier not in numeros)
    return _tasser(base, cle, bilan)


def effacer_perimes(base: Path, cle: Cle, avant: datetime) -> Bilan:
    """Erases what was removed before that moment: it leaves the bin, and the journal no longer says what it was.

    Raises:
        ErreurBase: the base is taken, or the disk refuses; nothing was erased.
    """
    limite = avant.astimezone(UTC).strftime(_INSTANT)
    with _ecriture(base, cle) as connexion:
        partis = connexion.execute(
            "SELECT table_, cle FROM journal WHERE apres IS NULL AND avant IS NOT NULL AND quand < ?",
            (limite,),
        ).fetchall()
        efface = 0
        for table, numero in sorted(set(partis)):
            if connexion.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (int(numero),)).fetchone() is None:
                efface += _taire(connexion, "table_ = ? AND cle = ?", (table, numero))
        bilan = Bilan(entrees=efface, contenus=_contenus_orphelins(connexion))
        if efface:
            _inscrire(connexion, "purge", {"quoi": "corbeille", **_comptes(bilan)})
    return _tasser(base, cle, bilan) if efface else bilan


def effacer_personne(base: Path, cle: Cle, nom: str) -> Bilan:
    """Erases a person: the contacts that bear her name go, everywhere else it is written « [effacé] », in the journal too.

    Raises:
        ErreurSaisie: the name is too short to be told from others, or the base does not hold it.
        ErreurBase: the base is taken, or the disk refuses; nothing was erased.
    """
    with _ecriture(base, cle) as connexion:
        qui = personnes.termes(connexion, nom)
        if not qui.plis or qui.nom not in qui.plis:
            raise ErreurSaisie(
                "Ce nom est trop court pour être effacé sans en toucher d’autres.",
                "Donnez le prénom et le nom.",
            )
        lignes = _effacer_des_lignes(connexion, qui)
        entrees = _effacer_du_journal(connexion, qui)
        if not lignes and not entrees:
            raise ErreurSaisie(
                f"La base ne nomme personne «\u00a0{nom}\u00a0».",
                "Vérifiez l’orthographe\u00a0: rien n’a été effacé.",
            )
        bilan = Bilan(lignes=lignes, entrees=entrees)
        _inscrire(connexion, "purge", {"quoi": "personne", **_comptes(bilan)})
    gardees = Saisies(base, cle)
    gardees.ecrire(s for s in gardees.lire() if not qui.dans(f"{s.texte} {s.de}"))
    return _tasser(base, cle, bilan)


def exporter_personne(base: Path, cle: Cle, nom: str) -> dict[str, Any]:
    """All that the base says of a person, as JSON: where, what, since when; the act is written in the register.

    Raises:
        ErreurSaisie: the base does not name her. ErreurBase: the base does not read.
    """
    with _ecriture(base, cle) as connexion:
        qui = personnes.termes(connexion, nom)
        trouvees = list(personnes.chercher(connexion, qui)) if qui.plis else []
        dossiers = dict(connexion.execute("SELECT id, nom FROM dossier").fetchall())
        journal = [
            {"quand": quand, "qui": auteur, "geste": libelle, "table": table, "avant": avant, "apres": apres}
            for quand, auteur, libelle, table, avant, apres in connexion.execute(
                "SELECT quand, qui, libelle, table_, avant, apres FROM journal ORDER BY id"
            )
            if qui.plis
            and any(isinstance(t, str) and _nomme(qui, t) for t in (auteur, libelle, avant, apres))
        ]
        if not trouvees and not journal:
            raise ErreurSaisie(f"La base ne nomme personne «\u00a0{nom}\u00a0».", "Vérifiez l’orthographe.")
        _inscrire(connexion, "export", {"quoi": "personne", "lignes": len(trouvees), "entrees": len(journal)})
    return {
        "personne": nom,
        "donnees": [
            {
                "dossier": dossiers.get(t.dossier, "") if t.dossier is not None else "",
                "table": t.table,
                "ligne": t.nom,
                "champ": t.champ,
                "valeur": personnes.lire_json(t.valeur) or t.valeur,
            }
            for t in trouvees
        ],
        "journal": journal,
    }


def conservation(base: Path, cle: Cle) -> int:
    """How many months what was removed is kept; zero for ever."""
    with _lecture(base, cle) as connexion:
        lus = connexion.execute(
            "SELECT detail FROM registre WHERE genre = 'conservation' ORDER BY id DESC LIMIT 1"
        ).fetchone()
    mois = json.loads(lus[0]).get("mois", 0) if lus else 0
    return mois if isinstance(mois, int) else 0


def fixer_conservation(base: Path, cle: Cle, mois: int) -> None:
    """Says how many months what was removed is kept; zero for ever.

    Raises:
        ErreurSaisie: not between 0 and 240. ErreurBase: the base is taken, or the disk refuses.
    """
    if not 0 <= mois <= 240:
        raise ErreurSaisie("La durée va de 0 (sans limite) à 240 mois.", "Donnez un nombre de mois.")
    with _ecriture(base, cle) as connexion:
        _inscrire(connexion, "conservation", {"mois": mois})


def actes(base: Path, cle: Cle) -> list[dict[str, Any]]:
    """The register, the first act first."""
    with _lecture(base, cle) as connexion:
        lignes = connexion.execute("SELECT quand, qui, genre, detail FROM registre ORDER BY id").fetchall()
    return [{"quand": q, "qui": p, "acte": g, "detail": json.loads(d)} for q, p, g, d in lignes]


@contextmanager
def _lecture(base: Path, cle: Cle) -> Iterator[Any]:
    try:
        with connexion_nue(base, cle) as connexion:
            yield connexion
    except sqlcipher.Error as erreur:
        raise traduire(erreur) from erreur


@contextmanager
def _ecriture(base: Path, cle: Cle) -> Iterator[Any]:
    with _lecture(base, cle) as connexion:
        connexion.execute("PRAGMA foreign_keys = ON")
        # What is removed is overwritten, were the room not given back.
        connexion.execute("PRAGMA secure_delete = ON")
        connexion.execute("PRAGMA synchronous = FULL")
        connexion.execute("BEGIN IMMEDIATE")
        try:
            yield connexion
            connexion.execute("COMMIT")
        except BaseException:
            if connexion.in_transaction:
                connexion.execute("ROLLBACK")
            raise


def _tasser(base: Path, cle: Cle, bilan: Bilan) -> Bilan:
    """Gives the room back: no page of what was erased is left in the file nor in its -wal."""
    try:
        with connexion_nue(base, cle) as connexion:
            connexion.execute("PRAGMA secure_delete = ON")
            connexion.execute("VACUUM")
            occupe = connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.Error:
        occupe = (1,)
    return Bilan(bilan.lignes, bilan.entrees, bilan.contenus, not occupe[0], bilan.dossiers)


def _dossiers_de(connexion: Any, nom: str) -> list[int]:
    """The dossiers of that name: the one that is there, else those of the bin."""
    voulu = plie(nom)
    la = [i for i, n in connexion.execute("SELECT id, nom FROM dossier").fetchall() if plie(n) == voulu]
    if la:
        return la
    return sorted(
        int(numero)
        for numero, avant in connexion.execute(
            "SELECT cle, avant FROM journal WHERE table_ = 'dossier' AND apres IS NULL AND avant IS NOT NULL"
        ).fetchall()
        if plie(str(json.loads(avant).get("nom", ""))) == voulu
        and connexion.execute("SELECT 1 FROM dossier WHERE id = ?", (int(numero),)).fetchone() is None
    )


def _effacer_dossiers(connexion: Any, numeros: list[int]) -> Bilan:
    avant = connexion.total_changes
    entrees = 0
    for numero in numeros:
        connexion.execute("DELETE FROM dossier WHERE id = ?", (numero,))
    lignes = connexion.total_changes - avant
    for numero in numeros:
        entrees += _taire(connexion, "dossier_id = ?", (numero,))
        _annoncer(connexion, numero, "dossier", numero, None, None)
    return Bilan(lignes, entrees, _contenus_orphelins(connexion), dossiers=tuple(numeros))


def _taire(connexion: Any, quand: str, valeurs: tuple[Any, ...]) -> int:
    """The journal keeps that something was done then, and no longer what."""
    return int(
        connexion.execute(
            f"UPDATE journal SET avant = NULL, apres = NULL, libelle = ? WHERE {quand}", (_LIBELLE, *valeurs)
        ).rowcount
    )


def _contenus_orphelins(connexion: Any) -> int:
    """Bytes that neither a row names, nor the journal of something that can come back."""
    nommes = " UNION ".join(
        f"SELECT json_extract({cote}, '$.sha256') AS sha FROM journal WHERE table_ IN ('fichier', 'depot_fait') "
        f"AND {cote} NOT NULL"
        for cote in ("avant", "apres")
    )
    return int(
        connexion.execute(
            "DELETE FROM contenu WHERE sha256 NOT IN (SELECT sha256 FROM fichier UNION SELECT sha256 FROM depot_fait) "
            f"AND sha256 NOT IN (SELECT sha FROM ({nommes}) WHERE sha NOT NULL)"
        ).rowcount
    )


def _effacer_des_lignes(connexion: Any, qui: personnes.Termes) -> int:
    touchees: set[tuple[str, int]] = set()
    trouvees = list(personnes.chercher(connexion, qui))
    for t in trouvees:
        touchees.add((t.table, t.cle))
        dossier = _dossier_de(connexion, t)
        if t.elle_meme:
            if connexion.execute(f'DELETE FROM "{t.table}" WHERE id = ?', (t.cle,)).rowcount:
                _annoncer(connexion, dossier, t.table, t.cle, None, None)
            continue
        neuve = personnes.sans_elle(qui, t.valeur)
        if not neuve.strip() and t.champ in ("nom", "intitule", "libelle"):
            neuve = personnes.EFFACE
        connexion.execute(f'UPDATE "{t.table}" SET "{t.champ}" = ? WHERE id = ?', (neuve, t.cle))
        # What follows the journal reads the row again from it.
        _annoncer(connexion, dossier, t.table, t.cle, {t.champ: personnes.EFFACE}, {t.champ: neuve})
    return len(touchees)


def _dossier_de(connexion: Any, t: personnes.Trouvaille) -> int | None:
    if t.dossier is not None:
        return t.dossier
    trouve = connexion.execute(
        f'SELECT og.dossier_id FROM og JOIN "{t.table}" AS x ON x.og_id = og.id WHERE x.id = ?', (t.cle,)
    ).fetchone()
    return trouve[0] if trouve else None


def _effacer_du_journal(connexion: Any, qui: personnes.Termes) -> int:
    touchees = 0
    colonnes = ("libelle", "qui", "avant", "apres")
    for numero, *valeurs in connexion.execute(f"SELECT id, {', '.join(colonnes)} FROM journal").fetchall():
        neuves = [
            v
            if not isinstance(v, str) or not _nomme(qui, v)
            else personnes.sans_elle(qui, v) or personnes.EFFACE
            for v in valeurs
        ]
        if neuves != valeurs:
            touchees += 1
            connexion.execute(
                f"UPDATE journal SET {', '.join(f'{c} = ?' for c in colonnes)} WHERE id = ?",
                (*neuves, numero),
            )
    return touchees


def _nomme(qui: personnes.Termes, texte: str) -> bool:
    return personnes.sans_elle(qui, texte) != (
        texte if personnes.lire_json(texte) is None else json.dumps(personnes.lire_json(texte))
    )


def _annoncer(connexion: Any, dossier: int | None, table: str, cle: int, avant: Any, apres: Any) -> None:
    """An entry of the journal, for the windows that follow it."""
    numero = connexion.execute(
        "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'journal'"
    ).fetchone()[0]
    connexion.execute(
        "INSERT INTO journal (quand, qui, geste, libelle, sens, dossier_id, table_, cle, avant, apres) "
        "VALUES (?, ?, ?, ?, 'faire', ?, ?, ?, ?, ?)",
        (
            _maintenant(),
            utilisateur(),
            numero,
            _LIBELLE,
            dossier,
            table,
            str(cle),
            _json(avant),
            _json(apres),
        ),
    )


def _inscrire(connexion: Any, genre: str, detail: dict[str, Any]) -> None:
    connexion.execute(
        "INSERT INTO registre (quand, qui, genre, detail) VALUES (?, ?, ?, ?)",
        (_maintenant(), utilisateur(), genre, json.dumps(detail)),
    )


def _comptes(bilan: Bilan) -> dict[str, int]:
    return {"lignes": bilan.lignes, "entrees": bilan.entrees, "contenus": bilan.contenus}


def _maintenant() -> str:
    return datetime.now(UTC).strftime(_INSTANT)


def _json(valeur: Any) -> str | None:
    return None if valeur is None else json.dumps(valeur)
