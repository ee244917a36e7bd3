"""What the kit asks to think through before filing: check points, bricks, autodiagnostics (referentiel 03 § 1, 01 § 10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON, Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Autodiagnostic, Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.listes import (
    BriqueMaturite,
    PointControle,
    Theme,
    briques,
    points_controle,
    themes,
)
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.faits import attendu, cles

GENRES = {"si": "maturité du système d’information (ANAP)", "cyber": "cybersécurité (GRADeS)"}
# Number of the piece that holds the results of the autodiagnostics.
_PIECE = 10


@dataclass(frozen=True)
class EtatPoint:
    """A check point and its answer; None: not answered."""

    point: PointControle
    reponse: bool | None
    commentaire: str


@dataclass(frozen=True)
class EtatTheme:
    """A theme and its points, in order."""

    theme: Theme
    points: tuple[EtatPoint, ...]

    @property
    def repondus(self) -> int:
        """How many points have an answer, yes or no."""
        return sum(p.reponse is not None for p in self.points)

    @property
    def acquis(self) -> int:
        """How many points are answered yes."""
        return sum(p.reponse is True for p in self.points)


@dataclass(frozen=True)
class EtatBrique:
    """A brick for one OG; `acquise` None: not answered."""

    brique: BriqueMaturite
    acquise: bool | None
    commentaire: str


@dataclass(frozen=True)
class EtatAutodiagnostic:
    """An autodiagnostic of one OG. `genre`: a key of GENRES; `realise` None: not answered; `fait`: the row, if any."""

    og: Og
    genre: str
    realise: bool | None
    fait: Autodiagnostic | None


def etat_themes(dossier: Dossier, campagne: Campagne) -> tuple[EtatTheme, ...]:
    """The themes that apply to this dossier, each point with its answer."""
    faits = {p.code: p for p in dossier.points_preparation}
    resultat = []
    for theme in themes().values():
        if theme.region and theme.region != campagne.region:
            continue
        if theme.regroupement and len(dossier.ogs) < 2:
            continue
        points = []
        for point in points_controle().values():
            if point.theme == theme.code:
                fait = faits.get(point.code)
                reponse, dit = (fait.reponse, fait.commentaire or "") if fait else (None, "")
                points.append(EtatPoint(point, reponse, dit))
        resultat.append(EtatTheme(theme, tuple(points)))
    return tuple(resultat)


def etat_briques(og: Og) -> tuple[EtatBrique, ...]:
    """The ten bricks of one OG."""
    faits = {b.code: b for b in og.briques}
    etats = []
    for code, brique in briques().items():
        fait = faits.get(code)
        etats.append(
            EtatBrique(brique, fait.acquise if fait else None, (fait.commentaire or "") if fait else "")
        )
    return tuple(etats)


def etat_autodiagnostics(dossier: Dossier) -> tuple[EtatAutodiagnostic, ...]:
    """The two autodiagnostics of each OG."""
    etats = []
    for og in dossier.ogs:
        faits = {a.genre: a for a in og.autodiagnostics}
        for genre in GENRES:
            fait = faits.get(genre)
            etats.append(EtatAutodiagnostic(og, genre, fait.realise if fait else None, fait))
    return tuple(etats)


def autodiagnostics_exiges(campagne: Campagne) -> bool:
    """Whether the campaign asks their results of every participant (its piece 10)."""
    return campagne.pieces[_PIECE].valeur == "obligatoire"


def source_briques(campagne: Campagne) -> str:
    """The text that asks the ten bricks: one region has it; elsewhere they are an advice (referentiel 01 § 10)."""
    source = next(iter(briques().values())).source
    return source if campagne.fondement(source) is Fondement.TEXTE else MAISON


@fait
def controler_preparation(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """One check per theme, one for the bricks, one per kind of autodiagnostic."""
    return (
        *(_theme(etat, campagne) for etat in etat_themes(dossier, campagne)),
        _briques(dossier, campagne),
        *(_autodiagnostic(dossier, campagne, genre) for genre in GENRES),
    )


def _theme(etat: EtatTheme, campagne: Campagne) -> Controle:
    theme = etat.theme
    code = f"preparation.{theme.code}"
    constats = []
    attente = [p.point for p in etat.points if p.reponse is None]
    if attente:
        attend = francais.accord(len(attente), "attend", "attendent")
        constats.append(
            Constat(
                code,
                Gravite.CONSEIL if theme.conseil else attendu(campagne),
                f"{theme.titre} : {francais.pluriel(len(attente), 'point')} de préparation {attend} une réponse",
                "Ces questions préparent la présentation du projet. Sans réponse, un point n’est jamais compté comme acquis.",
                "Répondez par oui ou par non à chaque question.",
                theme.source,
                Cible(Page.PREPARATION, "point", None, attente[0].code),
                francais.resumer([p.titre for p in attente]),
            )
        )
    for p in etat.points:
        if p.reponse is False:
            constats.append(
                Constat(
                    f"preparation.{p.point.code}",
                    Gravite.CONSEIL,
                    f"{p.point.titre} : pas encore acquis",
                    p.point.aide,
                    p.point.remede,
                    p.point.source,
                    Cible(Page.PREPARATION, "point", None, p.point.code),
                    p.commentaire,
                )
            )
    return Controle(code, Page.PREPARATION, tuple(constats))


def _briques(dossier: Dossier, campagne: Campagne) -> Controle:
    code = "preparation.briques"
    attente: list[tuple[Og, str]] = []
    absentes: dict[str, list[Og]] = {}
    for og in dossier.ogs:
        etats = etat_briques(og)
        sans = sum(e.acquise is None for e in etats)
        if sans:
            attente.append((og, f"{og.nom_court} ({sans} sur {len(etats)})"))
        for e in etats:
            if e.acquise is False:
                absentes.setdefault(e.brique.titre, []).append(og)
    constats = []
    explication = "Les dix briques disent si le système d’information de chaque organisme peut accueillir le DUI et le faire durer."
    source = source_briques(campagne)
    demandees = source != MAISON
    if not demandees:
        explication = f"{explication} Aucun texte de cette campagne ne les demande."
    if attente:
        constats.append(
            Constat(
                code,
                attendu(campagne) if demandees else Gravite.CONSEIL,
                "Des briques de maturité numérique attendent une réponse",
                explication,
                "Répondez brique par brique, pour chaque organisme.",
                source,
                Cible(Page.PREPARATION, "og", attente[0][0].id, "briques"),
                francais.resumer([dit for _, dit in attente]),
                sur=cles([og for og, _ in attente]),
            )
        )
    if absentes:
        premiers = next(iter(absentes.values()))
        constats.append(
            Constat(
                f"{code}-absentes",
                Gravite.CONSEIL,
                "Des briques de maturité numérique ne sont pas acquises",
                explication,
                "Dites dans la note de présentation ce qui sera fait pour les acquérir, et quand.",
                source,
                Cible(Page.PREPARATION, "og", premiers[0].id, "briques"),
                " ; ".join(f"{titre} : {_noms(ogs)}" for titre, ogs in absentes.items()),
            )
        )
    return Controle(code, Page.PREPARATION, tuple(constats))


def _autodiagnostic(dossier: Dossier, campagne: Campagne, genre: str) -> Controle:
    code = f"preparation.autodiagnostic-{genre}"
    exige = autodiagnostics_exiges(campagne)
    regle = campagne.pieces[_PIECE]
    etats = [e for e in etat_autodiagnostics(dossier) if e.genre == genre]
    nom = GENRES[genre]
    explication = (
        "La campagne exige de chaque participant les résultats de ses autodiagnostics, maturité et sécurité."
        if exige
        else "La campagne ne l’exige pas ; c’est une bonne pratique, qui nourrit la note de présentation."
    )
    constats = []
    for reponse, titre, remede in (
        (None, f"Autodiagnostic de {nom} : des organismes n’ont pas répondu", "Dites s’il est fait ou non."),
        (
            False,
            f"Autodiagnostic de {nom} : des organismes ne l’ont pas fait",
            "Faites-le remplir par chaque structure, puis joignez ses résultats à la pièce 10.",
        ),
    ):
        vises = [e.og for e in etats if e.realise is reponse]
        if vises:
            constats.append(
                Constat(
                    code,
                    attendu(campagne) if exige or reponse is None else Gravite.CONSEIL,
                    titre,
                    explication,
                    remede,
                    regle.origine if exige else "KIT § 3",
                    Cible(Page.PREPARATION, "og", vises[0].id, f"autodiagnostic-{genre}"),
                    f"{francais.pluriel(len(vises), 'organisme')} : {_noms(vises)}",
                    sur=cles(vises),
                )
            )
    return Controle(code, Page.PREPARATION, tuple(constats))


def _noms(ogs: Sequence[Og]) -> str:
    return francais.resumer([og.nom_court for og in ogs])
