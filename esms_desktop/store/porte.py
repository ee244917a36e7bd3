"""The one door of a base: every write with its validation, its journal, its undo and its notice."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256 as calculer_sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, inspect
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm.exc import ObjectDeletedError

from esms_desktop import lecture
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Ligne
from esms_desktop.model import Base, Contenu, Dossier, Fichier, Og
from esms_desktop.nomenclature.champs import libelle_champ, nom_propre
from esms_desktop.nomenclature.vocabulaire import MODELE_WORD
from esms_desktop.store import corbeille, ecarts, historique, validation
from esms_desktop.store.annulations import Annulations
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.conflits import Divergence, ErreurConflit, confronter, confronter_retrait
from esms_desktop.store.copies.extraire import Extrait, deja_la, extraire, ids_connus
from esms_desktop.store.copies.verser import Verseur
from esms_desktop.store.ecarts import Ecart, par_ligne
from esms_desktop.store.ecoute import Changement, Sens, Suiveur
from esms_desktop.store.pas import Pas
from esms_desktop.store.presence import Presence
from esms_desktop.store.session import disparu, maintenant

__all__ = ["Changement", "ErreurConflit", "Porte"]


class Porte(Annulations):
    """One base, open. All of it belongs to one thread, except `contenu`, which any thread may call.

    An object of the model says what the base says: after a write, an undo or a redo, it is read again when it is looked at.
    """

    def __init__(self, chemin: Path, engine: Engine) -> None:
        super().__init__(engine)
        self.chemin = chemin
        # What opens it, known when `ouvrir` made the door: the backups of the base need it.
        self.cle: Cle | None = None
        # Called when the door closes.
        self.a_la_fermeture: list[Callable[[], object]] = []
        self._visite: object = None
        self._rompu = False
        self._vues: tuple[Divergence, ...] = ()

    def fermer(self) -> None:
        """Closes the base; the door no longer serves."""
        self._garde.fermer()
        while self.a_la_fermeture:
            self.a_la_fermeture.pop()()

    @property
    def presence(self) -> Presence | None:
        """What says to the other computers that the base is open here, where it must be said; without it nothing is written."""
        return self._garde.presence

    @presence.setter
    def presence(self, presence: Presence | None) -> None:
        self._garde.presence = presence

    @property
    def lecture_seule(self) -> str:
        """Why nothing can be written, in a French sentence; empty when it can."""
        return self._garde.lecture_seule

    @lecture_seule.setter
    def lecture_seule(self, pourquoi: str) -> None:
        self._garde.lecture_seule = pourquoi

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
                voulues, refusees = confronter(
                    self._garde.connexion, objet, cible, voulues, su, self._garde.les_notres
                )
                divergences += refusees
            resultat.append((cible, voulues))
        if divergences:
            raise ErreurConflit(tuple(divergences))
        return resultat

    def _sait(self, ligne: Ligne, champ: str, valeur: object) -> bool:
        """What this geste wrote itself is no surprise, nor what the person was shown since."""
        return self._garde.vient_d_ecrire(ligne.table, ligne.id, champ) or self._montre(ligne, champ, valeur)

    def _montre(self, ligne: Ligne, champ: str, valeur: object) -> bool:
        return any((v.ligne, v.champ, v.presente) == (ligne, champ, valeur) for v in self._vues)

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

        A row that was read carries what the person saw: what someone else wrote in it, or hung on it since, does not go.

        Raises:
            ErreurConflit: something that would go is not as it was seen.
            ErreurSaisie: an object is already gone. ErreurBase: the disk or the base refuses. Nothing is written.
        """
        with self.geste(libelle):
            self._garde.ecrire()
            avant = self._garde.en_cours or ()
            for objet in objets:
                self._garde.session.delete(self._garde.rattacher(objet))
            self._garde.ecrire()
            self._confronter_retrait(objets, avant)

    def _confronter_retrait(self, objets: Iterable[Base | Ligne], avant: tuple[Ecart, ...]) -> None:
        versions = {o.version: o for o in objets if isinstance(o, Ligne)}
        if not versions:
            return
        ici = {(e.table, e.cle, c) for e in avant for c in e.colonnes()}
        refusees = confronter_retrait(
            self._garde.connexion,
            versions,
            par_ligne((self._garde.en_cours or ())[len(avant) :]),
            lambda ligne, champ, valeur: (
                (ligne.table, ligne.id, champ) in ici or self._montre(ligne, champ, valeur)
            ),
            self._garde.les_notres,
        )
        if refusees:
            raise ErreurConflit(refusees)

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
    def geste(self, libelle: str, sens: Sens = "faire") -> Iterator[None]:
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
                pas, changement = self._garde.conclure(libelle, sens)
        finally:
            self._profondeur = 0
        if changement is not None:
            self._piles.faire(Pas(libelle, pas, self._visite))
            self._suiveurs.prevenir(changement)

    def extraire(self, dossier_id: int) -> Extrait:
        """All that the base holds of a dossier, named by its `uid`s; the bytes of its files apart."""
        with self._garde.lecture():
            return extraire(self._garde.connexion, dossier_id)

    def deja_la(self, uids: Mapping[str, Iterable[str]]) -> str:
        """The name of the dossier that has some of these rows, by table; empty when none has."""
        with self._garde.lecture():
            return deja_la(self._garde.connexion, uids)

    @contextmanager
    def verser(self, libelle: str, dossier_id: int = 0) -> Iterator[Verseur]:
        """Pours rows and entries of a copy in a dossier, or in a new one (0), in one step that nobody typed here.

        Raises:
            ErreurSaisie: a value is refused. ErreurBase: the disk or the base refuses. Nothing is written.
        """
        with self.geste(libelle, "importer"):
            connexion = self._garde.connexion
            verseur = Verseur(connexion, dossier_id, ids_connus(connexion, dossier_id) if dossier_id else {})
            yield verseur
            verseur.verifier()
            self._garde.ecrire()

    @contextmanager
    def visite(self, laquelle: object) -> Iterator[None]:
        """Meanwhile, gestes that follow one another under the same object are one step of undo; None: each is its own.

        What is typed in a field is saved while it is typed: from entering it to leaving it, one step.
        """
        avant, self._visite = self._visite, laquelle
        try:
            yield
        finally:
            self._visite = avant

    # What was removed, and what was before.

    def remettre(self, retire: corbeille.Retire) -> None:
        """Brings back what was removed, with what went with it, in one geste.

        Raises:
            ErreurSaisie: it is back already, what it hung on is gone, or it was erased. ErreurBase: the disk refuses.
        """
        with self.geste(f"Remettre « {retire.nom} »"):
            corbeille.remettre(self._garde.connexion, retire)
            self._garde.ecrire()

    def remettre_valeur(self, evenement: historique.Evenement, champ: str) -> bool:
        """Writes back what a field said before an event; says whether it changed something.

        Raises:
            ErreurSaisie: the row is gone, or the value is refused. ErreurBase: the disk or the base refuses.
        """
        voulue = next(c.avant for c in evenement.changements if c.champ == champ)
        objet = self.trouver(ecarts.CLASSE_DE[evenement.table], evenement.cle)
        if objet is None:
            raise ErreurSaisie(
                f"« {evenement.nom} » n’est plus dans le dossier.", "Remettez-le d’abord depuis la corbeille."
            )
        return self.modifier(objet, f"Remettre « {libelle_champ(champ)} »", **{champ: voulue})


def _classe(objet: Base | Ligne) -> type[Base]:
    return ecarts.CLASSE_DE[objet.table] if isinstance(objet, Ligne) else type(objet)


def _designer(objet: Base | Ligne, champs: Iterable[str]) -> str:
    """What a modification is about, for its label: the name of the fields, then of the object when it has one."""
    if isinstance(objet, Ligne):
        nom = nom_propre(vars(objet))
    else:
        try:
            nom = nom_propre({a.key: getattr(objet, a.key) for a in inspect(type(objet)).column_attrs})
        except ObjectDeletedError as erreur:
            raise disparu() from erreur
    return f"« {', '.join(map(libelle_champ, champs))} »" + (f" de « {nom} »" if nom else "")
