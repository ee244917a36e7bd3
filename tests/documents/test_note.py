"""The note tells what the kit wants in it, in the words of the person, and carries the annexes chosen."""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre import arbre
from esms_desktop.documents.arbre.arbre import Document, Manque, Matrices, Paragraphe, Titre, texte_brut
from esms_desktop.documents.constats import cible_du_manque
from esms_desktop.model import Autodiagnostic, Dossier, PointPreparation
from esms_desktop.nomenclature.listes import points_controle
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Page

from .arbre_lu import lire
from .outils import JOUR, fabriquer
from .risques_outils import remplir

DITS = [p for p in points_controle().values() if p.contenu]
ECRITS = [p for p in DITS if not p.champ]


def note(d: Dossier) -> Document:
    return catalogue.produire("note-presentation", d, charger(d.campagne_id), JOUR)


def titres(document: Document) -> list[str]:
    return [b.texte for b in document.blocs if isinstance(b, Titre)]


def ecrire(d: Dossier) -> Dossier:
    for p in ECRITS:
        d.points_preparation.append(
            PointPreparation(code=p.code, reponse=True, commentaire=f"Un texte sur {p.code}.\n- un point")
        )
    return d


def test_what_the_kit_wants_in_the_note_is_written_at_the_preparation() -> None:
    # KIT § 3, « feront partie de la présentation générale »: seven things; two have fields of their own.
    assert len(DITS) == 7
    assert [p.champ for p in DITS if p.champ] == ["hebergement", "reprise_donnees"]
    d = ecrire(fabriquer())
    lu = lire(note(d))
    for p in ECRITS:
        place = lu.index(f"## {p.contenu}")
        assert lu[place + 1 : place + 3] == [f"Un texte sur {p.code}.", "- un point"]


@pytest.mark.parametrize(
    ("campagne", "type_projet", "exige"),
    [
        ("2023-ile-de-france", TypeProjet.ACQUISITION, True),
        ("2022", TypeProjet.ACQUISITION, False),
        ("2022-centre-val-de-loire", TypeProjet.CONFORMITE, False),
        ("2021-amorcage", TypeProjet.ACQUISITION, False),
    ],
)
def test_it_is_a_gap_where_a_text_of_the_campaign_wants_it(
    campagne: str, type_projet: TypeProjet, exige: bool
) -> None:
    d = fabriquer()
    d.campagne_id, d.type_projet = campagne, type_projet
    vus = set(arbre.manques(note(d)))
    voulus = {p.contenu[0].lower() + p.contenu[1:] for p in ECRITS}
    assert voulus & vus == (voulus if exige else set())
    assert any(p.contenu in titres(note(d)) for p in ECRITS) is exige
    assert not voulus & set(arbre.manques(note(ecrire(d))))
    for lacune in (x for x in arbre.lacunes(note(d)) if x.nom in voulus):
        cible = cible_du_manque("note-presentation", lacune)
        assert (cible.page, cible.objet) == (Page.PREPARATION, "point")
        assert points_controle()[cible.champ] in ECRITS


def test_the_results_of_the_self_assessments_are_told_organisme_by_organisme() -> None:
    d = fabriquer(2, 2)
    d.ogs[0].autodiagnostics.append(Autodiagnostic(genre="si", realise=True, date=JOUR, resultat="62 %"))
    d.ogs[1].autodiagnostics.append(Autodiagnostic(genre="cyber", realise=False, resultat="non"))
    lu = "\n".join(lire(note(d)))
    assert f"{d.ogs[0].nom} | Le 2 mai 2022 : 62 % | —" in lu.replace("\u00a0", " ")
    assert "| non" not in lu


def test_the_annexes_of_the_note_are_chosen() -> None:
    d = remplir(fabriquer(2, 3), grappe=5)
    sans = note(d)
    assert not any(t.startswith("Annexe") for t in titres(sans))
    d.annexer_risques = True
    assert titres(note(d))[-1] == "Annexe 1. Carte des risques de la grappe"
    assert any(isinstance(b, Matrices) for b in note(d).blocs)
    d.annexer_cibles = True
    avec = note(d)
    assert [t for t in titres(avec) if t.startswith("Annexe")] == [
        "Annexe 1. Cibles d’usage",
        "Annexe 2. Carte des risques de la grappe",
    ]
    assert any("Taux d’utilisation de la MSSanté" in x for x in lire(avec))
    # Choosing an annex changes what the note says.
    assert arbre.empreinte(avec) != arbre.empreinte(sans)
    d.risques.clear()
    (fin,) = [b for b in note(d).blocs[-1:] if isinstance(b, Paragraphe)]
    assert isinstance(fin.contenu, tuple)
    assert any(isinstance(r, Manque) for r in fin.contenu)
    assert "carte de la grappe est encore vide" in texte_brut(fin.contenu)
