"""Builds a dossier from its recipe through the public doors: what is refused to a person cannot be in it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes import risques
from esms_desktop.gestes.joindre import joindre_fichier
from esms_desktop.gestes.planning import ajout as planning_ajout
from esms_desktop.model import (
    ActionCommunication,
    Complement,
    Contact,
    Cout,
    CoutRh,
    Dossier,
    Essms,
    Fermeture,
    Materiel,
    Ressource,
    SessionFormation,
    Signature,
)
from esms_desktop.nomenclature.listes import natures
from esms_desktop.nomenclature.risques_types import risques_types
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.signatures import A_SIGNER, donnees
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.fiabilite.lignes import Lignes
from tests.fiabilite.pieces import ecrire_piece
from tests.fiabilite.recettes import Recette
from tests.fiabilite.valeurs import TAUX


class Constructeur(Lignes):
    """One dossier being entered."""

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
        relu = dossier_vivant(self.porte, d.id)
        assert relu is not None
        return relu

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
                tva_pour_dix_mille=h.choice(TAUX),
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
                tva_pour_dix_mille=h.choice(TAUX),
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
