"""Piece 6 as a workbook: its three documents, then the programme by poste, by OG and by year (referentiel 02 §§ 1 and 3)."""

from datetime import date

from esms_desktop.campagnes.fondement import cite
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import classeur_couts, plan_financement
from esms_desktop.documents.classeur import (
    A_COMPLETER,
    Classeur,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Part,
    Rapport,
    Ref,
    Role,
    Somme,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur_pluriannuel import du_poste, pluriannuel
from esms_desktop.lecture import Dossier
from esms_desktop.regles import pluriannuel as regles
from esms_desktop.regles.calcul import LIBELLES_POSTES, PrestationSegur
from esms_desktop.regles.financement import FinancementDossier

CODE = plan_financement.CODE


def classeur(dossier: Dossier, campagne: Campagne, jour: date) -> Classeur:
    """The workbook; `jour` is not used by its content, only by the page that prints it."""
    plan = regles.plan(dossier, campagne)
    financement = plan.finance
    porteur = dossier.porteur
    return Classeur(
        CODE,
        plan_financement.TITRE,
        dossier.nom,
        porteur.nom if porteur else "",
        (
            classeur_couts.couts(plan),
            classeur_couts.personnel(plan),
            pluriannuel(dossier, plan),
            _par_poste(dossier, campagne, financement),
            _par_og(financement),
            _par_annee(campagne, financement),
        ),
    )


def _postes(financement: FinancementDossier) -> list[str]:
    """The postes the project asks for."""
    return [p for p in LIBELLES_POSTES if financement.projet.postes_cents.get(p)]


def _par_poste(dossier: Dossier, campagne: Campagne, financement: FinancementDossier) -> Feuille:
    projet = financement.projet
    # No column for what no line has.
    avec_hypothese = any(ligne.hypothese for ligne in projet.lignes)
    lignes = [
        LigneXl(
            f"regle{rang}",
            (
                ligne.libelle,
                ligne.formule,
                Euros(ligne.montant_cents),
                ligne.provenance,
                *((ligne.hypothese or None,) if avec_hypothese else ()),
            ),
        )
        for rang, ligne in enumerate(projet.lignes)
    ]
    total = LigneXl(
        "total",
        ("Total demandé", None, Total("montant"), None, *((None,) if avec_hypothese else ())),
        "total",
    )
    table = TableXl(
        "postes",
        "Ressources demandées, par poste",
        (
            ColonneXl("poste", "Poste", largeur=30),
            ColonneXl("calcul", "Calcul", largeur=30),
            ColonneXl("montant", "Montant", "euros", 16),
            ColonneXl("source", "Source", largeur=22),
            *((ColonneXl("hypothese", "Hypothèse", largeur=22),) if avec_hypothese else ()),
        ),
        (*lignes, total),
    )
    tables = [table, *_editeur(dossier, financement)]
    if projet.prestation_segur:
        tables.append(_segur(projet.prestation_segur))
    hypotheses = tuple(f"Hypothèse à confirmer auprès du financeur : {t}" for t in projet.hypotheses)
    return Feuille(
        "Par poste", f"Plan de financement · {campagne.titre}", tuple(tables), (*hypotheses, *projet.notes)
    )


def _montant(cle: str, libelle: str, valeur: Valeur, role: Role = "donnee") -> LigneXl:
    return LigneXl(cle, (libelle, None, valeur), role)


_COLONNES_MONTANT = (
    ColonneXl("libelle", "Libellé", largeur=30),
    ColonneXl("vide", ""),
    ColonneXl("montant", "Montant", "euros", 16),
)


def _editeur(dossier: Dossier, financement: FinancementDossier) -> tuple[TableXl, ...]:
    """The price of the éditeur against the software part; nothing when the project does not ask for that part."""
    if not financement.projet.postes_cents.get("logiciel"):
        return ()
    prix = dossier.solution.prix_cents if dossier.solution else None
    logiciel = Somme(
        tuple(
            Ref(f"regle{rang}", "montant", "postes")
            for rang, ligne in enumerate(financement.projet.lignes)
            if ligne.poste == "logiciel"
        )
    )
    reste: Valeur = A_COMPLETER
    if prix is not None:
        reste = Difference(Ref("prix", "montant"), Ref("part", "montant"), positive=True)
    return (
        TableXl(
            "editeur",
            "Prix de l’éditeur et part financée",
            _COLONNES_MONTANT,
            (
                _montant(
                    "prix",
                    "Prix de la prestation, toutes taxes comprises",
                    Euros(prix) if prix is not None else A_COMPLETER,
                ),
                _montant("part", "Part logiciel demandée", logiciel),
                _montant("reste", "Reste à charge des organismes", reste, "total"),
            ),
        ),
    )


def _segur(prestation: PrestationSegur) -> TableXl:
    titre = "Prestation Ségur versée à l’éditeur"
    return TableXl(
        "segur",
        f"{titre}, hors du total demandé" if prestation.indicatif else titre,
        _COLONNES_MONTANT,
        (
            _montant("avance", "Avance", Euros(prestation.avance_cents)),
            _montant("solde", "Solde", Euros(prestation.solde_cents)),
            _montant("total", "Total", Total("montant"), "total"),
        ),
        (prestation.note, f"Source : {cite(prestation.source, prestation.fondement)}."),
    )


def _par_og(financement: FinancementDossier) -> Feuille:
    postes = _postes(financement)
    colonnes = (
        ColonneXl("og", "Organisme gestionnaire", largeur=34),
        ColonneXl("essms", "ESSMS éligibles", "entier"),
        *(ColonneXl(p, LIBELLES_POSTES[p], "euros", 15) for p in postes),
        ColonneXl("total", "Total", "euros", 16),
        ColonneXl("part", "Part du projet", "pourcent", 10),
    )
    lignes = []
    for rang, part in enumerate(financement.parts):
        cle = f"og{rang}"
        valeurs: tuple[Valeur, ...] = (
            part.nom,
            part.essms,
            *(Euros(part.postes_cents.get(p, 0)) for p in postes),
            Somme(tuple(Ref(cle, p) for p in postes)),
            Rapport(Ref(cle, "total"), Ref("total", "total")),
        )
        lignes.append(LigneXl(cle, valeurs))
    total = LigneXl(
        "total",
        ("Total", Total("essms"), *(Total(p) for p in postes), Total("total"), Total("part")),
        "total",
    )
    controle = LigneXl(
        "controle",
        (
            "Contrôle avec la feuille par poste",
            None,
            *(Equilibre(Ref("total", p), du_poste(financement, p)) for p in postes),
            Equilibre(Ref("total", "total"), Ref("total", "montant", "postes")),
            None,
        ),
        "controle",
    )
    table = TableXl("ogs", "Répartition par organisme gestionnaire", colonnes, (*lignes, total, controle))
    inconnus = [p.nom for p in financement.parts if p.petit is None]
    notes = tuple(
        f"{A_COMPLETER} nombre total d’ESSMS gérés par {nom} : aucun montant réservé aux petits organismes n’est compté."
        for nom in inconnus
    )
    return Feuille("Par organisme", "Répartition par organisme gestionnaire", (table,), notes)


def _par_annee(campagne: Campagne, financement: FinancementDossier) -> Feuille:
    demande = Ref("total", "montant", "postes")
    avance = Part(demande, campagne.versements.avance_pourcent.valeur)
    # The engine gives the advance then the balance: both come from the total of the first sheet.
    montants: tuple[Valeur, ...] = (avance, Difference(demande, Ref("versement0", "montant")))
    lignes = [
        LigneXl(
            f"versement{rang}",
            (str(annee) if annee is not None else A_COMPLETER, libelle, montant),
        )
        for rang, ((annee, libelle, _), montant) in enumerate(
            zip(financement.par_annee, montants, strict=True)
        )
    ]
    table = TableXl(
        "annees",
        "Versements par année",
        (
            ColonneXl("annee", "Année", largeur=14),
            ColonneXl("libelle", "Versement", largeur=44),
            ColonneXl("montant", "Montant", "euros", 22),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", None, Total("montant")), "total"),
            LigneXl(
                "controle",
                ("Contrôle", "Versements et total demandé", Equilibre(Ref("total", "montant"), demande)),
                "controle",
            ),
        ),
    )
    return Feuille("Par année", "Versements par année", (table,))
