"""The diffs of rows: turned back, merged, as the journal keeps them; and what the door refuses."""

from datetime import date

import pytest

from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import (
    Contact,
    Dossier,
    LienTache,
    Og,
    PointPreparation,
    Risque,
    Solution,
    Tache,
    Vague,
)
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.store import ecarts
from esms_desktop.store.ecarts import Ecart, fusionner, pour_journal
from esms_desktop.store.validation import valider_champs


def test_un_ecart_se_renverse_et_dit_ses_colonnes() -> None:
    neuf, change, parti = (
        Ecart("og", 1, None, {"a": 1}),
        Ecart("og", 1, {"a": 1, "b": 2}, {"a": 1, "b": 3}),
        Ecart("og", 1, {"a": 1}, None),
    )
    assert neuf.inverse() == parti and change.inverse() == Ecart("og", 1, {"a": 1, "b": 3}, {"a": 1, "b": 2})
    assert (neuf.colonnes(), change.colonnes(), parti.colonnes()) == ({"a"}, {"b"}, {"a"})


def test_plusieurs_ecarts_d_une_ligne_n_en_font_qu_un() -> None:
    a, b, c = ({"x": i} for i in range(3))
    assert fusionner([Ecart("og", 1, None, a), Ecart("og", 1, a, b), Ecart("og", 2, b, c)]) == (
        Ecart("og", 1, None, b),
        Ecart("og", 2, b, c),
    )
    assert fusionner([Ecart("og", 1, a, b), Ecart("og", 1, b, a)]) == ()
    assert fusionner([Ecart("og", 1, None, a), Ecart("og", 1, a, None)]) == ()


def test_le_journal_garde_des_oui_et_des_non() -> None:
    ligne = {"est_porteur": 1, "association": None, "marche_en_cours": 0, "rang": 1, "nom": "x"}
    colonnes = frozenset({"est_porteur", "association", "marche_en_cours", "rang"})
    assert pour_journal("og", None, colonnes) is None
    lu = pour_journal("og", ligne, colonnes)
    assert lu == {"est_porteur": True, "association": None, "marche_en_cours": False, "rang": 1}
    assert lu["rang"] is not True and next(iter(ecarts.TABLES)) == "dossier"


@pytest.mark.parametrize(
    ("classe", "champs", "message"),
    [
        (Og, {"nb_essms_total": -1}, "Le champ « nombre total d’ESSMS » ne peut pas être négatif."),
        (Og, {"nb_essms_total": 0}, None),
        (Og, {"nb_essms_total": 2**63}, "Le champ « nombre total d’ESSMS » est trop grand."),
        (Og, {"nb_essms_total": 2**63 - 1}, None),
        (Og, {"nom": " "}, "Le nom de l’OG ne peut pas être vide."),
        (Vague, {"nom": ""}, "Le nom de la vague ne peut pas être vide."),
        (Contact, {"nom": ""}, "Le nom du contact ne peut pas être vide."),
        (Solution, {"nom": ""}, "Le nom de la solution ne peut pas être vide."),
        (Og, {"sigle": "x" * 80}, None),
        (Og, {"sigle": "x" * 81}, "Le champ « sigle » accepte 80 caractères au plus (ici : 81)."),
        (Og, {"siret": "a\x00"}, "Le champ « SIRET » contient un caractère illisible."),
        (Og, {"siret": "\ud800"}, "Le champ « SIRET » contient un caractère illisible."),
        (Og, {"siret": "\udfff"}, "Le champ « SIRET » contient un caractère illisible."),
        (Og, {"siret": "\ud7ff\ue000"}, None),
    ],
)
def test_ce_qui_ne_s_ecrit_pas_est_dit(classe: type, champs: dict[str, object], message: str | None) -> None:
    if message is None:
        valider_champs(classe, champs)
    else:
        with pytest.raises(ErreurSaisie) as dit:
            valider_champs(classe, champs)
        assert dit.value.message.replace("\u00a0", " ") == message and dit.value.remede


def test_les_niveaux_de_risque_vont_de_un_a_quatre_et_un_lien_peut_reculer() -> None:
    for valeur in (1, 4):
        valider_champs(Risque, {"probabilite": valeur, "gravite_residuelle": valeur})
    for valeur in (0, 5):
        with pytest.raises(ErreurSaisie) as dit:
            valider_champs(Risque, {"gravite_residuelle": valeur})
        assert dit.value.message.replace("\u00a0", " ") == "Le champ « gravité après actions » va de 1 à 4."
        assert dit.value.remede == "Choisissez une valeur entre 1 et 4."
    valider_champs(LienTache, {"decalage": -3})
    with pytest.raises(ErreurSaisie):
        valider_champs(Tache, {"duree": -3})


@pytest.mark.parametrize(
    ("classe", "champs"),
    [
        (PointPreparation, {"id": 1}),
        (Og, {"inconnu": 1}),
        (Og, {"nom": None}),
        (Og, {"nom": 3}),
        (Og, {"rang": True}),
        (Og, {"est_porteur": 1}),
        (Contact, {"role": "rsi"}),
        (Dossier, {"date_convention": "2022-01-01"}),
        (Og, {"dossier": Solution(nom="x")}),
        (Og, {"essms": []}),
    ],
)
def test_une_valeur_du_mauvais_type_est_une_erreur_du_programme(
    classe: type, champs: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        valider_champs(classe, champs)


def test_ce_qui_est_permis_l_est() -> None:
    valider_champs(Og, {"nb_essms_total": None, "dossier": None, "dossier_id": 3})
    valider_champs(Contact, {"role": RoleContact.RSI})
    valider_champs(Dossier, {"date_convention": date(2022, 1, 1), "sad": None})
    assert (libelle_champ("siret"), libelle_champ("date_fin_deploiement")) == (
        "SIRET",
        "fin du déploiement",
    )
