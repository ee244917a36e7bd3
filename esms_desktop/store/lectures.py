"""What the door reads: dossiers, objects by id, bytes of the files, journal."""

from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256 as calculer_sha256
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from esms_desktop import lecture
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.francais import cle
from esms_desktop.model import Base, Contenu, Dossier, EntreeJournal, Essms, Og
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet
from esms_desktop.store import corbeille, historique
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.lire import lire
from esms_desktop.store.session import SessionGardee, disparu

T = TypeVar("T", bound=Base)


class Resume(NamedTuple):
    """What a list says of a dossier, without its graph. `ogs`, `essms`: how many."""

    id: int
    nom: str
    campagne_id: str
    type_projet: TypeProjet
    etat: EtatDossier
    ogs: int
    essms: int


class Ecrit(NamedTuple):
    """Who last wrote a column, and when (local time). `creation`: as the row was made, nobody answered since."""

    qui: str
    quand: datetime
    creation: bool


class Lectures:
    """The reading half of the door: each read sees what any program has committed so far."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._garde = SessionGardee(engine)

    def resumes(self) -> list[Resume]:
        """All dossiers in the order of their names, in one light query."""
        # By the tables, not by the classes: the first query on a class costs the mapping of all of them.
        d, og, e = (c.__table__.columns for c in (Dossier, Og, Essms))
        ogs = select(func.count(og.id)).where(og.dossier_id == d.id).scalar_subquery()
        essms = (
            select(func.count(e.id))
            .select_from(Essms.__table__.join(Og.__table__, e.og_id == og.id))
            .where(og.dossier_id == d.id)
            .scalar_subquery()
        )
        requete = select(d.id, d.nom, d.campagne_id, d.type_projet, d.etat, ogs, essms)
        with self._garde.lecture() as session:
            trouves = [Resume(*ligne) for ligne in session.execute(requete)]
        return sorted(trouves, key=lambda r: (cle(r.nom), r.id))

    def lire(self, dossier_id: int, apres: lecture.Dossier | None = None) -> lecture.Dossier | None:
        """The dossier of that id as it is now, read whole and frozen; None when there is none.

        Args:
            apres: the same dossier as it was read before: what did not change, and what was computed of it, is shared.
        """
        with self._garde.lecture():
            return lire(self._garde.connexion, dossier_id, apres, self._garde.en_cours)

    @property
    def ecrit_ailleurs(self) -> int:
        """A number that moves when another window or another program has written in the base, never by this door.

        Raises:
            ErreurBase: the base does not read.
        """
        with self._garde.lecture():
            return self._garde.ecrit_ailleurs

    def a_jour(self, dossier: Dossier | lecture.Dossier) -> bool:
        """Whether the base still says of a dossier what was read of it, but for what was filed since. Any thread may call it.

        An object of the session always says what the base does.

        Raises:
            ErreurBase: the base does not read.
        """
        if not isinstance(dossier, lecture.Dossier):
            return True
        with self._engine.connect() as connexion:
            return meme_contenu(lire(connexion, dossier.id, dossier), dossier)

    def relire(self, dossier: Dossier | lecture.Dossier) -> lecture.Dossier:
        """The same dossier as it is now, inside a geste what it has written so far.

        Raises:
            ErreurSaisie: it is gone.
        """
        lu = self.lire(dossier.id, dossier if isinstance(dossier, lecture.Dossier) else None)
        if lu is None:
            raise disparu()
        return lu

    def dossier(self, nom: str) -> lecture.Dossier:
        """The dossier of that name.

        Raises:
            ErreurSaisie: there is none; the remedy gives the close names.
        """
        with self._garde.lecture() as session:
            noms = {n: numero for numero, n in session.execute(select(Dossier.id, Dossier.nom))}
        comparables = {cle(n): n for n in noms}
        cherche = cle(nom)
        if nom in noms or cherche in comparables:
            trouve = self.lire(noms[nom if nom in noms else comparables[cherche]])
            if trouve is not None:
                return trouve
        proches = get_close_matches(cherche, comparables, n=3, cutoff=0.5)
        if proches:
            remede = "Voulez-vous dire " + " ou ".join(f"« {comparables[p]} »" for p in proches) + " ?"
        else:
            remede = (
                "Vérifiez le nom dans la liste des dossiers."
                if noms
                else "La base ne contient aucun dossier."
            )
        raise ErreurSaisie(f"Aucun dossier ne s’appelle « {nom} ».", remede)

    def trouver(self, classe: type[T], id: int) -> T | None:
        """The object of that class and id, None when there is none."""
        with self._garde.lecture() as session:
            return session.get(classe, id)

    def contenu(self, sha256: str) -> bytes:
        """The bytes kept under that SHA-256, checked. Any thread may call it.

        Raises:
            ErreurBase: the base does not hold them, or holds others.
        """
        try:
            with self._engine.connect() as connexion:
                octets = connexion.scalar(select(Contenu.octets).where(Contenu.sha256 == sha256))
        except DBAPIError as erreur:
            raise traduire(erreur) from erreur
        if octets is None or calculer_sha256(octets).hexdigest() != sha256:
            raise ErreurBase(
                "Le contenu d’un fichier joint manque dans la base ou y est abîmé.",
                "Joignez de nouveau ce fichier.",
            )
        return octets

    def historique(
        self,
        dossier_id: int | None = None,
        avant: int | None = None,
        limite: int = 300,
        texte: str = "",
        qui: str = "",
    ) -> tuple[list[historique.Evenement], int | None]:
        """What was changed, newest first, and the entry to go on from; see `store.historique.lire`."""
        with self._garde.lecture():
            return historique.lire(self._garde.connexion, dossier_id, avant, limite, texte, qui)

    def auteurs(self, dossier_id: int | None = None) -> list[str]:
        """Who changed something in a dossier, or in the base."""
        with self._garde.lecture():
            return historique.personnes(self._garde.connexion, dossier_id)

    def corbeille(self, dossier_id: int | None = None) -> list[corbeille.Retire]:
        """What was removed and can come back, the last removed first."""
        with self._garde.lecture():
            return corbeille.lister(self._garde.connexion, dossier_id)

    def ecrits(self, dossier_id: int, table: str) -> dict[tuple[int, str], Ecrit]:
        """For each row and column of a table of a dossier, who wrote it last, as far as the journal goes."""
        j = EntreeJournal.__table__.c
        requete = (
            select(j.cle, j.qui, j.quand, j.avant, j.apres)
            .where(j.dossier_id == dossier_id, j.table_ == table)
            .order_by(j.id)
        )
        ecrits: dict[tuple[int, str], Ecrit] = {}
        with self._garde.lecture() as session:
            for cle_, qui, quand, avant, apres in session.execute(requete):
                for colonne in apres or ():
                    ecrits[int(cle_), colonne] = Ecrit(qui, quand, avant is None)
        return ecrits

    def journal(self, dossier_id: int | None = None, limite: int = 200) -> list[EntreeJournal]:
        """The last `limite` entries, newest first, of one dossier or of all. `quand` is the local time."""
        requete = select(EntreeJournal).order_by(EntreeJournal.id.desc()).limit(limite)
        if dossier_id is not None:
            requete = requete.where(EntreeJournal.dossier_id == dossier_id)
        with self._garde.lecture() as session:
            entrees = list(session.scalars(requete))
            for entree in entrees:
                session.expunge(entree)
                # Kept for the readings that follow (suivre.py): the entry itself says who, and how many they are.
                entree.avant, entree.apres = _sans_suivi(entree.avant), _sans_suivi(entree.apres)
        return entrees


def meme_contenu(lu: lecture.Dossier | None, avant: lecture.Dossier) -> bool:
    """Whether two readings of a dossier say the same, but for what was filed."""
    if lu is None:
        return False
    # What did not change is the very same object in both.
    ici, la = lu.version.tables, avant.version.tables
    return lu is avant or all(ici[t] is la[t] or ici[t] == la[t] for t in la if t != "depot_fait")


def _sans_suivi(valeurs: dict[str, Any] | None) -> dict[str, Any] | None:
    return valeurs and {c: v for c, v in valeurs.items() if c not in COLONNES_DE_SUIVI}
