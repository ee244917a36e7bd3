"""What every page shares: the base that is open, the day, the dossiers as they are now, and the long jobs."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from esms_desktop.base.seance import Seance
from esms_desktop.errors import ErreurBase, ErreurEsms, ErreurSaisie, raison_systeme
from esms_desktop.gestes import lignes
from ui.examens import Examens
from ui.fil import Fil
from ui.frappe import visite
from ui.lecture import Lecture
from ui.tasks import Taches

if TYPE_CHECKING:
    from esms_desktop.base.conflits import Divergence, ErreurConflit
    from esms_desktop.base.journal import Changement, Ecrit
    from esms_desktop.base.seance import Porte
    from esms_desktop.gestes.lignes import Neuve
    from esms_desktop.lecture import Dossier, Ligne, Version
    from ui.gardes import Gardes

P = ParamSpec("P")
T = TypeVar("T")

# How often another window's writes are looked for: a read of four bytes of the base.
_GUET_MS = 1000
# Dossiers kept as they were last read. A portfolio has many, and looks at each once.
_GARDEES = 3


class Conflit(NamedTuple):
    """An edit that meets someone else's, which nothing was written over.

    Attributes:
        divergences: what the person saw, what is there, what she wants, field by field.
        phrase: the same in a sentence.
        version: the dossier as it is now, where the names of what is there are.
        mettre: writes what she wants; False when it is refused.
        garder: lets what is there stand: what she typed gives way to it, at once.
    """

    divergences: "tuple[Divergence, ...]"
    phrase: str
    version: "Version"
    mettre: Callable[[], bool]
    garder: Callable[[], None]


class Contexte(QObject):
    """The one way from the pages to the core.

    Args:
        porte: the door to the base: the gestes get it, and nobody else.
        jour: gives the day the rules reckon with.
        fenetre: parent of the progress dialogs.
    """

    change = Signal()
    # The dossiers that are no longer as they were read (a frozenset of ids); None when any may be.
    perimes = Signal(object)
    # What a page showed is gone: the sentence that says so.
    disparu = Signal(str)
    # Someone else's value was kept: what is shown reads again at once, before the person goes on typing.
    relire = Signal()
    ecriture_echouee = Signal(str)

    def __init__(
        self, porte: "Porte", jour: Callable[[], date] = date.today, fenetre: QWidget | None = None
    ) -> None:
        super().__init__(fenetre)
        self.base = Seance(porte)
        self.jour = jour
        self._taches = Taches(fenetre)
        # As they are now; then, let go of, what the next reading shares with the one before.
        self._lectures: OrderedDict[int, Lecture] = OrderedDict()
        self._anciennes: OrderedDict[int, Dossier] = OrderedDict()
        self._ecrits: dict[tuple[int, str], dict[tuple[int, str], Ecrit]] = {}
        self.fil = Fil(self)
        self.examens = Examens(self, self.fil)
        # What watches over the base; the window sets it.
        self.gardes: Gardes | None = None
        # Asks the person to choose; the window does it.
        self.trancher: Callable[[Conflit], object] | None = None
        self._vu = (self.base.ecrit_ailleurs, jour())
        self._guet = QTimer(self)
        self._guet.setInterval(_GUET_MS)
        self._guet.timeout.connect(self.suivre_la_base)
        self._desabonner = self.base.abonner(self._suivre)

    @property
    def taches(self) -> Taches:
        """The long jobs."""
        return self._taches

    def lecture(self, dossier_id: int) -> Lecture:
        """The dossier as it is now, whoever wrote last; the same object until something changes.

        Raises:
            ErreurSaisie: the dossier no longer exists.
            ErreurCampagne: its campaign cannot be read.
        """
        self.suivre_la_base()
        connue = self._lectures.get(dossier_id)
        if connue is None:
            connue = self._lire(dossier_id)
        self._lectures[dossier_id] = connue
        self._lectures.move_to_end(dossier_id)
        while len(self._lectures) > _GARDEES:
            self._lectures.popitem(last=False)
        return connue

    def ecrits(self, dossier_id: int, table: str) -> "dict[tuple[int, str], Ecrit]":
        """Who wrote each column of a table last; nothing when the base does not answer: the page says it elsewhere."""
        if (dossier_id, table) not in self._ecrits:
            try:
                self._ecrits[dossier_id, table] = self.base.ecrits(dossier_id, table)
            except ErreurBase:
                return {}
        return self._ecrits[dossier_id, table]

    def connue(self, dossier_id: int) -> Lecture | None:
        """The reading in hand, None when something changed since the last one."""
        return self._lectures.get(dossier_id)

    def relire_tout(self) -> None:
        """The campaigns have changed: all that was read with them is read again."""
        self._perimer(None)

    def guetter(self) -> None:
        """Looks each second for what another window writes, until `fermer`."""
        self._guet.start()

    def suivre_la_base(self) -> None:
        """Lets go of what was read before another window or another program wrote, or the day before; pages read again."""
        try:
            vu = self.base.ecrit_ailleurs, self.jour()
        except ErreurBase:
            # The base is taken or gone for now: the next reading says so where the person looks.
            return
        if vu != self._vu:
            self._vu = vu
            self._perimer(None)

    def _lire(self, dossier_id: int) -> Lecture:
        from esms_desktop.campagnes import chargement

        dossier = self.base.lire(dossier_id, self._anciennes.pop(dossier_id, None))
        if dossier is None:
            raise ErreurSaisie("Ce dossier n’existe plus.", "Revenez au portefeuille.")
        return Lecture(dossier, chargement.charger(dossier.campagne_id), self._vu[1])

    def _perimer(self, dossiers: Iterable[int] | None) -> None:
        for cle in [c for c in self._lectures if dossiers is None or c in dossiers]:
            self._anciennes[cle] = self._lectures.pop(cle).dossier
        while len(self._anciennes) > _GARDEES:
            self._anciennes.popitem(last=False)
        self._ecrits.clear()
        self.fil.souffler()
        self.perimes.emit(None if dossiers is None else frozenset(dossiers))
        self.change.emit()

    def modifier(self, ligne: "Ligne", libelle: str = "", /, **champs: object) -> bool:
        """Writes fields; False when the write was refused (the reason is emitted), True when kept, even unchanged."""
        return self.reussir(None, lignes.saisir, ligne, libelle, **champs)

    def modifier_tous(self, changements: "Sequence[tuple[Ligne, Mapping[str, Any]]]", libelle: str) -> bool:
        """Writes fields of several rows, all or none, in one step; False when refused."""
        return self.reussir(None, lignes.saisir_tous, changements, libelle)

    def ajouter(self, *neuves: "Neuve", libelle: str) -> list[int]:
        """Adds rows with what hangs on them; their ids, none when refused."""
        return self.accomplir(lignes.inscrire, *neuves, libelle=libelle) or []

    def retirer(self, *parties: "Ligne", libelle: str) -> bool:
        """Removes rows and what hangs on them; False when refused."""
        return self.reussir(None, lignes.retirer, *parties, libelle=libelle)

    def accomplir(
        self, geste: "Callable[Concatenate[Porte, P], T]", *args: P.args, **nommes: P.kwargs
    ) -> "T | None":
        """Does a geste of `esms_desktop.gestes`: what it answers, None when it was refused, which is told.

        It is done again when someone else's value is in the way and the person, who was shown it, puts hers.
        """
        return self.accomplir_ou(None, geste, *args, **nommes)

    def reussir(
        self,
        refuser: Callable[[str], object] | None,
        geste: "Callable[Concatenate[Porte, P], object]",
        *args: P.args,
        **nommes: P.kwargs,
    ) -> bool:
        """As `accomplir_ou`, of a geste that answers nothing worth knowing: True when it was done."""
        return self._essayer(lambda: self.base.accomplir(geste, *args, **nommes), refuser)

    def accomplir_ou(
        self,
        refuser: Callable[[str], object] | None,
        geste: "Callable[Concatenate[Porte, P], T]",
        *args: P.args,
        **nommes: P.kwargs,
    ) -> "T | None":
        """As `accomplir`; `refuser` is told of a value that is refused: the page says why, where it is looked at."""
        faits: list[T] = []

        def faire() -> None:
            faits[:] = [self.base.accomplir(geste, *args, **nommes)]

        self._essayer(faire, refuser)
        return faits[0] if faits else None

    def annuler(self) -> str | None:
        """Undoes the last gesture and gives its name; None when there is none or it failed."""
        return self._tenter(self.base.annuler)

    def refaire(self) -> str | None:
        """Redoes the last undone gesture and gives its name; None when there is none or it failed."""
        return self._tenter(self.base.refaire)

    def precaution(self, motif: str) -> bool:
        """Has a backup hold what is there now, before something that changes much; whether to go on.

        False only when it cannot be taken and the person, who was asked, will not go on without it.

        Args:
            motif: "import", "campagne"… (see `store.sauvegarde.MOTIFS`).
        """
        return self.gardes is None or self.gardes.precaution(motif)

    def fermer(self) -> None:
        """Ends the subscription and closes the base."""
        self._guet.stop()
        if self.gardes is not None:
            self.gardes.fermer()
        self.fil.arreter()
        self._desabonner()
        self.base.fermer()

    def _essayer(
        self,
        ecriture: Callable[[], object],
        refuser: Callable[[str], object] | None = None,
        vus: "tuple[ErreurConflit, ...]" = (),
    ) -> bool:
        """Writes; `vus`: what the person was told of someone else's values, which she writes over."""
        from esms_desktop.base.conflits import ErreurConflit

        # While the person types, a refusal that only concerns her value waits until she leaves the field.
        en_frappant = visite.en_frappant()
        try:
            with ExitStack() as pile:
                pile.enter_context(self.base.visite(visite.courante()))
                for vu in vus:
                    pile.enter_context(self.base.ayant_vu(vu))
                ecriture()
        except ErreurConflit as e:
            if en_frappant:
                return False
            self._faire_choisir(e, lambda nouveaux: self._essayer(ecriture, refuser, (*vus, nouveaux)))
        except (ErreurEsms, OSError) as e:
            if en_frappant and isinstance(e, ErreurSaisie):
                return False
            if refuser is not None and isinstance(e, ErreurSaisie):
                refuser(str(e))
            else:
                self.ecriture_echouee.emit(_phrase(e))
        else:
            return True
        return False

    def _faire_choisir(self, refus: "ErreurConflit", refaire: "Callable[[ErreurConflit], bool]") -> None:
        if self.trancher is None:
            self.ecriture_echouee.emit(str(refus))
            return
        version = self._version_presente(refus.divergences[0].ligne)
        self.trancher(
            Conflit(refus.divergences, str(refus), version, lambda: refaire(refus), self._garder_la_leur)
        )

    def _version_presente(self, ligne: "Ligne") -> "Version":
        """The version that the base holds of the dossier of a row."""
        (cle,) = ligne.version.tables["dossier"]
        dossier = self.base.lire(cle)
        return ligne.version if dossier is None else dossier.version

    def _garder_la_leur(self) -> None:
        # The pages that are shown read again, then the fields where something is typed give way.
        with visite.cedant():
            self._perimer(None)
            self.relire.emit()

    def _tenter(self, action: Callable[[], str | None]) -> str | None:
        try:
            return action()
        except (ErreurEsms, OSError) as e:
            self.ecriture_echouee.emit(_phrase(e))
            return None

    def _suivre(self, changement: "Changement") -> None:
        self._perimer(changement.dossiers or None)


def _phrase(e: Exception) -> str:
    if isinstance(e, ErreurEsms):
        return str(e)
    return str(
        ErreurBase(
            f"L’enregistrement a échoué : {raison_systeme(e) if isinstance(e, OSError) else type(e).__name__}.",
            "Vérifiez l’espace libre du disque, puis recommencez.",
        )
    )
