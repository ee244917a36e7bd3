"""What a sheet says: its header wherever it is, its columns recognised, its lines; what is no line is left out, and told."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from esms_desktop.echanges.tables.grille import (
    Cellule,
    Genre,
    Grille,
    Rangee,
    Source,
    adresse,
    lettre,
    situer,
)
from esms_desktop.echanges.tables.tableau import Colonne, Laisse, LigneLue, Rubrique, Tableau
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, mots, resumer

# How far down a header is looked for, among the rows that say something.
_ENTETE_MAX = 20
_TOTAL = re.compile(r"(sous )?(total|totaux)( .{0,40})?|ensemble|somme|moyenne")


def plier(titre: str) -> str:
    """A title as it is compared: its words, folded; what stands between brackets counts as any other word."""
    return " ".join(mots(titre.replace("n°", "n ").replace("N°", "n ")))


def reconnaitre(titre: str, rubriques: Sequence[Rubrique]) -> tuple[str, int]:
    """The field that a title means and how sure it is (3: that very word, 2: a weaker one, 1: it holds it); ("", 0) when none."""
    net = plier(titre)
    if not net:
        return "", 0
    for rubrique in rubriques:
        if net in rubrique.exacts:
            return rubrique.nom, 3
        if net in rubrique.faibles:
            return rubrique.nom, 2
    if len(net) > 60:
        return "", 0
    for rubrique in rubriques:
        if rubrique.motif is not None and rubrique.motif.search(net):
            return rubrique.nom, 1
    return "", 0


def lire_source(
    source: Source,
    rubriques: Sequence[Rubrique],
    feuille: str | None = None,
    choix: Mapping[str, str] | None = None,
    sans_entete: Callable[[Grille], Mapping[int, str]] | None = None,
    titres_inconnus: bool = True,
) -> Tableau:
    """The table that a file or a clipboard holds.

    Args:
        source: what was given.
        rubriques: the fields that are looked for.
        feuille: the sheet to read; None: the one that looks the most like a list.
        choix: the field of a column by its folded title (`plier`), or by its letter when it has none; an empty field leaves
            it aside. It comes before what is recognised.
        titres_inconnus: whether words above figures may be titles that nobody knows.
        sans_entete: tells the field of each column, by rank, of a sheet without titles, from what it holds.

    Raises:
        ErreurSaisie: no sheet holds a list.
    """
    pleines = [g for g in source.grilles if g.rangees]
    if not pleines:
        raise ErreurSaisie("Il n’y a rien dans ce tableau.", "Choisissez un fichier qui contient une liste.")
    choix = choix or {}
    if feuille is not None:
        retenue = next((g for g in pleines if g.nom == feuille), None)
        if retenue is None:
            raise ErreurSaisie(f"La feuille «{NBSP}{feuille}{NBSP}» n’existe pas, ou elle est vide.")
    else:
        visibles = [g for g in pleines if not g.masquee] or pleines
        retenue = max(visibles, key=lambda g: _ressemblance(g, rubriques, choix))
    lecteur = _Lecteur(retenue, rubriques, choix, sans_entete, titres_inconnus)
    return lecteur.lire(source, [g for g in pleines if g is not retenue])


def _ressemblance(grille: Grille, rubriques: Sequence[Rubrique], choix: Mapping[str, str]) -> tuple[int, int]:
    trouve = trouver_entete(grille, rubriques, choix)
    if trouve is None:
        return 0, len(grille.rangees)
    rang, champs = trouve
    return len(champs), len(grille.rangees) - rang


def _champs(
    titres: Mapping[int, str], rubriques: Sequence[Rubrique], choix: Mapping[str, str]
) -> dict[int, str]:
    """The field of each column by its rank; a field goes to the column that is the surest, then the first."""
    surs: dict[str, tuple[int, int]] = {}
    champs: dict[int, str] = {}
    for rang in sorted(titres):
        net = plier(titres[rang])
        if net in choix:
            champs[rang] = choix[net]
            if choix[net]:
                surs[choix[net]] = (9, rang)
    plies = {plier(t) for t in titres.values()}
    gardees = [replace(r, faibles=()) if r.sauf in plies else r for r in rubriques]
    for rang in sorted(titres):
        if rang in champs:
            continue
        nom, surete = reconnaitre(titres[rang], gardees)
        if nom and surete > surs.get(nom, (0, 0))[0]:
            surs[nom] = (surete, rang)
    champs = {rang: nom for rang, nom in champs.items() if nom and surs[nom][1] == rang}
    return champs | {rang: nom for nom, (_, rang) in surs.items()}


def _titres(grille: Grille, rang: int, rubriques: Sequence[Rubrique]) -> dict[int, str]:
    """The titles of the row of that rank; one that says nothing alone has that of the row above before it."""
    rangee = grille.rangees[rang]
    titres = {r: c.texte for r, c in rangee.cellules.items()}
    if rang and grille.rangees[rang - 1].numero == rangee.numero - 1:
        dessus = grille.rangees[rang - 1].cellules
        # A heading spread over several columns, as « Capacité » above « autorisée » and « installée ».
        larges = {c.adresse for c in dessus.values() if c.fusion}
        for r, c in dessus.items():
            if c.adresse not in larges or len({x.texte for x in dessus.values()}) < 2:
                continue
            if r not in titres or rangee.cellules[r].fusion:
                titres[r] = c.texte
            elif not reconnaitre(titres[r], rubriques)[0]:
                titres[r] = f"{c.texte} {titres[r]}"
    return titres


def trouver_entete(
    grille: Grille, rubriques: Sequence[Rubrique], choix: Mapping[str, str] | None = None
) -> tuple[int, dict[int, str]] | None:
    """The rank of the row of titles and the field of each column; None when no row looks like one."""
    choix = choix or {}
    reperes = {r.nom for r in rubriques if r.repere}
    meilleur: tuple[int, int, dict[int, str]] | None = None
    for rang, rangee in enumerate(grille.rangees[:_ENTETE_MAX]):
        titres = _titres(grille, rang, rubriques)
        champs = _champs(titres, rubriques, choix)
        if not champs or not reperes & set(champs.values()):
            continue
        surs = sum(reconnaitre(titres[r], rubriques)[1] > 1 or plier(titres[r]) in choix for r in champs)
        # One word of a title on its own row (« Liste des établissements ») is no header.
        if len(champs) < 2 and (rangee.propres > 2 or not surs):
            continue
        # Figures are what a line says, not a title: a year apart.
        if any(len(c.texte.strip()) > 4 and c.texte.strip().isdecimal() for c in rangee.cellules.values()):
            continue
        note = len(champs) + 2 * surs
        # The second row of a heading in two repeats, by its merges, what the first one says.
        suite = (
            meilleur is not None
            and meilleur[1] == rang - 1
            and any(c.fusion for c in rangee.cellules.values())
        )
        if meilleur is None or note > meilleur[0] or (suite and note == meilleur[0]):
            meilleur = (note, rang, champs)
    return None if meilleur is None else (meilleur[1], meilleur[2])


class _Lecteur:
    def __init__(
        self,
        grille: Grille,
        rubriques: Sequence[Rubrique],
        choix: Mapping[str, str],
        sans_entete: Callable[[Grille], Mapping[int, str]] | None,
        titres_inconnus: bool,
    ) -> None:
        self._grille, self._choix = grille, choix
        self._numeros = {r.nom for r in rubriques if r.numero}
        self._libelles = {r.nom: r.libelle for r in rubriques}
        self._rubriques, self._sans_entete = rubriques, sans_entete
        self._devine_titres = titres_inconnus
        self._laisses: list[Laisse] = []

    def lire(self, source: Source, autres: Sequence[Grille]) -> Tableau:
        grille = self._grille
        trouve = trouver_entete(grille, self._rubriques, self._choix)
        if trouve is None:
            rang = 0 if self._titres_inconnus() else -1
            titres = _titres(grille, 0, self._rubriques) if rang == 0 else {}
            champs = self._devinees(titres)
        else:
            rang, champs = trouve
            titres = _titres(grille, rang, self._rubriques)
        for rangee in grille.rangees[: max(rang, 0)]:
            self._laisser(rangee, "au-dessus des titres des colonnes, laissé de côté")
        corps = grille.rangees[rang + 1 :]
        colonnes = self._colonnes(titres, champs, corps)
        lignes = self._lignes(corps, champs, titres)
        remarques = [*source.remarques, *grille.remarques]
        if autres:
            noms = resumer([f"«{NBSP}{g.nom}{NBSP}»{' (masquée)' if g.masquee else ''}" for g in autres], 6)
            verbe = accord(
                len(autres), "L’autre feuille n’est pas lue", "Les autres feuilles ne sont pas lues"
            )
            remarques.append(f"La feuille «{NBSP}{grille.nom}{NBSP}» est lue. {verbe}{NBSP}: {noms}.")
        return Tableau(
            grille.nom,
            tuple(g.nom for g in source.grilles if g.rangees),
            grille.rangees[rang].numero if rang >= 0 else 0,
            colonnes,
            tuple(lignes),
            tuple(self._laisses),
            tuple(remarques),
        )

    def _titres_inconnus(self) -> bool:
        """Whether the first row has titles, none of which is known: words, above figures."""
        if not self._devine_titres:
            return False
        premiere, *suite = self._grille.rangees
        sans_chiffre = not any(x.isdigit() for c in premiere.cellules.values() for x in c.texte)
        return sans_chiffre and any(
            r in premiere.cellules and any(x.isdigit() for x in c.texte)
            for rangee in suite[:_ENTETE_MAX]
            for r, c in rangee.cellules.items()
        )

    def _devinees(self, titres: Mapping[int, str]) -> dict[int, str]:
        """The fields of a sheet whose titles tell nothing: chosen by hand, else what the cells look like."""
        reperes = {r: plier(titres.get(r, "")) or lettre(r).lower() for r in range(self._grille.largeur)}
        choisies = {r: self._choix[repere] for r, repere in reperes.items() if repere in self._choix}
        devinees = self._sans_entete(self._grille) if self._sans_entete else {}
        prises = set(choisies.values())
        devinees = {r: nom for r, nom in devinees.items() if r not in choisies and nom not in prises}
        return {r: nom for r, nom in {**devinees, **choisies}.items() if nom}

    def _colonnes(
        self, titres: Mapping[int, str], champs: Mapping[int, str], corps: Sequence[Rangee]
    ) -> tuple[Colonne, ...]:
        colonnes, laissees = [], []
        for rang in range(self._grille.largeur):
            exemple = next((r.cellules[rang].texte for r in corps if rang in r.cellules), "")
            titre = " ".join(titres.get(rang, "").split())
            if not titre and not exemple:
                continue
            colonnes.append(Colonne(rang, titre, champs.get(rang, ""), " ".join(exemple.split())))
            if rang not in champs:
                jumelle, _ = reconnaitre(titre, self._rubriques)
                # A column that only repeats a merge (« Pôle ») says as much.
                raison = "colonne laissée de côté"
                if jumelle and jumelle in champs.values() and plier(titre) not in self._choix:
                    raison += f"{NBSP}: une autre dit déjà «{NBSP}{self._libelles[jumelle]}{NBSP}»"
                laissees.append(Laisse(f"colonne {lettre(rang)}", titre, raison))
        self._laisses += laissees
        return tuple(colonnes)

    def _lignes(
        self, corps: Sequence[Rangee], champs: Mapping[int, str], titres: Mapping[int, str]
    ) -> list[LigneLue]:
        entetes = {r: plier(t) for r, t in titres.items() if r in champs}
        lignes = []
        for rangee in corps:
            cellules = {
                champs[r]: c
                for r, c in rangee.cellules.items()
                if r in champs and (not c.fusion or (situer(c.adresse) or (r,))[0] == r)
            }
            propres = {n: c for n, c in cellules.items() if not c.fusion}
            if self._total(rangee, propres):
                self._laisser(rangee, "ligne de total, laissée de côté")
            elif len(entetes) > 1 and all(
                r in rangee.cellules and plier(rangee.cellules[r].texte) == t for r, t in entetes.items()
            ):
                self._laisser(rangee, "titres répétés, laissés de côté")
            elif not propres and champs:
                self._laisser(rangee, "rien dans les colonnes reconnues, laissé de côté")
            elif self._section(rangee):
                self._laisser(rangee, "titre d’une partie de la liste, laissé de côté")
            else:
                lignes.append(LigneLue(rangee.numero, cellules))
        return lignes

    def _total(self, rangee: Rangee, propres: Mapping[str, Cellule]) -> bool:
        """Whether it begins by « total », and names nobody besides."""
        premiers = [
            c for _, c in sorted(rangee.cellules.items()) if not c.fusion and not c.texte.strip().isdecimal()
        ]
        if not premiers or _TOTAL.fullmatch(plier(premiers[0].texte)) is None:
            return False
        return not any(n in self._numeros for n in propres)

    def _section(self, rangee: Rangee) -> bool:
        """One text spread over several columns by a merge."""
        return (
            rangee.propres == 1
            and len(rangee.cellules) > 2
            and len({c.texte for c in rangee.cellules.values()}) == 1
        )

    def _laisser(self, rangee: Rangee, raison: str) -> None:
        propres = [c for _, c in sorted(rangee.cellules.items()) if not c.fusion] or list(
            rangee.cellules.values()
        )
        texte = " ".join(" ".join(c.texte for c in propres if c.genre is not Genre.FORMULE).split())
        rang = min(rangee.cellules)
        if len(texte) > 80:
            texte = f"{texte[:79]}…"
        self._laisses.append(Laisse(adresse(rang, rangee.numero), texte, raison))
