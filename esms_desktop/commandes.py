"""What each command does and prints: a few lines between the parsed options and the jobs of the core."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop import commandes_base
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import accord, enumerer, euros, minuscule, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, en_utf8, repondre

if TYPE_CHECKING:
    from esms_desktop.depot.publication import Depot
    from esms_desktop.regles.financement import PrestationSegur

# A count of ESSMS has fewer.
_CHIFFRES = 9


def _imprimer_json(valeur: object) -> None:
    repondre(json.dumps(valeur, ensure_ascii=not en_utf8(), indent=2))


def _euros(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _demo(options: argparse.Namespace) -> int:
    from esms_desktop.travaux.demo import demonstration

    return raconter(demonstration(Path(options.sortie)))


def _campagnes(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import toutes

    campagnes = toutes()
    if options.json:
        _imprimer_json(
            [
                {
                    "id": c.id,
                    "titre": c.titre,
                    "annee": c.annee,
                    "programme": c.programme,
                    "region": c.region,
                    "hypotheses": [
                        {
                            "cle": cle,
                            "valeur": p.valeur,
                            "source": p.source,
                            "note": p.note,
                            "fondement": c.fondement(p.origine).value,
                        }
                        for cle, p in c.hypotheses()
                    ],
                }
                for c in campagnes
            ]
        )
        return FAIT
    for c in campagnes:
        hypotheses = len(c.hypotheses())
        repondre(
            f"{c.id:24} {c.titre}"
            + (f" — {pluriel(hypotheses, 'valeur')} en hypothèse" if hypotheses else "")
        )
    return FAIT


def _prestation(segur: "PrestationSegur") -> dict[str, Any]:
    return {
        "unitaire": _euros(segur.unitaire_cents),
        "total": _euros(segur.total_cents),
        "avance": _euros(segur.avance_cents),
        "solde": _euros(segur.solde_cents),
        "indicatif": segur.indicatif,
        "source": segur.source,
        "note": segur.note,
        "fondement": segur.fondement.value,
    }


def _financement(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.campagnes.fondement import Fondement
    from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
    from esms_desktop.regles.financement import Demande, calculer

    type_projet = TypeProjet(options.type)
    if options.solution is None and type_projet is TypeProjet.ACQUISITION:
        raise ErreurSaisie(
            "Une acquisition demande de préciser --solution.", "Ajoutez par exemple --solution referencee."
        )
    if options.petits_og > options.essms:
        raise ErreurSaisie(
            f"--petits-og ({options.petits_og}) dépasse --essms ({options.essms}).",
            "Il compte, parmi les ESSMS du projet, ceux des petits OG.",
        )
    calcul = calculer(
        charger(options.campagne),
        Demande(
            type_projet=type_projet,
            statut=StatutSolution(options.solution) if options.solution else None,
            essms=options.essms,
            petits_og=options.petits_og,
            sad=options.sad,
            pilotage=options.pilotage,
            national=options.national,
        ),
    )
    segur = calcul.prestation_segur
    reponse = {
        "postes": {poste: _euros(cents) for poste, cents in calcul.postes_cents.items()},
        "total": _euros(calcul.total_cents),
        "avance": _euros(calcul.avance_cents),
        "solde": _euros(calcul.solde_cents),
        "prestation_segur": None if segur is None else _prestation(segur),
        "sources": list(calcul.sources),
        "hypotheses": list(calcul.hypotheses),
        "notes": list(calcul.notes),
        "fondement": calcul.fondement.value,
        "fondements": {ligne.poste: ligne.fondement.value for ligne in calcul.lignes},
    }
    if options.json:
        _imprimer_json(reponse)
        return FAIT

    for ligne in calcul.lignes:
        marque = "" if ligne.fondement is Fondement.TEXTE else f" ({minuscule(ligne.fondement.libelle)})"
        repondre(f"{ligne.libelle:44} {ligne.formule:>28} = {euros(ligne.montant_cents):>14}{marque}")
    repondre(
        f"Total {euros(calcul.total_cents)} : avance {euros(calcul.avance_cents)}, solde {euros(calcul.solde_cents)}"
    )
    for titre, phrases in (
        ("Sources", calcul.sources),
        ("Hypothèses", calcul.hypotheses),
        ("Notes", calcul.notes),
    ):
        for phrase in phrases:
            repondre(f"{titre} : {phrase}")
    return FAIT


def _par_region(texte: str) -> dict[str, int]:
    resultat: dict[str, int] = {}
    for morceau in texte.split(","):
        region, egal, nombre = morceau.strip().partition("=")
        if not egal or not nombre.strip().isdecimal() or len(nombre) > _CHIFFRES:
            raise ErreurSaisie(
                f"--par-region ne comprend pas « {morceau.strip()[:60]} ».",
                "Écrivez code=nombre, par exemple 11=30,24=25.",
            )
        code = region.strip().zfill(2)
        resultat[code] = resultat.get(code, 0) + int(nombre)
    return resultat


def _orienter(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.nomenclature.territoires import Territoire
    from esms_desktop.regles.orientation import orienter

    o = orienter(
        charger(options.campagne),
        _par_region(options.par_region),
        Territoire(options.territoire) if options.territoire else None,
        options.portee_nationale,
        None,
    )
    if options.json:
        _imprimer_json(
            {
                "niveau": o.niveau,
                "financeur": o.financeur,
                "ars": o.ars,
                "minimum": o.minimum,
                "atteint": o.atteint,
                "sources": list(o.sources),
                "notes": list(o.notes),
                "fondement": o.fondement.value,
            }
        )
        return FAIT
    repondre(f"Niveau {o.niveau} ; financeur : {o.financeur}" + (f" ; {o.ars}" if o.ars else ""))
    repondre(f"Minimum {o.minimum} ESSMS, {o.nombre} présents : {'atteint' if o.atteint else 'non atteint'}")
    for phrase in (*o.notes, *(f"Source : {s}" for s in o.sources)):
        repondre(phrase)
    return FAIT


def _finess_verifier(options: argparse.Namespace) -> int:
    from esms_desktop.nomenclature.numeros import defaut_finess, normaliser

    faux = 0
    for numero in options.numeros:
        defaut = defaut_finess(numero)
        faux += defaut is not None
        repondre(f"{normaliser(numero) or numero} {'valide' if defaut is None else f'invalide : {defaut}'}")
    return CONSTATS if faux else FAIT


def _dossier_creer(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from esms_desktop.regles.orientation import orienter_dossier
    from esms_desktop.travaux.creer import creer_depuis_finess

    campagne = charger(options.campagne)
    with commandes_base.porte(options, creer=True) as porte:
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
        _imprimer_json(reponse)
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
        dossiers = [
            {
                "nom": d.nom,
                "campagne": d.campagne_id,
                "type": d.type_projet.value,
                "etat": d.etat.value,
                "og": d.ogs,
                "essms": d.essms,
            }
            for d in porte.resumes()
        ]
    if options.json:
        _imprimer_json(dossiers)
        return FAIT
    for d in dossiers:
        repondre(f"{d['nom']} — {d['campagne']}, {d['type']}, {d['og']} OG, {d['essms']} ESSMS, {d['etat']}")
    if not dossiers:
        repondre("Aucun dossier. « esms-desktop dossier creer » en crée un depuis un fichier FINESS.")
    return FAIT


def _dossier_verifier(options: argparse.Namespace) -> int:
    from esms_desktop.regles.constats import Gravite
    from esms_desktop.travaux.verifier import pieces_manquantes, verifier_dossier

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        examen = verifier_dossier(dossier, date.today())
        manquantes = pieces_manquantes(dossier)
        nom = dossier.nom
    bloquants = examen.nombre(Gravite.BLOQUANT)
    if options.json:
        faits, total = examen.avancement()
        _imprimer_json(
            {
                "dossier": nom,
                "constats": [c.en_dict() for c in examen.constats],
                "bloquants": bloquants,
                "complet": not manquantes,
                "manquantes": [e.numero for e in manquantes],
                "avancement": {"satisfaits": faits, "controles": total},
            }
        )
    else:
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


def _piece_joindre(options: argparse.Namespace) -> int:
    from esms_desktop.travaux.joindre import joindre_fichier

    with commandes_base.porte(options) as porte:
        dossier, chemin = porte.dossier(options.nom), Path(options.fichier)
        jointure = joindre_fichier(porte, dossier, options.numero, chemin)
        if options.json:
            _imprimer_json({"dossier": dossier.nom, **jointure.en_dict(chemin.name)})
            return FAIT
        repondre(f"«\u00a0{jointure.fichier.nom}\u00a0» est joint à la pièce {options.numero}.")
        for remarque in jointure.remarques:
            repondre(f"  {remarque}")
    return FAIT


def _deposer(options: argparse.Namespace) -> int:
    from esms_desktop.travaux.deposer import deposer_dossier

    with commandes_base.porte(options) as porte:
        depot = deposer_dossier(porte, porte.dossier(options.nom), Path(options.sortie), date.today())
    if options.json:
        _imprimer_json(json.loads(depot.manifeste.read_bytes()))
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
    "campagnes": _campagnes,
    "financement": _financement,
    "orienter": _orienter,
    "finess_verifier": _finess_verifier,
    "dossier_creer": _dossier_creer,
    "dossier_liste": _dossier_liste,
    "dossier_verifier": _dossier_verifier,
    "piece_joindre": _piece_joindre,
    "deposer": _deposer,
    **commandes_base.COMMANDES,
}
