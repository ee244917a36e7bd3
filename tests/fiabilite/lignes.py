"""The first rows of a dossier that is being entered: its head, solutions, waves, organismes and ESSMS."""

from datetime import date, timedelta

from esms_desktop.documents import catalogue, modeles
from esms_desktop.model import (
    Autodiagnostic,
    Brique,
    Dossier,
    Essms,
    Instance,
    Og,
    PointPreparation,
    Solution,
    TexteDocument,
    Vague,
)
from esms_desktop.nomenclature.categories import categories, champ_de
from esms_desktop.nomenclature.listes import briques, points_controle
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, StatutSolution
from tests.fiabilite.valeurs import PLUS_GRAND, Valeurs


class Lignes(Valeurs):
    """The rows that the others hang on."""

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
            prix_cents=self.montant(PLUS_GRAND),
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
