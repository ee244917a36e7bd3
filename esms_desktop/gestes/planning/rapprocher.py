"""A project file and this planning, task by task: where each one falls in the file, where it falls here, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from esms_desktop.echanges.lignes import LigneTache
from esms_desktop.echanges.projet import ProjetLu
from esms_desktop.francais import date_courte, jour_semaine, pluriel
from esms_desktop.lecture import Dossier
from esms_desktop.regles.planning.jours_ouvres import Arret, JoursOuvres
from esms_desktop.regles.planning.ordonnancement import Activite, Attache, Ordre, TypeLien, ordonner
from esms_desktop.regles.planning.planning import calendrier, dates

Dates = tuple[date, date]


@dataclass(frozen=True)
class EcartDates:
    """A task whose dates are not those of the file.

    Args:
        rang: of its line among those of the file, from 0.
        numero, tache: its number there and its name.
        fichier, ici: its first and last day, there and here.
        cause: why, in a few words.
    """

    rang: int
    numero: int
    tache: str
    fichier: Dates
    ici: Dates
    cause: str

    def en_dict(self) -> dict[str, object]:
        """The same for a program."""

        def bornes(jours: Dates) -> dict[str, str]:
            return {"debut": jours[0].isoformat(), "fin": jours[1].isoformat()}

        return {
            "numero": self.numero,
            "tache": self.tache,
            "fichier": bornes(self.fichier),
            "ici": bornes(self.ici),
            "cause": self.cause,
        }


@dataclass(frozen=True)
class Rapprochement:
    """What an import would do; nothing is applied.

    Args:
        lu: the file, its lines being those that would be added.
        ecarts: the tasks whose dates would not be those of the file.
        deplacees: how many tasks already there would move: closures come with the file.
    """

    lu: ProjetLu
    ecarts: tuple[EcartDates, ...]
    deplacees: int = 0


def rapprocher(lu: ProjetLu, dossier: Dossier, jour: date, garder: Collection[int] = ()) -> Rapprochement:
    """Places the tasks of a file as an import would, and compares.

    Args:
        lu: the file, as it was read.
        dossier: where they would go.
        jour: today, where a plan without any date starts.
        garder: the ranks of the lines that keep the dates of the file: they are pinned there, for as many days as are worked here.
    """
    lu = tenir_au_debut(lu, dossier)
    jours = _calendrier(lu, dossier, jour)
    lignes = tuple(
        _epingler(ligne, jours) if rang in garder else ligne for rang, ligne in enumerate(lu.projet.lignes)
    )
    place = _placer(lignes, dossier, jours, jour)
    lu = replace(lu, projet=replace(lu.projet, lignes=lignes))
    differents = {
        rang: (fichier, ici)
        for rang, (ligne, ici) in enumerate(zip(lignes, place.dates, strict=True))
        if (fichier := _du_fichier(ligne)) is not None and fichier != ici
    }
    causes = _Causes(lu, jours, place.ordre, differents)
    ecarts = tuple(
        EcartDates(rang, lignes[rang].numero, lignes[rang].nom, fichier, ici, causes.de(rang))
        for rang, (fichier, ici) in differents.items()
    )
    return Rapprochement(lu, ecarts, _deplacees(dossier, jours, jour))


def tenir_au_debut(lu: ProjetLu, dossier: Dossier) -> ProjetLu:
    """The same file, whose tasks that nothing holds but the start of their project do not fall before it in another one."""
    if lu.projet.debut is not None and lu.projet.debut == dossier.date_debut_projet:
        return lu
    lignes = tuple(
        replace(x, pas_avant=x.debut)
        if x.fixe is None and x.pas_avant is None and not x.precedentes and x.debut is not None
        else x
        for x in lu.projet.lignes
    )
    return replace(lu, projet=replace(lu.projet, lignes=lignes))


def _du_fichier(ligne: LigneTache) -> Dates | None:
    if ligne.debut is None and ligne.fin is None:
        return None
    debut = ligne.debut or ligne.fin
    fin = ligne.fin or ligne.debut
    assert debut is not None and fin is not None
    # A milestone is one day: that on which it ends.
    return (fin, fin) if ligne.jalon else (debut, fin)


def _epingler(ligne: LigneTache, jours: JoursOuvres) -> LigneTache:
    du_fichier = _du_fichier(ligne)
    if du_fichier is None:
        return ligne
    debut, fin = du_fichier
    duree = ligne.duree if ligne.jalon else max(jours.compter(debut, fin), 1)
    return replace(ligne, fixe=debut, pas_avant=None, duree=duree)


def fermetures_de(lu: ProjetLu, jours: JoursOuvres) -> tuple[Arret, ...]:
    """The closures of a file that take worked days off these."""
    return tuple(
        Arret(c.debut, c.fin, c.motif[:200])
        for c in lu.projet.chomes
        if c.fermeture and (c.fin - c.debut).days < 366 and jours.compter(c.debut, c.fin)
    )


def _calendrier(lu: ProjetLu, dossier: Dossier, jour: date) -> JoursOuvres:
    """The worked days of the dossier, once the closures of the file are among its own."""
    present = calendrier(dossier, jour)
    siennes = [Arret(f.debut, f.fin, f.motif) for f in dossier.fermetures if f.debut <= f.fin]
    return JoursOuvres(jour, present.territoire, (*siennes, *fermetures_de(lu, present)))


@dataclass(frozen=True)
class _Place:
    ordre: Ordre
    dates: tuple[Dates, ...]


def _placer(lignes: Sequence[LigneTache], dossier: Dossier, jours: JoursOuvres, jour: date) -> _Place:
    activites = [
        Activite(
            rang,
            0 if x.jalon else max(x.duree, 1),
            None if x.pas_avant is None else jours.indice(x.pas_avant),
            None if x.fixe is None else jours.indice(x.fixe),
        )
        for rang, x in enumerate(lignes)
    ]
    attaches = [
        Attache(p.ligne, rang, TypeLien(p.type), p.decalage)
        for rang, x in enumerate(lignes)
        for p in x.precedentes
        if p.ligne is not None
    ]
    ordre = ordonner(activites, attaches, jours.indice(_depart(lignes, dossier, jour)))
    return _Place(ordre, dates(activites, ordre, jours))


def _depart(lignes: Sequence[LigneTache], dossier: Dossier, jour: date) -> date:
    """Where the plan starts once these lines are in it (see `regles.planning.planning`)."""
    if dossier.date_debut_projet is not None:
        return dossier.date_debut_projet
    deja = [d for t in dossier.taches if (d := t.fixe or t.pas_avant) is not None]
    neufs = [d for x in lignes if (d := x.fixe or x.pas_avant) is not None]
    return min((*deja, *neufs), default=jour)


def _deplacees(dossier: Dossier, jours: JoursOuvres, jour: date) -> int:
    from esms_desktop.regles.planning.planning import lire

    if not dossier.taches:
        return 0
    avant = lire(dossier, jour)
    activites, attaches = avant.activites, avant.attaches
    autres = [
        replace(
            a,
            pas_avant=None if t.tache.pas_avant is None else jours.indice(t.tache.pas_avant),
            fixe=None if t.tache.fixe is None else jours.indice(t.tache.fixe),
        )
        for a, t in zip(activites, avant.taches, strict=True)
    ]
    depart = avant.calendrier.jour(avant.depart)
    apres = dates(autres, ordonner(autres, attaches, jours.indice(depart)), jours)
    return sum((t.debut, t.fin) != d for t, d in zip(avant.taches, apres, strict=True))


class _Causes:
    """Why tasks fall elsewhere than in the file."""

    def __init__(
        self, lu: ProjetLu, jours: JoursOuvres, ordre: Ordre, differents: Mapping[int, tuple[Dates, Dates]]
    ) -> None:
        self._lu, self._jours, self._ordre, self._differents = lu, jours, ordre, differents
        self._lignes = lu.projet.lignes
        self._chomes = {
            c.debut + timedelta(days=n)
            for c in lu.projet.chomes
            for n in range(min((c.fin - c.debut).days, 400) + 1)
        }

    def de(self, rang: int) -> str:
        """The cause of one of them."""
        (debut, fin), (ici, fin_ici) = self._differents[rang]
        if connue := self._lu.causes.get(rang):
            return connue
        if ici != debut:
            if (tenant := self._tenant(rang)) is not None:
                return f"suit « {self._lignes[tenant].nom} », qui tombe ailleurs"
            if raison := self._jours.raison(debut):
                return f"{raison}, chômé ici ({date_courte(debut)})"
        bornes = (min(debut, ici), max(fin, fin_ici))
        if (chome := self._chome_ici(*bornes)) is not None:
            return f"{self._jours.raison(chome)}, chômé ici ({date_courte(chome)})"
        if (travaille := self._travaille_ici(*bornes)) is not None:
            return f"{jour_semaine(travaille)}, travaillé ici ({date_courte(travaille)})"
        ligne = self._lignes[rang]
        if not ligne.jalon:
            comptes = self._comptes(debut, fin)
            if comptes > ligne.duree:
                return (
                    f"interrompue ou étirée dans le fichier\u00a0: {pluriel(comptes, 'jour')} entre ses dates, pour une durée de "
                    f"{ligne.duree}"
                )
            if comptes < ligne.duree:
                return f"heures\u00a0: {pluriel(ligne.duree, 'jour')} de travail y tiennent en {comptes}"
        if ligne.fixe is not None or ligne.pas_avant is not None:
            return "sa contrainte de date la place autrement"
        return (
            "ses liens la placent autrement que le fichier"
            if ligne.precedentes
            else "aucun lien ni date ne la tient"
        )

    def _tenant(self, rang: int) -> int | None:
        """What it waits for and falls elsewhere too."""
        tenue = self._ordre.positions[rang].tenue_par
        return next((c for c in tenue if c in self._differents), None)

    def _chome_ici(self, debut: date, fin: date) -> date | None:
        return self._premier(debut, fin, fichier=True, ici=False)

    def _travaille_ici(self, debut: date, fin: date) -> date | None:
        return self._premier(debut, fin, fichier=False, ici=True)

    def _premier(self, debut: date, fin: date, fichier: bool, ici: bool) -> date | None:
        for n in range(min((fin - debut).days, 4_000) + 1):
            jour = debut + timedelta(days=n)
            if self._ouvre_au_fichier(jour) is fichier and self._jours.ouvre(jour) is ici:
                return jour
        return None

    def _ouvre_au_fichier(self, jour: date) -> bool:
        return jour.weekday() in self._lu.semaine and jour not in self._chomes

    def _comptes(self, debut: date, fin: date) -> int:
        return sum(
            self._ouvre_au_fichier(debut + timedelta(days=n))
            for n in range(min((fin - debut).days, 8_000) + 1)
        )
