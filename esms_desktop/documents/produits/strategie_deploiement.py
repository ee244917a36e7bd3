"""Piece 7: how the solution reaches every structure, wave by wave (referentiel 03 § 4)."""

from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import deploiement, modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Bloc, Document, Titre
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier

CODE = "strategie-deploiement"
TITRE = "Stratégie de déploiement"


@produit(CODE, TITRE, piece=7)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The strategy; `jour` is not used by its text, only by the page that prints it."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    blocs: tuple[Bloc, ...] = (
        Titre(1, "1. Principes"),
        *section("principes"),
        Titre(1, "2. Vagues et sites pilotes"),
        *section("vagues"),
        *deploiement.vagues(dossier),
        *deploiement.ordre(dossier),
        Titre(1, "3. Prérequis techniques"),
        *section("prerequis"),
        Titre(1, "4. Reprise des données"),
        *section("reprise"),
        Titre(1, "5. Recette, VA et VSR"),
        *section("recette"),
        Titre(1, "6. Bascule"),
        *section("bascule"),
        Titre(1, "7. Assistance"),
        *section("assistance"),
        Titre(1, "8. Suivi des usages"),
        *section("usages"),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)
