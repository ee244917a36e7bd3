"""The GALIS copy sheet: what the portal asks, screen by screen, with the values of the dossier ready to be copied.

The texts do not describe the screens one by one; the order is that of what they say of the request: the teleservice and
the funder, the porteur, the contact, the project, one table of establishments and amounts, the pieces (referentiel 01
§§ 4 and 11, 03 § 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Contact, Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import premiere
from esms_desktop.regles.dossier.pieces import NOMS_FICHIERS, etat_pieces
from esms_desktop.regles.financement.financement import LIBELLES_POSTES, FinancementDossier, financer_dossier
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.regles.recevabilite.eligibilite import Releve, champ_retenu, relever
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

TELESERVICE = "PAI Numérique"
_NIVEAUX = {"regional": "Régional", "national": "National"}
# Cells a spreadsheet would calculate when the table is pasted into it.
_DANGEREUX = tuple("=+-@＝＋－＠")


@dataclass(frozen=True)
class ChampGalis:
    """A field of a screen.

    Args:
        valeur: what is shown; empty when the dossier does not have it yet (`manque`).
        source: where the value comes from, in the words of the window.
        manque: the portal will ask it, and the dossier does not say it.
        brut: what is put in the clipboard when it differs from `valeur`: digits without spaces, figures without €.
    """

    libelle: str
    valeur: str
    source: str
    manque: bool = False
    brut: str = ""

    @property
    def copie(self) -> str:
        """What the copy button gives."""
        return self.brut or self.valeur


@dataclass(frozen=True)
class TableauGalis:
    """A table to copy whole: headers, rows of texts, and the last row that sums them."""

    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ecran:
    """A screen of the portal: its fields, its table when it has one, and what is to be known of it."""

    titre: str
    champs: tuple[ChampGalis, ...]
    tableau: TableauGalis | None = None
    note: str = ""


def fiche(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Ecran, ...]:
    """The sheet of a dossier, on the day `jour`; in the order of the portal."""
    return (
        _demande(dossier, campagne),
        _porteur(dossier),
        _contact(dossier),
        _projet(dossier, campagne, jour),
        _etablissements(dossier, campagne),
        _pieces(dossier, campagne),
    )


def tsv(ecran: Ecran) -> str:
    """A screen as text to paste: its table with tabs between the columns, or its fields one per line.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    if ecran.tableau is None:
        lignes: Sequence[tuple[str, ...]] = [(c.libelle, c.copie) for c in ecran.champs]
    else:
        t = ecran.tableau
        lignes = [t.colonnes, *t.lignes, *([t.total] if t.total else [])]
    return "".join("\t".join(_cellule(c) for c in ligne) + "\r\n" for ligne in lignes)


def _cellule(texte: str) -> str:
    plat = francais.une_ligne(texte)
    return f"'{plat}" if plat.startswith(_DANGEREUX) else plat


def _champ(libelle: str, valeur: str, source: str, brut: str = "") -> ChampGalis:
    net = valeur.strip()
    return ChampGalis(libelle, net, source, not net, brut if net else "")


def _numero(libelle: str, affiche: str, numero: str, source: str) -> ChampGalis:
    return _champ(libelle, affiche, source, normaliser(numero))


def _montant(libelle: str, cents: int, source: str) -> ChampGalis:
    return _champ(libelle, francais.euros(cents), source, _figures(cents))


def _figures(cents: int) -> str:
    """An amount as a portal takes it: figures only, a comma before the cents."""
    return francais.decimal(cents, milliers=False)


def _jour(libelle: str, jour: date | None, source: str) -> ChampGalis:
    longue, courte = (francais.date_longue(jour), francais.date_courte(jour)) if jour else ("", "")
    return _champ(libelle, longue, source, courte)


def _demande(dossier: Dossier, campagne: Campagne) -> Ecran:
    orientation = orienter_dossier(dossier, campagne)
    return Ecran(
        "Téléservice et financeur",
        (
            _champ("Téléservice", TELESERVICE, "Kit, dépôt"),
            _champ("Financeur à choisir", orientation.financeur, "Orientation du projet"),
            _champ("Niveau d’instruction", _NIVEAUX.get(orientation.niveau, ""), "Orientation du projet"),
            _champ("Campagne", campagne.titre, "Campagne du dossier"),
        ),
        note="Une seule demande regroupe tous les besoins du projet.",
    )


def _porteur(dossier: Dossier) -> Ecran:
    og = dossier.porteur or Og.vide()
    grappe = "Grappe, organisme porteur"
    return Ecran(
        "Organisme porteur",
        (
            _champ("Dénomination", og.nom, grappe),
            _champ("Forme juridique", og.forme_juridique or "", grappe),
            _numero("SIRET", numeros.ecrire_siret(og.siret or ""), og.siret or "", grappe),
            _numero("SIREN", numeros.ecrire_siren(og.siren or ""), og.siren or "", grappe),
            _numero(
                "FINESS juridique", numeros.ecrire_finess(og.finess_ej or ""), og.finess_ej or "", grappe
            ),
            _champ("Adresse", og.adresse or "", grappe),
            _champ("Code postal", og.code_postal or "", grappe),
            _champ("Commune", og.commune or "", grappe),
            _champ("Téléphone", og.telephone or "", grappe),
            _champ("Courriel", og.courriel or "", grappe),
            _champ("Représentant légal", og.representant_nom or "", grappe),
            _champ("Qualité du représentant", og.representant_qualite or "", grappe),
        ),
    )


