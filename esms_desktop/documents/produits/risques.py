"""The map of risks printed: of the grappe, of one structure, of all of them (referentiel 04 § 2)."""

from collections.abc import Iterator, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import risques_figures
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Encadre,
    Manque,
    Paragraphe,
    Tableau,
    Titre,
    gras,
)
from esms_desktop.documents.arbre.denomination import nommer
from esms_desktop.documents.registre import produit
from esms_desktop.documents.risques_tableaux import carte_commune, echelles, noms, plan_actions, registre
from esms_desktop.lecture import Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.risques import (
    HYPOTHESE_SEUILS,
    criticite,
    critique,
    evaluations,
    par_carte,
    remontee,
    residuelle,
    sans_action,
    structure_evaluee,
    trier_actions,
)

CODE = "cartographie-risques"
TITRE = "Cartographie des risques"
# Past as many structures of one organisme, they are counted when none of its structures is missing.
_TOUTES = 3


@produit(CODE, TITRE, rang=3)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """All the maps: the grappe, structures × categories, each structure, the actions; `jour` is only used by the page."""
    cartes = par_carte(dossier)
    blocs = [
        _bilan(dossier, list(dossier.risques), tout=True),
        _titre_commun(dossier),
        *_carte(dossier, cartes[None], _vide(dossier)),
        Titre(1, "2. Structures et catégories"),
        *_ensemble(dossier),
        *_remontee(dossier),
        Titre(1, "3. Carte de chaque structure"),
        *_structures(dossier, cartes),
        *_suites(dossier, list(dossier.risques), 4),
    ]
    return _document(dossier, commun.cartouche(dossier, campagne), blocs)


def carte_de_la_grappe(dossier: Dossier) -> tuple[Bloc, ...]:
    """The map of the grappe and its register, for an annex."""
    siens = par_carte(dossier)[None]
    if not siens:
        return (
            Paragraphe(
                (
                    "La carte de la grappe est encore vide : ",
                    Manque("risques de la grappe", code="risque.intitule"),
                    ".",
                )
            ),
        )
    return tuple(_carte(dossier, siens, ""))


