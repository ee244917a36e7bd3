"""What the campaign pays for a project (referentiel 02 § 1), in cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from esms_desktop.campagnes.chargement import citer
from esms_desktop.campagnes.fondement import Fondement, cite, moins_ferme
from esms_desktop.campagnes.schema import Bareme, Campagne, Parametre, Remarque
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, euros, nombre, pluriel, pour_cent, resumer
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet

POSTES = ("usages", "logiciel", "equipement", "amoa_marche", "pilotage")
LIBELLES_POSTES = {
    "usages": "Usages (maîtrise d’ouvrage)",
    "logiciel": "Logiciel (part de l’éditeur)",
    "equipement": "Équipements et infrastructures",
    "amoa_marche": "AMOA marché",
    "pilotage": "AMOA et pilotage",
}


class Reduction(NamedTuple):
    """The share of its forfaits that an ESSMS does not draw; `petit`: it belongs to a small OG."""

    part: Fraction
    petit: bool


@dataclass(frozen=True)
class Demande:
    """What is asked. `essms`: eligible ESSMS; `petits_og`: those of them that belong to small OG.

    `national` None: not known yet, the amounts that depend on it are left out. `prix_cents`: real price of the
    éditeur's service, None when unknown. `champs`: fields of activity of the ESSMS, as far as they are known.
    `reductions`: the ESSMS whose aid goes by a share of their hours; `plafonds`: those of which that share is not known.
    """

    type_projet: TypeProjet
    statut: StatutSolution | None
    essms: int
    petits_og: int = 0
    sad: bool = False
    pilotage: bool = False
    national: bool | None = False
    equipement: bool = True
    prix_cents: int | None = None
    champs: frozenset[str] = frozenset()
    reductions: tuple["Reduction", ...] = ()
    plafonds: int = 0


@dataclass(frozen=True)
class LigneCalcul:
    """One line of the calculation: `poste`, what is counted, how, how much (cents), by which text and on what ground."""

    poste: str
    libelle: str
    formule: str
    montant_cents: int
    source: str
    hypothese: str
    fondement: Fondement

    @property
    def provenance(self) -> str:
        """Its source and what it is worth, in a word."""
        return cite(self.source, self.fondement)


@dataclass(frozen=True)
class PrestationSegur:
    """What SONS would pay the éditeur, from the examples of the brochure: an indication, not a scale (cents).

    `unitaire_cents` None: it differs from the ESSMS of small OG to the others; `formule` tells how it is counted.
    """

    unitaire_cents: int | None
    formule: str
    total_cents: int
    avance_cents: int
    solde_cents: int
    source: str
    note: str
    fondement: Fondement
    indicatif: bool = True


@dataclass(frozen=True)
class Financement:
    """The result, in cents. `hypotheses`: what no text settles; `notes`: what to know before quoting the amounts."""

    postes_cents: Mapping[str, int]
    total_cents: int
    avance_cents: int
    solde_cents: int
    prestation_segur: PrestationSegur | None
    sources: tuple[str, ...]
    hypotheses: tuple[str, ...]
    notes: tuple[str, ...]
    lignes: tuple[LigneCalcul, ...]

    @property
    def fondement(self) -> Fondement:
        """The ground of the whole: that of its least firm line."""
        return moins_ferme(ligne.fondement for ligne in self.lignes if ligne.montant_cents)


@dataclass
class _Feuille:
    """The sheet the calculation is written on."""

    campagne: Campagne
    type_projet: TypeProjet
    postes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(POSTES, 0))
    lignes: list[LigneCalcul] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    hypotheses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def citer(self, libelle: str, *parametres: Parametre[int] | Parametre[str] | Parametre[bool]) -> None:
        for p in parametres:
            self.sources += citer(p.source)
            if p.hypothese:
                self.hypotheses.append(f"{libelle} : {p.note} ({p.source})")

    def compter(self, poste: str, libelle: str, termes: list[tuple[int, Parametre[int]]]) -> None:
        """Adds the sum of (how many, whole euros each) to a poste, with the line that explains it."""
        utiles = [(n, p) for n, p in termes if n]
        if not utiles:
            return
        montant = sum(n * p.valeur for n, p in utiles) * 100
        self.citer(libelle, *(p for _, p in utiles))
        formule = " + ".join(f"{nombre(n)}{NBSP}× {euros(p.valeur * 100)}" for n, p in utiles)
        source = " ; ".join(dict.fromkeys(p.source for _, p in utiles))
        hypothese = " ; ".join(dict.fromkeys(p.note for _, p in utiles if p.hypothese))
        fondement = moins_ferme(self.campagne.fondement(p.origine, self.type_projet) for _, p in utiles)
        self.postes[poste] += montant
        self.lignes.append(LigneCalcul(poste, libelle, formule, montant, source, hypothese, fondement))


def calculer(campagne: Campagne, demande: Demande) -> Financement:
    """What the campaign pays for `demande`.

    Raises:
        ErreurSaisie: negative numbers, or more ESSMS of small OG than ESSMS.
    """
    _verifier(demande)
    feuille = _Feuille(campagne, demande.type_projet)
    bareme = campagne.financement.bareme(demande.type_projet)
    finances = _finances(campagne, demande, feuille)
    plein = campagne.financement.dernier_rang_plein.valeur
    premiers = finances if plein is None else min(finances, plein)
    suivants = finances - premiers
    if suivants:
        feuille.sources += citer(campagne.financement.dernier_rang_plein.source)
    feuille.compter(
        "usages",
        LIBELLES_POSTES["usages"],
        [(premiers, bareme.usages_euros), (suivants, bareme.usages_au_dela_euros)],
    )
    _reduire(feuille, "usages", bareme.usages_euros, demande.reductions)
    if bareme.usages_euros.note and not bareme.usages_euros.hypothese:
        feuille.notes.append(f"Usages : {bareme.usages_euros.note}.")
    _logiciel(feuille, bareme, demande, premiers, suivants)
    _petits_og(feuille, campagne, bareme, demande, finances)
    if demande.plafonds:
        regle = campagne.eligibilite.prorata_heures
        feuille.hypotheses.append(
            f"{pluriel(demande.plafonds, 'service')} à domicile au plafond, à réduire : les heures éligibles ne sont pas connues "
            f"({regle.source})"
        )
    feuille.notes += [f"{r.texte} ({r.source})" for r in campagne.remarques if _concerne(r, demande, feuille)]
    total = sum(feuille.postes.values())
    feuille.citer("Versements", campagne.versements.avance_pourcent)
    avance = part(total, campagne.versements.avance_pourcent.valeur)
    prestation = _prestation(feuille, campagne, demande)
    return Financement(
        feuille.postes,
        total,
        avance,
        total - avance,
        prestation,
        tuple(dict.fromkeys(feuille.sources)),
        tuple(dict.fromkeys(feuille.hypotheses)),
        tuple(dict.fromkeys(feuille.notes)),
        tuple(feuille.lignes),
    )


def _concerne(remarque: Remarque, demande: Demande, feuille: _Feuille) -> bool:
    """Whether a remark bears on this very case: what it does not name, it does not ask."""
    return (
        remarque.type_projet in (None, demande.type_projet)
        and (not remarque.essms or demande.essms in remarque.essms)
        and (not remarque.statuts or demande.statut in remarque.statuts)
        and (not remarque.champs or not demande.champs.isdisjoint(remarque.champs))
        and (not remarque.postes or any(feuille.postes[p] for p in remarque.postes))
    )


def part(total_cents: int, pourcent: int) -> int:
    """`pourcent` of an amount, rounded to the cent, a half going up; the rest is what remains."""
    return (total_cents * pourcent + 50) // 100


def _verifier(demande: Demande) -> None:
    if demande.essms < 0 or demande.petits_og < 0:
        raise ErreurSaisie("Un nombre d’ESSMS ne peut pas être négatif.")
    if demande.petits_og > demande.essms:
        raise ErreurSaisie(
            f"{pluriel(demande.petits_og, 'ESSMS')} de petits OG pour {pluriel(demande.essms, 'ESSMS')} en tout : c’est impossible.",
            "Le premier nombre est une part du second.",
        )
    if demande.prix_cents is not None and demande.prix_cents < 0:
        raise ErreurSaisie("Le prix de la prestation de l’éditeur ne peut pas être négatif.")


def _finances(campagne: Campagne, demande: Demande, feuille: _Feuille) -> int:
    maximum = campagne.taille.maximum_finance
    if maximum.valeur is None or demande.essms <= maximum.valeur:
        return demande.essms
    feuille.sources += citer(maximum.source)
    reste = demande.essms - maximum.valeur
    autres = accord(reste, "l’autre n’est pas compté", f"les {nombre(reste)} autres ne sont pas comptés")
    feuille.notes.append(
        f"{pluriel(maximum.valeur, 'ESSMS')} sont financés au plus par projet : {autres} ({maximum.source})."
    )
    return maximum.valeur


def plafonds_logiciel(bareme: Bareme, statut: StatutSolution) -> tuple[Parametre[int], Parametre[int]]:
    """Ceilings per ESSMS of the software part: up to the last full rank, and past it (whole euros)."""
    return {
        StatutSolution.REFERENCEE: (
            bareme.logiciel_referencee_euros,
            bareme.logiciel_referencee_au_dela_euros,
        ),
        StatutSolution.EN_COURS: (bareme.logiciel_en_cours_euros, bareme.logiciel_en_cours_au_dela_euros),
        StatutSolution.NON_REFERENCEE: (
            bareme.logiciel_non_referencee_euros,
            bareme.logiciel_non_referencee_au_dela_euros,
        ),
    }[statut]


def _logiciel(feuille: _Feuille, bareme: Bareme, demande: Demande, premiers: int, suivants: int) -> None:
    libelle = LIBELLES_POSTES["logiciel"]
    if demande.statut is None:
        au_mieux, au_dela = plafonds_logiciel(bareme, StatutSolution.REFERENCEE)
        possible = (premiers * au_mieux.valeur + suivants * au_dela.valeur) * 100
        if possible:
            feuille.notes.append(
                f"Part logiciel non comptée : le référencement de la solution n’est pas connu. "
                f"Elle peut atteindre {euros(possible)}."
            )
        return
    plein, au_dela = plafonds_logiciel(bareme, demande.statut)
    feuille.compter("logiciel", libelle, [(premiers, plein), (suivants, au_dela)])
    _reduire(feuille, "logiciel", plein, demande.reductions)
    if plein.note and not plein.hypothese:
        feuille.notes.append(f"Logiciel : {plein.note} ({plein.source}).")
    plafond = feuille.postes["logiciel"]
    if not plafond:
        return
    if demande.prix_cents is None:
        feuille.notes.append(
            "La part logiciel est un plafond : elle ne dépassera pas le prix réel de la prestation de l’éditeur."
        )
    elif demande.prix_cents < plafond:
        siennes = [ligne for ligne in feuille.lignes if ligne.poste == "logiciel"]
        autres = [ligne for ligne in feuille.lignes if ligne.poste != "logiciel"]
        formule = " ; ".join(ligne.formule for ligne in siennes)
        reelle = replace(
            siennes[0],
            libelle=f"{libelle}, au prix réel",
            formule=f"plafond {euros(plafond)} ({formule}), prix {euros(demande.prix_cents)}",
            montant_cents=demande.prix_cents,
            fondement=moins_ferme(ligne.fondement for ligne in siennes),
        )
        feuille.lignes[:] = [*autres, reelle]
        feuille.postes["logiciel"] = demande.prix_cents
        feuille.notes.append(
            f"Part logiciel ramenée au prix de l’éditeur : {euros(demande.prix_cents)} au lieu de {euros(plafond)}."
        )


def _petits_og(
    feuille: _Feuille, campagne: Campagne, bareme: Bareme, demande: Demande, finances: int
) -> None:
    petits = min(demande.petits_og, finances)
    if demande.equipement and bareme.equipement_euros.valeur and finances:
        if petits:
            _equipement(feuille, campagne, bareme, demande, petits)
        else:
            feuille.notes.append(
                "Équipement non compté : il se finance aux ESSMS des petits organismes, et le projet n’en compte aucun "
                f"({bareme.equipement_euros.source})."
            )
    if demande.sad and petits and bareme.amoa_marche_euros.valeur:
        feuille.compter("amoa_marche", LIBELLES_POSTES["amoa_marche"], [(1, bareme.amoa_marche_euros)])
    elif demande.sad and bareme.amoa_marche_euros.valeur and finances:
        feuille.notes.append("AMOA marché non comptée : elle aide les projets où participe un petit OG.")
    if demande.pilotage and bareme.pilotage_euros.valeur and finances:
        if demande.petits_og == demande.essms:
            feuille.compter("pilotage", LIBELLES_POSTES["pilotage"], [(1, bareme.pilotage_euros)])
        else:
            feuille.notes.append(note_pilotage(bareme, bool(demande.petits_og)))
    reserve = campagne.financement.petits_og_sous_reserve
    if reserve.valeur and any(feuille.postes[p] for p in ("equipement", "amoa_marche", "pilotage")):
        feuille.hypotheses.append(
            f"Mesures « petits OG » : sous réserve de la décision de l’ARS ({reserve.source})"
        )


def _reduire(feuille: _Feuille, poste: str, forfait: Parametre[int], reductions: Sequence[Reduction]) -> None:
    """Takes off a poste what its home services do not draw, each at the full forfait."""
    if not reductions or not forfait.valeur:
        return
    regle = feuille.campagne.eligibilite.prorata_heures
    retires = [int(forfait.valeur * 100 * r.part + Fraction(1, 2)) for r in reductions]
    if not (montant := sum(retires)):
        return
    libelle = f"{LIBELLES_POSTES[poste]}, heures hors des actes essentiels"
    feuille.citer(libelle, regle)
    termes = [f"{euros(forfait.valeur * 100)}{NBSP}× {pour_cent(round(r.part * 10_000))}" for r in reductions]
    feuille.postes[poste] -= montant
    feuille.lignes.append(
        LigneCalcul(
            poste,
            libelle,
            f"−{NBSP}{resumer(termes)}",
            -montant,
            regle.source,
            regle.note if regle.hypothese else "",
            feuille.campagne.fondement(regle.origine, feuille.type_projet),
        )
    )


def note_pilotage(bareme: Bareme, melee: bool) -> str:
    """Why the pilotage is not counted. `melee`: some of the OG are small, not all: there two texts disagree."""
    regle = bareme.pilotage_euros
    if not melee:
        return f"Pilotage non compté : le forfait est réservé aux grappes composées de petits organismes ({regle.source})."
    return (
        f"Pilotage non compté, {euros(regle.valeur * 100)} en jeu : deux textes se contredisent. L’appel à projets le donne aux "
        "« grappes composées d’organismes gestionnaires de petite taille » (AAP § 5.3), la brochure à un projet « avec un ou des OG "
        "de moins de 15 ESSMS » (ANS). À confirmer auprès de l’ARS."
    )


def _equipement(feuille: _Feuille, campagne: Campagne, bareme: Bareme, demande: Demande, petits: int) -> None:
    regle = campagne.financement.equipement_national
    if demande.national is False or regle.valeur == "forfait":
        feuille.compter("equipement", LIBELLES_POSTES["equipement"], [(petits, bareme.equipement_euros)])
        _reduire(feuille, "equipement", bareme.equipement_euros, [r for r in demande.reductions if r.petit])
        return
    enjeu = euros(petits * bareme.equipement_euros.valeur * 100)
    if demande.national:
        raison = f"dans un projet national, il s’étudie au cas par cas ({regle.source})"
    else:
        raison = "le niveau du projet, régional ou national, n’est pas encore certain"
    feuille.citer(LIBELLES_POSTES["equipement"], regle)
    feuille.notes.append(f"Équipement non compté : {raison}. Le forfait serait de {enjeu}.")


def _prestation(feuille: _Feuille, campagne: Campagne, demande: Demande) -> PrestationSegur | None:
    regle = campagne.financement.prestation_segur
    if demande.type_projet is not TypeProjet.CONFORMITE or not regle.montree.valeur or not demande.essms:
        return None
    # By the size of the OG, not of the project (referentiel 02 § 1).
    termes = [
        (n, p)
        for n, p in (
            (demande.petits_og, regle.unitaire_petit_euros),
            (demande.essms - demande.petits_og, regle.unitaire_euros),
        )
        if n
    ]
    parametres = [p for _, p in termes]
    feuille.citer("Prestation Ségur", *parametres, regle.avance_pourcent)
    total = sum(n * p.valeur for n, p in termes) * 100
    avance = part(total, regle.avance_pourcent.valeur)
    dit = " ; ".join(dict.fromkeys(p.note for p in parametres if p.note))
    return PrestationSegur(
        parametres[0].valeur * 100 if len(parametres) == 1 else None,
        " + ".join(f"{nombre(n)}{NBSP}× {euros(p.valeur * 100)}" for n, p in termes),
        total,
        avance,
        total - avance,
        " ; ".join(dict.fromkeys(c for p in parametres for c in citer(p.source))),
        f"À titre indicatif : {dit}. Versée à l’éditeur, elle ne s’ajoute pas au total.",
        moins_ferme(campagne.fondement(p.origine, demande.type_projet) for p in parametres),
    )