def _contact(dossier: Dossier) -> Ecran:
    chef = premiere(dossier, RoleContact.CHEF_DE_PROJET)
    c = chef or Contact.vide()
    source = "Contacts, chef de projet"
    return Ecran(
        "Contact du projet",
        (
            _champ("Nom et prénom", c.nom, source),
            _champ("Fonction", c.fonction or ("Chef de projet" if chef else ""), source),
            _champ("Téléphone", c.telephone or "", source),
            _champ("Courriel", c.courriel or "", source),
        ),
        note="Le compte GALIS reçoit les demandes de complément : donnez une adresse relevée tous les jours.",
    )


def _projet(dossier: Dossier, campagne: Campagne, jour: date) -> Ecran:
    projet = financer_dossier(dossier, campagne).projet
    solution = dossier.solution
    champs = [
        _champ("Intitulé du projet", dossier.nom, "Dossier"),
        _champ("Type de projet", dossier.type_projet.libelle, "Dossier"),
        _champ("Description", dossier.contexte or "", "Note de présentation, contexte"),
        _champ("Objectifs", dossier.objectifs or "", "Note de présentation, objectifs"),
        _champ("Solution", solution.nom if solution else "", "Solution retenue"),
        _champ("Éditeur", solution.editeur or "" if solution else "", "Solution retenue"),
        _champ(
            "Référencement Ségur",
            solution.statut.libelle if solution and solution.statut else "",
            "Solution retenue",
        ),
        _jour("Début du projet", dossier.date_debut_projet, "Calendrier"),
        _jour("Fin du déploiement", dossier.date_fin_deploiement, "Calendrier"),
        *(
            _montant(libelle, projet.postes_cents[poste], "Financement, calculé")
            for poste, libelle in LIBELLES_POSTES.items()
            if projet.postes_cents[poste]
        ),
        _montant("Montant total demandé", projet.total_cents, "Financement, calculé"),
        _montant("Avance", projet.avance_cents, "Financement, calculé"),
        _montant("Solde", projet.solde_cents, "Financement, calculé"),
    ]
    return Ecran("Projet", tuple(champs), note=f"Valeurs du dossier au {francais.date_longue(jour)}.")


def _etablissements(dossier: Dossier, campagne: Campagne) -> Ecran:
    releve, financement = relever(dossier, campagne), financer_dossier(dossier, campagne)
    postes = [p for p in LIBELLES_POSTES if financement.projet.postes_cents[p]]
    montants = _par_essms(releve, financement, postes)
    lignes = []
    for ligne, cents in zip(releve.eligibles, montants, strict=True):
        e, champ = ligne.essms, champ_retenu(ligne.essms)
        identite = (
            normaliser(e.finess),
            e.nom,
            normaliser(ligne.og.finess_ej or ""),
            ligne.og.nom,
            e.categorie_libelle or e.categorie or "",
            champ.value if champ else "",
            e.commune or "",
            ligne.departement.code_insee if ligne.departement else e.departement or "",
            str(e.capacite) if e.capacite is not None else "",
        )
        lignes.append((*identite, *(_figures(c) for c in cents), _figures(sum(cents))))
    colonnes = (
        "FINESS géographique",
        "Établissement ou service",
        "FINESS juridique",
        "Organisme gestionnaire",
        "Catégorie",
        "Champ",
        "Commune",
        "Département",
        "Capacité",
        *(LIBELLES_POSTES[p] for p in postes),
        "Total",
    )
    sommes = [sum(c[i] for c in montants) for i in range(len(postes))]
    total = ("Total", *[""] * 8, *(_figures(s) for s in sommes), _figures(sum(sommes)))
    ecartes = len(releve.lignes) - len(releve.eligibles)
    champs = (
        _champ("Nombre d’établissements", str(len(lignes)) if lignes else "", "Grappe, ESSMS éligibles"),
        _montant("Montant total demandé", financement.projet.total_cents, "Financement, calculé"),
    )
    note = "Les montants de chaque organisme sont répartis à parts égales entre ses établissements éligibles."
    if ecartes:
        compte = francais.pluriel(ecartes, "établissement n’est", "établissements ne sont")
        note += f" {compte} pas {francais.accord(ecartes, 'compté', 'comptés')} : éligibilité refusée ou à préciser."
    return Ecran("Établissements et montants", champs, TableauGalis(colonnes, tuple(lignes), total), note)


def _par_essms(releve: Releve, financement: FinancementDossier, postes: list[str]) -> list[list[int]]:
    """Cents of each eligible ESSMS, poste by poste; they sum to the project, poste by poste."""
    reste = {
        id(og): [repartir(part.postes_cents[p], [1] * part.essms) for p in postes]
        for og, part in zip(releve.ogs, financement.parts, strict=True)
    }
    return [[parts.pop(0) for parts in reste[id(ligne.og)]] for ligne in releve.eligibles]


def _pieces(dossier: Dossier, campagne: Campagne) -> Ecran:
    etats = [e for e in etat_pieces(dossier, campagne) if e.obligation != "sans-objet"]
    champs = []
    for etat in etats:
        libelle = f"{etat.numero}. {etat.titre}"
        attendue = etat.manquante
        if attendue or (not etat.fichiers and etat.production == "jointe"):
            champs.append(ChampGalis(libelle, "", etat.raison, attendue))
        else:
            champs.append(ChampGalis(libelle, f"pieces/{NOMS_FICHIERS[etat.numero]}.pdf", etat.raison))
    extensions = ", ".join(campagne.extensions.valeur)
    return Ecran(
        "Pièces à téléverser",
        tuple(champs),
        note=f"Extensions admises : {extensions}. L’archive ZIP ne se dépose pas : elle est pour vous.",
    )
