"""Campaign files: the eight shipped, one more in a folder, and every way a file can be wrong."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger, citer, documents, identifiants, lire_texte, toutes
from esms_desktop.errors import ErreurCampagne
from tests.regles.fabrique import dossier

ENTETE = '[campagne]\nid = "{id}"\ntitre = "Essai"\nbase = "2023"\n'


@pytest.fixture
def dossier_campagnes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ESMS_DESKTOP_CAMPAGNES", str(tmp_path))
    return tmp_path


def test_les_huit_campagnes_livrees() -> None:
    assert identifiants() == [
        "2021-amorcage",
        "2022",
        "2022-centre-val-de-loire",
        "2023",
        "2023-ile-de-france",
        "2024",
        "2025",
        "sons-vague-1",
    ]
    for campagne in toutes():
        for element in (*campagne.fenetres, *campagne.contacts, *campagne.remarques):
            assert element.source.split()[0] in documents(), element
        for chemin, parametre in campagne.parametres():
            assert parametre.source.split()[0] in documents(), chemin
            assert not parametre.hypothese or parametre.note, chemin
        assert set(campagne.pieces) == set(range(1, 15))


@pytest.mark.parametrize(
    ("campagne", "lire", "valeur", "hypothese"),
    [
        ("2022", lambda c: c.financement.acquisition.logiciel_referencee_euros, 14_500, False),
        ("2022", lambda c: c.financement.acquisition.logiciel_non_referencee_euros, 12_000, False),
        ("2022", lambda c: c.financement.acquisition.logiciel_en_cours_euros, 12_000, True),
        ("2022-centre-val-de-loire", lambda c: c.financement.acquisition.usages_euros, 7_000, False),
        ("2023", lambda c: c.financement.acquisition.usages_euros, 7_000, True),
        ("2023", lambda c: c.financement.conformite.usages_euros, 5_000, False),
        ("2023-ile-de-france", lambda c: c.recevabilite.date_plancher, date(2023, 1, 16), False),
        ("2022", lambda c: c.recevabilite.date_plancher, None, False),
        ("2021-amorcage", lambda c: c.taille.maximum_finance, 30, False),
        ("2021-amorcage", lambda c: c.financement.acquisition.usages_euros, 25_000, True),
        ("2022", lambda c: c.versements.avance_pourcent, 50, False),
        ("2022", lambda c: c.durees.conformite_mois, 9, False),
        ("2023", lambda c: c.pieces[10], "facultative", False),
        ("2022", lambda c: c.pieces[10], "facultative", True),
        ("2022-centre-val-de-loire", lambda c: c.pieces[10], "obligatoire", False),
        ("sons-vague-1", lambda c: c.versements.solde_pourcent, 70, False),
    ],
)
def test_valeurs_et_hypotheses(campagne, lire, valeur, hypothese) -> None:
    parametre = lire(charger(campagne))
    assert (parametre.valeur, parametre.hypothese) == (valeur, hypothese)


def test_les_regions_des_campagnes_regionales() -> None:
    regions = {c.id: c.region for c in toutes()}
    assert regions["2022-centre-val-de-loire"] == "24" and regions["2023-ile-de-france"] == "11"
    assert regions["2022"] is None


def test_une_campagne_absente_cite_celles_qui_existent() -> None:
    with pytest.raises(ErreurCampagne) as erreur:
        charger("2022-centre")
    assert "«\u00a02022-centre\u00a0» n’existe pas" in erreur.value.message
    assert "2023-ile-de-france" in erreur.value.remede and "sources" not in erreur.value.remede


def test_les_sources_nomment_leur_document() -> None:
    assert citer("AAP § 5") == ("AAP § 5 (appel à projets ARS Centre-Val de Loire, 2022)",)
    assert len(citer("AAP § 5.1\u00a0; ANS")) == 2
    assert citer("Instruction 2024") == ("Instruction 2024",)


def test_une_campagne_de_plus_est_un_fichier_de_plus(dossier_campagnes: Path) -> None:
    texte = ENTETE.format(id="2024-bretagne") + (
        'region = "53"\nannee = 2024\n[financement.conformite]\n'
        'usages_euros = { valeur = 6000, source = "Instruction 2024" }\n'
    )
    (dossier_campagnes / "2024-bretagne.toml").write_text(texte, encoding="utf-8")
    campagne = charger("2024-bretagne")
    assert "2024-bretagne" in identifiants()
    assert (campagne.region, campagne.annee) == ("53", 2024)
    assert campagne.financement.conformite.usages_euros.valeur == 6000
    assert campagne.financement.acquisition.usages_euros.valeur == 7000


CAS = [
    ("versements.avance = 3", "versements.avance", "clé inconnue"),
    ("[versement]\nx = 1", "versement", "clé inconnue"),
    ('taille.minimum = { valeur = "quinze", source = "KIT" }', "taille.minimum.valeur", "nombre entier"),
    ('taille.minimum = { valeur = true, source = "KIT" }', "taille.minimum.valeur", "nombre entier"),
    ("taille.minimum = { valeur = 15 }", "taille.minimum.source", "clé manquante"),
    ('taille.minimum = { valeur = 15, source = " " }', "taille.minimum.source", "texte non vide"),
    (
        'taille.minimum = { valeur = 15, source = "KIT", reference = "x" }',
        "taille.minimum.reference",
        "inconnue",
    ),
    (
        'taille.minimum = { valeur = 15, source = "KIT", hypothese = true }',
        "taille.minimum.note",
        "hypothèse",
    ),
    ("taille.minimum = 15", "taille.minimum", "table"),
    (
        'financement.acquisition.usages_euros = { valeur = -5, source = "KIT" }',
        "financement.acquisition.usages_euros.valeur",
        "négatif",
    ),
    (
        'versements.avance_pourcent = { valeur = 60, source = "KIT" }',
        "versements.solde_pourcent",
        "110",
    ),
    (
        'versements.avance_pourcent = { valeur = 160, source = "KIT" }',
        "versements.avance_pourcent.valeur",
        "100",
    ),
    (
        'recevabilite.date_plancher = { valeur = "2023-01-16", source = "KIT" }',
        "recevabilite.date_plancher.valeur",
        "sans guillemets",
    ),
    (
        'recevabilite.points_sans_objet = { valeur = [11], source = "KIT" }',
        "recevabilite.points_sans_objet.valeur",
        "1 à 10",
    ),
    (
        'recevabilite.points_sans_objet = { valeur = [1, 10, 0], source = "KIT" }',
        "recevabilite.points_sans_objet.valeur",
        "1 à 10",
    ),
    ('eligibilite.champs = { valeur = ["PA", "XX"], source = "KIT" }', "eligibilite.champs.valeur", "XX"),
    (
        'eligibilite.champs = { valeur = ["PA", "PA"], source = "KIT" }',
        "eligibilite.champs.valeur",
        "deux fois",
    ),
    ('eligibilite.champs = { valeur = "PA", source = "KIT" }', "eligibilite.champs.valeur", "liste"),
    (
        'orientation.ars_de_depot = { valeur = "nord", source = "KIT" }',
        "orientation.ars_de_depot.valeur",
        "porteur",
    ),
    (
        'orientation.national_multi_region = { valeur = "oui", source = "KIT" }',
        "orientation.national_multi_region.valeur",
        "true ou false",
    ),
    (
        'orientation.seuil_national = { valeur = "aucun", source = "KIT" }\n'
        'orientation.portee_nationale_admise = { valeur = true, source = "KIT" }',
        "orientation.portee_nationale_admise",
        "seuil national",
    ),
    ('taille.minimum_derogatoire = { valeur = 20, source = "KIT" }', "taille.minimum_derogatoire", "dépasse"),
    ('pieces.15 = { valeur = "obligatoire", source = "KIT" }', "pieces.15", "clé inconnue"),
    ('pieces.3 = { valeur = "parfois", source = "KIT" }', "pieces.3.valeur", "obligatoire"),
    (
        '[[fenetres]]\nlibelle = "F"\ndebut = 2023-06-15\nfin = 2023-01-01\nniveau = "tous"\n'
        'conseillee = false\nsource = "KIT"',
        "fenetres.1.fin",
        "précède",
    ),
    ('[[fenetres]]\nlibelle = "F"\ndebut = 2023-06-15', "fenetres.1.fin", "manquante"),
    ('fenetres = "toujours"', "fenetres", "liste"),
    ('[[remarques]]\ntexte = "T"\nsource = "KIT"\ntype_projet = "autre"', "remarques.1.type_projet", "tous"),
    ("pas du toml", "fichier entier", "TOML"),
]


@pytest.mark.parametrize(("ajout", "cle", "raison"), CAS)
def test_un_fichier_faux_est_refuse(dossier_campagnes: Path, ajout: str, cle: str, raison: str) -> None:
    entete = ENTETE.format(id="essai")
    texte = entete + ajout if ajout.startswith("[") else f"{ajout}\n{entete}"
    (dossier_campagnes / "essai.toml").write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurCampagne) as erreur:
        charger("essai")
    message = erreur.value.message
    assert "«\u00a0essai.toml\u00a0»" in message
    assert f"«\u00a0{cle}\u00a0»" in message
    assert raison in message.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("entete", "cle", "raison"),
    [
        ('id = "autre"\ntitre = "T"\nbase = "2023"', "campagne.id", "nom du fichier"),
        ('id = "essai"\ntitre = "T"\nbase = "1999"', "campagne.base", "1999"),
        ('id = "essai"\ntitre = "T"\nbase = "essai"', "campagne.base", "tournent en rond"),
        ('id = "essai"\ntitre = "T"\nbase = 3', "campagne.base", "guillemets"),
        ('id = "essai"\ntitre = "T"\nbase = "2023"\nregion = "99"', "campagne.region", "99"),
        ('id = "essai"\ntitre = "T"\nbase = "2023"\ncouleur = "bleu"', "campagne.couleur", "inconnue"),
        ('id = "essai"\nbase = "2023"\ntitre = ""', "campagne.titre", "non vide"),
        ('id = "essai"\ntitre = "T"\nannee = 2024\nprogramme = "sons"', "pieces", "manquante"),
    ],
)
def test_un_entete_faux_est_refuse(dossier_campagnes: Path, entete: str, cle: str, raison: str) -> None:
    (dossier_campagnes / "essai.toml").write_text(f"[campagne]\n{entete}\n", encoding="utf-8")
    with pytest.raises(ErreurCampagne) as erreur:
        charger("essai")
    message = erreur.value.message.replace("\u00a0", " ")
    assert "« essai.toml »" in message and f"« {cle} »" in message and raison in message


def test_deux_bases_en_boucle(dossier_campagnes: Path) -> None:
    for nom, base in (("a", "b"), ("b", "a")):
        texte = f'[campagne]\nid = "{nom}"\ntitre = "T"\nbase = "{base}"\n'
        (dossier_campagnes / f"{nom}.toml").write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurCampagne, match="a → b → a"):
        charger("a")


def test_un_identifiant_deja_pris_est_refuse(dossier_campagnes: Path) -> None:
    (dossier_campagnes / "2022.toml").write_text(ENTETE.format(id="2022"), encoding="utf-8")
    with pytest.raises(ErreurCampagne, match="a déjà une campagne"):
        charger("2022")


def test_un_fichier_qui_n_est_pas_du_texte(dossier_campagnes: Path) -> None:
    (dossier_campagnes / "essai.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ErreurCampagne, match="UTF-8"):
        charger("essai")


def test_un_dossier_de_campagnes_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_CAMPAGNES", str(tmp_path / "absent"))
    with pytest.raises(ErreurCampagne, match="n’existe pas"):
        identifiants()


def test_lire_un_texte_sans_fichier() -> None:
    with pytest.raises(ErreurCampagne, match="clé manquante"):
        lire_texte('[campagne]\nid = "x"\ntitre = "T"\n[pieces]\n', "x.toml", lambda _: {})


def test_charger_ne_relit_pas() -> None:
    assert charger("2022") is charger("2022")
    assert charger(dossier(1).campagne_id).id == "2022"
