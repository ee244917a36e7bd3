"""Builds a dossier from its recipe through the public doors: what is refused to a person cannot be in it."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from stdnum import luhn

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue, modeles
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes import risques
from esms_desktop.gestes.joindre import joindre_fichier
from esms_desktop.gestes.planning import ajout as planning_ajout
from esms_desktop.model import (
    ActionCommunication,
    Autodiagnostic,
    Brique,
    Complement,
    Contact,
    Cout,
    CoutRh,
    Dossier,
    Essms,
    Fermeture,
    Instance,
    Materiel,
    Og,
    PointPreparation,
    Ressource,
    SessionFormation,
    Signature,
    Solution,
    TexteDocument,
    Vague,
)
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.listes import briques, natures, points_controle
from esms_desktop.nomenclature.risques_types import risques_types
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, RoleContact, StatutSolution
from esms_desktop.regles.dossier.signatures import A_SIGNER, donnees
from esms_desktop.store.porte import Porte
from tests.fiabilite.ecritures import Plume
from tests.fiabilite.pieces import ecrire_piece
from tests.fiabilite.recettes import Recette

JOUR = date(2023, 6, 1)
T = TypeVar("T")
# The largest amount a cell of the plan takes (ui/pages/financement/modele_valeurs.py), and the largest the base keeps.
_GRAND, _PLUS_GRAND = 10**13, 2**63 - 1
_ANNEES = (2015, 2060)
_TAUX = (0, 210, 550, 1000, 2000, 10_000)


class Constructeur:
    """One dossier being entered."""

    def __init__(self, porte: Porte, recette: Recette) -> None:
        self.porte, self.recette = porte, recette
        self.hasard = random.Random(recette.graine)
        self.plume = Plume(self.hasard, recette.noms)
        self.campagne = charger(recette.campagne)

    # Values.

    def reponse(self) -> bool | None:
        """An answer, or none yet."""
        choix = {"rien": (None,), "tout": (True, False), "melange": (True, False, None)}
        return self.hasard.choice(choix[self.recette.reponses])

    def parmi(self, choix: Sequence[T]) -> T | None:
        """One of a list, or none yet."""
        return None if self.reponse() is None else self.hasard.choice(choix)

    def montant(self, plafond: int = _GRAND) -> int | None:
        """Cents."""
        grands = (plafond, plafond - 1, self.hasard.randrange(plafond))
        genres = {
            "ordinaires": (None, self.hasard.randrange(20_000_000)),
            "nuls": (0, None),
            "centimes": (1, 99, self.hasard.randrange(100_000)),
            "enormes": grands,
        }
        return self.hasard.choice(genres[self.recette.montants])

    def nombre(self, plafond: int) -> int | None:
        """A count."""
        return self.hasard.choice((None, 0, 1, self.hasard.randrange(60), plafond))

    def jour(self, debut: date = date(2022, 1, 1), jours: int = 1500) -> date | None:
        """A day as the fields of dates take it: any day of the calendar."""
        if self.recette.dates == "absentes":
            return None
        if self.recette.dates == "lointaines":
            return self.hasard.choice((date.min, date.max, date(1900, 2, 28), date(2100, 12, 31), None))
        return debut + timedelta(self.hasard.randrange(jours))

    def jour_de_projet(self) -> date:
        """A day as the planning takes it: from 2000 to 2100."""
        if self.recette.dates == "lointaines":
            return self.hasard.choice((date(2000, 1, 1), date(2100, 12, 31)))
        return date(2022, 1, 3) + timedelta(self.hasard.randrange(900))

    def annee(self) -> int | None:
        """A year as the cells of the plan take it."""
        if self.recette.dates == "ordinaires":
            return self.hasard.choice((2023, 2024, 2025, 2026))
        return self.hasard.choice((None, *_ANNEES, self.hasard.randint(*_ANNEES)))

    def numero(self, debut: str, taille: int) -> str:
        """A number with a right key, or what somebody typed instead."""
        base = (debut + str(self.hasard.randrange(10**taille)).zfill(taille))[: taille - 1].ljust(
            taille - 1, "0"
        )
        # The letter of Corse counts as the figure of its order.
        juste = base + luhn.calc_check_digit(base.translate({65: "1", 66: "2"}))
        return self.hasard.choice((juste, juste, juste, "", self.plume.nom(20)))

    # Parts of the dossier.

    def construire(self, pieces: Path) -> Dossier:
        """Enters the whole dossier; `pieces`: where the files to attach are written first."""
        d = self._entete()
        self.porte.ajouter(d, libelle="Créer")
        with self.porte.geste("Remplir"):
            self._relier(d)
        d = self._relire(d)
        self._risquer(d)
        if self.recette.plan_type:
            with suppress(ErreurSaisie):
                planning_ajout.poser_plan_type(self.porte, d, self.campagne, self.jour_de_projet())
            self._planifier(d)
            with suppress(ErreurSaisie):
                planning_ajout.taches_des_actions(self.porte, d, d.actions_risques)
        self._joindre(d, pieces)
        if self.recette.signatures:
            self._signer(d)
        return self._relire(d)

    def _relire(self, d: Dossier) -> Dossier:
        relu = self.porte.dossier_par_id(d.id)
        assert relu is not None
        return relu

    def _entete(self) -> Dossier:
        r, p = self.recette, self.plume
        d = Dossier(nom=p.nom(), campagne_id=r.campagne, type_projet=r.type_projet, amoa_nom=p.peut_etre())
        for champ in (
            "portee_nationale",
            "sad",
            "pilotage_demande",
            "equipement_demande",
            "mise_en_ordre_marche",
            "amoa",
        ):
            setattr(d, champ, self.reponse())
        d.sad_exception = self.parmi(list(ExceptionSad))
        d.cle_repartition = self.hasard.choice(("essms", "places", "etp", "libre"))
        debut = date(2022, 1, 3)
        for champ in (
            "date_depot_prevue",
            "date_convention",
            "date_debut_projet",
            "date_debut_parametrage",
            "date_fin_deploiement",
            "date_mise_en_ordre_marche",
        ):
            setattr(d, champ, self.jour(debut, 300 if r.dates == "ordinaires" else 2000))
            debut += timedelta(200 if r.dates == "ordinaires" else 0)
        for champ in (
            "contexte",
            "objectifs",
            "hebergement",
            "reprise_donnees",
            "points_attention",
            "mutualisation",
            "strategie_deploiement",
            "strategie_formation",
            "notes",
        ):
            setattr(d, champ, p.texte())
        d.solutions = [self._solution(rang) for rang in range(r.solutions)]
        d.vagues = [self._vague(rang) for rang in range(r.vagues)]
        d.ogs = [self._og(rang) for rang in range(r.ogs)]
        for rang in range(r.essms if d.ogs else 0):
            d.ogs[self.hasard.randrange(r.ogs)].essms.append(self._essms(d, rang))
        d.instances = [
            Instance(rang=i, nom=p.nom(), role=p.texte(), composition=p.texte(), frequence=p.peut_etre())
            for i in range(self.hasard.randrange(4))
        ]
        if r.reponses != "rien":
            d.points_preparation = [
                PointPreparation(code=c, reponse=self.reponse(), commentaire=p.peut_etre(600))
                for c in points_controle()
            ]
        if r.textes:
            d.textes = [
                TexteDocument(document=g.code, section=s.code, texte=p.texte())
                for g in catalogue.generes()
                for s in modeles.sections(g.code)
                if self.hasard.random() < 0.5
            ]
        return d

    def _solution(self, rang: int) -> Solution:
        return Solution(
            retenue=rang == 0 and self.reponse() is not False,
            nom=self.plume.nom(),
            editeur=self.plume.peut_etre(),
            statut=self.parmi(list(StatutSolution)),
            date_referencement=self.jour(),
            date_referencement_prevue=self.jour(),
            dans_sad=self.reponse(),
            prix_cents=self.montant(_PLUS_GRAND),
        )

    def _vague(self, rang: int) -> Vague:
        debut, p = self.jour(date(2023, 1, 2) + timedelta(100 * rang)), self.plume
        fin = self.jour() if debut is None or self.recette.dates != "ordinaires" else debut + timedelta(90)
        return Vague(
            rang=rang,
            nom=p.nom(),
            pilote=rang == 0,
            debut=debut,
            fin=fin,
            prerequis=p.texte(),
            assistance=p.texte(),
        )

    def _og(self, rang: int) -> Og:
        p = self.plume
        og = Og(
            rang=rang,
            est_porteur=rang == 0 and self.hasard.random() < 0.9,
            nom=p.nom(300),
            sigle=p.peut_etre(80),
            forme_juridique=p.peut_etre(),
            association=self.reponse(),
            siren=self.numero("", 9),
            siret=self.numero("", 14),
            finess_ej=self.numero("910", 9),
            adresse=p.peut_etre(300),
            code_postal=p.peut_etre(10),
            commune=p.peut_etre(120),
            telephone=p.peut_etre(40),
            courriel=p.peut_etre(),
            representant_nom=p.peut_etre(),
            representant_qualite=p.peut_etre(),
            dpo_nom=p.peut_etre(),
            dpo_courriel=p.peut_etre(),
            nb_essms_total=self.nombre(999_999),
            etp_centiemes=self.nombre(10_000_00),
            part_libre_pour_dix_mille=self.nombre(10_000),
            commande_publique=self.reponse(),
            marche_en_cours=self.reponse(),
        )
        if self.recette.reponses != "rien":
            og.briques = [
                Brique(code=c, acquise=self.reponse(), commentaire=p.peut_etre()) for c in briques()
            ]
            og.autodiagnostics = [
                Autodiagnostic(genre=g, realise=self.reponse(), date=self.jour(), resultat=p.peut_etre(600))
                for g in ("si", "cyber")
            ]
        return og

    def _essms(self, d: Dossier, rang: int) -> Essms:
        p, categorie = self.plume, self.hasard.choice([*list(categories().values())[::7], *[None] * 5])
        champ = champ_de(categorie.code) if categorie else None
        lieu = self.hasard.choice(list(departements()))
        e = Essms(
            rang=rang,
            finess=self.numero(departements()[lieu].prefixe[:2] + "0", 9),
            siret=self.numero("", 14),
            nom=p.nom(300),
            categorie=categorie.code if categorie else "",
            categorie_libelle=categorie.libelle if categorie else "",
            champ=Champ(champ) if champ else self.parmi(list(Champ)),
            adresse=p.peut_etre(300),
            code_postal=p.peut_etre(10),
            commune=p.peut_etre(120),
            departement=self.hasard.choice((lieu, lieu, "")),
            capacite=self.nombre(999_999),
            file_active=self.nombre(999_999),
            dui_actuel=p.peut_etre(),
        )
        for fait in (
            "financement_europeen",
            "esms_numerique_anterieur",
            "sons_autre_solution",
            "rattache_entite_nationale",
            "accord_entite_nationale",
            "part_confort",
        ):
            setattr(e, fait, self.reponse())
        e.solution = self.parmi(d.solutions) if d.solutions else None
        e.vague = self.hasard.choice([*d.vagues, None])
        return e

    def _relier(self, d: Dossier) -> None:
        """What names the OG, the ESSMS and the waves by their keys."""
        r, p, h = self.recette, self.plume, self.hasard
        og_ids: list[int | None] = [*[og.id for og in d.ogs], None]
        essms_ids: list[int | None] = [*[e.id for e in d.essms][:20], None]
        vague_ids: list[int | None] = [*[v.id for v in d.vagues], None]

        def poser(nombre: int, fabrique: Callable[[], Any]) -> None:
            if nombre:
                self.porte.ajouter(*(fabrique() for _ in range(nombre)), libelle="Ajouter")

        poser(
            r.contacts,
            lambda: Contact(
                dossier_id=d.id,
                og_id=h.choice(og_ids),
                essms_id=h.choice(essms_ids),
                role=h.choice(list(RoleContact)),
                nom=p.nom(),
                fonction=p.peut_etre(),
                telephone=p.peut_etre(40),
                courriel=p.peut_etre(),
                part_temps_pour_cent=self.nombre(100),
            ),
        )
        poser(
            r.formations,
            lambda: SessionFormation(
                dossier_id=d.id,
                vague_id=h.choice(vague_ids),
                intitule=p.nom(),
                public=p.peut_etre(),
                effectif=self.nombre(1_000_000),
                sessions=self.nombre(1_000_000),
                duree_heures=self.nombre(1_000_000),
                formateur=p.peut_etre(),
                date=self.jour(),
            ),
        )
        poser(
            r.formations // 2,
            lambda: ActionCommunication(
                dossier_id=d.id,
                objet=p.nom(300),
                cible=p.peut_etre(),
                support=p.peut_etre(),
                responsable=p.peut_etre(),
                date=self.jour(),
            ),
        )
        poser(
            r.couts,
            lambda: Cout(
                dossier_id=d.id,
                og_id=h.choice(og_ids),
                nature=h.choice(list(natures())),
                libelle=p.peut_etre(300),
                annee=self.annee(),
                montant_ht_cents=self.montant(),
                tva_pour_dix_mille=h.choice(_TAUX),
            ),
        )
        poser(
            r.couts // 2,
            lambda: CoutRh(
                dossier_id=d.id,
                og_id=h.choice(og_ids),
                profil=p.nom(),
                annee=self.annee(),
                etp_centiemes=self.nombre(10_000_00),
                cout_annuel_cents=self.montant(),
                part_projet_pour_cent=h.choice((0, 50, 100)),
            ),
        )
        poser(
            r.couts // 2,
            lambda: Ressource(
                dossier_id=d.id,
                og_id=h.choice(og_ids),
                genre=h.choice(("autofinancement", "autre")),
                libelle=p.peut_etre(300),
                annee=self.annee(),
                montant_cents=self.montant(),
            ),
        )
        poser(
            r.materiels,
            lambda: Materiel(
                dossier_id=d.id,
                og_id=h.choice(og_ids),
                essms_id=h.choice(essms_ids),
                libelle=p.nom(300),
                usage=p.peut_etre(300),
                quantite=self.nombre(999_999),
                prix_unitaire_ht_cents=self.montant(),
                tva_pour_dix_mille=h.choice(_TAUX),
            ),
        )
        poser(
            h.randrange(3),
            lambda: Complement(
                dossier_id=d.id,
                numero=h.choice((None, 1, 14)),
                demande=p.texte(),
                demande_le=self.jour(),
                echeance=self.jour(),
            ),
        )

    def _risquer(self, d: Dossier) -> None:
        """The map of the grappe and those of some structures, assessed or not."""
        nombre, h = self.recette.risques, self.hasard
        if not nombre:
            return
        cles = list(risques_types())
        cibles: list[Essms | None] = [None, *h.sample(d.essms, min(len(d.essms), 1 + nombre // 4))]
        for rang, cible in enumerate(cibles):
            choisis = h.sample(cles, min(nombre if rang == 0 else nombre // 2, len(cles)))
            risques.ajouter_de_la_bibliotheque(self.porte, d, choisis, cible, avec_actions=h.random() < 0.7)
            sien = risques.ajouter(
                self.porte,
                d,
                cible,
                intitule=self.plume.nom(300),
                cause=self.plume.texte(),
                notes=self.plume.texte(),
            )
            risques.ajouter_action(
                self.porte,
                sien,
                intitule=self.plume.nom(300),
                responsable=self.plume.peut_etre(),
                echeance=self.jour(),
                cout_cents=self.montant(),
            )
        niveaux = ("probabilite", "gravite", "probabilite_residuelle", "gravite_residuelle")
        evalues = [(x, {n: self.parmi((1, 2, 3, 4)) for n in niveaux}) for x in d.risques]
        self.porte.modifier_tous(evalues, "Évaluer les risques")

    def _planifier(self, d: Dossier) -> None:
        """Tasks of the person's own beside the model plan, and days off."""
        h, p = self.hasard, self.plume
        voulues = [
            planning_ajout.TacheVoulue(
                rang,
                p.nom(),
                phase=p.peut_etre(),
                jalon=h.random() < 0.3,
                duree=h.choice((1, 30, 2500)),
                pas_avant=h.choice((None, self.jour_de_projet())),
                echeance=h.choice((None, self.jour_de_projet())),
                responsable=p.peut_etre(),
                avancement=h.choice((0, 50, 100)),
                notes=p.texte(),
            )
            for rang in range(h.randrange(4))
        ]
        if voulues:
            planning_ajout.ajouter_taches(self.porte, d, voulues)
        debut = self.jour_de_projet()
        fin = debut + timedelta(h.choice((0, 20)))
        self.porte.ajouter(Fermeture(dossier_id=d.id, motif=p.nom(), debut=debut, fin=fin), libelle="Fermer")

    def _joindre(self, d: Dossier, pieces: Path) -> None:
        for _ in range(self.recette.fichiers):
            chemin = ecrire_piece(self.hasard, self.plume, pieces)
            og = self.hasard.choice([*d.ogs, None])
            joindre_fichier(self.porte, d, self.hasard.randint(1, 14), chemin, og=og)

    def _signer(self, d: Dossier) -> None:
        for og in d.ogs:
            for document in A_SIGNER:
                signature = Signature(
                    dossier_id=d.id,
                    og_id=og.id,
                    document=document,
                    genere_le=self.jour(),
                    imprime_le=self.jour(),
                    signe_le=self.jour(),
                    donnees=donnees(d, self.campagne, document, og),
                )
                self.porte.ajouter(signature, libelle="Suivre une signature")


def construire(porte: Porte, recette: Recette, pieces: Path) -> Dossier:
    """Enters the dossier of `recette` into a base; `pieces`: a folder for the files it attaches."""
    return Constructeur(porte, recette).construire(pieces)
