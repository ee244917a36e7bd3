"""The links of a project file: those of tasks, those of summary tasks, those that a planning cannot hold."""

import math
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from xml.etree.ElementTree import Element

from esms_desktop.echanges import mspdi
from esms_desktop.echanges.lignes import LigneTache, Precedente, boucles
from esms_desktop.echanges.xml_sur import entier, texte, vrai
from esms_desktop.francais import pluriel

_TYPES = {code: nom for nom, code in mspdi.TYPES_LIENS.items()}
_DEBUT_FIN = 2
_DECALAGE_MAX = 2_500


@dataclass
class Lue:
    """A task on its way: its line, its links by UID."""

    uid: str
    ligne: LigneTache
    liens: list[Element] = field(default_factory=list)


class Lecteur(Protocol):
    """What is read of the file besides its links.

    Attributes:
        par_jour: minutes of a day of work.
        recaps: under each summary task, by its UID, the UIDs of the tasks it sums up.
        liens_recaps: the links of each summary task, after its UID and its name.
        causes: of a line, by its rank, what will make it fall elsewhere.
    """

    par_jour: int
    recaps: dict[str, list[str]]
    liens_recaps: list[tuple[str, str, list[Element]]]
    causes: dict[int, str]

    def situer(self, numero: int, nom: str) -> None:
        """Which task is spoken of from now on."""

    def dire(self, raison: str) -> None:
        """What must be told of it."""