def document_grappe(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The map of the grappe alone; `jour` is only used by the page."""
    siens = par_carte(dossier)[None]
    blocs = [
        _bilan(dossier, siens),
        _titre_commun(dossier),
        *_carte(dossier, siens, _vide(dossier)),
        *_suites(dossier, siens, 2),
    ]
    return _document(dossier, f"{carte_commune(dossier)} · {campagne.titre}", blocs)


def document_structure(dossier: Dossier, campagne: Campagne, jour: date, essms: Essms) -> Document:
    """The map of one structure; `jour` is only used by the page."""
    siens = par_carte(dossier).get(essms, [])
    vide = {
        True: "Cette structure n’a pas de risque qui lui soit propre.",
        False: "Cette structure a des risques propres, qui ne sont pas encore inscrits.",
        None: "Les risques de cette structure ne sont pas encore évalués.",
    }[structure_evaluee(dossier, essms)]
    blocs = [
        *((_bilan(dossier, siens),) if siens else ()),
        Titre(1, "1. Carte de la structure"),
        *_carte(dossier, siens, vide),
        *_suites(dossier, siens, 2),
    ]
    sous_titre = f"{essms.nom} · {essms.og.nom_court}" if essms.og else essms.nom
    return _document(dossier, sous_titre, blocs)


def _titre_commun(dossier: Dossier) -> Titre:
    return Titre(1, "1. Carte du projet" if len(dossier.ogs) == 1 else "1. Carte de la grappe")


def _vide(dossier: Dossier) -> str:
    qui = "Le projet" if len(dossier.ogs) == 1 else "La grappe"
    return f"{qui} n’a encore aucun risque sur sa carte."


def _document(dossier: Dossier, sous_titre: str, blocs: Sequence[Bloc]) -> Document:
    return commun.document(CODE, TITRE, sous_titre, dossier, blocs)


def _bilan(dossier: Dossier, risques: Sequence[Risque], tout: bool = False) -> Encadre:
    dits = evaluations(dossier) if tout else {}
    if not risques and not any(dits.values()):
        return Encadre("alerte", "Aucun risque n’est encore inscrit.")
    critiques = [r for r in risques if critique(criticite(r))]
    nus = [r for r in critiques if sans_action(r)]
    muets = sum(criticite(r) is None for r in risques)
    phrases = [
        f"{francais.pluriel(len(risques), 'risque')}, "
        + (f"dont {francais.pluriel(len(critiques), 'critique')}" if critiques else "aucun critique")
    ]
    if nus:
        phrases.append(
            f"{francais.nombre(len(nus))} {francais.accord(len(nus), 'critique', 'critiques')} sans action"
        )
    if muets:
        phrases.append(f"{francais.nombre(muets)} à évaluer")
    restent = sum(critique(residuelle(r)) for r in risques)
    if any(residuelle(r) is not None for r in risques):
        phrases.append(
            f"après actions, {francais.pluriel(restent, 'critique') if restent else 'aucun critique'}"
        )
    alerte = bool(nus or muets or not risques)
    if dits:
        faites = sum(dit is True for dit in dits.values())
        evaluees = (
            francais.pluriel(faites, "structure évaluée", "structures évaluées")
            if faites
            else "aucune structure évaluée"
        )
        phrases.append(f"{evaluees} sur {francais.nombre(len(dits))}")
        alerte = alerte or faites < len(dits)
    return Encadre("alerte" if alerte else "info", f"{' ; '.join(phrases)}.")


def _carte(dossier: Dossier, risques: Sequence[Risque], vide: str, nom: str = "") -> Iterator[Bloc]:
    """The matrix, then the register; `nom`: the structure, where several maps follow one another."""
    if not risques:
        yield Paragraphe(vide)
        return
    figure = risques_figures.matrices(dossier, risques)
    if figure is not None:
        yield figure
    yield registre(risques, nom)


def _ensemble(dossier: Dossier) -> Iterator[Bloc]:
    if not dossier.risques:
        yield Paragraphe("Aucun risque n’est encore inscrit.")
        return
    yield Paragraphe(
        "Chaque case donne la criticité la plus haute des risques de la structure dans la catégorie, avant les actions."
    )
    yield risques_figures.chaleur(dossier, apres=False)
    if any(residuelle(r) is not None for r in dossier.risques):
        yield Paragraphe("La même carte, une fois les actions menées :")
        yield risques_figures.chaleur(dossier, apres=True)


def _remontee(dossier: Dossier) -> Iterator[Bloc]:
    lignes = [x for x in remontee(dossier) if len(x.structures) > 1]
    if not lignes:
        return
    yield Titre(2, "Ce que les structures partagent")
    dans = "Au projet" if len(dossier.ogs) == 1 else "À la grappe"
    colonnes = (
        Colonne("Risque", 2.4),
        Colonne(entete_de("risque.categorie"), 1.2),
        Colonne("Structures", 3),
        Colonne("La plus haute", 0.75, "droite"),
        Colonne("Moyenne", 0.8, "droite"),
        Colonne(dans, 0.8, "centre"),
    )
    yield Tableau(
        colonnes,
        tuple(
            (
                ligne.intitule,
                ligne.categorie.libelle,
                f"{francais.nombre(len(ligne.structures))} : {noms(ligne.structures)}",
                "—" if ligne.maximum is None else gras(str(ligne.maximum)),
                "—" if ligne.moyenne is None else francais.decimal(round(ligne.moyenne * 10), 1),
                "Oui" if ligne.a_la_grappe is not None else "Non",
            )
            for ligne in lignes
        ),
    )


def _structures(dossier: Dossier, cartes: dict[Essms | None, list[Risque]]) -> Iterator[Bloc]:
    dits = evaluations(dossier)
    for essms, siens in cartes.items():
        if essms is not None and siens:
            yield Titre(2, essms.nom)
            yield from _carte(dossier, siens, "", commun.bref(essms.nom))
    sans = [e for e, dit in dits.items() if dit and not cartes[e]]
    if sans:
        yield Paragraphe((gras("Sans risque propre : "), f"{_par_og(dossier, sans)}."))
    muettes = [e for e, dit in dits.items() if not dit and not cartes[e]]
    if muettes:
        yield Encadre("alerte", f"Pas encore évaluées : {_par_og(dossier, muettes)}.")
    if not dits:
        qui = "Le projet" if len(dossier.ogs) == 1 else "La grappe"
        yield Paragraphe(f"{qui} ne compte encore aucune structure.")


def _par_og(dossier: Dossier, structures: Sequence[Essms]) -> str:
    """All of these structures: by name, or « les 27 structures de… » where an organisme has all of its own there."""
    vues = set(structures)
    dits = []
    for og in dossier.ogs:
        siennes = [e.nom for e in og.essms if e in vues]
        if len(siennes) == len(og.essms) > _TOUTES:
            dits.append(f"les {francais.nombre(len(siennes))} structures {nommer(og).de}")
        else:
            dits += siennes
    return francais.enumerer(dits)


def _suites(dossier: Dossier, risques: Sequence[Risque], numero: int) -> Iterator[Bloc]:
    """The actions, then the words of the scales."""
    yield Titre(1, f"{numero}. Plan d’actions")
    liste = trier_actions(a for r in risques for a in r.actions)
    if liste:
        yield plan_actions(dossier, liste)
    else:
        yield Paragraphe("Aucune action n’est encore prévue.")
    yield Titre(1, f"{numero + 1}. Échelles")
    yield echelles(dossier)
    yield Paragraphe(_hypothese(), discret=True)


def _hypothese() -> Contenu:
    return f"La criticité est le produit de la probabilité et de la gravité. {HYPOTHESE_SEUILS}"
