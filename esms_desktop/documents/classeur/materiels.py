"""Piece 11 as a workbook: the priced list by OG, its totals, and the equipment money it must justify (referentiel 03 § 2)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.classeur import annees as par_annee
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Arrondi,
    Classeur,
    ColonneXl,
    Difference,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Plafond,
    Produit,
    Ref,
    SiConnu,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    TotalConnu,
    Valeur,
)
from esms_desktop.documents.produits import liste_materiels
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import dit_de, entete_de
from esms_desktop.regles.financement.financement import PartOg, financer_dossier
from esms_desktop.regles.financement.materiels import LigneMateriel, ListeMateriels, TotalMateriels, liste

CODE = liste_materiels.CODE
_RECAP = "recapitulatif"
_COMMUN = "Commun aux organismes"


def classeur(dossier: Dossier, campagne: Campagne, jour: date) -> Classeur:
    """The workbook; `jour` is not used by its content, only by the page that prints it."""
    materiels = liste(dossier)
    parts = financer_dossier(dossier, campagne).parts
    porteur = dossier.porteur
    return Classeur(
        CODE,
        liste_materiels.TITRE,
        dossier.nom,
        porteur.nom if porteur else "",
        (_lignes(dossier, materiels), _recapitulatif(materiels, parts)),
    )


def _lignes(dossier: Dossier, materiels: ListeMateriels) -> Feuille:
    # No column for what no line has.
    usages = any(x.usage.strip() for x in materiels.lignes)
    structures = any(x.essms for x in materiels.lignes)
    tables = [
        _table(rang, total, [x for x in materiels.lignes if x.og_id == total.og_id], usages, structures)
        for rang, total in enumerate(materiels.par_og)
    ]
    notes = [
        "Sur fond clair : ce qui se saisit ; les totaux suivent.",
        "Total TTC = total HT + TVA, arrondie au centime sur chaque ligne.",
    ]
    if not tables and dossier.equipement_demande is False:
        notes = [
            "Le projet ne demande pas de financement d’équipements : aucune liste n’est à fournir.",
        ]
    elif not tables:
        tables = [_vide()]
    if materiels.total.incompletes or (tables and not materiels.lignes):
        notes.append(par_annee.MANQUES)
    return Feuille("Matériels", liste_materiels.TITRE, tuple(tables), tuple(notes))


def _colonnes(usages: bool, structures: bool) -> tuple[ColonneXl, ...]:
    return (
        ColonneXl("materiel", "Matériel", largeur=28, saisie=True),
        *((ColonneXl("usage", entete_de("materiel.usage"), largeur=26, saisie=True),) if usages else ()),
        *((ColonneXl("structure", "Structure", largeur=24, saisie=True),) if structures else ()),
        ColonneXl("quantite", entete_de("materiel.quantite"), "compte", 9, saisie=True),
        ColonneXl("prix", entete_de("materiel.prix_unitaire_ht_cents"), "euros", 14, saisie=True),
        ColonneXl("ht", "Total HT", "euros", 15),
        ColonneXl("tva", entete_de("materiel.tva_pour_dix_mille"), "taux", 9, saisie=True),
        ColonneXl("ttc", "Total TTC", "euros", 15),
    )


def _table(
    rang: int, total: TotalMateriels, siennes: Sequence[LigneMateriel], usages: bool, structures: bool
) -> TableXl:
    """The list of one OG, or the shared one."""
    lignes = [_ligne(f"m{i}", x, usages, structures) for i, x in enumerate(siennes)]
    vides: tuple[Valeur, ...] = (None,) * (usages + structures)
    ht, ttc = (TotalConnu(c) for c in ("ht", "ttc"))
    fin = [LigneXl("total", ("Total", *vides, TotalConnu("quantite"), None, ht, None, ttc), "total")]
    if total.incompletes:
        compte: tuple[Valeur, ...] = (None, None, None, None, Manquants("ttc"))
        fin.append(LigneXl("manquants", ("Lignes à compléter", *vides, *compte), "controle"))
    return TableXl(_cle(rang), _nom(total.og), _colonnes(usages, structures), (*lignes, *fin))


def _ligne(cle: str, x: LigneMateriel, usages: bool, structures: bool) -> LigneXl:
    quantite, prix, ht = (Ref(cle, c) for c in ("quantite", "prix", "ht"))
    chiffres = (quantite, prix)
    return LigneXl(
        cle,
        (
            x.libelle.strip() or A_COMPLETER,
            *((x.usage.strip() or None,) if usages else ()),
            *((commun.bref(x.essms) or None,) if structures else ()),
            x.quantite if x.quantite is not None else A_COMPLETER,
            Euros(x.prix_unitaire_ht_cents) if x.prix_unitaire_ht_cents is not None else A_COMPLETER,
            SiConnu(chiffres, Produit(chiffres)),
            Fraction(x.tva_pour_dix_mille, 10_000),
            SiConnu(chiffres, Somme((ht, Arrondi(Produit((ht, Ref(cle, "tva"))))))),
        ),
    )


def _vide() -> TableXl:
    ligne = LigneXl("vide", (A_COMPLETER, *(A_COMPLETER,) * 3, None, A_COMPLETER))
    return TableXl(_cle(0), _COMMUN, _colonnes(False, False), (ligne,))


def _cle(rang: int) -> str:
    return f"materiels{rang}"


def _nom(og: str) -> str:
    return commun.bref(og, 110) or _COMMUN


def _recapitulatif(materiels: ListeMateriels, parts: Sequence[PartOg]) -> Feuille:
    """Totals by OG against what the programme is asked for."""
    demandes = {p.og_id: p.postes_cents.get("equipement", 0) for p in parts}
    demande = any(demandes.values())
    rangs = {t.og_id: rang for rang, t in enumerate(materiels.par_og)}
    noms = {p.og_id: p.nom for p in parts if p.og_id in rangs or demandes[p.og_id]}
    noms |= {t.og_id: t.og for t in materiels.par_og if t.og_id not in noms}
    lignes = []
    for i, (og_id, nom) in enumerate(noms.items()):
        rang = rangs.get(og_id)
        demandee = (Euros(demandes.get(og_id, 0)),) if demande else ()
        lignes.append(LigneXl(f"og{i}", (_nom(nom), *_totaux(f"og{i}", rang, materiels), *demandee)))
    if not lignes:
        # Nothing listed, nothing asked for.
        lignes = [LigneXl("aucun", ("Aucun matériel", 0, *(Euros(0),) * 3))]
    sommes = ("lignes", "ht", "tva", "ttc", *(("demande",) if demande else ()))
    fin = [LigneXl("total", ("Total", *(TotalConnu(c) for c in sommes)), "total")]
    if demande:
        couvert = Plafond(Total("demande"), Total("ttc"))
        reste = Difference(Total("ttc"), Total("demande"), positive=True)
        fin += [
            LigneXl("controle", ("Équipement demandé et liste", *(None,) * 4, couvert), "controle"),
            LigneXl("reste", ("Reste à la charge des organismes", *(None,) * 4, reste), "controle"),
        ]
    table = TableXl(
        _RECAP,
        "Totaux par organisme",
        (
            ColonneXl("og", "Organisme", largeur=34),
            ColonneXl("lignes", "Lignes", "compte", 9),
            ColonneXl("ht", "Total HT", "euros", 15),
            ColonneXl("tva", "TVA", "euros", 15),
            ColonneXl("ttc", "Total TTC", "euros", 15),
            *((ColonneXl("demande", dit_de("dossier.equipement_demande"), "euros", 18),) if demande else ()),
        ),
        (*lignes, *fin),
    )
    note = "Le financement d’équipement demandé ne dépasse pas le total toutes taxes de la liste."
    return Feuille("Récapitulatif", "Récapitulatif", (table,), (note,) if demande else ())


def _totaux(cle: str, rang: int | None, materiels: ListeMateriels) -> tuple[Valeur, ...]:
    if rang is None:
        return (0, *(Euros(0),) * 3)
    ht, ttc = (SommeConnue((Ref("total", c, _cle(rang)),)) for c in ("ht", "ttc"))
    tva = SiConnu((Ref(cle, "ht"), Ref(cle, "ttc")), Difference(Ref(cle, "ttc"), Ref(cle, "ht")))
    return (materiels.par_og[rang].lignes, ht, tva, ttc)
