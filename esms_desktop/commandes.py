"""What each command does and prints: a few lines between the parsed options and the jobs of the core."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop import (
    commandes_annuaire,
    commandes_base,
    commandes_campagnes,
    commandes_donnees,
    commandes_dossiers,
    commandes_gestes,
    commandes_listes,
    commandes_modeles,
    commandes_planning,
)
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.francais import accord, enumerer, euros, minuscule, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, repondre

if TYPE_CHECKING:
    from esms_desktop.depot.publication import Depot


def _demo(options: argparse.Namespace) -> int:
    from esms_desktop.exemples.demonstration import demonstration

    return raconter(demonstration(Path(options.sortie)))


def _dossier_creer(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.gestes.creer import creer_depuis_finess
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from esms_desktop.regles.recevabilite.orientation import orienter_dossier

    campagne = charger(options.campagne)
    with commandes_base.porte(options, creer=True) as porte:
        commandes_base.sauvegarder_avant(porte, "import", options.sans_sauvegarde)
        resultat = creer_depuis_finess(
            porte,
            Path(options.finess),
            options.nom,
            options.campagne,
            TypeProjet(options.type),
            options.porteur,
            options.membre,
        )
        dossier = resultat.dossier
        orientation = orienter_dossier(porte.relire(dossier), campagne)
        reponse: dict[str, Any] = {
            "dossier": dossier.nom,
            "campagne": dossier.campagne_id,
            "type": dossier.type_projet.value,
            "ogs": [
                {"finess_ej": og.finess_ej, "nom": og.nom, "porteur": og.est_porteur, "essms": len(og.essms)}
                for og in dossier.ogs
            ],
            "essms": [
                {
                    "finess": e.finess,
                    "nom": e.nom,
                    "champ": e.champ.value if e.champ else None,
                    "categorie": e.categorie,
                    "departement": e.departement,
                    "finess_ej": e.og.finess_ej,
                }
                for e in dossier.essms
            ],
            "ecartes": [
                {"finess": x.etablissement.finess, "nom": x.etablissement.nom, "motif": x.motif}
                for x in resultat.ecartes
            ],
            "alertes": list(resultat.alertes),
            "orientation": {
                "niveau": orientation.niveau,
                "financeur": orientation.financeur,
                "ars": orientation.ars,
                "minimum": orientation.minimum,
                "atteint": orientation.atteint,
                "fondement": orientation.fondement.value,
                "regions": {code: n for code, _nom, n in orientation.regions},
            },
        }
    if options.json:
        imprimer_json(reponse)
        return FAIT
    repondre(
        f"Dossier « {reponse['dossier']} » créé : {len(reponse['ogs'])} OG, {len(reponse['essms'])} ESSMS."
    )
    for og in reponse["ogs"]:
        repondre(
            f"  {og['finess_ej']}  {og['nom']} : {og['essms']} ESSMS"
            + (" (porteur)" if og["porteur"] else "")
        )
    repondre(f"Orientation : niveau {orientation.niveau}, {orientation.financeur}")
    if reponse["ecartes"]:
        repondre(
            f"{pluriel(len(reponse['ecartes']), 'établissement laissé', 'établissements laissés')} de côté :"
        )
        for x in reponse["ecartes"]:
            repondre(f"  {x['finess']}  {x['nom']} : {x['motif']}")
    for alerte in resultat.alertes:
        repondre(f"À vérifier : {alerte}")
    return FAIT


def _dossier_liste(options: argparse.Namespace) -> int:
    with commandes_base.porte(options) as porte:
        resumes = porte.resumes()
        dossiers = [
            {
                "nom": d.nom,
                "campagne": d.campagne_id,
                "type": d.type_projet.value,
                "etat": d.etat.value,
                "og": d.ogs,
                "essms": d.essms,
            }
            for d in resumes
        ]
    if options.json:
        imprimer_json(dossiers)
        return FAIT
    for d in resumes:
        essms = f"{d.ogs} OG, {d.essms} ESSMS"
        repondre(
            f"{d.nom} — {d.campagne_id}, {minuscule(d.type_projet.libelle)}, {essms}, {minuscule(d.etat.libelle)}"
        )
    if not dossiers:
        repondre("Aucun dossier. « esms-desktop dossier creer » en crée un depuis un fichier FINESS.")
    return FAIT


def _dossier_verifier(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.gestes.verifier import lire_pieces, verifier_dossier
    from esms_desktop.regles.constats import Gravite
    from esms_desktop.regles.dossier.demarche import demarche
    from esms_desktop.regles.dossier.pieces import a_deposer

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        examen = verifier_dossier(dossier, date.today())
        pieces = lire_pieces(dossier, date.today())
        nom, campagne_id = dossier.nom, dossier.campagne_id
        pas = demarche(dossier, examen, a_deposer(charger(dossier.campagne_id)))
    manquantes = [e for e in pieces if e.manquante]
    bloquants = examen.nombre(Gravite.BLOQUANT)
    if options.json:
        faits, total = examen.avancement()
        imprimer_json(
            {
                "dossier": nom,
                "prochain": pas.prochain.en_dict() if pas.prochain else None,
                "ensuite": [a.en_dict() for a in pas.ensuite],
                "retards": [{"code": c.code, "titre": c.titre, "jours": c.retard} for c in pas.retards],
                "constats": [c.en_dict() for c in examen.constats],
                "bloquants": bloquants,
                # A campaign that asks for no piece has no dossier to complete.
                "complet": not manquantes if a_deposer(charger(campagne_id)) else None,
                "manquantes": [e.numero for e in manquantes],
                "pieces": [
                    {
                        "numero": e.numero,
                        "titre": e.titre,
                        "obligation": e.obligation,
                        "etat": e.etat.value,
                        "fondement": e.fondement.value,
                        "manque": e.manque,
                        "motif": e.motif,
                        "trame_cnsa": e.trame,
                    }
                    for e in pieces
                ],
                "avancement": {"satisfaits": faits, "controles": total},
            }
        )
    else:
        for c in pas.retards:
            repondre(f"En retard : {c.titre}")
        if pas.prochain:
            qui = f" ({pas.prochain.detail})" if pas.prochain.parts else ""
            repondre(f"À faire maintenant : {pas.prochain.phrase}{qui}\n    {pas.prochain.pourquoi}\n")
        for c in examen.constats:
            preuve = f"\n    {c.preuve}" if c.preuve else ""
            repondre(f"[{c.gravite.libelle}] {c.titre}\n    {c.explication}{preuve}")
            repondre(f"    → {c.remede} ({c.provenance})")
        repondre(f"{pluriel(len(examen.constats), 'constat')}, dont {pluriel(bloquants, 'bloquant')}.")
        if manquantes:
            dites = enumerer([str(e.numero) for e in manquantes])
            repondre(
                f"Dossier incomplet ; il manque {accord(len(manquantes), 'la pièce', 'les pièces')} {dites}."
            )
    return CONSTATS if bloquants or manquantes else FAIT


def _dossier_changer_campagne(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.changer_campagne import apercu, changer

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        vu = apercu(dossier, options.campagne, date.today())
        if options.appliquer:
            commandes_base.sauvegarder_avant(porte, "campagne", options.sans_sauvegarde)
        fait = options.appliquer and changer(porte, dossier, options.campagne)
    if options.json:
        imprimer_json({"dossier": options.nom, "applique": bool(fait), **vu.en_dict()})
        return FAIT
    for titre, constats in (("Nouveau", vu.nouveaux), ("N’est plus dit", vu.disparus)):
        for c in constats:
            repondre(f"{titre} : [{c.gravite.libelle}] {c.titre}")
    for m in (*vu.montants, vu.total):
        repondre(f"{m.libelle} : {euros(m.avant_cents)} → {euros(m.apres_cents)}")
    for p in vu.pieces:
        repondre(f"Pièce {p.numero}, {p.titre} : {p.avant} → {p.apres}")
    repondre(
        f"Le dossier suit maintenant « {vu.apres.titre} »."
        if fait
        else "Rien n’est écrit ; ajoutez --appliquer pour changer de campagne."
    )
    return FAIT


def _piece_joindre(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.designer import designee
    from esms_desktop.gestes.joindre import joindre_fichier

    with commandes_base.porte(options) as porte:
        dossier, chemin = porte.dossier(options.nom), Path(options.fichier)
        og = designee(dossier, "og", options.og) if options.og else None
        jointure = joindre_fichier(porte, dossier, options.numero, chemin, og)
        if options.json:
            imprimer_json({"dossier": dossier.nom, **jointure.en_dict(chemin.name)})
            return FAIT
        repondre(f"«\u00a0{jointure.fichier.nom}\u00a0» est joint à la pièce {options.numero}.")
        for remarque in jointure.remarques:
            repondre(f"  {remarque}")
    return FAIT


def _piece_sans_objet(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.dispenser import dispenser, redemander

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        if options.motif is None:
            fait = redemander(porte, dossier, options.numero)
            dit = "est demandée de nouveau" if fait else "n’était pas dite sans objet"
            repondre(f"La pièce {options.numero} {dit}.")
            return FAIT
        dispenser(porte, dossier, options.numero, options.motif)
        repondre(f"La pièce {options.numero} est sans objet : le motif s’imprimera sur la couverture.")
    return FAIT


def _deposer(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.deposer import deposer_dossier

    with commandes_base.porte(options) as porte:
        depot = deposer_dossier(porte, porte.dossier(options.nom), Path(options.sortie), date.today())
    if options.json:
        imprimer_json(json.loads(depot.manifeste.read_bytes()))
        return _code(depot)
    return raconter(depot)


def raconter(depot: "Depot") -> int:
    """Says what was filed, what to know of each piece, what is missing, which copies were lost; answers the exit status."""
    repondre(f"Écrit et prouvé : {depot.bundle} ({depot.pages} pages), {depot.zip}, {depot.manifeste}.")
    for piece in depot.pieces:
        for remarque in piece.remarques:
            repondre(f"  Pièce {piece.numero} – {piece.titre}\u00a0: {remarque}")
    if not depot.complet:
        repondre("Dossier incomplet ; il manque :")
        for manque in depot.manquantes:
            repondre(f"  {manque}")
    for constat in depot.constats:
        repondre(
            f"[{constat.gravite.libelle}] {constat.titre}\n    {constat.explication}\n    → {constat.remede}"
        )
    return _code(depot)


def _code(depot: "Depot") -> int:
    return FAIT if depot.complet and not depot.constats else CONSTATS


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "dossier_creer": _dossier_creer,
    "dossier_liste": _dossier_liste,
    "dossier_verifier": _dossier_verifier,
    "dossier_changer-campagne": _dossier_changer_campagne,
    "piece_joindre": _piece_joindre,
    "piece_sans-objet": _piece_sans_objet,
    "deposer": _deposer,
    **commandes_gestes.COMMANDES,
    **commandes_annuaire.COMMANDES,
    **commandes_campagnes.COMMANDES,
    **commandes_base.COMMANDES,
    **commandes_donnees.COMMANDES,
    **commandes_dossiers.COMMANDES,
    **commandes_modeles.COMMANDES,
    **commandes_listes.COMMANDES,
    **commandes_planning.COMMANDES,
}
