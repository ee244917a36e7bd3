"""Reading MS Project XML (MSPDI): our own files without loss, those of other programs as far as a planning can hold them."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from xml.etree.ElementTree import Element

from esms_desktop.echanges import mspdi
from esms_desktop.echanges.lignes import LigneTache, Precedente, Remarque, boucles, plan_de
from esms_desktop.echanges.projet import JoursChomes, Projet, ProjetLu
from esms_desktop.echanges.xml_sur import entier, racine_projet, texte, vrai
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.vocabulaire import Plan

_TACHES_MAX = 20_000
_NOM_MAX, _DUREE_MAX = 200, 2_500
# No duration has more figures; a number of some hundreds of them is no longer one.
_DUREE = re.compile(r"P(?:(\d{1,15})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{1,15})?)S)?)?")
_PREMIER, _DERNIER = date(2000, 1, 1), date(2099, 12, 31)
_TYPES = {code: nom for nom, code in mspdi.TYPES_LIENS.items()}
_CHAMPS = {identifiant: champ for champ, (identifiant, _, _) in mspdi.CHAMPS.items()}
_DEBUT_FIN = 2


@dataclass
class _Lue:
    """A task on its way: its line, its links by UID."""

    uid: str
    ligne: LigneTache
    liens: list[Element] = field(default_factory=list)


def lire(octets: bytes) -> ProjetLu:
    """Reads a project file; nothing is applied.

    Raises:
        ErreurSaisie: it is no MS Project XML file, it is damaged, or it holds no task.
    """
    racine = racine_projet(octets)
    par_jour = entier(racine, "MinutesPerDay") or mspdi.MINUTES_PAR_JOUR
    lecteur = _Lecteur(racine, par_jour if par_jour > 0 else mspdi.MINUTES_PAR_JOUR)
    lues = lecteur.taches()
    if not lues:
        raise ErreurSaisie(
            "Ce fichier de projet ne contient aucune tâche.", "Vérifiez que c’est le bon fichier."
        )
    lignes = lecteur.attacher(lues)
    calendrier = _calendrier(racine)
    nom = texte(calendrier, "Name") if calendrier is not None else ""
    territoire = nom.removeprefix(mspdi.CALENDRIER) if nom.startswith(mspdi.CALENDRIER) else ""
    sujet = texte(racine, "Subject")
    reference = sujet.removeprefix(mspdi.REFERENCE) if sujet.startswith(mspdi.REFERENCE) else ""
    projet = Projet(
        nom=texte(racine, "Title") or texte(racine, "Name"),
        jour=lecteur.jour(racine, "CreationDate"),
        debut=lecteur.jour(racine, "StartDate"),
        fin=lecteur.jour(racine, "FinishDate"),
        lignes=lignes,
        chomes=() if calendrier is None else tuple(lecteur.chomes(calendrier)),
        territoire=(None if not territoire else "" if territoire == mspdi.METROPOLE else territoire),
        reference_le=_iso(reference),
    )
    return ProjetLu(projet, tuple(lecteur.remarques))


def _iso(ecrit: str) -> date | None:
    try:
        lue = date.fromisoformat(ecrit.strip()[:10])
    except ValueError:
        return None
    return lue if _PREMIER <= lue <= _DERNIER else None


def _calendrier(racine: Element) -> Element | None:
    tous = racine.findall("Calendars/Calendar")
    voulu = texte(racine, "CalendarUID").strip()
    return next((c for c in tous if texte(c, "UID").strip() == voulu), tous[0] if tous else None)


class _Lecteur:
    """Reads the parts of a file, and remembers what must be told."""

    def __init__(self, racine: Element, par_jour: int) -> None:
        self._racine, self._par_jour = racine, par_jour
        self.remarques: list[Remarque] = []
        self._numero, self._nom = 0, ""
        self._equipes = self._affectations()

    def _dire(self, raison: str) -> None:
        self.remarques.append(Remarque(self._numero, self._nom, raison))

    def jour(self, parent: Element, nom: str) -> date | None:
        """A date; one that cannot be read is told and left aside."""
        ecrit = texte(parent, nom).strip()
        if not ecrit or ecrit.upper() == "NA":
            return None
        lue = _iso(ecrit)
        if lue is None:
            self._dire(
                f"la date «\u00a0{ecrit[:40]}\u00a0» ({nom}) n’est pas celle d’un projet\u00a0; elle est laissée de côté"
            )
        return lue

    def _affectations(self) -> dict[str, str]:
        """The people on each task, by its UID."""
        noms = {texte(r, "UID"): texte(r, "Name").strip() for r in self._racine.findall("Resources/Resource")}
        equipes: dict[str, list[str]] = {}
        for a in self._racine.findall("Assignments/Assignment"):
            if nom := noms.get(texte(a, "ResourceUID")):
                equipes.setdefault(texte(a, "TaskUID"), []).append(nom)
        return {uid: ", ".join(dict.fromkeys(n)) for uid, n in equipes.items()}

    def chomes(self, calendrier: Element) -> Iterator[JoursChomes]:
        """The days off of a calendar: its exceptions, else the dated days of an older file."""
        sources = calendrier.findall("Exceptions/Exception") or [
            j for j in calendrier.findall("WeekDays/WeekDay") if entier(j, "DayType") == 0
        ]
        nous = texte(calendrier, "Name").startswith(mspdi.CALENDRIER)
        for source in sources:
            periode = source.find("TimePeriod")
            if vrai(source, "DayWorking") or periode is None:
                continue
            debut, fin = self.jour(periode, "FromDate"), self.jour(periode, "ToDate")
            if debut is not None and fin is not None and debut <= fin:
                nom = texte(source, "Name")
                fermeture = nom.startswith(mspdi.FERMETURE) or not nous
                yield JoursChomes(debut, fin, nom.removeprefix(mspdi.FERMETURE), fermeture)

    def taches(self) -> list[_Lue]:
        """The tasks in order; summary tasks only tell where the others stand."""
        lues: list[_Lue] = []
        pile: list[tuple[int, str]] = []
        elements = self._racine.findall("Tasks/Task")
        if len(elements) > _TACHES_MAX:
            raise ErreurSaisie(
                f"Ce projet a plus de {_TACHES_MAX} tâches.", "Enregistrez-en une partie seulement."
            )
        for rang, element in enumerate(elements, 1):
            if vrai(element, "IsNull"):
                continue
            self._numero, self._nom = (
                entier(element, "ID") or rang,
                " ".join(texte(element, "Name").split()),
            )
            niveau = entier(element, "OutlineLevel") or 1
            if texte(element, "UID").strip() == "0" or entier(element, "OutlineLevel") == 0:
                continue
            pile = [p for p in pile if p[0] < niveau]
            if vrai(element, "Summary"):
                pile.append((niveau, self._nom))
                if element.find("PredecessorLink") is not None:
                    self._dire("ses liens sont laissés de côté\u00a0: c’est une tâche récapitulative")
                continue
            lues.append(self._tache(element, [nom for _, nom in pile]))
        self._numero, self._nom = 0, ""
        return lues

    def _tache(self, element: Element, parents: list[str]) -> _Lue:
        uid = texte(element, "UID").strip()
        textes = self._attributs(element)
        nom, notes = texte(element, "Name"), texte(element, "Notes")
        if not nom.strip():
            nom = f"Tâche {self._numero}"
            self._dire(f"elle n’a pas de nom\u00a0; elle s’appelle «\u00a0{nom}\u00a0»")
        elif len(nom) > _NOM_MAX:
            notes = f"{nom}\n{notes}".strip()
            nom = nom[: _NOM_MAX - 1].rstrip() + "…"
            self._dire("son nom dépasse 200 caractères\u00a0; il est entier dans ses notes")
        if "plan" in textes and textes["plan"] in list(Plan):
            plan, phase = textes["plan"], textes.get("phase", "")
        else:
            plan, phase = _situer(parents)
        debut, fin = self.jour(element, "Start"), self.jour(element, "Finish")
        duree = self._duree(element)
        jalon = vrai(element, "Milestone") or duree == 0
        if jalon and duree:
            self._dire("c’est un jalon\u00a0: sa durée est laissée de côté")
        ligne = LigneTache(
            nom=nom,
            plan=plan,
            phase=phase[:_NOM_MAX],
            jalon=jalon,
            duree=0 if jalon else duree or 1,
            responsable=(texte(element, "Contact") or self._equipes.get(uid, ""))[:_NOM_MAX],
            avancement=min(max(entier(element, "PercentComplete") or 0, 0), 100),
            essms=textes.get("essms", ""),
            vague=textes.get("vague", ""),
            action=textes.get("action", ""),
            origine=textes.get("origine", "")[:60],
            notes=notes,
            echeance=self.jour(element, "Deadline"),
            debut=debut,
            fin=fin,
            numero=self._numero,
        )
        reference = next((b for b in element.findall("Baseline") if entier(b, "Number") in (0, None)), None)
        if reference is not None:
            ligne = replace(
                ligne,
                reference_debut=self.jour(reference, "Start"),
                reference_fin=self.jour(reference, "Finish"),
            )
        return _Lue(uid, self._contraindre(element, ligne, textes), element.findall("PredecessorLink"))

    def _attributs(self, element: Element) -> dict[str, str]:
        """Our text fields; another program may use the same ones for its own purposes."""
        if not any(texte(d, "Alias") == mspdi.CHAMPS["plan"][2] for d in self._definitions):
            return {}
        lus = {}
        for attribut in element.findall("ExtendedAttribute"):
            if champ := _CHAMPS.get(entier(attribut, "FieldID") or 0):
                lus[champ] = texte(attribut, "Value")
        return lus

    @property
    def _definitions(self) -> list[Element]:
        return [
            d
            for d in self._racine.findall("ExtendedAttributes/ExtendedAttribute")
            if entier(d, "FieldID") == mspdi.CHAMPS["plan"][0]
        ]

    def _duree(self, element: Element) -> int | None:
        ecrit = texte(element, "Duration").strip()
        if not ecrit:
            return None
        trouve = _DUREE.fullmatch(ecrit)
        if trouve is None:
            self._dire(f"sa durée «\u00a0{ecrit[:40]}\u00a0» est illisible\u00a0; elle dure un jour")
            return None
        jours, heures, minutes, secondes = (float(x or 0) for x in trouve.groups())
        total = jours * 1440 + heures * 60 + minutes + secondes / 60
        if entier(element, "DurationFormat") in mspdi.FORMATS_ECOULES:
            compte = math.ceil(total / 1440 * 5 / 7 - 1e-9)
            self._dire(
                f"sa durée est en jours écoulés\u00a0; elle est comptée pour {pluriel(compte, 'jour ouvré', 'jours ouvrés')}"
            )
            return min(compte, _DUREE_MAX)
        exact = total / self._par_jour
        compte = min(math.ceil(exact - 1e-9), _DUREE_MAX)
        if abs(compte - exact) > 1e-6:
            self._dire(
                "sa durée n’est pas un nombre entier de jours\u00a0; elle est arrondie au jour supérieur"
            )
        return compte

    def _contraindre(self, element: Element, ligne: LigneTache, textes: dict[str, str]) -> LigneTache:
        genre = entier(element, "ConstraintType") or mspdi.AU_PLUS_TOT
        quand = self.jour(element, "ConstraintDate")
        notre = "plan" in textes
        garde = textes.get("pas_avant", "")
        if genre == mspdi.DEBUT_LE and quand is not None:
            return replace(ligne, fixe=quand, pas_avant=_iso(garde))
        if genre == mspdi.DEBUT_PAS_AVANT and quand is not None:
            if garde == f"{mspdi.LIBRE}{quand.isoformat()}":
                return ligne
            return replace(ligne, pas_avant=quand)
        if genre == mspdi.FIN_LE and quand is not None:
            self._dire("sa fin imposée devient un début fixe")
            return replace(ligne, fixe=ligne.debut)
        if genre == mspdi.FIN_PAS_AVANT and quand is not None:
            self._dire("«\u00a0fin au plus tôt le\u00a0» devient «\u00a0pas avant\u00a0» son début")
            return replace(ligne, pas_avant=ligne.debut)
        if genre == mspdi.FIN_PAS_APRES and quand is not None:
            self._dire("«\u00a0fin au plus tard le\u00a0» devient son échéance")
            ligne = replace(ligne, echeance=ligne.echeance or quand)
        elif genre == mspdi.DEBUT_PAS_APRES and quand is not None:
            self._dire("«\u00a0début au plus tard le\u00a0» est laissé de côté")
        elif genre == mspdi.AU_PLUS_TARD:
            self._dire("«\u00a0le plus tard possible\u00a0» devient «\u00a0pas avant\u00a0» son début")
            return replace(ligne, pas_avant=ligne.debut)
        # Elsewhere the start of the project holds a free task; here it needs its own date.
        libre = not notre and (element.find("PredecessorLink") is None or vrai(element, "Manual"))
        return replace(ligne, pas_avant=ligne.debut) if libre else ligne

    def attacher(self, lues: list[_Lue]) -> tuple[LigneTache, ...]:
        """The lines with what they wait for; links that cannot be kept are told."""
        rangs = {lue.uid: rang for rang, lue in enumerate(lues)}
        precedentes: list[dict[int, Precedente]] = []
        for rang, lue in enumerate(lues):
            self._numero, self._nom = lue.ligne.numero, lue.ligne.nom
            siennes: dict[int, Precedente] = {}
            for lien in lue.liens:
                lu = self._lien(lien, rangs, lues)
                if lu is not None and lu.ligne is not None and lu.ligne != rang:
                    siennes.setdefault(lu.ligne, lu)
                elif lu is not None:
                    self._dire("elle s’attend elle-même\u00a0: ce lien est laissé de côté")
            precedentes.append(siennes)
        while tours := boucles(dict(enumerate(precedentes))):
            for tour in tours:
                self._numero, self._nom = lues[tour[0]].ligne.numero, lues[tour[0]].ligne.nom
                noms = " → ".join(f"«\u00a0{lues[i].ligne.nom}\u00a0»" for i in (*tour, tour[0]))
                self._dire(
                    f"son lien avec «\u00a0{lues[tour[-1]].ligne.nom}\u00a0» est laissé de côté\u00a0: {noms} tourne en rond"
                )
                del precedentes[tour[0]][tour[-1]]
        self._numero, self._nom = 0, ""
        return tuple(
            replace(lue.ligne, precedentes=tuple(p.values()))
            for lue, p in zip(lues, precedentes, strict=True)
        )

    def _lien(self, lien: Element, rangs: dict[str, int], lues: list[_Lue]) -> Precedente | None:
        uid = texte(lien, "PredecessorUID").strip()
        rang = rangs.get(uid)
        if rang is None or vrai(lien, "CrossProject"):
            self._dire(f"un lien vers une tâche absente (n° {uid[:20] or '?'}) est laissé de côté")
            return None
        genre = entier(lien, "Type")
        type_ = _TYPES.get(1 if genre is None else genre)
        if type_ is None:
            raison = "un lien début à fin" if genre == _DEBUT_FIN else "un lien d’un genre inconnu"
            self._dire(f"{raison} avec «\u00a0{lues[rang].ligne.nom}\u00a0» est laissé de côté")
            return None
        return Precedente(rang, None, type_, self._decalage(lien, lues[rang].ligne))

    def _decalage(self, lien: Element, avant: LigneTache) -> int:
        lu, forme = entier(lien, "LinkLag") or 0, entier(lien, "LagFormat")
        if not lu:
            return 0
        if forme in (mspdi.FORMAT_POURCENT, mspdi.FORMAT_POURCENT_ECOULE):
            jours = avant.duree * lu / 100
            self._dire(
                f"un décalage de {lu}\u00a0% de la durée de «\u00a0{avant.nom}\u00a0» devient {pluriel(round(jours), 'jour')}"
            )
            return round(jours)
        exact = lu / 10 / self._par_jour
        if forme in mspdi.FORMATS_ECOULES:
            exact = lu / 10 / 1440 * 5 / 7
        # Away from zero: part of a day counts for a whole one.
        compte = int(math.copysign(math.ceil(abs(exact) - 1e-9), exact))
        if abs(compte - exact) > 1e-6:
            self._dire(
                f"un décalage avec «\u00a0{avant.nom}\u00a0» est arrondi à {pluriel(compte, 'jour ouvré', 'jours ouvrés')}"
            )
        return max(min(compte, _DUREE_MAX), -_DUREE_MAX)


def _situer(parents: list[str]) -> tuple[str, str]:
    """The planning and the phase of a task, from the summary tasks above it."""
    plan = next((p for nom in parents if (p := plan_de(nom)) is not None), None)
    phases = [nom for nom in parents if nom and plan_de(nom) is None]
    return (plan or Plan.PROJET).value, " / ".join(phases)
