"""Amounts as blocks: the demand by poste, the split by OG, the years, the rules. Shared by note, convention and plan."""

import re

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Contenu, Encadre, Manque, Paragraphe, Tableau
from esms_desktop.documents.arbre.commun import DeTravail
from esms_desktop.lecture import Dossier
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES, Financement
from esms_desktop.regles.financement.financement import FinancementDossier, financer_dossier
from esms_desktop.regles.financement.reversement import tout_compris

# Said wherever the amounts of a campaign without a software part are printed.
FORFAIT = (
    "Cette campagne ne distingue pas de part pour le logiciel : la prestation de l’éditeur se paie sur le forfait par ESSMS, "
    "compté au poste « Usages »."
)
# The sigle and the section a hypothesis cites at its end: a working copy's business.
_SOURCE = re.compile(r" \([^()]*\)$")


def demande(
    dossier: Dossier, campagne: Campagne, avec_hypotheses: bool = True
) -> tuple[Bloc | DeTravail, ...]:
    """The amounts by poste, their total, advance and balance; sources and hypotheses in the working copy.

    `avec_hypotheses`: false where the same document tells them further on.
    """
    financement = financer_dossier(dossier, campagne)
    if not financement.demande.essms:
        return (commun.sans_eligible(),)
    projet = financement.projet
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (LIBELLES_POSTES[poste], francais.euros(montant))
        for poste, montant in projet.postes_cents.items()
        if montant
    )
    blocs: list[Bloc | DeTravail] = [
        Tableau(
            (Colonne("Poste", 3), Colonne("Montant demandé", 1.2, "droite")),
            lignes,
            ("Total demandé", francais.euros(projet.total_cents)),
        ),
        Paragraphe(
            f"Versement : {francais.euros(projet.avance_cents)} d’avance à la convention "
            f"({campagne.versements.avance_pourcent.valeur} %), puis {francais.euros(projet.solde_cents)} de solde "
            "sur atteinte des cibles d’usage en fin de déploiement."
        ),
    ]
    if tout_compris(financement, campagne):
        blocs.append(Paragraphe(FORFAIT))
    sources = dict.fromkeys(partie for source in projet.sources for partie in source.split(" ; "))
    if sources:
        blocs.append(DeTravail(Paragraphe(f"Sources : {' ; '.join(sources)}.", discret=True)))
    if projet.hypotheses and avec_hypotheses:
        phrases = hypotheses(projet, sources=True)
        blocs.append(DeTravail(Encadre("alerte", f"Hypothèses à confirmer auprès du financeur : {phrases}")))
    return tuple(blocs)


def hypotheses(projet: Financement, sources: bool = False) -> str:
    """What the amounts rest on that no text of the campaign says, each thing once, in plain words; empty when nothing.

    `sources`: with the sigles, for a working copy.
    """
    par_note: dict[str, list[str]] = {}
    for ligne in projet.lignes:
        if ligne.hypothese:
            par_note.setdefault(ligne.hypothese, []).append(francais.minuscule(ligne.libelle))
    dites = [f"{francais.majuscule(francais.enumerer(noms))} : {note}" for note, noms in par_note.items()]
    connues = {ligne.libelle for ligne in projet.lignes if ligne.hypothese}
    dites += [
        h if sources else _SOURCE.sub("", h)
        for h in projet.hypotheses
        if not any(h.removeprefix(nom)[:2].strip() == ":" for nom in connues)
    ]
    return " ".join(_phrase(h) for h in dites)


def remarques(projet: Financement, campagne: Campagne) -> tuple[str, ...]:
    """What must be known to read the amounts. What the application notes about the texts themselves is for the screen."""
    ecarts = tuple(r.texte for r in campagne.remarques)
    # The note of the prestation Ségur stands over its own table.
    dite = projet.prestation_segur.note if projet.prestation_segur else None
    return tuple(n for n in projet.notes if not n.startswith(ecarts) and n != dite)


def _phrase(texte: str) -> str:
    return texte if texte.endswith((".", "!", "?", "…")) else f"{texte}."


def par_og(financement: FinancementDossier) -> Tableau:
    """The split by OG; a poste nobody gets has no column."""
    postes = [p for p in LIBELLES_POSTES if financement.projet.postes_cents.get(p)]
    courts = {
        "usages": "Usages",
        "logiciel": "Logiciel",
        "equipement": "Équipements",
        "amoa_marche": "AMOA marché",
        "pilotage": "AMOA et pilotage",
    }
    return Tableau(
        (
            Colonne("Organisme gestionnaire", 2.4),
            Colonne("ESSMS", 0.6, "droite"),
            *(Colonne(courts[p], 1, "droite") for p in postes),
            Colonne("Total", 1.05, "droite"),
        ),
        tuple(
            (
                part.nom,
                francais.nombre(part.essms),
                *(francais.euros(part.postes_cents.get(p, 0)) for p in postes),
                francais.euros(part.total_cents),
            )
            for part in financement.parts
        ),
        (
            "Total",
            francais.nombre(sum(part.essms for part in financement.parts)),
            *(francais.euros(financement.projet.postes_cents[p]) for p in postes),
            francais.euros(financement.projet.total_cents),
        ),
    )


def par_annee(financement: FinancementDossier) -> Tableau:
    """What comes in which year; a year that no date gives is a gap."""
    return Tableau(
        (Colonne("Année", 1), Colonne("Versement", 3), Colonne("Montant", 1.2, "droite")),
        tuple(
            (
                str(annee)
                if annee is not None
                else Manque(f"année du versement « {libelle} »", "année", code="dossier.date_convention"),
                libelle,
                francais.euros(montant),
            )
            for annee, libelle, montant in financement.par_annee
        ),
        ("Total", "", francais.euros(sum(m for _, _, m in financement.par_annee))),
    )
