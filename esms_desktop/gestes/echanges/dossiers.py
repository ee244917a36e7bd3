"""A dossier as a file: exported, imported, duplicated for another campaign, brought together with a copy that diverged."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from esms_desktop.campagnes.chargement import charger
from esms_desktop.echanges.esms.copie import Copie, Entree
from esms_desktop.echanges.esms.cotes import Plan
from esms_desktop.echanges.esms.fichier import Ouvert, ecrire, ouvrir
from esms_desktop.echanges.esms.fusion import Fusion, fusionner
from esms_desktop.errors import ErreurEsms, ErreurSaisie, raison_systeme
from esms_desktop.francais import cle
from esms_desktop.gestes.echanges.rapprochement import Rapprochement
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.nomenclature.vocabulaire import EtatDossier
from esms_desktop.progress import Progress
from esms_desktop.store.cles.force import juger
from esms_desktop.store.copies.extraire import EntreeExtraite, cles_etrangeres
from esms_desktop.store.copies.verser import MARQUES, valeurs_vides
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.fichiers import brouillon, forcer, mettre_en_place
from esms_desktop.store.porte import Porte
from esms_desktop.store.schema import SCHEMA

# Two rows made apart are the same one when these say the same.
_NATURELLES = {
    "point_preparation": ("code",),
    "brique": ("og_id", "code"),
    "autodiagnostic": ("og_id", "genre"),
    "signature": ("og_id", "document"),
    "texte_document": ("document", "section"),
    "reglage_planning": (),
    "evaluation_structure": ("essms_id",),
    "niveau_echelle": ("axe", "niveau"),
}
# What was filed, signed, attached or planned for the campaign before.
_LAISSEES = frozenset(
    [
        "fichier",
        "signature",
        "depot_fait",
        "complement",
        "tache",
        "lien_tache",
        "fermeture",
        "reglage_planning",
        "point_preparation",
        "autodiagnostic",
    ]
)
# Where facts are declared, and those that a campaign does not ask anew.
_INTERROGEES = frozenset({"dossier", "og", "essms", "solution"})
_DURABLES = frozenset({("og", "association")})


def copie(porte: Porte, dossier_id: int) -> Copie:
    """A dossier and its journal, named by who its rows are."""
    extrait = porte.extraire(dossier_id)
    return Copie(SCHEMA.courante, extrait.tables, tuple(Entree(*e) for e in extrait.journal))


def exporter(
    porte: Porte, dossier_id: int, chemin: Path, phrase: str | None, progress: Progress | None = None
) -> Path:
    """Writes a dossier in a file .esms, whole or not at all. Refusals as `ecrire_copie`."""
    return ecrire_copie(copie(porte, dossier_id), porte.contenu, chemin, phrase, progress)


def ecrire_copie(
    lue: Copie,
    contenu: Callable[[str], bytes],
    chemin: Path,
    phrase: str | None,
    progress: Progress | None = None,
) -> Path:
    """Writes a copy in a file .esms, whole or not at all. Any thread may call it.

    Args:
        contenu: the bytes of an attached file, by their SHA-256.
        phrase: seals it; None leaves it in clear.

    Raises:
        ErreurSaisie: the phrase is too weak. ErreurEsms: the disk refuses. Interruption: the person cancelled.
    """
    if phrase is not None and (force := juger(phrase)).refusee:
        raise ErreurSaisie(
            f"Cette phrase protège trop peu. {force.pourquoi}",
            "Rien n’a été écrit\u00a0: choisissez-en une autre.",
        )
    try:
        with brouillon(chemin) as neuf:
            with neuf.open("wb") as sortie:
                ecrire(cast(BinaryIO, sortie), lue, contenu, phrase, progress)
            forcer(neuf)
            mettre_en_place(neuf, chemin)
    except OSError as e:
        raise ErreurEsms(
            f"«\u00a0{chemin.name}\u00a0» n’a pas pu être écrit dans {chemin.parent} ({raison_systeme(e)}).",
            "Rien n’a été changé\u00a0; choisissez un autre dossier ou libérez de la place, puis recommencez.",
        ) from e
    return chemin


@contextmanager
def _ouvert(chemin: Path, demander: Callable[[], str]) -> Iterator[Ouvert]:
    with ouvrir(chemin, demander) as fichier:
        schema = fichier.copie.schema
        if schema not in SCHEMA.revisions:
            raise ErreurSaisie(
                f"«\u00a0{chemin.name}\u00a0» vient d’une version plus récente du logiciel (schéma {schema[:20]}).",
                "Installez la dernière version du logiciel\u00a0; rien n’a été changé.",
            )
        nommees = fichier.copie.tables.keys() | {e.table for e in fichier.copie.journal}
        if inconnues := nommees - TABLES.keys():
            raise ErreurSaisie(
                f"«\u00a0{chemin.name}\u00a0» contient ce que ce logiciel ne connaît pas («\u00a0{min(inconnues)[:40]}\u00a0»).",
                "Rien n’a été changé.",
            )
        yield fichier


def importer(porte: Porte, chemin: Path, demander: Callable[[], str], nom: str = "") -> int:
    """Takes a dossier from a file .esms, with its files and its journal, in one step. Answers its id.

    Args:
        demander: gives the phrase of a sealed file.
        nom: another name for it. A dossier that is here already then comes as another one, with rows of its own.

    Raises:
        ErreurSaisie: the file does not read, the name is taken, or the dossier is here already and no name is given.
    """
    with _ouvert(chemin, demander) as fichier:
        lue = fichier.copie
        present = porte.deja_la({t: list(lignes) for t, lignes in lue.tables.items()})
        if present and not nom:
            raise ErreurSaisie(
                f"Ce dossier est déjà dans la base, sous le nom «\u00a0{present}\u00a0».",
                "Fusionnez les deux, ou donnez un autre nom pour en faire un dossier à part\u00a0; rien n’a été changé.",
            )
        charger(str(next(iter(lue.tables["dossier"].values())).get("campagne_id", "")))
        return _verser(
            porte, _autres_uids(lue) if present else lue, nom or lue.nom, fichier.contenu, "Importer"
        )


def _verser(porte: Porte, lue: Copie, nom: str, contenu: Callable[[str], bytes], verbe: str) -> int:
    if cle(nom) in {cle(r.nom) for r in porte.resumes()}:
        raise ErreurSaisie(
            f"Un dossier s’appelle déjà «\u00a0{nom}\u00a0».",
            "Donnez un autre nom à celui-ci\u00a0; rien n’a été changé.",
        )
    (uid,) = lue.tables["dossier"]
    with porte.verser(f"{verbe} le dossier «\u00a0{nom}\u00a0»") as verseur:
        uids = {t: list(lue.tables.get(t, {})) for t in TABLES}
        for e in lue.journal:
            uids.setdefault(e.table, []).append(e.uid)
            for nommees in (e.avant or {}, e.apres or {}):
                for colonne, table in cles_etrangeres(e.table).items():
                    if isinstance(vers := nommees.get(colonne), str):
                        uids[table].append(vers)
        verseur.numeroter(uids)
        for empreinte in lue.contenus:
            porte.ranger_contenu(contenu(empreinte))
        lignes = [(t, u, ligne) for t, table in lue.tables.items() for u, ligne in table.items()]
        renommees = [
            (t, u, {**ligne, "nom": nom} if (t, u) == ("dossier", uid) else ligne) for t, u, ligne in lignes
        ]
        verseur.ajouter(renommees)
        verseur.noter([_extraite(e) for e in lue.journal])
    return verseur.dossier_id


def _extraite(e: Entree) -> EntreeExtraite:
    avant = None if e.avant is None else dict(e.avant)
    apres = None if e.apres is None else dict(e.apres)
    return EntreeExtraite(e.quand, e.qui, e.geste, e.libelle, e.sens, e.table, e.uid, avant, apres)


def _autres_uids(lue: Copie) -> Copie:
    """The same dossier, whose rows are others."""
    neufs: dict[tuple[str, str], str] = {}

    def neuf(table: str, uid: str) -> str:
        return neufs.setdefault((table, uid), str(uuid4()))

    def dite(table: str, ligne: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if ligne is None:
            return None
        cles = cles_etrangeres(table)
        return {c: neuf(cles[c], v) if c in cles and isinstance(v, str) else v for c, v in ligne.items()}

    tables = {
        t: {neuf(t, u): dite(t, ligne) or {} for u, ligne in lignes.items()}
        for t, lignes in lue.tables.items()
    }
    journal = tuple(
        Entree(
            e.quand, e.qui, e.geste, e.libelle, e.sens, e.table, neuf(e.table, e.uid),
            dite(e.table, e.avant), dite(e.table, e.apres),
        )
        for e in lue.journal
    )  # fmt: skip
    return Copie(lue.schema, tables, journal)


@geste(
    "dossier.dupliquer",
    "Dupliquer un dossier pour une autre campagne",
    campagne_id="l’identifiant de la campagne",
    nom="le nom du nouveau dossier",
)
def dupliquer(porte: Porte, dossier: Dossier, campagne_id: str, nom: str) -> int:
    """Makes another dossier of the same grappe for a campaign, in one step. Answers its id.

    What was declared is asked anew; what was filed, signed, attached or planned stays with the dossier before.

    Raises:
        ErreurSaisie: the name is empty or taken. ErreurCampagne: no such campaign.
    """
    charger(campagne_id)
    lue = copie(porte, dossier.id)
    tables = {
        t: {u: _redemander(t, ligne) for u, ligne in lignes.items()}
        for t, lignes in lue.tables.items()
        if t not in _LAISSEES
    }
    for ligne in tables["dossier"].values():
        ligne |= {"campagne_id": campagne_id, "etat": EtatDossier.PREPARATION.value}
    return _verser(porte, _autres_uids(Copie(lue.schema, tables)), nom, porte.contenu, "Dupliquer")


def _redemander(table: str, ligne: Mapping[str, Any]) -> dict[str, Any]:
    """A row for another campaign: no answer, no date of the one before, nothing that names what is left there."""
    colonnes, cles, declares = TABLES[table].columns, cles_etrangeres(table), CLASSES[table].colonnes()
    neuve = dict(ligne)
    for c in ligne:
        fait = bool(colonnes[c].nullable) and (
            isinstance(ligne[c], bool) or c.startswith("date_") or c.endswith("_le")
        )
        fait |= (table, c) in {
            ("dossier", "sad_exception"),
            ("dossier", "role_donnees"),
            ("og", "habilitation_date"),
        }
        if cles.get(c) in _LAISSEES or (
            fait and c in declares and (table, c) not in _DURABLES and table in _INTERROGEES
        ):
            neuve[c] = None
    return neuve


def rapprocher(
    porte: Porte,
    dossier: Dossier,
    chemin: Path,
    demander: Callable[[], str],
    prises: Mapping[str, bool] | None = None,
    appliquer: bool = False,
) -> Rapprochement:
    """Says what a copy of a dossier that diverged brings to it, then writes it, in one step.

    Args:
        prises: for conflicts already decided, by their `cle`, whether theirs is taken.
        appliquer: writes; what is in conflict and not decided stays as it is here, and is shown again next time.

    Raises:
        ErreurSaisie: the file does not read, or is of another dossier.
    """
    with _ouvert(chemin, demander) as fichier:
        notre, leur = copie(porte, dossier.id), fichier.copie
        if not notre.tables["dossier"].keys() & leur.tables["dossier"].keys():
            raise ErreurSaisie(
                f"«\u00a0{chemin.name}\u00a0» est un autre dossier («\u00a0{leur.nom}\u00a0»)\u00a0: il ne vient pas de «\u00a0{dossier.nom}\u00a0».",
                "Importez-le à part\u00a0; rien n’a été changé.",
            )
        fusion = fusionner(notre, leur, plan(), prises)
        ecrit = appliquer and bool(fusion.operations or fusion.entrees)
        if ecrit:
            _appliquer(porte, dossier.id, fusion, fichier, f"Fusionner avec «\u00a0{chemin.name}\u00a0»")
    return Rapprochement(fusion, leur, notre, ecrit)


def _appliquer(porte: Porte, dossier_id: int, fusion: Fusion, fichier: Ouvert, libelle: str) -> None:
    with porte.verser(libelle, dossier_id) as verseur:
        uids: dict[str, list[str]] = {t: [] for t in TABLES}
        for op in fusion.operations:
            uids[op.table].append(op.uid)
        for e in fusion.entrees:
            uids[e.table].append(e.uid)
        verseur.numeroter(uids)
        for sha in sorted({str(op.champs["sha256"]) for op in fusion.operations if op.champs.get("sha256")}):
            porte.ranger_contenu(fichier.contenu(sha))
        verseur.ajouter([(op.table, op.uid, op.champs) for op in fusion.operations if op.genre == "ajouter"])
        for op in fusion.operations:
            if op.genre == "modifier":
                verseur.modifier(op.table, op.uid, op.champs)
        for op in fusion.operations:
            if op.genre == "retirer":
                verseur.retirer(op.table, op.uid)
        verseur.noter([_extraite(e) for e in fusion.entrees])


@cache
def plan() -> Plan:
    """What the tables of the model are to one another."""
    return Plan(
        ordre=tuple(TABLES),
        cles={t: cles_etrangeres(t) for t in TABLES},
        cascades={
            t: frozenset(
                c.name
                for c in table.columns
                for k in c.foreign_keys
                if k.ondelete == "CASCADE" and c.name in cles_etrangeres(t) and c.name != "dossier_id"
            )
            for t, table in TABLES.items()
        },
        naturelles=_NATURELLES,
        marques=MARQUES,
        vides={t: valeurs_vides(t) for t in TABLES},
    )
