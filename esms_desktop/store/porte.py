"""The one door of a base: every write with its validation, its journal, its undo and its notice."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256 as calculer_sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite import insert

from esms_desktop import lecture
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.lecture import Ligne
from esms_desktop.model import Base, Contenu, Dossier, Fichier, Og
from esms_desktop.nomenclature.champs import libelle_champ, nom_propre
from esms_desktop.nomenclature.vocabulaire import MODELE_WORD
from esms_desktop.store import ecarts, validation
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.conflits import Divergence, ErreurConflit, confronter
from esms_desktop.store.ecarts import Conflit, Ecart
from esms_desktop.store.ecoute import Changement, Sens, Suiveur, Suiveurs
from esms_desktop.store.lectures import Lectures
from esms_desktop.store.session import maintenant

__all__ = ["Changement", "ErreurConflit", "Porte"]

PROFONDEUR_ANNULER = 200


class _Pas(NamedTuple):
    """A step of undo: its label and its writes, in order."""

    libelle: str
    ecarts: tuple[Ecart, ...]


class Porte(Lectures):
    """One base, open. All of it belongs to one thread, except `contenu`, which any thread may call.

    Objects stay loaded after a write. After an undo or a redo they are all let go: read them again by id.
    """

    def __init__(self, chemin: Path, engine: Engine) -> None:
        super().__init__(engine)
        self.chemin = chemin
        # What opens it, known when `ouvrir` made the door: the backups of the base need it.
        self.cle: Cle | None = None
        self._suiveurs = Suiveurs()
        self._faits: deque[_Pas] = deque(maxlen=PROFONDEUR_ANNULER)
        self._defaits: deque[_Pas] = deque(maxlen=PROFONDEUR_ANNULER)
        self._profondeur = 0
        self._rompu = False
        self._vues: tuple[Divergence, ...] = ()

    def fermer(self) -> None:
        """Closes the base; the door no longer serves."""
        self._garde.fermer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    @property
    def dernier_enregistrement(self) -> datetime | None:
        """Local time of the last write the journal knows, by this door or at its opening; None in a new base."""
        return self._garde.dernier

    def abonner(self, suiveur: Suiveur) -> Callable[[], None]:
        """Has `suiveur` called after each commit, undo and redo of this door; the answer ends it."""
        return self._suiveurs.ajouter(suiveur)

    # Writes.

    def ajouter(self, *objets: Base, libelle: str) -> None:
        """Adds objects with all that hangs on them.

        Raises:
            ErreurSaisie: a value is refused. ErreurBase: the disk or the base refuses. Nothing is written.
        """
        with self.geste(libelle):
            for objet in objets:
                self._garde.rattacher_parents(objet)
                self._garde.session.add(objet)
            self._garde.ecrire()

    def modifier(self, objet: Base | Ligne, libelle: str = "", /, **champs: object) -> bool:
        """Sets fields of an object; says whether something changed.

        A row that was read carries what the person saw: what someone else wrote there since is not overwritten.

        Raises:
            ErreurConflit: a field now says neither what the row says, nor what is wanted. A field given as the row
                says it stays as someone else wrote it, unless nothing else was given.
            ErreurSaisie: a value is refused, or the object is gone. ErreurBase: the disk or the base refuses.
            TypeError: an unknown field, a value of the wrong type.
        """
        # What does not exist has no name to say.
        validation.valider_champs(_classe(objet), champs)
        return bool(self.modifier_tous([(objet, champs)], libelle or f"Modifier {_designer(objet, champs)}"))

    def modifier_tous(
        self, changements: Iterable[tuple[Base | Ligne, Mapping[str, object]]], libelle: str
    ) -> int:
        """Sets fields of many objects in one geste, written together; answers how many changed. Refusals as `modifier`."""
        a_faire = list(changements)
        for objet, champs in a_faire:
            validation.valider_champs(_classe(objet), champs)
        change = 0
        with self.geste(libelle):
            for cible, champs in self._confronter(a_faire):
                valeurs = {
                    n: self._garde.rattacher(v) if isinstance(v, Base | Ligne) else v
                    for n, v in champs.items()
                }
                differents = {n: v for n, v in valeurs.items() if getattr(cible, n) != v}
                for nom, valeur in differents.items():
                    setattr(cible, nom, valeur)
                change += bool(differents)
            if change:
                self._garde.ecrire()
        return change

    def _confronter(
        self, a_faire: Iterable[tuple[Base | Ligne, Mapping[str, object]]]
    ) -> list[tuple[Base, Mapping[str, object]]]:
        """The objects of today and what is to be written of them, once none of it writes over someone else's edit."""
        resultat: list[tuple[Base, Mapping[str, object]]] = []
        divergences: list[Divergence] = []
        for objet, voulues in a_faire:
            cible = self._garde.rattacher(objet)
            if isinstance(objet, Ligne):
                su = partial(self._sait, objet)
                voulues, refusees = confronter(self._garde.connexion, objet, cible, voulues, su)
                divergences += refusees
            resultat.append((cible, voulues))
        if divergences:
            raise ErreurConflit(tuple(divergences))
        return resultat

    def _sait(self, ligne: Ligne, champ: str, valeur: object) -> bool:
        """What this geste wrote itself is no surprise, nor what the person was shown since."""
        return self._garde.vient_d_ecrire(ligne.table, ligne.id, champ) or any(
            (v.ligne, v.champ, v.presente) == (ligne, champ, valeur) for v in self._vues
        )

    @contextmanager
    def ayant_vu(self, conflit: ErreurConflit) -> Iterator[None]:
        """Meanwhile, the values that `conflit` told may be written over; any other one is refused as before."""
        avant, self._vues = self._vues, (*self._vues, *conflit.divergences)
        try:
            yield
        finally:
            self._vues = avant

    def retirer(self, *objets: Base | Ligne, libelle: str) -> None:
        """Removes objects with all that hangs on them.

        Raises:
            ErreurSaisie: an object is already gone. ErreurBase: the disk or the base refuses. Nothing is written.
        """
        with self.geste(libelle):
            for objet in objets:
                self._garde.session.delete(self._garde.rattacher(objet))
            self._garde.ecrire()

    def joindre(
        self,
        dossier: Dossier | lecture.Dossier,
        numero: int,
        nom: str,
        extension: str,
        octets: bytes,
        og: Og | lecture.Og | None = None,
        pages: int | None = None,
        libelle: str = "",
    ) -> Fichier:
        """Attaches a file to piece `numero` (1 to 14), of one OG when given, or keeps a Word template (MODELE_WORD); equal bytes are kept once.

        Raises:
            ErreurSaisie: no such piece, or the name is refused. ErreurBase: the disk or the base refuses.
        """
        if numero != MODELE_WORD and not 1 <= numero <= 14:
            raise ErreurSaisie(f"La pièce n° {numero} n’existe pas.", "Les pièces vont de 1 à 14.")
        empreinte = calculer_sha256(octets).hexdigest()
        fichier = Fichier(
            dossier_id=dossier.id,
            og_id=og.id if og else None,
            numero=numero,
            nom=nom,
            extension=extension,
            sha256=empreinte,
            taille=len(octets),
            pages=pages,
            joint_le=maintenant(),
        )
        with self.geste(libelle or f"Joindre « {nom} »"):
            self.ranger_contenu(octets)
            self._garde.session.add(fichier)
            self._garde.ecrire()
        return fichier

    def ranger_contenu(self, octets: bytes) -> str:
        """Keeps bytes that an object of the same geste will name; answers their SHA-256. Equal bytes are kept once.

        Raises:
            ErreurBase: the disk or the base refuses. RuntimeError: called outside a geste.
        """
        if not self._profondeur:
            raise RuntimeError("bytes kept outside a geste")
        empreinte = calculer_sha256(octets).hexdigest()
        valeurs = {"sha256": empreinte, "octets": octets}
        self._garde.connexion.execute(insert(Contenu).values(valeurs).on_conflict_do_nothing())
        return empreinte

    @contextmanager
    def geste(self, libelle: str) -> Iterator[None]:
        """Several writes as one: one commit, one step of undo, nothing written when an exception comes out.

        A geste inside another is part of it, and keeps its label for itself.
        """
        if self._profondeur:
            self._profondeur += 1
            try:
                yield
            except BaseException:
                self._rompu = True
                raise
            finally:
                self._profondeur -= 1
            return
        self._profondeur, self._rompu = 1, False
        try:
            with self._garde.transaction():
                yield
                if self._rompu:
                    raise RuntimeError("a write of this geste failed, and the geste went on")
                pas, changement = self._garde.conclure(libelle, "faire")
        finally:
            self._profondeur = 0
        if changement is not None:
            self._faits.append(_Pas(libelle, pas))
            self._defaits.clear()
            self._suiveurs.prevenir(changement)

    # Undo.

    @property
    def libelle_annuler(self) -> str | None:
        """The label of what `annuler` would undo."""
        return self._faits[-1].libelle if self._faits else None

    @property
    def libelle_refaire(self) -> str | None:
        """The label of what `refaire` would redo."""
        return self._defaits[-1].libelle if self._defaits else None

    def annuler(self) -> str | None:
        """Undoes the last geste of this door; answers its label, None when there is none.

        Raises:
            ErreurBase: another program changed the same rows (the step is given up), or the disk refuses (it is kept).
        """
        return self._rejouer(self._faits, self._defaits, "annuler")

    def refaire(self) -> str | None:
        """Redoes the last geste undone; as `annuler`."""
        return self._rejouer(self._defaits, self._faits, "refaire")

    def _rejouer(self, source: deque[_Pas], cible: deque[_Pas], sens: Sens) -> str | None:
        if self._profondeur:
            raise RuntimeError("undo inside a geste")
        if not source:
            return None
        pas = source[-1]
        suite = pas.ecarts if sens == "refaire" else tuple(e.inverse() for e in reversed(pas.ecarts))
        try:
            with self._garde.transaction():
                self._garde.rejouer(suite)
                ecrits, changement = self._garde.conclure(pas.libelle, sens)
        except Conflit as erreur:
            source.pop()
            raise ErreurBase(
                f"« {pas.libelle} » ne peut plus être {'annulé' if sens == 'annuler' else 'refait'} : "
                "les mêmes données ont été modifiées depuis une autre fenêtre.",
                "Rien n’a été changé ; faites la correction à la main.",
            ) from erreur
        source.pop()
        # What was really written: the versions have moved on since.
        if sens == "annuler":
            ecrits = tuple(e.inverse() for e in reversed(ecrits))
        cible.append(_Pas(pas.libelle, ecrits))
        self._garde.session.expunge_all()
        if changement is not None:
            self._suiveurs.prevenir(changement)
        return pas.libelle


def _classe(objet: Base | Ligne) -> type[Base]:
    return ecarts.CLASSE_DE[objet.table] if isinstance(objet, Ligne) else type(objet)


def _designer(objet: Base | Ligne, champs: Iterable[str]) -> str:
    """What a modification is about, for its label: the name of the fields, then of the object when it has one."""
    nom = nom_propre(vars(objet))
    return f"« {', '.join(map(libelle_champ, champs))} »" + (f" de « {nom} »" if nom else "")
