"""The sheet by poste of piece 6: how many ESSMS, at what amount, and what it makes; the price of the éditeur (referentiel 02 § 1)."""

from dataclasses import dataclass
from fractions import Fraction

from esms_desktop import francais
from esms_desktop.campagnes.chargement import en_clair
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import montants, provenances
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Calcul,
    ColonneXl,
    Difference,
    Euros,
    Feuille,
    LigneXl,
    Moindre,
    Nombre,
    Produit,
    Ref,
    Role,
    SiConnu,
    Somme,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.financement.calcul import (
    LIBELLES_POSTES,
    LigneCalcul,
    PrestationSegur,
    plafonds_logiciel,
)
from esms_desktop.regles.financement.financement import FinancementDossier

POSTES, OGS, COMPTE, EDITEUR = "postes", "ogs", "compte", "editeur"
_PRIX = Ref("prix", "montant", EDITEUR)


def demandes(financement: FinancementDossier) -> list[str]:
    """The postes the project asks for."""
    return [p for p in LIBELLES_POSTES if financement.projet.postes_cents.get(p)]


@dataclass(frozen=True)
class _Tarif:
    """How the amount of a poste is counted: how many at the full amount, how many past it (whole euros).

    `nombre`, `suivants`: what is counted; None: one amount for the project.
    """

    nombre: Ref | None
    plein: int
    suivants: Ref | None = None
    au_dela: int = 0
    plafonne: bool = False


def par_poste(dossier: Dossier, campagne: Campagne, financement: FinancementDossier) -> Feuille:
    """The postes; the number of ESSMS comes from the sheet by OG."""
    projet = financement.projet
    tables = [_compte(campagne), _postes(campagne, financement), *_editeur(dossier, financement)]
    if projet.prestation_segur:
        tables.append(_segur(projet.prestation_segur))
    dites = montants.hypotheses(projet)
    notes = (
        "Sur fond clair : les montants du barème et le prix de l’éditeur. Le nombre d’ESSMS se saisit sur la feuille par organisme.",
        *((f"Hypothèses à confirmer par le financeur. {dites}",) if dites else ()),
        *map(provenances.nettes, montants.remarques(projet, campagne)),
    )
    return Feuille("Par poste", f"Plan de financement · {campagne.titre}", tuple(tables), notes)


def _compte(campagne: Campagne) -> TableXl:
    """How many ESSMS are counted, and how many of them at the full amount."""
    maximum, plein = campagne.taille.maximum_finance.valeur, campagne.financement.dernier_rang_plein.valeur
    eligibles, finances = Ref("eligibles", "nombre"), Ref("finances", "nombre")
    lignes: list[tuple[str, str, Calcul]] = [("eligibles", "ESSMS éligibles", Total("essms", OGS))]
    borne: Calcul = eligibles if maximum is None else Moindre(eligibles, Nombre(Fraction(maximum)))
    lignes.append(("finances", "ESSMS financés", borne))
    premiers: Calcul = finances if plein is None else Moindre(finances, Nombre(Fraction(plein)))
    lignes.append(("premiers", "dont au plein tarif", premiers))
    lignes.append(("suivants", "dont au-delà", Difference(finances, Ref("premiers", "nombre"))))
    lignes.append(("petits", "ESSMS financés de petit organisme", Moindre(Total("petits", OGS), finances)))
    return TableXl(
        COMPTE,
        "ESSMS comptés",
        (ColonneXl("libelle", "Nombre", largeur=34), ColonneXl("nombre", "ESSMS", "compte", 12)),
        tuple(LigneXl(cle, (libelle, calcul)) for cle, libelle, calcul in lignes),
    )


def _tarifs(campagne: Campagne, financement: FinancementDossier) -> dict[str, _Tarif]:
    demande = financement.demande
    bareme = campagne.financement.bareme(demande.type_projet)
    premiers, suivants = (Ref(c, "nombre", COMPTE) for c in ("premiers", "suivants"))
    tarifs = {
        "usages": _Tarif(premiers, bareme.usages_euros.valeur, suivants, bareme.usages_au_dela_euros.valeur),
        "equipement": _Tarif(Ref("petits", "nombre", COMPTE), bareme.equipement_euros.valeur),
        "amoa_marche": _Tarif(None, bareme.amoa_marche_euros.valeur),
        "pilotage": _Tarif(None, bareme.pilotage_euros.valeur),
    }
    if demande.statut is not None:
        plein, au_dela = plafonds_logiciel(bareme, demande.statut)
        tarifs["logiciel"] = _Tarif(premiers, plein.valeur, suivants, au_dela.valeur, plafonne=True)
    return tarifs


def _attendu(tarif: _Tarif, campagne: Campagne, financement: FinancementDossier) -> int:
    """What the formula of a poste gives for the dossier as it is, in cents."""
    demande = financement.demande
    maximum, plein = campagne.taille.maximum_finance.valeur, campagne.financement.dernier_rang_plein.valeur
    finances = demande.essms if maximum is None else min(demande.essms, maximum)
    premiers = finances if plein is None else min(finances, plein)
    petits = min(sum(p.essms for p in financement.parts if p.petit), finances)
    nombre = 1 if tarif.nombre is None else petits if tarif.nombre.ligne == "petits" else premiers
    reste = finances - premiers if tarif.suivants is not None else 0
    montant = (nombre * tarif.plein + reste * tarif.au_dela) * 100
    if tarif.plafonne and demande.prix_cents is not None:
        return min(montant, demande.prix_cents)
    return montant


