"""The commands that need no base: the campaigns, what one pays, where a project goes, whether a number is right."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import euros, minuscule, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, en_utf8, repondre

if TYPE_CHECKING:
    from esms_desktop.regles.financement.financement import PrestationSegur

_OUVERTURES = {
    "ouverte": "ouverte",
    "a-venir": "à venir",
    "close": "close",
    "inconnue": "dates de dépôt inconnues",
}
# A count of ESSMS has fewer.
_CHIFFRES = 9


def imprimer_json(valeur: object) -> None:
    """Answers in JSON."""
    repondre(json.dumps(valeur, ensure_ascii=not en_utf8(), indent=2))


def _euros(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _campagnes(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import de_la_personne, refusees, toutes
    from esms_desktop.campagnes.ouverture import ouverture

    campagnes, jour, siennes = toutes(), date.today(), de_la_personne()
    refus = refusees()
    if options.json:
        imprimer_json(
            [
                {
                    "id": c.id,
                    "titre": c.titre,
                    "annee": c.annee,
                    "programme": c.programme,
                    "region": c.region,
                    "a_vous": c.id in siennes,
                    "ouverture": ouverture(c, jour).value,
                    "contacts": [
                        {
                            "role": x.role,
                            "nom": x.nom,
                            "courriel": x.courriel,
                            "source": x.source,
                            "fondement": c.fondement(x.origine).value,
                        }
                        for x in c.contacts
                    ],
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
        return CONSTATS if refus else FAIT
    for c in campagnes:
        hypotheses = len(c.hypotheses())
        repondre(
            f"{c.id:24} {c.titre} ({_OUVERTURES[ouverture(c, jour)]})"
            + (f" — {pluriel(hypotheses, 'valeur')} en hypothèse" if hypotheses else "")
            + (" — à vous" if c.id in siennes else "")
        )
    for e in refus:
        repondre(f"Refusée : {e}")
    return CONSTATS if refus else FAIT


def _campagne_comparer(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.campagnes.comparaison import comparer

    gauche, droite = charger(options.gauche), charger(options.droite)
    lignes = [x for x in comparer(gauche, droite) if x.differe or options.tout]
    if options.json:
        imprimer_json({"gauche": gauche.id, "droite": droite.id, "lignes": [x.en_dict() for x in lignes]})
        return FAIT
    for x in lignes:
        repondre(f"{x.cle}  {x.section}, {minuscule(x.libelle)}")
        for id, cote in ((gauche.id, x.gauche), (droite.id, x.droite)):
            repondre(f"    {id} : {cote.valeur}" + (f"  ({cote.origine})" if cote.source else ""))
    compte = sum(x.differe for x in lignes)
    repondre(f"{pluriel(compte, 'valeur diffère', 'valeurs diffèrent')}.")
    return FAIT


def _campagne_copier(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.propres import copier

    campagne = copier(options.source, options.id, options.titre)
    repondre(f"La campagne « {campagne.titre} » est à vous, sous l’identifiant {campagne.id}.")
    return FAIT


def _campagne_modifier(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.libelles import dire, libelle
    from esms_desktop.campagnes.propres import modifier

    pourquoi = options.hypothese
    campagne = modifier(
        options.id, options.cle, options.valeur, options.source, pourquoi is not None, pourquoi or ""
    )
    valeur = dict(campagne.parametres()).get(options.cle)
    if valeur is None:
        repondre(f"La campagne « {campagne.titre} » est à jour.")
        return FAIT
    repondre(f"{libelle(options.cle)} : {dire(options.cle, valeur.valeur)} ({valeur.origine}).")
    return FAIT


def _campagne_ajouter(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.propres import ajouter

    dits = dict(_champ_egal(dit) for dit in options.dits)
    pourquoi = options.hypothese
    campagne = ajouter(options.id, options.liste, dits, options.source, pourquoi is not None, pourquoi or "")
    repondre(
        f"{options.liste}.{len(getattr(campagne, options.liste))} : ajouté à la campagne « {campagne.titre} »."
    )
    return FAIT


def _champ_egal(dit: str) -> tuple[str, str]:
    champ, egal, valeur = dit.partition("=")
    if not egal:
        raise ErreurSaisie(
            f"« {dit[:60]} » n’est pas de la forme champ=valeur.", "Écrivez par exemple nom=SESAN."
        )
    return champ.strip(), valeur


def _campagne_retirer(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.propres import retirer

    campagne = retirer(options.id, options.cle)
    repondre(f"{options.cle} : retiré de la campagne « {campagne.titre} ».")
    return FAIT


def _campagne_importer(options: argparse.Namespace) -> int:
    from pathlib import Path

    from esms_desktop.campagnes.propres import importer

    campagne = importer(Path(options.fichier))
    repondre(f"La campagne « {campagne.titre} » ({campagne.id}) est ajoutée.")
    return FAIT


def _campagne_exporter(options: argparse.Namespace) -> int:
    from pathlib import Path

    from esms_desktop.campagnes.propres import exporter

    repondre(f"La campagne est écrite : {exporter(options.id, Path(options.fichier))}.")
    return FAIT


def _campagne_supprimer(options: argparse.Namespace) -> int:
    from esms_desktop.campagnes.propres import supprimer

    supprimer(options.id)
    repondre(f"La campagne {options.id} est supprimée.")
    return FAIT


def _prestation(segur: "PrestationSegur") -> dict[str, Any]:
    return {
        "unitaire": None if segur.unitaire_cents is None else _euros(segur.unitaire_cents),
        "formule": segur.formule,
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
    from esms_desktop.regles.financement.financement import Demande, calculer, national_par_nombre

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
    campagne = charger(options.campagne)
    calcul = calculer(
        campagne,
        Demande(
            type_projet=type_projet,
            statut=StatutSolution(options.solution) if options.solution else None,
            essms=options.essms,
            petits_og=options.petits_og,
            sad=options.sad,
            pilotage=options.pilotage,
            national=national_par_nombre(campagne, options.essms, options.national),
            equipement=bool(options.petits_og),
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
        imprimer_json(reponse)
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
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from esms_desktop.regles.recevabilite.orientation import orienter

    o = orienter(
        charger(options.campagne),
        _par_region(options.par_region),
        Territoire(options.territoire) if options.territoire else None,
        options.portee_nationale,
        None,
        type_projet=TypeProjet(options.type) if options.type else None,
    )
    if options.json:
        imprimer_json(
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


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "campagnes": _campagnes,
    "campagne_comparer": _campagne_comparer,
    "campagne_copier": _campagne_copier,
    "campagne_modifier": _campagne_modifier,
    "campagne_ajouter": _campagne_ajouter,
    "campagne_retirer": _campagne_retirer,
    "campagne_importer": _campagne_importer,
    "campagne_exporter": _campagne_exporter,
    "campagne_supprimer": _campagne_supprimer,
    "financement": _financement,
    "orienter": _orienter,
}
