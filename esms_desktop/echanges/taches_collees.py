"""A table of tasks pasted from a spreadsheet: the good lines, the bad ones with their number and reason. Nothing is applied."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from esms_desktop.echanges import predecesseurs, valeurs
from esms_desktop.echanges.lignes import (
    Calendrier,
    Lecture,
    LigneTache,
    Precedente,
    Remarque,
    boucles,
    plan_de,
    structure_de,
    vague_de,
)
from esms_desktop.echanges.tables.entete import lire_source, trouver_entete
from esms_desktop.echanges.tables.tableau import LigneLue, Rubrique
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, date_courte
from esms_desktop.lecture import Dossier, Tache
from esms_desktop.nomenclature.vocabulaire import Plan

# The order of the columns of a table pasted without its header.
COLONNES = (
    "nom",
    "plan",
    "phase",
    "debut",
    "fin",
    "duree",
    "responsable",
    "avancement",
    "precedentes",
    "jalon",
    "echeance",
)
_RUBRIQUES = tuple(
    Rubrique(nom, libelle, tuple(mots.split("|")), repere=nom == "nom")
    for nom, libelle, mots in (
        ("numero", "N°", "n|no|id|numero|n de tache|num"),
        (
            "nom",
            "Tâche",
            "tache|taches|nom|nom de la tache|intitule|libelle|action|actions|activite|name|nom de tache|etapes|quoi|task name",
        ),
        ("plan", "Plan", "plan|planning|volet"),
        ("phase", "Phase", "phase|etape|lot|phases"),
        ("debut", "Début", "debut|date de debut|commence le|debut prevu|start|date debut|demarrage|du"),
        ("fin", "Fin", "fin|date de fin|se termine le|fin prevue|finish|date fin|au"),
        (
            "duree",
            "Durée",
            "duree|duree jours|duree j|jours|nombre de jours|duration|nb jours|duree en jours",
        ),
        (
            "responsable",
            "Responsable",
            "responsable|qui|pilote|ressources|noms ressources|par|responsables|porteur|acteur",
        ),
        (
            "avancement",
            "Avancement",
            "avancement|acheve|realise|avancement %|% acheve|taux d avancement|pourcentage",
        ),
        (
            "precedentes",
            "Prédécesseurs",
            "predecesseurs|predecesseur|apres|attend|precedentes|depend de|predecessors",
        ),
        ("jalon", "Jalon", "jalon|milestone|jalon oui non"),
        ("echeance", "Échéance", "echeance|date limite|a finir avant|deadline|limite|pour le"),
        (
            "concerne",
            "ESSMS ou vague",
            "essms|structure|vague|essms ou vague|essms vague|concerne|structures",
        ),
        ("notes", "Notes", "notes|note|remarques|commentaire|commentaires|observations"),
    )
)
_LIGNES_MAX = 5_000
_NOM_MAX = 200
# What no number of a line has more of.
_CHIFFRES = 9


@dataclass
class _Brute:
    """A line on its way: its cells by field, then what was made of them."""

    numero: int
    cellules: dict[str, str]
    ligne: LigneTache | None = None
    attentes: tuple[predecesseurs.Attente["int | Tache"], ...] = ()
    raison: str = ""

    @property
    def nom(self) -> str:
        return _une_ligne(self.cellules.get("nom", ""))


def lire(
    texte: str,
    dossier: Dossier,
    calendrier: Calendrier,
    colonnes: Sequence[str] = COLONNES,
) -> Lecture:
    """Reads a pasted table of tasks.

    The header, when there is one, says the columns in any order; unknown columns are left aside and told. A number given as
    a predecessor is that of the column « N° », else the rank of the line in the table; a name is that of a line of the table,
    else of a task of the dossier.

    Args:
        texte: what the clipboard holds; tabs between cells, or semicolons.
        dossier: whose tasks, structures and waves can be named.
        calendrier: the worked days (`regles.planning.calendrier`), to turn an end into a duration.
        colonnes: the fields of the columns when there is no header.

    Raises:
        ErreurSaisie: it is no table, or one of too many lines.
    """
    source = presse_papiers(texte)
    vide = ErreurSaisie(
        "Il n’y a aucune tâche dans ce qui a été collé.",
        "Copiez dans votre tableur les lignes du tableau, puis collez-les ici.",
    )
    if not source.grilles[0].rangees:
        raise vide
    tableau = lire_source(
        source, _RUBRIQUES, sans_entete=lambda _: dict(enumerate(colonnes)), titres_inconnus=False
    )
    remarques = [Remarque(0, "", str(x).rstrip(".")) for x in tableau.laisses if x.adresse[:1].isupper()]
    inconnues = [c.titre for c in tableau.colonnes if c.titre and not c.rubrique]
    if inconnues:
        noms = ", ".join(f"«\u00a0{titre}\u00a0»" for titre in inconnues)
        remarques.append(Remarque(0, "", f"Colonnes laissées de côté\u00a0: {noms}"))
    if not tableau.lignes:
        raise vide
    if len(tableau.lignes) > _LIGNES_MAX:
        raise ErreurSaisie(f"Ce tableau a plus de {_LIGNES_MAX} lignes.", "Collez-le en plusieurs fois.")
    rangees = source.grilles[0].rangees
    dernieres = [max(r.cellules) for r in rangees if r.numero == tableau.entete] or [len(colonnes) - 1]
    trop = {r.numero for r in rangees if max(r.cellules) > dernieres[0]}
    brutes = [
        _Brute(
            rang,
            {nom: c.texte.strip() for nom, c in ligne.cellules.items()},
            raison="elle a plus de cellules que le tableau n’a de colonnes" if ligne.numero in trop else "",
        )
        for rang, ligne in enumerate((x for x in tableau.lignes if not _titre_de_plan(x)), 1)
    ]
    for brute in brutes:
        try:
            brute.ligne = _ligne(brute, dossier, calendrier)
        except ErreurSaisie as erreur:
            brute.raison = erreur.message
    _attacher(brutes, dossier.taches)
    _refuser_boucles(brutes)
    return _conclure(brutes, remarques)


def _titre_de_plan(ligne: LigneLue) -> bool:
    """Whether it is the heading of a plan, copied from the planning with its tasks (« Projet : 12 tâches »)."""
    nom = cle(ligne.cellules["nom"].texte) if set(ligne.cellules) == {"nom"} else ""
    plan, _, suite = nom.partition(" : ")
    return (
        re.fullmatch(r"\d+ (taches?|jalons?)(, \d+ jalons?)?", suite) is not None
        and plan_de(plan) is not None
    )


def a_des_titres(texte: str) -> bool:
    """Whether a text is a table of tasks with its titles: lines to add, not cells to write over others."""
    try:
        grille = presse_papiers(texte).grilles[0]
    except ErreurSaisie:
        return False
    entete = trouver_entete(grille, _RUBRIQUES) if len(grille.rangees) > 1 else None
    return entete is not None and len(entete[1]) > 1


def _une_ligne(texte: str) -> str:
    """A cell on one line; no-break spaces stay."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", texte).strip(" ")