def _postes(campagne: Campagne, financement: FinancementDossier) -> TableXl:
    tarifs = _tarifs(campagne, financement)
    lignes = []
    for poste in demandes(financement):
        siennes = [ligne for ligne in financement.projet.lignes if ligne.poste == poste]
        lignes.append(LigneXl(poste, _poste(poste, siennes, tarifs.get(poste), campagne, financement)))
    total = LigneXl("total", ("Total demandé", *(None,) * 4, Total("montant"), None), "total")
    return TableXl(
        POSTES,
        "Ressources demandées, par poste",
        (
            ColonneXl("poste", "Poste", largeur=30),
            ColonneXl("nombre", "Nombre", "compte", 10),
            ColonneXl("unitaire", "Montant unitaire", "euros", 14, saisie=True),
            ColonneXl("suivants", "Nombre au-delà", "compte", 10),
            ColonneXl("au_dela", "Montant unitaire au-delà", "euros", 14, saisie=True),
            ColonneXl("montant", "Montant", "euros", 16),
            ColonneXl("texte", "Texte appliqué", largeur=34),
        ),
        (*lignes, total),
    )


def _poste(
    poste: str,
    lignes: list[LigneCalcul],
    tarif: _Tarif | None,
    campagne: Campagne,
    financement: FinancementDossier,
) -> tuple[Valeur, ...]:
    montant = financement.projet.postes_cents[poste]
    texte = francais.majuscule(" ; ".join(dict.fromkeys(_texte(x, campagne) for x in lignes)))
    if tarif is None or _attendu(tarif, campagne, financement) != montant:
        # Counted by a rule the sheet does not have: the amount stands as it is, and says so.
        return (
            LIBELLES_POSTES[poste],
            *(None,) * 4,
            Euros(montant),
            f"{texte} (montant calculé par l’application)",
        )
    cellules = [Ref(poste, c) for c in ("nombre", "unitaire", "suivants", "au_dela")]
    calcul: Calcul = Produit((cellules[0], cellules[1]))
    if tarif.suivants is not None:
        calcul = Somme((calcul, Produit((cellules[2], cellules[3]))))
    valeur: Valeur = calcul
    if tarif.plafonne:
        valeur = SiConnu((_PRIX,), Moindre(calcul, _PRIX), sinon=calcul)
    return (
        LIBELLES_POSTES[poste],
        tarif.nombre or 1,
        Euros(tarif.plein * 100),
        tarif.suivants,
        Euros(tarif.au_dela * 100) if tarif.suivants is not None else None,
        valeur,
        texte,
    )


def _texte(ligne: LigneCalcul, campagne: Campagne) -> str:
    if ligne.hypothese:
        return "hypothèse"
    return en_clair(ligne.source, campagne.region)


def _montant(cle: str, libelle: str, valeur: Valeur, role: Role = "donnee") -> LigneXl:
    return LigneXl(cle, (libelle, None, None, None, None, valeur), role)


def _colonnes_montant(saisie: bool = False) -> tuple[ColonneXl, ...]:
    # Under the column of the amounts by poste.
    return (
        ColonneXl("libelle", entete_de("ressource.libelle"), largeur=30),
        *(ColonneXl(f"vide{i}", "") for i in range(4)),
        ColonneXl("montant", entete_de("ressource.montant_cents"), "euros", 16, saisie),
    )


def _editeur(dossier: Dossier, financement: FinancementDossier) -> tuple[TableXl, ...]:
    """The price of the éditeur against the software part; nothing when the project does not ask for that part."""
    if not financement.projet.postes_cents.get("logiciel"):
        return ()
    prix = dossier.solution.prix_cents if dossier.solution else None
    reste = SiConnu(
        (Ref("prix", "montant"),), Difference(Ref("prix", "montant"), Ref("part", "montant"), positive=True)
    )
    return (
        TableXl(
            EDITEUR,
            "Prix de l’éditeur et part financée",
            _colonnes_montant(saisie=True),
            (
                _montant(
                    "prix",
                    "Prix de la prestation, toutes taxes comprises",
                    Euros(prix) if prix is not None else A_COMPLETER,
                ),
                _montant("part", "Part logiciel demandée", Somme((Ref("logiciel", "montant", POSTES),))),
                _montant("reste", "Reste à charge des organismes", reste, "total"),
            ),
        ),
    )


def _segur(prestation: PrestationSegur) -> TableXl:
    titre = "Prestation Ségur versée à l’éditeur"
    return TableXl(
        "segur",
        f"{titre}, hors du total demandé" if prestation.indicatif else titre,
        _colonnes_montant(),
        (
            _montant("avance", "Avance", Euros(prestation.avance_cents)),
            _montant("solde", "Solde", Euros(prestation.solde_cents)),
            _montant("total", "Total", Total("montant"), "total"),
        ),
        (prestation.note,),
    )
