"""What changed in a dossier since it was filed: its attached files, and what its generated documents say."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from esms_desktop import __version__, francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.fichiers.fichiers import nom_sobre
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import empreinte
from esms_desktop.lecture import DepotFait, Dossier
from esms_desktop.regles.dossier.pieces import EtatPiece, etat_pieces


def dernier_depot(dossier: Dossier) -> DepotFait | None:
    """The last whole filing, answers to complements left aside; None when there is none."""
    return next((d for d in reversed(dossier.depots) if d.complement_id is None), None)


def depuis_le_dernier_depot(dossier: Dossier, campagne: Campagne) -> tuple[str, ...]:
    """What changed since the last whole filing, one sentence each; none when nothing did, or nothing was filed."""
    dernier = dernier_depot(dossier)
    return changements(dossier, campagne, dernier.manifeste) if dernier else ()


def changements(dossier: Dossier, campagne: Campagne, manifeste: str) -> tuple[str, ...]:
    """What a dossier has that a filing does not, and the other way round.

    The documents are built again as of the day of the filing: the date alone changes nothing.

    Args:
        manifeste: the manifest of the filing, as it was written.
    """
    lu = json.loads(manifeste)
    avant = {int(p["numero"]): p for p in lu["pieces"]}
    jour = date.fromisoformat(lu["date"])
    etats = {e.numero: e for e in etat_pieces(dossier, campagne)}
    phrases: list[str] = []
    if lu["campagne"]["id"] != campagne.id:
        phrases.append(f"La campagne n’est plus « {lu['campagne']['titre']} ».")
    if lu["dossier"] != dossier.nom:
        phrases.append(f"Le dossier s’appelait « {lu['dossier']} ».")
    for numero, etat in etats.items():
        nom = f"Pièce {numero} – {etat.titre}"
        phrases += [f"{nom} : {p}" for p in _fichiers(avant.get(numero, {}), etat)]
        phrases += [f"{nom} : {p}" for p in _documents(avant.get(numero, {}), etat, dossier, campagne, jour)]
    if phrases and lu["version"] != __version__:
        phrases.append(
            f"Le dépôt vient de la version {lu['version']} de l’application : une partie des changements peut venir d’elle."
        )
    return tuple(phrases)


def _fichiers(avant: dict[str, Any], etat: EtatPiece) -> Iterator[str]:
    """Files are told by their bytes: one that only changed its name says nothing."""
    deposes = Counter((s["sha256"], s["nom"]) for s in avant.get("sources", []))
    presents = Counter((f.sha256, nom_sobre(f.nom)) for f in etat.fichiers)
    somme_avant = Counter(s for s, _ in deposes.elements())
    somme_apres = Counter(s for s, _ in presents.elements())
    ajoutes = _noms(presents, somme_apres - somme_avant)
    retires = _noms(deposes, somme_avant - somme_apres)
    for nom in [n for n in ajoutes if n in retires]:
        yield f"« {nom} » a été remplacé."
        ajoutes.remove(nom)
        retires.remove(nom)
    yield from (f"« {nom} » a été joint." for nom in ajoutes)
    yield from (f"« {nom} » a été retiré." for nom in retires)


def _noms(fichiers: Counter[tuple[str, str]], sommes: Counter[str]) -> list[str]:
    restent = Counter(sommes)
    noms = []
    for somme, nom in fichiers.elements():
        if restent[somme] > 0:
            restent[somme] -= 1
            noms.append(nom)
    return noms


def _documents(
    avant: dict[str, Any], etat: EtatPiece, dossier: Dossier, campagne: Campagne, jour: date
) -> Iterator[str]:
    """A document drawn by the application is told by what it says; one that a file replaced since is not compared."""
    if etat.fichiers and not etat.satisfaite:
        # Letters are joined one by one: only the files tell what changed.
        return
    deposes = {(g["code"], g["og"]): g for g in avant.get("generes", [])}
    presents: dict[tuple[str, str], tuple[str, str]] = {}
    if not etat.fichiers and etat.obligation != "sans-objet":
        for genere, og in catalogue.tous(dossier):
            if genere.piece == etat.numero:
                document = catalogue.produire(genere.code, dossier, campagne, jour, og)
                presents[genere.code, og.nom if og else ""] = (document.titre, empreinte(document))
    for cle, (titre, somme) in presents.items():
        de = f" {francais.de(cle[1])}" if cle[1] else ""
        if cle not in deposes:
            yield f"« {titre} »{de} n’était pas dans le dépôt."
        elif deposes[cle]["empreinte"] != somme:
            yield f"le contenu de « {titre} »{de} a changé."
    if not etat.fichiers:
        disparus = [g for cle, g in deposes.items() if cle not in presents]
        yield from (
            f"« {g['titre']} »{' ' + francais.de(g['og']) if g['og'] else ''} n’est plus produit."
            for g in disparus
        )
