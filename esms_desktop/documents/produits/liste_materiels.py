"""Piece 11: the priced list of materials, line by line and organisme by organisme (referentiel 03 § 2)."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Encadre,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.financement.materiels import LigneMateriel, ListeMateriels, TotalMateriels, liste
from esms_desktop.regles.financement.pluriannuel import plan

CODE = "liste-materiels"
TITRE = "Liste chiffrée des matériels"
_COMMUN = "Commun aux organismes"


@produit(CODE, TITRE, piece=11)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The list; `jour` is not used by its text, only by the page that prints it."""
    materiels = liste(dossier)
    blocs: list[Bloc] = [*modeles.blocs_de(dossier, campagne, CODE, "presentation")]
    if not materiels.lignes:
        blocs += _vide(dossier)
    else:
        if (taux := _tva_commune(materiels)) is not None:
            blocs.append(Paragraphe(f"TVA : {francais.pour_cent(taux, zeros=False)}.", discret=True))
        rangs = [_detail(rang, total, materiels) for rang, total in enumerate(materiels.par_og, 1)]
        blocs += [b for groupe in rangs for b in groupe]
        blocs += [Titre(1, f"{len(rangs) + 1}. Récapitulatif"), _recapitulatif(materiels)]
        blocs += _financement(dossier, campagne, materiels)
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _vide(dossier: Dossier) -> list[Bloc]:
    if dossier.equipement_demande is False:
        return [
            Encadre(
                "info",
                "Le projet ne demande pas de financement d’équipements : aucune liste n’est à fournir.",
            )
        ]
    return [
        Paragraphe(
            (
                "Aucun matériel n’est encore inscrit : ",
                Manque("liste des matériels", code="materiel.libelle"),
                ".",
            )
        ),
    ]


def _nom(total: TotalMateriels) -> str:
    return commun.bref(total.og, 110) or _COMMUN


def _tva_commune(materiels: ListeMateriels) -> int | None:
    """The rate of every line, in ten-thousandths; None when there are several."""
    taux = {x.tva_pour_dix_mille for x in materiels.lignes}
    return taux.pop() if len(taux) == 1 else None


def _detail(rang: int, total: TotalMateriels, materiels: ListeMateriels) -> list[Bloc]:
    lignes = [x for x in materiels.lignes if x.og_id == total.og_id]
    tva = _tva_commune(materiels) is None
    # No column for what no line has.
    structures = any(x.essms for x in lignes)
    return [
        Titre(1, f"{rang}. {_nom(total)}"),
        Tableau(
            (
                Colonne("Matériel", 2.5),
                *((Colonne("Structure", 1.5),) if structures else ()),
                Colonne("Qté", 0.5, "droite"),
                Colonne(entete_de("materiel.prix_unitaire_ht_cents"), 0.95, "droite"),
                Colonne("Total HT", 0.95, "droite"),
                *((Colonne(entete_de("materiel.tva_pour_dix_mille"), 0.6, "droite"),) if tva else ()),
                Colonne("Total TTC", 0.95, "droite"),
            ),
            tuple(_ligne(x, tva, structures) for x in lignes),
            (
                "Total",
                *(("",) if structures else ()),
                "—"
                if any(x.quantite is None for x in lignes)
                else francais.nombre(sum(x.quantite or 0 for x in lignes)),
                "",
                _somme(total.ht_cents),
                *(("",) if tva else ()),
                _somme(total.ttc_cents),
            ),
        ),
    ]


def _ligne(x: LigneMateriel, tva: bool, structures: bool) -> tuple[Contenu, ...]:
    nom = x.libelle
    return (
        (Texte(nom, gras=True), f"\n{x.usage}" if x.usage.strip() else ""),
        *((commun.bref(x.essms) or "—",) if structures else ()),
        francais.nombre(x.quantite)
        if x.quantite is not None
        else Manque(f"quantité ({nom})", "-", code="materiel.quantite"),
        _montant(x.prix_unitaire_ht_cents, f"prix unitaire ({nom})", code="materiel.prix_unitaire_ht_cents"),
        _montant(x.ht_cents, ""),
        *((francais.pour_cent(x.tva_pour_dix_mille, zeros=False),) if tva else ()),
        _montant(x.ttc_cents, ""),
    )


def _montant(cents: int | None, nom: str, code: str = "") -> Contenu:
    if cents is not None:
        return francais.euros(cents)
    return Manque(nom, "-", code) if nom else "—"


def _somme(cents: int) -> str:
    """The sum of what has a price; « — » while nothing has one."""
    return francais.euros(cents) if cents else "—"


def _recapitulatif(materiels: ListeMateriels) -> Tableau:
    total = materiels.total
    return Tableau(
        (
            Colonne("Organisme", 3),
            Colonne("Lignes", 0.7, "droite"),
            Colonne("Total HT", 1.2, "droite"),
            Colonne("TVA", 1.1, "droite"),
            Colonne("Total TTC", 1.2, "droite"),
        ),
        tuple(
            (
                _nom(t),
                francais.nombre(t.lignes),
                _somme(t.ht_cents),
                _somme(t.tva_cents),
                _somme(t.ttc_cents),
            )
            for t in materiels.par_og
        ),
        (
            "Total",
            francais.nombre(total.lignes),
            _somme(total.ht_cents),
            _somme(total.tva_cents),
            _somme(total.ttc_cents),
        ),
    )


def _financement(dossier: Dossier, campagne: Campagne, materiels: ListeMateriels) -> list[Bloc]:
    """What the programme pays of it: never more than the list (referentiel 02 § 3)."""
    demande = financer_dossier(dossier, campagne).projet.postes_cents.get("equipement", 0)
    if not demande:
        qui = "de l’organisme" if len(dossier.ogs) == 1 else "des organismes"
        hors = ""
        if not plan(dossier, campagne).theme_cents("equipement"):
            hors = " Le plan de financement ne les compte pas parmi ses emplois : à y inscrire."
        return [
            Encadre(
                "info",
                (
                    f"Aucun financement d’équipement n’est demandé : ces achats restent à la charge {qui}.",
                    Texte(hors, travail=True),
                ),
            )
        ]
    ttc = materiels.total.ttc_cents
    reste = ttc - demande
    if reste < 0:
        return [
            Encadre(
                "alerte",
                f"Le financement d’équipement demandé ({francais.euros(demande)}) dépasse de {francais.euros(-reste)} le total de "
                "cette liste : il ne peut couvrir que des dépenses réelles.",
            )
        ]
    return [
        Encadre(
            "info",
            f"Financement d’équipement demandé : {francais.euros(demande)}. Cette liste le justifie ; "
            + (
                f"{francais.euros(reste)} restent à la charge des organismes."
                if reste
                else "rien ne reste à charge."
            ),
        )
    ]