def _ligne(brute: _Brute, dossier: Dossier, calendrier: Calendrier) -> LigneTache | None:
    if brute.raison:
        return None
    lu = brute.cellules.get
    if not brute.nom:
        raise ErreurSaisie("la tâche n’a pas de nom")
    if len(brute.nom) > _NOM_MAX:
        raise ErreurSaisie(f"le nom dépasse {_NOM_MAX} caractères")
    nom_plan = lu("plan", "")
    plan = plan_de(nom_plan) if nom_plan else Plan.PROJET
    if plan is None:
        raise ErreurSaisie(
            f"le plan «\u00a0{nom_plan}\u00a0» n’existe pas\u00a0; écrivez Projet, Conduite du changement ou Déploiement"
        )
    ligne = LigneTache(
        nom=brute.nom,
        plan=plan.value,
        phase=_une_ligne(lu("phase", ""))[:_NOM_MAX],
        responsable=_une_ligne(lu("responsable", ""))[:_NOM_MAX],
        avancement=valeurs.avancement_lu(lu("avancement", "")),
        echeance=valeurs.date_lue(lu("echeance", ""), fin=True),
        notes=lu("notes", ""),
        numero=brute.numero,
    )
    if concerne := lu("concerne", ""):
        structure, vague = structure_de(dossier, concerne), vague_de(dossier, concerne)
        if structure is None and vague is None:
            raise ErreurSaisie(f"«\u00a0{concerne}\u00a0» n’est ni une structure ni une vague du dossier")
        ligne = replace(
            ligne,
            essms="" if structure is None else structure.finess or structure.nom,
            vague="" if structure is not None or vague is None else vague.nom,
        )
    return _dater(
        ligne,
        calendrier,
        valeurs.date_lue(lu("debut", "")),
        valeurs.date_lue(lu("fin", ""), fin=True),
        valeurs.duree_lue(lu("duree", "")),
        valeurs.jalon_lu(lu("jalon", "")),
    )


def _dater(
    ligne: LigneTache,
    calendrier: Calendrier,
    debut: date | None,
    fin: date | None,
    duree: int | None,
    jalon: bool,
) -> LigneTache:
    """The line with its duration and the day before which it does not start."""
    if debut and fin and fin < debut:
        raise ErreurSaisie(f"elle finit le {date_courte(fin)}, avant de commencer le {date_courte(debut)}")
    if duree == 0 and fin and debut and fin > debut:
        raise ErreurSaisie("sa durée est nulle, mais elle ne finit pas le jour où elle commence")
    if jalon or duree == 0:
        if duree or (debut and fin and fin > debut):
            raise ErreurSaisie("un jalon ne dure pas\u00a0; retirez sa durée, ou ne l’appelez pas jalon")
        return replace(
            ligne, jalon=True, duree=0, pas_avant=debut or fin, debut=debut or fin, fin=fin or debut
        )
    if debut and fin:
        comptes = calendrier.compter(debut, fin)
        if not comptes:
            raise ErreurSaisie("personne ne travaille entre son début et sa fin")
        return replace(ligne, duree=comptes, pas_avant=debut, debut=debut, fin=fin)
    if fin and duree:
        # The last worked day up to the end, then back over the duration.
        dernier = calendrier.indice(fin) - (0 if calendrier.compter(fin, fin) else 1)
        depart = calendrier.jour(dernier - duree + 1)
        return replace(ligne, duree=duree, pas_avant=depart, debut=depart, fin=fin)
    if fin:
        raise ErreurSaisie("elle a une fin, mais ni début ni durée")
    return replace(ligne, duree=duree or 1, pas_avant=debut, debut=debut)


