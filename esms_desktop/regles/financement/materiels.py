"""The priced list of materials, piece 11: its lines, its totals, what it lacks (referentiel 03 § 2)."""

from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Materiel
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Cible, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, attendu, controle


@dataclass(frozen=True)
class LigneMateriel:
    """A line of the list, in cents. Its amounts are None while its quantity or its price is unknown.

    `og`, `essms`: names for which it is bought, empty when it is shared. `tva_pour_dix_mille`: 2000 is 20 %.
    """

    id: int | None
    libelle: str
    usage: str
    og_id: int | None
    og: str
    essms_id: int | None
    essms: str
    quantite: int | None
    prix_unitaire_ht_cents: int | None
    tva_pour_dix_mille: int
    ht_cents: int | None
    ttc_cents: int | None

    @property
    def complete(self) -> bool:
        """Whether its quantity and its price are known."""
        return self.ht_cents is not None


@dataclass(frozen=True)
class TotalMateriels:
    """Sums of the complete lines of one OG, or of all, in cents. `incompletes`: lines left out of the sums."""

    og_id: int | None
    og: str
    lignes: int
    incompletes: int
    ht_cents: int
    ttc_cents: int

    @property
    def tva_cents(self) -> int:
        """The tax, in cents."""
        return self.ttc_cents - self.ht_cents


@dataclass(frozen=True)
class ListeMateriels:
    """The list. `par_og`: one total for each OG that has lines, in the order of the grappe, the shared ones last."""

    lignes: tuple[LigneMateriel, ...]
    par_og: tuple[TotalMateriels, ...]
    total: TotalMateriels


def avec_tva(ht_cents: int, tva_pour_dix_mille: int) -> int:
    """An amount all taxes included, in cents: the tax is rounded to the nearest cent, a half going up."""
    return ht_cents + (ht_cents * tva_pour_dix_mille + 5_000) // 10_000


@fait
def liste(dossier: Dossier) -> ListeMateriels:
    """The priced list of the dossier; a line without quantity or price adds nothing to the totals and is counted apart."""
    ogs: dict[int | None, str] = {og.id: og.nom_court for og in dossier.ogs if og.id is not None}
    vises = {m.essms_id for m in dossier.materiels}
    noms: dict[int | None, str] = {}
    if vises - {None}:
        noms = {cle: e.nom for e in dossier.essms if (cle := e.id) in vises and cle is not None}
    lignes = tuple(_ligne(m, ogs, noms) for m in dossier.materiels)
    presents = {ligne.og_id for ligne in lignes}
    par_og = [
        _total(cle, nom, tuple(x for x in lignes if x.og_id == cle))
        for cle, nom in [*ogs.items(), (None, "")]
        if cle in presents
    ]
    return ListeMateriels(lignes, tuple(par_og), _total(None, "", lignes))


def _ligne(materiel: Materiel, ogs: dict[int | None, str], noms: dict[int | None, str]) -> LigneMateriel:
    quantite, prix, taux = materiel.quantite, materiel.prix_unitaire_ht_cents, materiel.tva_pour_dix_mille
    # An object not saved yet has none of its defaults.
    taux = 2000 if taux is None else taux
    ht = quantite * prix if quantite is not None and prix is not None else None
    ttc = avec_tva(ht, taux) if ht is not None else None
    og_id, essms_id = materiel.og_id, materiel.essms_id
    og = ogs.get(og_id)
    return LigneMateriel(
        materiel.id,
        materiel.libelle,
        materiel.usage or "",
        og_id if og is not None else None,
        og or "",
        essms_id,
        noms.get(essms_id, ""),
        quantite,
        prix,
        taux,
        ht,
        ttc,
    )


def _total(og_id: int | None, og: str, lignes: tuple[LigneMateriel, ...]) -> TotalMateriels:
    return TotalMateriels(
        og_id,
        og,
        len(lignes),
        sum(1 for x in lignes if not x.complete),
        sum(x.ht_cents or 0 for x in lignes),
        sum(x.ttc_cents or 0 for x in lignes),
    )


@fait
def controler_materiels(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on the list: it is there when equipment is asked, and each line has a quantity and a price."""
    materiels = liste(dossier)
    source = campagne.pieces[11].origine
    incompletes = [x for x in materiels.lignes if not x.complete]
    sans_prix = Modele(
        "materiels.prix-quantite",
        attendu(campagne),
        "Des matériels n’ont pas de prix ou de quantité",
        "La liste est chiffrée : une ligne sans prix ou sans quantité n’entre dans aucun total.",
        "Saisissez la quantité et le prix unitaire hors taxes de chaque matériel.",
        source,
    )
    vide = Modele(
        "materiels.vide",
        attendu(campagne),
        "Le projet demande des équipements, et la liste des matériels est vide",
        "Le financement des équipements s’appuie sur une liste chiffrée, en quantité et en prix.",
        "Ajoutez les matériels un à un, ou collez-les depuis un tableur.",
        source,
    )
    inutile = Modele(
        "materiels.sans-demande",
        Gravite.CONSEIL,
        "Des matériels sont listés, et le projet ne demande pas d’équipements",
        "La liste n’est jointe au dossier que si le projet demande le financement d’équipements.",
        "Demandez ce financement, ou gardez la liste pour votre suivi.",
        source,
    )
    premier = incompletes[0].id if incompletes else None
    champ = "quantite" if incompletes and incompletes[0].quantite is None else "prix_unitaire_ht_cents"
    lignes = bool(materiels.lignes)
    return (
        controle(
            vide, Cible(Page.FINANCEMENT, "materiel"), dossier.equipement_demande is True and not lignes
        ),
        controle(
            sans_prix,
            Cible(Page.FINANCEMENT, "materiel", premier, champ),
            bool(incompletes),
            f"{francais.pluriel(len(incompletes), 'matériel')} : "
            f"{francais.resumer([x.libelle for x in incompletes])}",
        ),
        controle(
            inutile,
            Cible(Page.FINANCEMENT, "dossier", None, "equipement_demande"),
            dossier.equipement_demande is False and lignes,
        ),
    )
