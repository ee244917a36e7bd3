"""Reading MS Project XML (MSPDI): our own files without loss, those of other programs as far as a planning can hold them."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from esms_desktop.echanges import calendrier_xml, mspdi
from esms_desktop.echanges.liens_xml import LiensXml, Lue
from esms_desktop.echanges.lignes import LigneTache, Remarque, plan_de
from esms_desktop.echanges.projet import SEMAINE, JoursChomes, Projet, ProjetLu
from esms_desktop.echanges.xml_sur import entier, racine_projet, texte, vrai
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import enumerer, jour_semaine, pluriel
from esms_desktop.nomenclature.vocabulaire import Plan

_TACHES_MAX = 20_000
_NOM_MAX, _DUREE_MAX = 200, 2_500
# No duration has more figures; a number of some hundreds of them is no longer one.
_DUREE = re.compile(r"P(?:(\d{1,15})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{1,15})?)S)?)?")
_PREMIER, _DERNIER = date(2000, 1, 1), date(2099, 12, 31)
_TYPES = {code: nom for nom, code in mspdi.TYPES_LIENS.items()}
_CHAMPS = {identifiant: champ for champ, (identifiant, _, _) in mspdi.CHAMPS.items()}
_DEBUT_FIN = 2


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
    liens = LiensXml(lecteur, lues)
    lignes = liens.attacher()
    calendrier = calendrier_xml.du_projet(racine)
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
    semaine = calendrier_xml.semaine(calendrier)
    return ProjetLu(projet, (*_semaine_dite(semaine), *lecteur.remarques), lecteur.causes, semaine)


def _iso(ecrit: str) -> date | None:
    try:
        lue = date.fromisoformat(ecrit.strip()[:10])
    except ValueError:
        return None
    return lue if _PREMIER <= lue <= _DERNIER else None


def _semaine_dite(semaine: frozenset[int]) -> Iterator[Remarque]:
    """What a week of the file has that ours has not: no calendar of ours holds it."""
    en_plus, en_moins = sorted(semaine - SEMAINE), sorted(SEMAINE - semaine)
    if en_plus:
        yield Remarque(0, "", f"Le fichier travaille le {_jours(en_plus)}, qui ne l’est pas ici")
    if en_moins:
        yield Remarque(0, "", f"Le fichier ne travaille pas le {_jours(en_moins)}, qui l’est ici")


def _jours(rangs: list[int]) -> str:
    # Any Monday.
    return enumerer([jour_semaine(date(2024, 1, 1 + rang)) for rang in rangs])


class _Lecteur:
    """Reads the parts of a file, and remembers what must be told."""

    def __init__(self, racine: Element, par_jour: int) -> None:
        self._racine, self.par_jour = racine, par_jour
        self.remarques: list[Remarque] = []
        self._numero, self._nom = 0, ""
        self._equipes = self._affectations()
        self._calendrier = texte(racine, "CalendarUID").strip()
        # Under each summary task, by its UID, the UIDs of the tasks it sums up; its own links.
        self.recaps: dict[str, list[str]] = {}
        self.liens_recaps: list[tuple[str, str, list[Element]]] = []
        self.causes: dict[int, str] = {}
        self._causes_en_cours = ""

    def situer(self, numero: int, nom: str) -> None:
        """Which task is spoken of from now on."""
        self._numero, self._nom = numero, nom

    def dire(self, raison: str) -> None:
        """What must be told of it."""
        self.remarques.append(Remarque(self._numero, self._nom, raison))

    def jour(self, parent: Element, nom: str) -> date | None:
        """A date; one that cannot be read is told and left aside."""
        ecrit = texte(parent, nom).strip()
        if not ecrit or ecrit.upper() == "NA":
            return None
        lue = _iso(ecrit)
        if lue is None:
            self.dire(
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
            if periode is None:
                continue
            debut, fin = self.jour(periode, "FromDate"), self.jour(periode, "ToDate")
            if debut is None or fin is None or debut > fin:
                continue
            nom = texte(source, "Name")
            if vrai(source, "DayWorking"):
                if source.tag == "Exception":
                    self._dire_du_tout(
                        f"« {nom or 'Exception'} », des jours travaillés du calendrier, est laissée de côté"
                    )
                continue
            jours = calendrier_xml.jours_de(source, debut, fin)
            if jours is None:
                self._dire_du_tout(
                    f"« {nom or 'Exception'} » revient d’une façon que le planning ne sait pas dire"
                )
                continue
            fermeture = nom.startswith(mspdi.FERMETURE) or not nous
            for premier, dernier in jours:
                yield JoursChomes(premier, dernier, nom.removeprefix(mspdi.FERMETURE), fermeture)

    def _dire_du_tout(self, raison: str) -> None:
        self.remarques.append(Remarque(0, "", raison))

    def _expliquer(self, cause: str) -> None:
        """What will make the task being read fall elsewhere than in the file."""
        self._causes_en_cours = self._causes_en_cours or cause

    def taches(self) -> list[Lue]:
        """The tasks in order; summary tasks only tell where the others stand."""
        lues: list[Lue] = []
        # Summary tasks that are open: their level, their name, their UID.
        pile: list[tuple[int, str, str]] = []
        elements = [e for e in self._racine.findall("Tasks/Task") if not vrai(e, "IsNull")]
        if len(elements) > _TACHES_MAX:
            raise ErreurSaisie(
                f"Ce projet a plus de {_TACHES_MAX} tâches.", "Enregistrez-en une partie seulement."
            )
        for rang, element in enumerate(elements):
            self._numero, self._nom = (
                entier(element, "ID") or rang + 1,
                " ".join(texte(element, "Name").split()),
            )
            lu, uid = entier(element, "OutlineLevel"), texte(element, "UID").strip()
            if uid == "0" or lu == 0:
                continue
            niveau = lu or 1
            pile = [p for p in pile if p[0] < niveau]
            suivant = elements[rang + 1] if rang + 1 < len(elements) else None
            recap = (
                vrai(element, "Summary")
                and suivant is not None
                and (entier(suivant, "OutlineLevel") or 1) > niveau
            )
            if recap:
                pile.append((niveau, self._nom, uid))
                self.recaps[uid] = []
                if liens := element.findall("PredecessorLink"):
                    self.liens_recaps.append((uid, self._nom, liens))
                continue
            for _, _, dessus in pile:
                self.recaps[dessus].append(uid)
            self._causes_en_cours = ""
            lues.append(self._tache(element, [nom for _, nom, _ in pile]))
            if self._causes_en_cours:
                self.causes[len(lues) - 1] = self._causes_en_cours
        self._numero, self._nom = 0, ""
        return lues

    def _tache(self, element: Element, parents: list[str]) -> Lue:
        uid = texte(element, "UID").strip()
        textes = self._attributs(element)
        nom, notes = texte(element, "Name"), texte(element, "Notes")
        if not nom.strip():
            nom = f"Tâche {self._numero}"
            self.dire(f"elle n’a pas de nom\u00a0; elle s’appelle «\u00a0{nom}\u00a0»")
        elif len(nom) > _NOM_MAX:
            notes = f"{nom}\n{notes}".strip()
            nom = nom[: _NOM_MAX - 1].rstrip() + "…"
            self.dire("son nom dépasse 200 caractères\u00a0; il est entier dans ses notes")
        if "plan" in textes and textes["plan"] in list(Plan):
            plan, phase = textes["plan"], textes.get("phase", "")
        else:
            plan, phase = _situer(parents)
        debut, fin = self.jour(element, "Start"), self._fin(element)
        if debut is not None and fin is not None and fin < debut:
            fin = debut
        duree = self._duree(element)
        propre = texte(element, "CalendarUID").strip()
        if propre not in ("", "-1", self._calendrier):
            self.dire("son calendrier propre est laissé de côté")
            self._expliquer("calendrier propre à la tâche dans le fichier")
        jalon = vrai(element, "Milestone") or duree == 0
        if jalon and duree:
            self.dire("c’est un jalon\u00a0: sa durée est laissée de côté")
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
        return Lue(uid, self._contraindre(element, ligne, textes), element.findall("PredecessorLink"))

    def _fin(self, element: Element) -> date | None:
        """The last day of a task: midnight ends the day before."""
        fin = self.jour(element, "Finish")
        if (
            fin is not None
            and texte(element, "Finish").strip()[10:19] == "T00:00:00"
            and not vrai(element, "Milestone")
        ):
            return fin - timedelta(days=1)
        return fin

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
            self.dire(f"sa durée «\u00a0{ecrit[:40]}\u00a0» est illisible\u00a0; elle dure un jour")
            return None
        jours, heures, minutes, secondes = (float(x or 0) for x in trouve.groups())
        total = jours * 1440 + heures * 60 + minutes + secondes / 60
        if entier(element, "DurationFormat") in mspdi.FORMATS_ECOULES:
            compte = math.ceil(total / 1440 * 5 / 7 - 1e-9)
            self._expliquer("durée en jours écoulés dans le fichier")
            self.dire(
                f"sa durée est en jours écoulés\u00a0; elle est comptée pour {pluriel(compte, 'jour ouvré', 'jours ouvrés')}"
            )
            return min(compte, _DUREE_MAX)
        exact = total / self.par_jour
        compte = min(math.ceil(exact - 1e-9), _DUREE_MAX)
        if abs(compte - exact) > 1e-6:
            self.dire(
                "sa durée n’est pas un nombre entier de jours\u00a0; elle est arrondie au jour supérieur"
            )
        return compte

    def _contraindre(self, element: Element, ligne: LigneTache, textes: dict[str, str]) -> LigneTache:
        genre = entier(element, "ConstraintType") or mspdi.AU_PLUS_TOT
        quand = self.jour(element, "ConstraintDate")
        notre = "plan" in textes
        garde = textes.get("pas_avant", "")
        if not notre and (reel := self.jour(element, "ActualStart")) is not None:
            # It began: nothing of what it waits for moves it any more.
            self.dire("elle a commencé\u00a0: son début réel devient son début fixe")
            return replace(ligne, fixe=reel)
        if genre == mspdi.DEBUT_LE and quand is not None:
            return replace(ligne, fixe=quand, pas_avant=_iso(garde))
        if genre == mspdi.DEBUT_PAS_AVANT and quand is not None:
            if garde == f"{mspdi.LIBRE}{quand.isoformat()}":
                return ligne
            return replace(ligne, pas_avant=quand)
        if genre == mspdi.FIN_LE and quand is not None:
            self.dire("sa fin imposée devient un début fixe")
            return replace(ligne, fixe=ligne.debut)
        if genre == mspdi.FIN_PAS_AVANT and quand is not None:
            self.dire("«\u00a0fin au plus tôt le\u00a0» devient «\u00a0pas avant\u00a0» son début")
            return replace(ligne, pas_avant=ligne.debut)
        if genre == mspdi.FIN_PAS_APRES and quand is not None:
            self.dire("«\u00a0fin au plus tard le\u00a0» devient son échéance")
            ligne = replace(ligne, echeance=ligne.echeance or quand)
        if genre == mspdi.DEBUT_PAS_APRES and quand is not None:
            self.dire("«\u00a0début au plus tard le\u00a0» devient un début fixe")
            return replace(ligne, fixe=ligne.debut)
        if genre == mspdi.AU_PLUS_TARD:
            self.dire("«\u00a0le plus tard possible\u00a0» devient «\u00a0pas avant\u00a0» son début")
            return replace(ligne, pas_avant=ligne.debut)
        # Elsewhere the start of the project holds a free task; here it needs its own date.
        libre = not notre and (element.find("PredecessorLink") is None or vrai(element, "Manual"))
        return replace(ligne, pas_avant=ligne.debut) if libre else ligne


def _situer(parents: list[str]) -> tuple[str, str]:
    """The planning and the phase of a task, from the summary tasks above it."""
    plan = next((p for nom in parents if (p := plan_de(nom)) is not None), None)
    phases = [nom for nom in parents if nom and plan_de(nom) is None]
    return (plan or Plan.PROJET).value, " / ".join(phases)
