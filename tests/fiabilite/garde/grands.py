"""What changes much, killed -9 at any instant: purges, imports of a planning, changes of campaign, each after its backup."""

from datetime import date
from functools import cache
from pathlib import Path

from esms_desktop.base import donnees_personnelles, sauvegardes
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.echanges import projet_xml
from esms_desktop.echanges.lignes import LigneTache, Precedente
from esms_desktop.echanges.projet import Projet
from esms_desktop.gestes.changer_campagne import changer
from esms_desktop.gestes.planning.importer import importer
from esms_desktop.model import Contact
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.store import purge
from esms_desktop.store.cles.chiffrement import identite
from esms_desktop.store.cles.cles import cle_de_la_base
from esms_desktop.store.sante.pages import Pages
from tests.fiabilite.garde.outils import (
    Acquitter,
    Sorte,
    faire_base,
    hasard,
    premier,
    toutes_restaurent,
)
from tests.store.aide import graphe, vivants

JOUR = date(2023, 6, 1)
_COMBIEN = 6
_TACHES = 30
_CAMPAGNES = ("2022", "2023")


# Purges: of a dossier with its files, of a person named in many places.


def _partant(rang: int) -> str:
    return f"Partant numéro {rang}"


def _base_a_purger(base: Path) -> None:
    faire_base(base)
    with ouvrir_base(base) as porte:
        for i in range(_COMBIEN):
            porte.ajouter(graphe(_partant(i), 1, 2), libelle="Créer")
            [d] = [x for x in vivants(porte) if x.nom == _partant(i)]
            porte.joindre(d, 9, "rib.pdf", "pdf", _partant(i).encode() + hasard(i).randbytes(40_000))


def _purger_des_dossiers(base: Path, acquitter: Acquitter) -> None:
    cle = cle_de_la_base(base)
    for i in range(_COMBIEN):
        efface = donnees_personnelles.effacer_dossier(base, cle, _partant(i))
        assert efface.bilan.tasse
        acquitter(_partant(i))


def _dossiers_purges(base: Path, acquis: list[str]) -> None:
    _rien_de(base, acquis)
    with ouvrir_base(base) as porte:
        noms = {d.nom: d for d in vivants(porte)}
        assert not set(acquis) & set(noms), "a dossier that was told erased is back"
        assert "Grappe du Ségala" in noms, "another dossier went"
        voulus = [_partant(i) for i in range(_COMBIEN)]
        # In order: one at most was being erased.
        assert len(acquis) <= sum(n not in noms for n in voulus) <= len(acquis) + 1
        for nom in voulus:
            if nom in noms:
                assert porte.contenu(noms[nom].fichiers[0].sha256).startswith(nom.encode())
                assert len(noms[nom].essms) == 2


def _base_de_personnes(base: Path) -> None:
    faire_base(base)
    with ouvrir_base(base) as porte:
        d = vivants(porte)[0]
        for i in range(_COMBIEN):
            personne = Contact(dossier_id=d.id, nom=_partant(i), role=RoleContact.CHEF_DE_PROJET)
            porte.ajouter(personne, libelle="Créer")
        porte.modifier(d, notes=", ".join(_partant(i) for i in range(_COMBIEN)))


def _purger_des_personnes(base: Path, acquitter: Acquitter) -> None:
    cle = cle_de_la_base(base)
    for i in range(_COMBIEN):
        assert donnees_personnelles.effacer_personne(base, cle, _partant(i)).bilan.tasse
        acquitter(_partant(i))


def _personnes_purgees(base: Path, acquis: list[str]) -> None:
    _rien_de(base, acquis)
    with ouvrir_base(base) as porte:
        d = vivants(porte)[0]
        restent = {c.nom for c in d.contacts} - {"Camille Durand"}
        assert all((n in restent) == (n in d.notes) for n in map(_partant, range(_COMBIEN))), "half erased"
        assert not set(acquis) & restent and len(restent) >= _COMBIEN - len(acquis) - 1
    assert len(purge.actes(base, cle_de_la_base(base))) == _COMBIEN - len(restent)


def _rien_de(base: Path, noms: list[str]) -> None:
    """No page of the base nor of its -wal, once decrypted, says any of these names."""
    pages = Pages(base, cle_de_la_base(base), bytes.fromhex(identite(base)))
    tout = b"".join(pages.page(n) or b"" for n in range(1, pages.nombre + 1))
    restent = [n for n in noms if n.encode() in tout or n.encode("utf-16-le") in tout]
    assert not restent, f"{restent} still in the base"


# Imports of a planning.


@cache
def _projet() -> bytes:
    lignes = tuple(
        LigneTache(
            nom=f"Tâche {i}",
            duree=1 + i % 7,
            debut=JOUR,
            fin=JOUR,
            precedentes=(Precedente(i - 1),) if i else (),
            numero=i + 1,
        )
        for i in range(_TACHES)
    )
    return projet_xml.ecrire(Projet("Essai", JOUR, JOUR, JOUR, lignes))


def _importer(base: Path, acquitter: Acquitter) -> None:
    fichier = base.with_name("projet.xml")
    fichier.write_bytes(_projet())
    with ouvrir_base(base) as porte:
        assert porte.cle is not None
        for i in range(1, 5):
            sauvegardes.precaution(base, porte.cle, "import")
            d = porte.lire(premier(porte))
            assert d is not None and importer(porte, d, fichier, JOUR) == _TACHES
            acquitter(str(i))


def _importees(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        faits, reste = divmod(len(d.taches), _TACHES)
        assert not reste and len(acquis) <= faits <= len(acquis) + 1, f"{len(d.taches)} tasks"
        assert len(d.liens_taches) == faits * (_TACHES - 1), "tasks without their links"
        if faits:
            # One step of undo took it in.
            porte.reprendre_les_pas()
            porte.annuler()
            assert len(vivants(porte)[0].taches) == (faits - 1) * _TACHES
    toutes_restaurent(base)


# Changes of campaign.


def _changer_de_campagne(base: Path, acquitter: Acquitter) -> None:
    with ouvrir_base(base) as porte:
        assert porte.cle is not None
        for i in range(8):
            sauvegardes.precaution(base, porte.cle, "campagne")
            d = porte.lire(premier(porte))
            assert d is not None and changer(porte, d, _CAMPAGNES[i % 2])
            acquitter(_CAMPAGNES[i % 2])


def _campagne_changee(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        assert d.campagne_id in (acquis[-1] if acquis else "2023", _CAMPAGNES[len(acquis) % 2])
    toutes_restaurent(base)


SORTES = (
    Sorte("effacements de dossiers", _base_a_purger, _purger_des_dossiers, _dossiers_purges, 8),
    Sorte("effacements de personnes", _base_de_personnes, _purger_des_personnes, _personnes_purgees, 6),
    Sorte("imports d’un planning", faire_base, _importer, _importees, 8),
    Sorte("changements de campagne", faire_base, _changer_de_campagne, _campagne_changee, 6),
)
