"""Whatever a person does: undoing all brings back the same rows, redoing all too, and memory never differs from the base."""

import random
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Base, Contact, Dossier, Essms, Og, Solution
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe, tables, vivants, vu

SANS_EXPLICATION = [p for p in Phase if p is not Phase.explain]
CLE = Cle(random.Random(11).randbytes(32))
ACTIONS = (
    "dossier",
    "og",
    "essms",
    "solution",
    "contact",
    "fichier",
    "renommer",
    "marquer",
    "solution d’un ESSMS",
    "OG d’un contact",
    "déplacer",
    "ranger",
    "retirer",
    "retirer deux",
)
action = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 40), st.integers(0, 40), st.text(max_size=4))
gestes = st.lists(st.lists(action, min_size=1, max_size=3), min_size=1, max_size=6)


def _agir(porte: Porte, quoi: str, i: int, j: int, texte: str) -> None:
    dossiers = vivants(porte)
    nom = f"{texte}-{i}"

    def choisir(objets: list[Any], rang: int) -> Any:
        return objets[rang % len(objets)] if objets else None

    tous: list[Base] = [
        o for d in dossiers for o in (d, *d.ogs, *d.essms, *d.solutions, *d.contacts, *d.fichiers)
    ]
    d: Dossier | None = choisir(dossiers, i)
    og: Og | None = choisir([o for x in dossiers for o in x.ogs], j)
    essms: Essms | None = choisir([e for x in dossiers for e in x.essms], j)
    cible = choisir(tous, j)
    if quoi == "dossier":
        porte.ajouter(graphe(nom, i % 3, j % 3), libelle="Créer")
    elif quoi == "og" and d:
        porte.ajouter(
            Og(dossier=d, nom=nom, est_porteur=bool(j % 2), essms=[Essms(nom=nom)]), libelle="Ajouter"
        )
    elif quoi == "essms" and og:
        porte.ajouter(Essms(og_id=og.id, nom=nom, rang=i), libelle="Ajouter")
    elif quoi == "solution" and d:
        porte.ajouter(Solution(dossier_id=d.id, nom=nom, retenue=bool(j % 2)), libelle="Ajouter")
    elif quoi == "contact" and d:
        d.contacts.append(Contact(nom=nom))
    elif quoi == "fichier" and d:
        porte.joindre(
            d, i % 14 + 1, nom, "pdf", texte.encode("utf-8", "replace"), og=d.ogs[0] if d.ogs else None
        )
    elif quoi == "renommer" and cible:
        porte.modifier(cible, nom=nom)
    elif quoi == "marquer" and og:
        porte.modifier(og, est_porteur=not og.est_porteur)
    elif quoi == "solution d’un ESSMS" and essms:
        porte.modifier(essms, solution=choisir(essms.og.dossier.solutions, i))
    elif quoi == "OG d’un contact" and d and d.contacts:
        porte.modifier(d.contacts[0], og_id=d.ogs[0].id if d.ogs else None)
    elif quoi == "déplacer" and essms and og:
        porte.modifier(essms, og_id=og.id)
    elif quoi == "ranger" and essms:
        porte.modifier(essms, rang=i)
    elif quoi == "retirer" and cible:
        porte.retirer(cible, libelle="Retirer")
    elif quoi == "retirer deux" and cible:
        porte.retirer(*{cible, choisir(tous, i)}, libelle="Retirer")


# Each case is two bases and hundreds of writes: fewer of them.
@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.too_slow],
    phases=SANS_EXPLICATION,
)
@given(gestes)
def test_annuler_tout_puis_refaire_tout(suite: list[list[tuple[str, int, int, str]]]) -> None:
    with tempfile.TemporaryDirectory() as ailleurs:
        chemin = Path(ailleurs) / "base.sqlite"
        with ouvrir(chemin, CLE) as porte, ouvrir(chemin, CLE) as temoin:
            porte.ajouter(graphe(), libelle="Créer")
            etats = [tables(chemin, CLE)]
            for geste in suite:
                tenus = vivants(porte)
                with suppress(ErreurSaisie), porte.geste("geste"):
                    for quoi, i, j, texte in geste:
                        _agir(porte, quoi, i, j, texte)
                assert vu(vivants(porte)) == vu(vivants(temoin)), (
                    f"mémoire fausse après {geste} ({len(tenus)})"
                )
                if (etat := tables(chemin, CLE)) != etats[-1]:
                    etats.append(etat)
            for etat in reversed(etats[:-1]):
                assert porte.annuler() == "geste"
                assert tables(chemin, CLE) == etat
            assert porte.libelle_annuler == "Créer"
            for etat in etats[1:]:
                assert porte.refaire() == "geste"
                assert tables(chemin, CLE) == etat
            assert porte.refaire() is None
            assert vu(vivants(porte)) == vu(vivants(temoin))