class LiensXml:
    """The links between the lines that were read."""

    def __init__(self, lecteur: Lecteur, lues: list[Lue]) -> None:
        self._lecteur, self._lues = lecteur, lues
        self._rangs = {lue.uid: rang for rang, lue in enumerate(lues)}
        # Lines that lost a link.
        self._perdus: set[int] = set()

    def attacher(self) -> tuple[LigneTache, ...]:
        """The lines with what they wait for; links that cannot be kept are told."""
        lues, rangs = self._lues, self._rangs
        precedentes: list[dict[int, Precedente]] = [{} for _ in lues]
        for rang, lue in enumerate(lues):
            self._lecteur.situer(lue.ligne.numero, lue.ligne.nom)
            for lien in lue.liens:
                self._poser(lien, [rang], rangs, lues, precedentes)
        for uid, nom, liens in self._lecteur.liens_recaps:
            self._lecteur.situer(0, nom)
            dessous = [rangs[u] for u in self._lecteur.recaps[uid] if u in rangs]
            for lien in liens:
                self._poser(lien, _bouts(dessous, lues, rangs, au_debut=True), rangs, lues, precedentes)
        while tours := boucles(dict(enumerate(precedentes))):
            for tour in tours:
                self._lecteur.situer(lues[tour[0]].ligne.numero, lues[tour[0]].ligne.nom)
                noms = " → ".join(f"«\u00a0{lues[i].ligne.nom}\u00a0»" for i in (*tour, tour[0]))
                self._lecteur.dire(
                    f"son lien avec «\u00a0{lues[tour[-1]].ligne.nom}\u00a0» est laissé de côté\u00a0: {noms} tourne en rond"
                )
                del precedentes[tour[0]][tour[-1]]
                self._perdre(tour[0])
        self._lecteur.situer(0, "")
        lignes = []
        for rang, (lue, p) in enumerate(zip(lues, precedentes, strict=True)):
            ligne = replace(lue.ligne, precedentes=tuple(p.values()))
            if rang in self._perdus and ligne.fixe is None and ligne.debut is not None:
                # What held it there is gone: it does not fall before the day of the file.
                ligne = replace(ligne, pas_avant=max(ligne.debut, ligne.pas_avant or ligne.debut))
            lignes.append(ligne)
        return tuple(lignes)

    def _perdre(self, rang: int) -> None:
        self._perdus.add(rang)
        self._lecteur.causes.setdefault(rang, "lien laissé de côté")

    def _poser(
        self,
        lien: Element,
        vers: list[int],
        rangs: dict[str, int],
        lues: list[Lue],
        precedentes: list[dict[int, Precedente]],
    ) -> None:
        """One link of the file, towards these lines: from a task, or from those that end what a summary task sums up."""
        uid = texte(lien, "PredecessorUID").strip()
        dessous = [rangs[u] for u in self._lecteur.recaps.get(uid, ()) if u in rangs]
        genre = entier(lien, "Type")
        type_ = _TYPES.get(1 if genre is None else genre)
        if type_ == "debut-debut" and dessous:
            # It starts with the first of them.
            dessous = [min(dessous, key=lambda r: (lues[r].ligne.debut or date.max, r))]
        elif dessous:
            dessous = _bouts(dessous, lues, rangs, au_debut=False)
        venus = [rangs[uid]] if uid in rangs else dessous
        raison = ""
        if not venus or vrai(lien, "CrossProject"):
            raison = f"un lien vers une tâche absente (n° {uid[:20] or '?'})"
        elif type_ is None:
            quoi = "un lien début à fin" if genre == _DEBUT_FIN else "un lien d’un genre inconnu"
            raison = f"{quoi} avec «\u00a0{lues[venus[0]].ligne.nom}\u00a0»"
        elif set(venus) & set(vers):
            raison = (
                "un lien avec ce qu’elle résume" if len(vers) > 1 or dessous else "un lien avec elle-même"
            )
        if raison or type_ is None:
            self._lecteur.dire(f"{raison} est laissé de côté")
            for rang in vers:
                self._perdre(rang)
            return
        if len(vers) > 1 or uid not in rangs:
            combien = pluriel(len(vers) * len(venus), "lien")
            self._lecteur.dire(
                f"son lien avec une tâche récapitulative devient {combien} entre les tâches résumées"
            )
        for avant in venus:
            decalage = self._decalage(lien, lues[avant].ligne)
            for rang in vers:
                precedentes[rang].setdefault(avant, Precedente(avant, None, type_, decalage))

    def _decalage(self, lien: Element, avant: LigneTache) -> int:
        lu, forme = entier(lien, "LinkLag") or 0, entier(lien, "LagFormat")
        if not lu:
            return 0
        if forme in (mspdi.FORMAT_POURCENT, mspdi.FORMAT_POURCENT_ECOULE):
            jours = avant.duree * lu / 100
            self._lecteur.dire(
                f"un décalage de {lu}\u00a0% de la durée de «\u00a0{avant.nom}\u00a0» devient {pluriel(round(jours), 'jour')}"
            )
            return round(jours)
        exact = lu / 10 / self._lecteur.par_jour
        if forme in mspdi.FORMATS_ECOULES:
            exact = lu / 10 / 1440 * 5 / 7
        # Away from zero: part of a day counts for a whole one.
        compte = int(math.copysign(math.ceil(abs(exact) - 1e-9), exact))
        if abs(compte - exact) > 1e-6:
            self._lecteur.dire(
                f"un décalage avec «\u00a0{avant.nom}\u00a0» est arrondi à {pluriel(compte, 'jour ouvré', 'jours ouvrés')}"
            )
        return max(min(compte, _DECALAGE_MAX), -_DECALAGE_MAX)


def _bouts(dessous: list[int], lues: list[Lue], rangs: dict[str, int], au_debut: bool) -> list[int]:
    """Of lines that one task sums up, those where it starts, which wait for none of them, or those where it ends."""
    tous = set(dessous)
    attendus = {
        (rang, rangs[avant])
        for rang in dessous
        for lien in lues[rang].liens
        if (avant := texte(lien, "PredecessorUID").strip()) in rangs and rangs[avant] in tous
    }
    dedans = {a for a, _ in attendus} if au_debut else {b for _, b in attendus}
    return [r for r in dessous if r not in dedans] or dessous
