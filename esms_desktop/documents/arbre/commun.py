"""What several documents share: the people, the lists of ESSMS, the labels, the frame of a document."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Liste,
    Manque,
    Paragraphe,
    Run,
    Tableau,
    Texte,
    champ,
    est_incomplet,
)
from esms_desktop.lecture import Contact, Dossier, Essms, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.categories import categories
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.territoires import code_usuel, departement
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu
from esms_desktop.regles.recevabilite.orientation import SANS_OBJET, Orientation

_CNSA = "Caisse nationale de solidarité pour l’autonomie (CNSA)"
A_COMPLETER = "Projet — à compléter"


@dataclass(frozen=True)
class DeTravail:
    """A block that only the working copy prints."""

    bloc: Bloc


_TRONQUE = re.compile(r"[a-zà-ÿ]\.")
_PUCE = re.compile(r"^\s*(?:[-–—•*]|\u25cf|\u25aa)\s+")


def document(
    code: str, titre: str, sous_titre: str, dossier: Dossier, blocs: Iterable[Bloc | DeTravail]
) -> Document:
    """The frame around the blocks. A document with gaps says on each page that it is to be completed."""
    porteur = dossier.porteur
    return _finir(Document(code, titre, sous_titre, dossier.nom, porteur.nom if porteur else "", ()), blocs)


def lettre(
    code: str,
    titre: str,
    og: Og,
    blocs: Iterable[Bloc | DeTravail],
    etroit: tuple[Tableau, Tableau] | None = None,
) -> Document:
    """The frame of a letter: the paper of the organisme that writes it, its name at the head and at the foot of each page.

    `etroit`: one of its tables, and the one that stands for it where that makes the letter hold on a page.
    """
    return _finir(Document(code, titre, og.nom, og.nom, og.nom, (), lettre=True, etroit=etroit), blocs)


def _finir(cadre: Document, blocs: Iterable[Bloc | DeTravail]) -> Document:
    tous = tuple(blocs)
    travail = tuple(rang for rang, b in enumerate(tous) if isinstance(b, DeTravail))
    complet = replace(
        cadre, blocs=tuple(b.bloc if isinstance(b, DeTravail) else b for b in tous), travail=travail
    )
    return replace(complet, brouillon=A_COMPLETER) if est_incomplet(complet) else complet


def operation(dossier: Dossier) -> str:
    """The operation in words, to be read after « pour »: l’acquisition d’une solution…"""
    if dossier.type_projet is TypeProjet.ACQUISITION:
        return "l’acquisition d’une solution de dossier usager informatisé"
    return "la mise en conformité de la solution de dossier usager informatisé"


def cartouche(dossier: Dossier, campagne: Campagne) -> str:
    """The subtitle most documents carry: the operation and the campaign."""
    return f"{dossier.type_projet.libelle} d’une solution de dossier usager informatisé · {campagne.titre}"


def libre(texte: str, manque: Manque) -> tuple[Bloc, ...]:
    """Free text typed by a person as paragraphs and lists (lines that start with a dash), or its gap."""
    blocs: list[Bloc] = []
    puces: list[Contenu] = []

    def vider() -> None:
        if puces:
            blocs.append(Liste(tuple(puces)))
            puces.clear()

    for ligne in texte.splitlines():
        if _PUCE.match(ligne):
            puces.append(_PUCE.sub("", ligne).strip())
        elif ligne.strip():
            vider()
            blocs.append(Paragraphe(ligne.strip()))
    vider()
    return tuple(blocs) or (Paragraphe(manque),)


def date_ou_manque(jour: date | None, nom: str, *, code: str) -> Run:
    """The date in full, or its gap."""
    return Texte(francais.date_longue(jour)) if jour else Manque(nom, code=code)


def numero(valeur: str, forme: Callable[[str], str], nom: str, affiche: str = "", *, code: str) -> Run:
    """An identifier in groups, or its gap."""
    return champ(forme(valeur), nom, affiche, code=code)


def nom_financeur(orientation: Orientation) -> str:
    """Who pays, as one writes to it: not the label of a list. Empty when not known."""
    if orientation.financeur.startswith(SANS_OBJET):
        return orientation.ars
    if orientation.niveau == "national" and "CNSA" in orientation.financeur:
        return _CNSA
    return orientation.financeur


def personne(contact: Contact) -> str:
    """A person in one line: name, job, how to reach them."""
    return ", ".join(p for p in (contact.nom, contact.fonction, contact.courriel, contact.telephone) if p)


def bref(nom: str, maximum: int = 60) -> str:
    """A long name for a narrow column: its beginning and its end, whole words, so that two names stay apart."""
    if len(nom) <= maximum:
        return nom
    debut, fin = nom[: maximum * 3 // 5], nom[-(maximum * 2 // 5) :]
    if " " in debut:
        debut = debut[: debut.rindex(" ")]
    if " " in fin:
        fin = fin[fin.index(" ") + 1 :]
    return f"{debut} … {fin}"


def categorie(essms: Essms) -> Run:
    """The category as the field says it (EHPAD, IME…), with its code."""
    connue = categories().get(essms.categorie)
    court = connue.libelle_court if connue else ""
    # Words cut by the directory (« Etab.Expér.Enf.Hand. ») are told in full; sigles (« E.S.A.T. ») are left.
    if connue and _TRONQUE.search(court):
        court = connue.libelle.replace("Etablissement", "Établissement")
    libelle = court or essms.categorie_libelle
    return champ(libelle or essms.categorie, f"catégorie ({essms.nom})", "-", code="essms.categorie")


def lieu(essms: Essms) -> Run:
    """The town and the department code."""
    if not essms.commune:
        return Manque(f"commune ({essms.nom})", "-", code="essms.commune")
    code = code_usuel(essms.departement)
    return Texte(f"{essms.commune}\u00a0({code})" if code else essms.commune)


def tableau_engages(essms: Sequence[Essms]) -> Tableau:
    """The ESSMS an organisme commits, in dense rows: rank, name, FINESS géographique, category, town."""
    return Tableau(
        (
            Colonne("N°", 0.35, "droite"),
            Colonne("Raison sociale", 3.2),
            Colonne("FINESS géo.", 0.95),
            Colonne(entete_de("essms.categorie"), 0.9),
            Colonne(entete_de("essms.commune"), 1.5),
        ),
        tuple((str(rang), e.nom, _finess_geo(e), categorie(e), _ville(e)) for rang, e in enumerate(essms, 1)),
        dense=True,
    )


def tableau_engages_etroit(essms: Sequence[Essms]) -> Tableau:
    """The same on as few lines as can be: the town follows the name, across the page."""
    return Tableau(
        (
            Colonne("N°", 0.35, "droite"),
            Colonne("Raison sociale, commune", 5.6),
            Colonne("FINESS géo.", 0.95),
        ),
        tuple((str(rang), (f"{e.nom}, ", _ville(e)), _finess_geo(e)) for rang, e in enumerate(essms, 1)),
        dense=True,
    )


def _finess_geo(e: Essms) -> Run:
    return numero(e.finess, numeros.ecrire_finess, f"FINESS géographique ({e.nom})", "-", code="essms.finess")


def _ville(e: Essms) -> Run:
    return champ(e.commune, f"commune ({e.nom})", "-", code="essms.commune")


def tableau_essms(essms: Iterable[Essms], premier: int = 1) -> Tableau:
    """The exact list: rank from `premier`, name, FINESS géographique, category, champ, town, capacity."""
    return Tableau(
        (
            Colonne("N°", 0.35, "droite"),
            Colonne("Raison sociale", 2.5),
            Colonne("FINESS géo.", 0.95),
            Colonne(entete_de("essms.categorie"), 1.25),
            Colonne(entete_de("essms.champ"), 0.5),
            Colonne(entete_de("essms.commune"), 1.3),
            Colonne("Places", 0.5, "droite"),
        ),
        tuple(
            (
                str(rang),
                e.nom,
                numero(
                    e.finess,
                    numeros.ecrire_finess,
                    f"FINESS géographique ({e.nom})",
                    "-",
                    code="essms.finess",
                ),
                categorie(e),
                champ_dit.value if champ_dit else Manque(f"champ ({e.nom})", "-", code="essms.champ"),
                lieu(e),
                francais.nombre(e.capacite)
                if e.capacite is not None
                else Manque(f"capacité ({e.nom})", "-", code="essms.capacite"),
            )
            for rang, e, champ_dit in ((n, e, champ_retenu(e)) for n, e in enumerate(essms, premier))
        ),
    )


def sans_organisme() -> Paragraphe:
    """What stands for a table of organismes while there is none."""
    return Paragraphe(
        ("Aucun organisme n’est encore inscrit : ", Manque("organismes du projet", code="og.nom"), ".")
    )


def sans_eligible() -> Paragraphe:
    """What stands for amounts while no ESSMS is known to be eligible."""
    return Paragraphe(
        (
            "Les montants se calculent à partir des ESSMS éligibles : ",
            Manque("ESSMS éligibles du projet", code="essms.categorie"),
            ".",
        )
    )


def sans_essms() -> Paragraphe:
    """What stands for what is told of the ESSMS, or counted from them, while there is none."""
    return Paragraphe(
        ("Aucun ESSMS n’est encore inscrit : ", Manque("ESSMS du projet", code="essms.nom"), ".")
    )


def liste_exacte(dossier: Dossier) -> tuple[Bloc, ...]:
    """Every ESSMS of the project, OG by OG, ranks running through the whole list."""
    if not dossier.essms:
        return (sans_essms(),)
    blocs: list[Bloc] = []
    rang = 1
    for og in dossier.ogs:
        blocs.append(
            Paragraphe(
                (
                    Texte(og.nom, gras=True),
                    " · FINESS EJ ",
                    numero(og.finess_ej, numeros.ecrire_finess, f"FINESS EJ ({og.nom})", code="og.finess_ej"),
                    " ·\u00a0",
                    nombre_essms(og),
                )
            )
        )
        if og.essms:
            blocs.append(tableau_essms(og.essms, rang))
        rang += len(og.essms)
    return tuple(blocs)


def nombre_essms(og: Og) -> Run:
    """« 12 ESSMS », or the gap while the organisme has none."""
    if not og.essms:
        return Manque(f"ESSMS engagés ({og.nom})", "ESSMS", code="essms.nom")
    return Texte(f"{francais.nombre(len(og.essms))}\u00a0ESSMS")


def comptes(
    dossier: Dossier, entete: str, cle: Callable[[Essms], str], autre: str = "à préciser"
) -> tuple[Bloc, ...]:
    """How many ESSMS and places by the key; ESSMS without one are counted under `autre`, last."""
    if not dossier.essms:
        return (sans_essms(),)
    groupes: dict[str, list[Essms]] = {}
    for e in dossier.essms:
        groupes.setdefault(cle(e), []).append(e)
    ordre = sorted(groupes, key=lambda c: (not c, -len(groupes[c]), c))
    return (
        Tableau(
            (Colonne(entete, 3), Colonne("ESSMS", 1, "droite"), Colonne("Places déclarées", 1, "droite")),
            tuple((c or autre, francais.nombre(len(groupes[c])), places(groupes[c])) for c in ordre),
            ("Total", francais.nombre(len(dossier.essms)), places(dossier.essms)),
        ),
        *note_places(dossier.essms),
    )


def places(essms: Sequence[Essms]) -> str:
    """How many places these ESSMS declare in all: « 348 », « 248 (3 sur 5) » when some declare none, « — » when none does."""
    dites = [e.capacite for e in essms if e.capacite is not None]
    if not dites:
        return "—"
    somme = francais.nombre(sum(dites))
    return somme if len(dites) == len(essms) else f"{somme} ({len(dites)} sur {len(essms)})"


def note_places(essms: Sequence[Essms]) -> tuple[Bloc, ...]:
    """What « (3 sur 5) » means, where it may show."""
    dites = sum(e.capacite is not None for e in essms)
    if dites in (0, len(essms)):
        return ()
    return (
        Paragraphe(
            "Entre parenthèses : combien de structures, sur toutes, ont déclaré leurs places.", discret=True
        ),
    )


def nom_departement(essms: Essms) -> str:
    """The department by name and code; its code alone when unknown, empty when not told."""
    trouve = departement(essms.departement)
    return f"{trouve.nom} ({trouve.code_insee})" if trouve else essms.departement


def nom_champ(essms: Essms) -> str:
    """The champ in words, that of its category when it declares none; empty when nothing tells."""
    dit = champ_retenu(essms)
    return f"{dit.libelle} ({dit.value})" if dit else ""
