"""The undoing half of the door: what was done in this opening, and before it, taken back and put back step by step."""

from collections import deque

from sqlalchemy import Engine

from esms_desktop.errors import ErreurBase
from esms_desktop.store.ecarts import Conflit
from esms_desktop.store.ecoute import Sens, Suiveurs
from esms_desktop.store.lectures import Lectures
from esms_desktop.store.pas import Pas, Piles
from esms_desktop.store.reprise import a_rebours, pas_anciens


class Annulations(Lectures):
    """What can be undone and redone, and who is told of a change."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._suiveurs = Suiveurs()
        self._piles = Piles()
        self._efface = self._garde.dernier_effacement()
        # How many gestes are inside one another.
        self._profondeur = 0

    @property
    def dernier_pas(self) -> Pas | None:
        """What `annuler` would undo, and what it wrote; None when there is nothing."""
        return self._piles.faits[-1] if self._piles.faits else None

    @property
    def libelle_annuler(self) -> str | None:
        """The label of what `annuler` would undo."""
        return self._piles.faits[-1].libelle if self._piles.faits else None

    @property
    def libelle_refaire(self) -> str | None:
        """The label of what `refaire` would redo."""
        return self._piles.defaits[-1].libelle if self._piles.defaits else None

    def reprendre_les_pas(self) -> None:
        """Offers to undo what the same person did before this door was opened, as far as the rows still match."""
        with self._garde.lecture():
            anciens = pas_anciens(self._garde.connexion, self._garde.qui, self._garde.depart)
        self._piles.faits.extendleft(reversed(anciens))

    def oublier_les_pas(self) -> None:
        """Nothing of what was done so far can be undone any more."""
        self._piles = Piles()

    def _exiger_que_rien_ne_fut_efface(self) -> None:
        """What a step would bring back may have been erased for good, from here or by another program."""
        efface = self._garde.dernier_effacement()
        if efface != self._efface:
            self._efface = efface
            self.oublier_les_pas()
            raise _sans_effacement()

    def annuler(self) -> str | None:
        """Undoes the last geste of this door; answers its label, None when there is none.

        Raises:
            ErreurBase: another program changed the same rows (the step is given up), or the disk refuses (it is kept).
        """
        return self._rejouer(self._piles.faits, self._piles.defaits, "annuler")

    def refaire(self) -> str | None:
        """Redoes the last geste undone; as `annuler`."""
        return self._rejouer(self._piles.defaits, self._piles.faits, "refaire")

    def _rejouer(self, source: deque[Pas], cible: deque[Pas], sens: Sens) -> str | None:
        if self._profondeur:
            raise RuntimeError("undo inside a geste")
        if not source:
            return None
        pas = source[-1]
        try:
            with self._garde.transaction():
                self._exiger_que_rien_ne_fut_efface()
                if sens == "refaire":
                    suite = pas.ecarts
                else:
                    suite = a_rebours(self._garde.connexion, pas.gestes) if pas.gestes else pas.a_rebours
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
        self._garde.oublier(ecrits)
        # What was really written: the versions have moved on since.
        fait = Pas(pas.libelle, ecrits)
        cible.append(Pas(pas.libelle, fait.a_rebours) if sens == "annuler" else fait)
        if changement is not None:
            self._suiveurs.prevenir(changement)
        return pas.libelle


def _sans_effacement() -> ErreurBase:
    return ErreurBase(
        "Des données ont été effacées pour de bon depuis : ce qui fut fait avant ne s’annule plus.",
        "Rien n’a été changé.",
    )
