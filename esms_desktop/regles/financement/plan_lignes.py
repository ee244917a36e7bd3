"""The lines of the plan de financement: costs, people, resources, each by year, in cents (referentiel 02 § 3)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from esms_desktop.lecture import Cout, CoutRh, Dossier, Og, Ressource
from esms_desktop.nomenclature.listes import libelle_nature, natures
from esms_desktop.regles.financement.calcul import LIBELLES_POSTES, POSTES
from esms_desktop.regles.financement.financement import FinancementDossier
from esms_desktop.regles.financement.materiels import avec_tva
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.regles.texte import net

T = TypeVar("T")
K = TypeVar("K")
# A year, or None for the column « année à préciser ».
Annee = int | None
ParAnnee = Mapping[Annee, int]


@dataclass(frozen=True)
class DetailCout:
    """One cost of a line, in cents. Its amounts are None while they are not known; `tva_pour_dix_mille`: 2000 is 20 %."""

    annee: Annee
    ht_cents: int | None
    tva_pour_dix_mille: int
    ttc_cents: int | None


@dataclass(frozen=True)
class LigneEmploi:
    """A cost of the project, year by year. `og`: who bears it, empty (and `og_id` None) when it is shared by all.

    `ids`: its rows in the model; `manquants`: those without amount, which add nothing to the sums; `details`: each of them.
    """

    nature: str
    libelle: str
    detail: str
    og_id: int | None
    og: str
    ht_par_annee: ParAnnee
    ttc_par_annee: ParAnnee
    ids: tuple[int | None, ...]
    manquants: int
    details: tuple[DetailCout, ...]

    @property
    def theme(self) -> str:
        """Theme of its nature: editeur, equipement, amoa, accompagnement or autre."""
        nature = natures().get(self.nature)
        return nature.theme if nature else "autre"

    @property
    def ht_cents(self) -> int:
        """Total before tax."""
        return sum(self.ht_par_annee.values())

    @property
    def ttc_cents(self) -> int:
        """Total, all taxes included: what the project pays."""
        return sum(self.ttc_par_annee.values())


@dataclass(frozen=True)
class DetailRh:
    """One year of a profile. `montant_cents` None while the ETP or the yearly cost is not known."""

    id: int | None
    annee: Annee
    etp_centiemes: int | None
    cout_annuel_cents: int | None
    part_projet_pour_cent: int
    montant_cents: int | None

    @property
    def etp_projet_centiemes(self) -> int | None:
        """The part of the full-time jobs given to the project, a half going up; None while the ETP is not known."""
        if self.etp_centiemes is None:
            return None
        return (self.etp_centiemes * self.part_projet_pour_cent + 50) // 100


@dataclass(frozen=True)
class LigneRh:
    """The cost of a profile, year by year; see LigneEmploi for `og`."""

    profil: str
    og_id: int | None
    og: str
    details: tuple[DetailRh, ...]
    par_annee: ParAnnee

    @property
    def total_cents(self) -> int:
        """Total of the known amounts."""
        return sum(self.par_annee.values())

    @property
    def manquants(self) -> int:
        """Years whose amount is not known."""
        return sum(1 for d in self.details if d.montant_cents is None)


@dataclass(frozen=True)
class LigneRessource:
    """A resource, year by year. `origine`: "programme", "autofinancement" or "autre"; `poste`: for the programme.

    `avance_cents` and `solde_cents` are those of the programme, 0 for the others. `manques`: the years of its rows
    without amount.
    """

    origine: str
    poste: str
    libelle: str
    og_id: int | None
    og: str
    par_annee: ParAnnee
    ids: tuple[int | None, ...] = ()
    avance_cents: int = 0
    solde_cents: int = 0
    manques: tuple[Annee, ...] = ()

    @property
    def manquants(self) -> int:
        """Rows whose amount is not known."""
        return len(self.manques)

    @property
    def total_cents(self) -> int:
        """Total of the known amounts."""
        return sum(self.par_annee.values())


def cout_rh_cents(etp_centiemes: int, cout_annuel_cents: int, part_pour_cent: int) -> int:
    """Cost of people for the project in one year, rounded to the nearest cent, a half going up."""
    return (etp_centiemes * cout_annuel_cents * part_pour_cent + 5_000) // 10_000


def emplois(dossier: Dossier) -> tuple[LigneEmploi, ...]:
    """The costs, in the order of the natures, those of several years on one line."""
    ogs = _ogs(dossier)
    rangs = {code: rang for rang, code in enumerate(natures())}
    lignes = []
    for (nature, detail, og_id), couts in _grouper(
        dossier.couts, lambda c: (c.nature, net(c.libelle), _og(c.og_id, ogs))
    ):
        ht: dict[Annee, int] = {}
        ttc: dict[Annee, int] = {}
        details = tuple(_detail_cout(c) for c in couts)
        for d in details:
            if d.ht_cents is not None and d.ttc_cents is not None:
                _ajouter(ht, d.annee, d.ht_cents)
                _ajouter(ttc, d.annee, d.ttc_cents)
        lignes.append(
            LigneEmploi(
                nature,
                libelle_nature(nature),
                detail,
                og_id,
                _nom(og_id, ogs),
                ht,
                ttc,
                tuple(c.id for c in couts),
                sum(d.ht_cents is None for d in details),
                details,
            )
        )
    lignes.sort(key=lambda x: rangs.get(x.nature, len(rangs)))
    return tuple(lignes)


def couts_rh(dossier: Dossier) -> tuple[LigneRh, ...]:
    """The costs of people, one line per profile and OG."""
    ogs = _ogs(dossier)
    lignes = []
    for (profil, og_id), couts in _grouper(dossier.couts_rh, lambda c: (net(c.profil), _og(c.og_id, ogs))):
        details = tuple(_detail(c) for c in couts)
        par_annee: dict[Annee, int] = {}
        for d in details:
            if d.montant_cents is not None:
                _ajouter(par_annee, d.annee, d.montant_cents)
        lignes.append(LigneRh(profil, og_id, _nom(og_id, ogs), details, par_annee))
    return tuple(lignes)


def ressources(dossier: Dossier, finance: FinancementDossier) -> tuple[LigneRessource, ...]:
    """The resources: postes of the programme, then own funds, then the others."""
    ogs = _ogs(dossier)
    lignes = list(_programme(finance))
    for origine in ("autofinancement", "autre"):
        vues: list[Ressource] = [
            r for r in dossier.ressources if (r.genre == "autre") == (origine == "autre")
        ]
        for (libelle, og_id), groupe in _grouper(vues, lambda r: (net(r.libelle), _og(r.og_id, ogs))):
            par_annee: dict[Annee, int] = {}
            for r in groupe:
                if r.montant_cents is not None:
                    _ajouter(par_annee, r.annee, r.montant_cents)
            dit = libelle or ("Autofinancement" if origine == "autofinancement" else "Autre ressource")
            lignes.append(
                LigneRessource(
                    origine,
                    "",
                    dit,
                    og_id,
                    _nom(og_id, ogs),
                    par_annee,
                    tuple(r.id for r in groupe),
                    manques=tuple(r.annee for r in groupe if r.montant_cents is None),
                )
            )
    return tuple(lignes)


def _programme(finance: FinancementDossier) -> Iterable[LigneRessource]:
    """The advance in the year of the agreement, the balance in that of its request (referentiel 01 § 8)."""
    projet = finance.projet
    (convention, _, _), (fin, _, _) = finance.par_annee
    avances = repartir(projet.avance_cents, [projet.postes_cents[p] for p in POSTES])
    for poste, avance in zip(POSTES, avances, strict=True):
        montant = projet.postes_cents[poste]
        if montant:
            par_annee: dict[Annee, int] = {}
            _ajouter(par_annee, convention, avance)
            _ajouter(par_annee, fin, montant - avance)
            yield LigneRessource(
                "programme",
                poste,
                LIBELLES_POSTES[poste],
                None,
                "",
                par_annee,
                avance_cents=avance,
                solde_cents=montant - avance,
            )


def _detail_cout(cout: Cout) -> DetailCout:
    ht, taux = cout.montant_ht_cents, cout.tva_pour_dix_mille
    # An object not saved yet has none of its defaults.
    taux = 2000 if taux is None else taux
    return DetailCout(cout.annee, ht, taux, None if ht is None else avec_tva(ht, taux))


def _detail(cout: CoutRh) -> DetailRh:
    etp, annuel = cout.etp_centiemes, cout.cout_annuel_cents
    part = 100 if cout.part_projet_pour_cent is None else cout.part_projet_pour_cent
    montant = cout_rh_cents(etp, annuel, part) if etp is not None and annuel is not None else None
    return DetailRh(cout.id, cout.annee, etp, annuel, part, montant)


def _ogs(dossier: Dossier) -> dict[int, Og]:
    return {og.id: og for og in dossier.ogs if og.id is not None}


def _og(og_id: int | None, ogs: Mapping[int, Og]) -> int | None:
    """The OG when it is still in the grappe, else None: the line is shared."""
    return og_id if og_id in ogs else None


def _nom(og_id: int | None, ogs: Mapping[int, Og]) -> str:
    return ogs[og_id].nom_court if og_id is not None else ""


def _ajouter(par_annee: dict[Annee, int], annee: Annee, montant: int) -> None:
    par_annee[annee] = par_annee.get(annee, 0) + montant


def _grouper(objets: Iterable[T], cle: Callable[[T], K]) -> Iterable[tuple[K, list[T]]]:
    """The objects that share a key, in the order they come."""
    groupes: dict[K, list[T]] = {}
    for objet in objets:
        groupes.setdefault(cle(objet), []).append(objet)
    return groupes.items()