def _attacher(brutes: Sequence[_Brute], taches: Sequence[Tache]) -> None:
    """Finds what each line waits for, among all the lines pasted, refused or not."""
    numeros: dict[int, int] = {}
    noms: dict[str, list[int | Tache]] = {}
    for index, brute in enumerate(brutes):
        ecrit = brute.cellules.get("numero", "").rstrip(".")
        if not ecrit:
            continue
        if not ecrit.isdecimal() or len(ecrit) > _CHIFFRES:
            brute.raison = brute.raison or f"le numéro «\u00a0{ecrit[:40]}\u00a0» n’est pas un nombre entier"
        elif int(ecrit) in numeros:
            brute.raison = brute.raison or f"le numéro {ecrit} est déjà celui d’une autre ligne"
        else:
            numeros[int(ecrit)] = index
    numerotee = any("numero" in b.cellules for b in brutes)
    if not numerotee:
        numeros = {b.numero: index for index, b in enumerate(brutes)}
    for tache in taches:
        noms.setdefault(cle(tache.nom), []).append(tache)
    # A name of the table comes before the same name in the dossier.
    for nom, rangs in _par_nom(brutes).items():
        noms[nom] = rangs
    for index, brute in enumerate(brutes):
        try:
            brute.attentes = predecesseurs.lire(
                brute.cellules.get("precedentes", ""),
                _chercheur(numeros, numerotee),
                lambda nom: noms.get(cle(nom), ()),
            )
        except ErreurSaisie as erreur:
            brute.raison = brute.raison or erreur.message
        if any(a.cible == index for a in brute.attentes if isinstance(a.cible, int)):
            brute.raison = brute.raison or "elle s’attend elle-même"
            brute.attentes = ()


def _chercheur(numeros: Mapping[int, int], numerotee: bool) -> Callable[[int], "int | Tache | None"]:
    """The line of a number. In a table that has its own numbers, one of a line left behind is told, below zero."""
    return lambda numero: numeros.get(numero, -numero - 1 if numerotee else None)


def _par_nom(brutes: Sequence[_Brute]) -> dict[str, list["int | Tache"]]:
    noms: dict[str, list[int | Tache]] = {}
    for index, brute in enumerate(brutes):
        if brute.nom:
            noms.setdefault(cle(brute.nom), []).append(index)
    return noms


def _refuser_boucles(brutes: Sequence[_Brute]) -> None:
    precedents = {
        index: [a.cible for a in b.attentes if isinstance(a.cible, int)]
        for index, b in enumerate(brutes)
        if not b.raison
    }
    for tour in boucles(precedents):
        # Those a line waits for come before it.
        noms = " → ".join(f"«\u00a0{brutes[i].nom}\u00a0»" for i in (*tour, tour[0]))
        for index in tour:
            brutes[index].raison = f"ces tâches s’attendent l’une l’autre\u00a0: {noms}"


def _conclure(brutes: Sequence[_Brute], remarques: list[Remarque]) -> Lecture:
    gardees = [(index, b, b.ligne) for index, b in enumerate(brutes) if not b.raison and b.ligne is not None]
    rangs = {index: rang for rang, (index, _, _) in enumerate(gardees)}
    lignes = []
    for _, brute, ligne in gardees:
        precedentes = []
        for a in brute.attentes:
            if not isinstance(a.cible, int):
                precedentes.append(Precedente(None, a.cible, a.type, a.decalage))
            elif a.cible in rangs:
                precedentes.append(Precedente(rangs[a.cible], None, a.type, a.decalage))
            elif a.cible < 0:
                raison = f"le lien vers la tâche n° {-a.cible - 1}, qui n’est pas dans ce tableau, n’est pas repris"
                remarques.append(Remarque(brute.numero, brute.nom, raison))
            else:
                refusee = brutes[a.cible]
                raison = f"le lien vers la ligne {refusee.numero}, refusée, n’est pas repris"
                remarques.append(Remarque(brute.numero, brute.nom, raison))
        lignes.append(replace(ligne, precedentes=tuple(precedentes)))
    refus = tuple(Remarque(b.numero, b.nom, b.raison) for b in brutes if b.raison)
    return Lecture(tuple(lignes), refus, tuple(remarques))
