"""What the tests of the store share: an example graph, dumps and views to compare."""

from pathlib import Path
from typing import Any

from esms_desktop.model import Base, Contact, Dossier, Essms, Og, Solution
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, TypeProjet
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.porte import Porte


def graphe(nom: str = "Grappe du Ségala", ogs: int = 2, essms: int = 3) -> Dossier:
    """A transient dossier: `ogs` OG of `essms` ESSMS each, the first one porteur, one solution, one contact."""
    return Dossier(
        nom=nom,
        campagne_id="esms-2023",
        type_projet=TypeProjet.ACQUISITION,
        ogs=[
            Og(
                nom=f"Association Les Tilleuls {i}",
                rang=i,
                est_porteur=i == 0,
                essms=[Essms(nom=f"EHPAD Bellevue {i}-{j}", rang=j, champ=Champ.PA) for j in range(essms)],
            )
            for i in range(ogs)
        ],
        solutions=[Solution(nom="Logiciel Alpha", retenue=True)],
        contacts=[Contact(nom="Camille Durand", role=RoleContact.CHEF_DE_PROJET)],
    )


def tables(chemin: Path, cle: Cle) -> dict[str, list[Any]]:
    """Every row of the business tables, as SQLite keeps them; not how many times nor by whom they were written."""
    with connexion_nue(chemin, cle) as connexion:
        return {
            nom: connexion.execute(
                f"SELECT {', '.join(c.name for c in t.columns if c.name not in COLONNES_DE_SUIVI)} FROM {nom} ORDER BY id"
            ).fetchall()
            for nom, t in TABLES.items()
        }


def colonnes(objet: Base) -> dict[str, Any]:
    """The columns of an object as it says them."""
    return {c.key: getattr(objet, c.key) for c in type(objet).__mapper__.column_attrs}


def vivants(porte: Porte) -> list[Dossier]:
    """The objects of the session of a door, one for each dossier, in the order of their names."""
    return [d for r in porte.resumes() if (d := porte.trouver(Dossier, r.id))]


def vu(dossiers: list[Dossier]) -> list[Any]:
    """The graphs as their readers see them, relationships included."""
    return [
        (
            colonnes(d),
            [(colonnes(og), [(colonnes(e), e.solution and e.solution.id) for e in og.essms]) for og in d.ogs],
            [(colonnes(s), {e.id for e in s.essms}) for s in d.solutions],
            [colonnes(c) for c in d.contacts],
            [colonnes(f) for f in d.fichiers],
        )
        for d in dossiers
    ]
