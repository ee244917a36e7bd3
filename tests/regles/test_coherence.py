"""The pieces say the same thing: what is typed in two places is compared, and both are named."""

from collections.abc import Callable
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import ActionRisque, Cout, Dossier, LienTache, Ressource, TexteDocument
from esms_desktop.regles.constats import Constat, Gravite
from esms_desktop.regles.dossier.coherence import controler_coherence
from esms_desktop.regles.planning.planning import lire
from tests.regles.fabrique import JOUR, dossier, preparer

from .test_planning_controles import retirer


def constats(d: Dossier) -> list[Constat]:
    controles = controler_coherence(d, charger("2022"), JOUR)
    return [c for k in controles for c in k.constats]


def pret() -> Dossier:
    """A ready dossier whose waves have their keys, as in a base."""
    d = preparer(dossier(10, 8))
    for rang, vague in enumerate(d.vagues, 1):
        vague.id = rang
    for t in d.taches:
        t.vague_id = t.vague.id if t.vague else None
    return d


def session(d: Dossier, quand: date | None, vague: int | None = 2) -> None:
    d.formations[0].date, d.formations[0].vague_id = quand, vague


def bornes(d: Dossier) -> tuple[date, date]:
    vues = [p for p in lire(d, JOUR).taches if p.tache.origine == "formation-vague" and p.tache.vague_id == 2]
    return vues[0].debut, vues[0].fin


def propres(d: Dossier, *montants: int | None) -> None:
    for o, montant in zip(d.ogs, montants, strict=True):
        d.ressources.append(
            Ressource(genre="autofinancement", og_id=o.id, annee=2023, montant_cents=montant, libelle="")
        )


def ecrire(d: Dossier, champ: str, texte: str) -> None:
    setattr(d, champ, texte)


def retravailler(d: Dossier, texte: str) -> None:
    d.textes.append(TexteDocument(document="convention", section="objet", texte=texte))


def agir(d: Dossier, responsable: str) -> None:
    d.actions_risques.append(ActionRisque(id=7, intitule="x", responsable=responsable))


def amoa(d: Dossier, reponse: bool | None, cents: int | None = None) -> None:
    d.amoa = reponse
    if cents is not None:
        d.couts.append(Cout(nature="amoa", annee=2023, montant_ht_cents=cents, tva_pour_dix_mille=0))


def chef(d: Dossier, part: int | None) -> None:
    d.contacts[0].part_temps_pour_cent = part


def nommer(d: Dossier, rang: int, nom: str) -> None:
    d.taches[rang].responsable = nom


def finir(d: Dossier, quand: date) -> None:
    """No milestone any more: the last task of the deployment ends it."""
    retirer(d, "fin-deploiement", "debut-projet")
    d.date_fin_deploiement = quand


def fin_posee(d: Dossier) -> date:
    return max(p.fin for p in lire(d, JOUR).du_plan("deploiement") if p.tache.origine != "fin-deploiement")


CAS: list[tuple[str, Callable[[Dossier], object], str, tuple[str, ...]]] = [
    ("rien", lambda d: None, "", ()),
    (
        "session la veille",
        lambda d: session(d, date(2023, 1, 2)),
        "formations",
        ("2\u00a0janvier 2023", "du "),
    ),
    ("session le premier jour", lambda d: session(d, bornes(d)[0]), "", ()),
    ("session le dernier jour", lambda d: session(d, bornes(d)[1]), "", ()),
    ("session sans date", lambda d: session(d, None), "", ()),
    ("session sans vague", lambda d: session(d, date(2023, 1, 2), None), "", ()),
    ("session d’une autre vague", lambda d: session(d, date(2023, 1, 2), 99), "", ()),
    ("chef à mi-temps", lambda d: chef(d, 50), "temps-chef-de-projet", ("50 %", "100 %")),
    ("chef à 95", lambda d: chef(d, 95), "", ()),
    ("chef à 94", lambda d: chef(d, 94), "temps-chef-de-projet", ("94 %",)),
    ("chef sans temps", lambda d: chef(d, None), "", ()),
    ("chef sans coût", lambda d: d.couts_rh.clear(), "", ()),
    ("autofinancement d’un seul", lambda d: propres(d, 100, None), "fonds-propres", ("Association 1",)),
    ("autofinancement des deux", lambda d: propres(d, 100, 100), "fonds-propres", ("Association 2",)),
    ("autofinancement commun", lambda d: propres(d, None, None), "", ()),
    ("AMOA sans coût", lambda d: amoa(d, True), "amoa", ("aucun coût",)),
    ("AMOA et coût", lambda d: amoa(d, True, 500_000), "", ()),
    ("coût sans AMOA", lambda d: amoa(d, False, 500_000), "amoa", ("5\u00a0000\u00a0€",)),
    ("coût, question ouverte", lambda d: amoa(d, None, 500_000), "", ()),
    ("les 20 ESSMS", lambda d: ecrire(d, "contexte", "Les 20 ESSMS"), "nombres", ("grappe : 18",)),
    ("les 18 ESSMS", lambda d: ecrire(d, "contexte", "Les 18 ESSMS"), "", ()),
    ("sites pilotes", lambda d: ecrire(d, "contexte", "Les 3 ESSMS pilotes"), "", ()),
    ("une partie", lambda d: ecrire(d, "objectifs", "Dans 3 ESSMS du nord"), "", ()),
    ("nos 3 organismes", lambda d: ecrire(d, "mutualisation", "nos 3 OG"), "nombres", ("grappe : 2",)),
    ("document modifié", lambda d: retravailler(d, "les 19\u00a0ESSMS"), "nombres", ("document modifié",)),
    ("nom mal écrit", lambda d: nommer(d, 3, "Sacha Rous"), "noms", ("Sacha Roux", "Sacha Rous")),
    ("nom bien écrit", lambda d: nommer(d, 3, "Sacha Roux"), "", ()),
    ("quelqu’un d’autre", lambda d: nommer(d, 3, "Prestataire réseau"), "", ()),
    ("nom d’une action", lambda d: agir(d, "Dominique Noire"), "noms", ("Dominique Noir",)),
]


@pytest.mark.parametrize(("geste", "code", "morceaux"), [c[1:] for c in CAS], ids=[c[0] for c in CAS])
def test_ce_que_deux_places_disent(
    geste: Callable[[Dossier], object], code: str, morceaux: tuple[str, ...]
) -> None:
    d = pret()
    geste(d)
    vus = constats(d)
    assert [c.code for c in vus] == ([f"coherence.{code}"] if code else [])
    for c in vus:
        assert c.gravite is Gravite.CONSEIL and c.remede.endswith(".")
        assert all(m in c.preuve for m in morceaux), c.preuve


def test_un_dossier_vide_ne_se_contredit_pas() -> None:
    assert constats(Dossier(nom="Vide", campagne_id="2022")) == []


def test_une_boucle_dans_le_planning_ne_dit_rien_des_formations() -> None:
    d = pret()
    session(d, date(2023, 1, 2))
    lien = d.liens_taches[0]
    LienTache(dossier=d, avant=lien.apres, apres=lien.avant, type="fin-debut", decalage=0)
    assert lire(d, JOUR).boucle is not None
    assert constats(d) == []
