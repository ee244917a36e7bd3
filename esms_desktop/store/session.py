"""The guarded session behind the door: one connection, one transaction per geste, nothing written outside of it."""

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, event, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import MANYTOONE, Session
from sqlalchemy.orm.exc import ObjectDeletedError

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurSaisie
from esms_desktop.lecture import Ligne
from esms_desktop.model import Acte, Base, EntreeJournal
from esms_desktop.store import ecarts, validation
from esms_desktop.store.capture import Capture
from esms_desktop.store.capture_sqlite import CaptureSqlite
from esms_desktop.store.ecarts import Ecart
from esms_desktop.store.ecoute import Changement, Sens
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.presence import Presence
from esms_desktop.store.sauvegarde.copie import pages_abimees

_LIBELLE_MAX = 300


def maintenant() -> datetime:
    """Now, in the time of this machine."""
    return datetime.now().astimezone()


class SessionGardee:
    """A session that reads what is true now, and writes only inside `transaction`."""

    def __init__(self, engine: Engine, capture: Capture | None = None) -> None:
        self._tenue = engine.connect()
        self._capture: Capture = capture or CaptureSqlite()
        self.qui = utilisateur()
        self._capture.ecouter(self._tenue, self.qui)
        # The session ends only the transactions it began itself.
        self._tenue.commit()
        self.session = Session(bind=self._tenue, expire_on_commit=False, autoflush=False)
        event.listen(self.session, "before_flush", self._avant_ecriture)
        # Why nothing may be written, in a French sentence; empty when it may.
        self.lecture_seule = ""
        # What says to the other computers that the base is open here, where it must be said.
        self.presence: Presence | None = None
        self.ouverte = False
        self._pas: list[Ecart] = []
        # The entries of the journal that this session wrote.
        self.les_notres: set[int] = set()
        self._version = self._version_des_donnees()
        # By the table, not by the class: the first query on a class costs the mapping of all of them.
        quand = EntreeJournal.__table__.columns["quand"]
        # The last entry of the journal when it was opened.
        self.depart: int = self.session.scalar(select(func.max(EntreeJournal.__table__.columns["id"]))) or 0
        self.dernier: datetime | None = self.session.scalar(select(func.max(quand)))

    @property
    def connexion(self) -> Connection:
        """The one connection of the session, inside the transaction of the session."""
        return self.session.connection()

    def fermer(self) -> None:
        """Lets the connection go; what is not committed is lost."""
        self.session.close()
        self._tenue.close()
        # Temporary triggers live as long as the connection: it must not serve again.
        self._tenue.engine.dispose()

    @contextmanager
    def lecture(self) -> Iterator[Session]:
        """The session to read with, rid of what another program has changed since.

        Raises:
            ErreurBase: the base does not read. RuntimeError: something was written outside the door.
        """
        try:
            if self.ouverte:
                self.ecrire()
            else:
                self._refuser_hors_porte()
                self._relire_si_change()
            yield self.session
        except (DBAPIError, sqlcipher.Error, MemoryError, ErreurBaseAbimee) as erreur:
            raise self._apres(erreur) from erreur

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One writing transaction: the body ends it by `conclure`; any exception rolls it back whole.

        Raises:
            ErreurBase: the disk or the base refuses. ErreurSaisie: an object written to is gone.
        """
        self._refuser_hors_porte()
        if self.presence is not None and not self.lecture_seule and not self.presence.tenue():
            self.lecture_seule = "Un autre ordinateur l’a reprise pour y écrire."
        if self.lecture_seule:
            raise ErreurBase(
                f"La base est ouverte en lecture seule : rien n’a été enregistré. {self.lecture_seule}",
                "Rouvrez-la là où elle peut être écrite, ou quand l’autre l’aura fermée.",
            )
        self.ouverte = self.session.autoflush = True
        try:
            self._capture.commencer(self.connexion)
            self._pas.clear()
            self._relire_si_change()
            self._oublier_les_ebauches()
            yield
        except ObjectDeletedError as erreur:
            self._abandonner()
            raise disparu() from erreur
        except (DBAPIError, sqlcipher.Error, OSError, MemoryError, ErreurBaseAbimee) as erreur:
            self._abandonner()
            self.ouverte = self.session.autoflush = False
            raise self._apres(erreur) from erreur
        except BaseException:
            self._abandonner()
            raise
        finally:
            self.ouverte = self.session.autoflush = False

    def ecrire(self) -> None:
        """Sends the writes to the base, and has the objects in memory say what they made of it."""
        self.session.flush()
        nouveaux = self._capture.ramasser(self.connexion)
        self._pas.extend(nouveaux)
        # What the base made of it (keys it set itself, rows gone with their parent) is read again when it is looked at.
        self.session.expire_all()

    @property
    def en_cours(self) -> tuple[Ecart, ...] | None:
        """What the transaction under way has written so far, in order; None when there is none."""
        return tuple(self._pas) if self.ouverte else None

    def vient_d_ecrire(self, table: str, cle: int, colonne: str) -> bool:
        """Says whether the transaction under way has already changed that column."""
        return any(e.table == table and e.cle == cle and colonne in e.colonnes() for e in self._pas)

    def rejouer(self, pas: tuple[Ecart, ...]) -> None:
        """Applies diffs, past the objects in memory.

        Raises:
            Conflit: a row is not as they expect it.
        """
        self._pas.extend(self._capture.rejouer(self.connexion, pas))

    def oublier(self, ecrits: Iterable[Ecart]) -> None:
        """After writes made past the objects in memory: those whose row is gone leave, the others are read again."""
        for e in ecarts.fusionner(tuple(ecrits)):
            objet = self.session.identity_map.get(self.session.identity_key(ecarts.CLASSE_DE[e.table], e.cle))
            if objet is not None and e.apres is None:
                self.session.expunge(objet)
        self.session.expire_all()

    def conclure(self, libelle: str, sens: Sens) -> tuple[tuple[Ecart, ...], Changement | None]:
        """Writes the journal and commits; answers the writes in order, and the notice (None when no row differs)."""
        self.ecrire()
        pas = tuple(self._pas)
        nets = ecarts.fusionner(pas)
        self._capture.oublier_les_retours(self.connexion, pas)
        if not nets:
            self.session.commit()
            return pas, None
        dossiers = ecarts.dossiers_touches(self.connexion, nets)
        quand = maintenant()
        entrees = self._noter(nets, dossiers, libelle, sens, quand)
        self.session.commit()
        self.les_notres.update(entrees)
        self.dernier = quand
        touches = frozenset(d for d in dossiers.values() if d is not None)
        return pas, Changement(libelle, sens, touches, frozenset(e.table for e in nets))

    def rattacher(self, objet: Base | Ligne) -> Base:
        """The object of this session that stands for `objet`, a row that was read or an object let go by an undo.

        Raises:
            ErreurSaisie: it is gone. RuntimeError: it was never saved.
        """
        if isinstance(objet, Ligne):
            lu = self.session.get(ecarts.CLASSE_DE[objet.table], objet.id)
            if lu is None:
                raise disparu()
            return lu
        if objet in self.session:
            return objet
        identite = inspect(objet).identity
        if identite is None:
            raise RuntimeError(f"{type(objet).__name__} was never added")
        trouve = self.session.get(type(objet), identite)
        if trouve is None:
            raise disparu()
        return trouve

    def rattacher_parents(self, objet: Base) -> None:
        """Points a new object to the parents of this session, in place of those an undo let go."""
        for relation in inspect(type(objet)).relationships:
            parent = objet.__dict__.get(relation.key) if relation.direction is MANYTOONE else None
            if parent is not None and inspect(parent).detached:
                setattr(objet, relation.key, self.rattacher(parent))

    def _noter(
        self,
        nets: tuple[Ecart, ...],
        dossiers: dict[tuple[str, int], int | None],
        libelle: str,
        sens: Sens,
        quand: datetime,
    ) -> range:
        """Answers the numbers of the entries."""
        # A geste has the number of its first entry, which the base gives and never gives again.
        numero = self._capture.prochaine_entree(self.connexion)
        lignes: list[dict[str, Any]] = []
        for e in nets:
            colonnes = e.colonnes()
            lignes.append(
                {
                    "quand": quand,
                    "qui": self.qui,
                    "geste": numero,
                    "libelle": libelle if len(libelle) <= _LIBELLE_MAX else libelle[: _LIBELLE_MAX - 1] + "…",
                    "sens": sens,
                    "dossier_id": dossiers[e.table, e.cle],
                    "table_": e.table,
                    "cle": str(e.cle),
                    "avant": ecarts.pour_journal(e.table, e.avant, colonnes),
                    "apres": ecarts.pour_journal(e.table, e.apres, colonnes),
                }
            )
        self.connexion.execute(insert(EntreeJournal.__table__), lignes)  # type: ignore[arg-type]
        return range(numero, numero + len(lignes))

    def _apres(self, erreur: BaseException) -> ErreurBase:
        """What is said of an error. Of a page that did not read: once a new connection has read the whole file."""
        dit = erreur if isinstance(erreur, ErreurBase) else traduire(erreur)
        # Inside a transaction, the geste ends first; its own error comes here.
        if not isinstance(dit, ErreurBaseAbimee) or self.ouverte:
            return dit
        try:
            # Once SQLCipher has refused a page, the connection answers nothing any more.
            with suppress(DBAPIError, sqlcipher.Error, ErreurBase):
                self.session.rollback()
            self._tenue.invalidate()
            with suppress(DBAPIError, sqlcipher.Error, ErreurBase):
                self.session.rollback()
            abimees = pages_abimees(self._tenue.connection.driver_connection)
            self._capture.ecouter(self._tenue, self.qui)
            self._tenue.commit()
            self.session.expire_all()
        except (DBAPIError, sqlcipher.Error, MemoryError, ErreurBase):
            return dit
        if abimees:
            return dit
        return ErreurBase(
            "La base n’a pas pu être lue une fois ; relue en entier depuis, elle est saine.",
            "Rien n’a été changé : recommencez. Si cela se reproduit, le disque est à surveiller.",
        )

    def _abandonner(self) -> None:
        self.session.rollback()
        # A flush that failed may have left the driver in its transaction although SQLAlchemy holds it as ended.
        brute: Any = self._tenue.connection.driver_connection
        if brute.in_transaction:
            brute.rollback()

    def _version_des_donnees(self) -> int:
        return self._capture.ecrit_ailleurs(self.connexion)

    def dernier_effacement(self) -> int:
        """The number of the last act of the register that erased something for good."""
        return (
            self.session.scalar(
                select(func.max(Acte.__table__.c.id)).where(Acte.__table__.c.genre == "purge")
            )
            or 0
        )

    @property
    def ecrit_ailleurs(self) -> int:
        """A number that moves when another connection has committed, never when this one has."""
        return self._version_des_donnees()

    def _relire_si_change(self) -> None:
        version = self._version_des_donnees()
        if version != self._version:
            self._version = version
            self.session.expire_all()

    def _refuser_hors_porte(self) -> None:
        session = self.session
        ecrits = [o for o in session.dirty if session.is_modified(o, include_collections=False)]
        if ecrits or session.new or session.deleted:
            session.rollback()
            session.expunge_all()
            raise RuntimeError(f"written outside the door: {ecrits or 'added or deleted objects'}")

    def _oublier_les_ebauches(self) -> None:
        """`Essms(og=og)` also puts the draft in `og.essms`: while it is not added, the collection must not say so."""
        for objet in self.session.dirty:
            collections = [r.key for r in inspect(type(objet)).relationships if r.uselist]
            # `expire` without a name would expire the whole object.
            if collections:
                self.session.expire(objet, collections)

    def _avant_ecriture(self, session: Session, *_: object) -> None:
        if not self.ouverte:
            raise RuntimeError("written outside the door")
        validation.verifier(session)


def disparu() -> ErreurSaisie:
    """What to say of an object that is no longer in the base."""
    return ErreurSaisie("Cet élément n’existe plus : il a été retiré entre-temps.", "Rouvrez le dossier.")


def utilisateur() -> str:
    """Who the system says is at the keyboard."""
    # getpass raises KeyError (Unix, unknown uid), ImportError (Windows, no variable) or OSError (Python 3.13).
    try:
        return getpass.getuser()[:120]
    except (KeyError, ImportError, OSError):
        return "inconnu"
