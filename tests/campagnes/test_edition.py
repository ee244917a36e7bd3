"""The campaigns of the person: copied, changed value by value, compared, brought in and taken out; hostile files refused in French."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes import chargement, edition
from esms_desktop.campagnes import propres as campagnes
from esms_desktop.campagnes.chargement import charger, identifiants, refusees, tables, toutes
from esms_desktop.campagnes.comparaison import comparer
from esms_desktop.campagnes.ecriture import ecrire
from esms_desktop.campagnes.endroit import ligne_de
from esms_desktop.campagnes.lecture import analyser, lire_brute
from esms_desktop.campagnes.libelles import libelle
from esms_desktop.errors import ErreurCampagne, ErreurEsms, ErreurSaisie

ANGLAIS = re.compile(r"\b(line|column|invalid|expected|error|value|at|not|found|cannot)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def fraiches() -> None:
    chargement.oublier()


def refus(erreur: ErreurEsms) -> str:
    dit = str(erreur).replace("\u00a0", " ")
    assert "Traceback" not in dit and not ANGLAIS.search(dit), dit
    return dit


@pytest.mark.parametrize(
    "id", ["2021-amorcage", "2022", "2022-centre-val-de-loire", "2023", "2025", "sons-vague-1"]
)
def test_une_copie_dit_tout_ce_que_dit_l_originale(id: str) -> None:
    copie = campagnes.copier(id, "copie-1", "Copie")
    assert copie.titre == "Copie" and copie.id in identifiants()
    lignes = comparer(charger(id), copie)
    assert [x for x in lignes if x.differe] == [] and len(lignes) > 90
    assert all(x.gauche == x.droite for x in lignes)
    assert (copie.textes, copie.remarques) == (charger(id).textes, charger(id).remarques)
    # Its file stands alone: brought in anywhere, it says the same.
    brute = analyser(
        (chargement.dossier_personnel() or Path()).joinpath("copie-1.toml").read_text("utf-8"), "copie-1.toml"
    )
    assert "base" not in brute["campagne"] and lire_brute(brute, "copie-1.toml") == copie


def test_chaque_valeur_a_un_nom_et_un_genre() -> None:
    cles = {cle for cle, _ in charger("2022").parametres()}
    assert cles == set(edition.genres_des_cles())
    assert all(libelle(cle)[0].isupper() and "_" not in libelle(cle) for cle in cles)


@pytest.mark.parametrize(
    ("cle", "saisi", "valeur"),
    [
        ("taille.minimum", "12", 12),
        ("taille.maximum_finance", "aucun", None),
        ("taille.maximum_finance", "1 000", 1000),
        ("financement.conformite.usages_euros", "5 500 €", 5500),
        ("recevabilite.date_plancher", "3/1/2026", date(2026, 1, 3)),
        ("recevabilite.date_plancher", "aucune", None),
        ("recevabilite.siret_porteur", "non", False),
        ("eligibilite.champs", "PA, PH", ("PA", "PH")),
        ("recevabilite.points_sans_objet", "5, 9", (5, 9)),
        ("unites.lettres", "porteur", "porteur"),
        ("pieces.10", "obligatoire", "obligatoire"),
        ("orientation.financeur_national", "National « essai » \\ 2026", "National « essai » \\ 2026"),
    ],
)
def test_une_valeur_se_change_avec_sa_source(cle: str, saisi: str, valeur: object) -> None:
    campagnes.copier("2022", "essai", "Essai")
    apres = campagnes.modifier("essai", cle, saisi, "Instruction 2026 § 3")
    p = dict(apres.parametres())[cle]
    assert (p.valeur, p.source, p.hypothese) == (valeur, "Instruction 2026 § 3", False)
    apres = campagnes.modifier("essai", cle, saisi, "Presse", True, "annoncé en mars")
    p = dict(apres.parametres())[cle]
    assert (p.valeur, p.hypothese, p.note) == (valeur, True, "annoncé en mars")
    assert charger("essai") == apres
    autres = [x.cle for x in comparer(charger("2022"), apres) if x.differe]
    assert set(autres) <= {cle}


@pytest.mark.parametrize(
    ("cle", "saisi", "source", "note", "dit"),
    [
        ("taille.minimum", "quinze", "X", "", "nombre entier"),
        ("taille.minimum", "-3", "X", "", "nombre"),
        ("taille.minimum", "99999999999999999999", "X", "", "dépasse"),
        ("financement.conformite.usages_euros", "", "X", "", "nombre entier"),
        ("recevabilite.date_plancher", "32/13/2026", "X", "", "date"),
        ("recevabilite.date_plancher", "1/1/1950", "X", "", "2000 à 2100"),
        ("recevabilite.siret_porteur", "peut-être", "X", "", "oui ou non"),
        ("eligibilite.champs", "PA, ZZ", "X", "", "ZZ"),
        ("unites.lettres", "tous", "X", "", "porteur, og"),
        ("taille.nombre", "3", "X", "", "n’est pas une valeur"),
        ("taille.minimum", "12", "  ", "", "d’où elle vient"),
        ("versements.avance_pourcent", "60", "X", "", "100 %"),
        ("taille.minimum_derogatoire", "40", "X", "", "dépasse le minimum"),
        ("fenetres.9.fin", "1/1/2026", "X", "", "pas de fenêtre 9"),
    ],
)
def test_une_saisie_fausse_laisse_le_fichier(cle: str, saisi: str, source: str, note: str, dit: str) -> None:
    campagnes.copier("2022", "essai", "Essai")
    avant = campagnes.texte("essai")
    with pytest.raises(ErreurEsms) as erreur:
        campagnes.modifier("essai", cle, saisi, source, bool(note), note)
    assert dit in refus(erreur.value) and campagnes.texte("essai") == avant


def test_une_hypothese_dit_pourquoi_et_une_campagne_livree_ne_se_modifie_pas() -> None:
    campagnes.copier("2022", "essai", "Essai")
    with pytest.raises(ErreurSaisie, match="pourquoi"):
        campagnes.modifier("essai", "taille.minimum", "3", "X", True, " ")
    for geste in (
        lambda: campagnes.modifier("2022", "taille.minimum", "3", "X"),
        lambda: campagnes.supprimer("2022"),
    ):
        with pytest.raises(ErreurSaisie, match="livrée avec l’application"):
            geste()
    with pytest.raises(ErreurSaisie, match="existe déjà"):
        campagnes.copier("2022", "2023", "Autre")


@pytest.mark.parametrize("id", ["", "A", "é", "a b", "../x", "a/b", "a--b", "-a", "x" * 81, "con.toml"])
def test_un_identifiant_qui_n_en_est_pas_un(id: str) -> None:
    with pytest.raises(ErreurSaisie, match="identifiant"):
        campagnes.copier("2022", id, "T")


def test_les_listes_se_completent_se_changent_et_se_vident() -> None:
    campagnes.copier("2023-ile-de-france", "essai", "Essai")
    avant = charger("essai")
    neuf = {"role": "grades", "nom": "GRADeS", "courriel": "a@exemple.fr"}
    c = campagnes.ajouter("essai", "contacts", neuf, "Annexe 2", True, "annoncé")
    contact = c.contacts[-1]
    assert (contact.nom, contact.source, contact.hypothese, contact.note) == (
        "GRADeS",
        "Annexe 2",
        True,
        "annoncé",
    )
    c = campagnes.modifier("essai", f"contacts.{len(c.contacts)}.courriel", "b@exemple.fr", "Annexe 3")
    assert (c.contacts[-1].courriel, c.contacts[-1].hypothese) == ("b@exemple.fr", False)
    cas = {
        "texte": "Écart.",
        "statuts": "referencee, en-cours",
        "essms": "tous",
        "type_projet": "acquisition",
    }
    c = campagnes.ajouter("essai", "remarques", cas, "ANS")
    r = c.remarques[-1]
    assert (r.texte, r.statuts, r.essms, r.type_projet) == (
        "Écart.",
        ("referencee", "en-cours"),
        (),
        "acquisition",
    )
    rang = len(c.remarques)
    c = campagnes.modifier("essai", f"remarques.{rang}.statuts", "tous", "ANS § 2")
    assert (c.remarques[-1].statuts, c.remarques[-1].source) == ((), "ANS § 2")
    c = campagnes.ajouter("essai", "fenetres", {"fin": "30/6/2026"}, "Instruction")
    assert (c.fenetres[-1].fin, c.fenetres[-1].debut) == (date(2026, 6, 30), None)
    for nom in ("fenetres", "contacts", "remarques"):
        c = campagnes.retirer("essai", f"{nom}.{len(getattr(c, nom))}")
    assert (c.fenetres, c.contacts, c.remarques) == (avant.fenetres, avant.contacts, avant.remarques)
    assert campagnes.modifier("essai", "campagne.programme", "sons", "").programme == "sons"


@pytest.mark.parametrize(
    ("faire", "dit"),
    [
        (
            lambda: campagnes.ajouter("essai", "contacts", {"nom": "X", "role": "ars"}, "S"),
            "courriel » manque",
        ),
        (
            lambda: campagnes.ajouter(
                "essai", "contacts", {"nom": "X", "role": "roi", "courriel": "a@b.fr"}, "S"
            ),
            "roi",
        ),
        (lambda: campagnes.ajouter("essai", "contacts", {"age": "3"}, "S"), "n’est pas une valeur"),
        (lambda: campagnes.ajouter("essai", "remarques", {"texte": "X"}, " "), "d’où elle vient"),
        (
            lambda: campagnes.ajouter("essai", "remarques", {"texte": "X"}, "S", True, "peut-être"),
            "n’est pas une hypothèse",
        ),
        (lambda: campagnes.ajouter("essai", "remarques", {"texte": "X", "postes": "café"}, "S"), "café"),
        (
            lambda: campagnes.ajouter("essai", "fenetres", {"debut": "2/2/2026", "fin": "1/1/2026"}, "S"),
            "précède",
        ),
        (lambda: campagnes.modifier("essai", "contacts.9.nom", "X", "S"), "pas de contact 9"),
        (lambda: campagnes.modifier("essai", "contacts.1.age", "X", "S"), "n’est pas une valeur"),
        (lambda: campagnes.modifier("essai", "contacts.1", "X", "S"), "n’est pas une valeur"),
        (lambda: campagnes.modifier("essai", "campagne.programme", "autre", "S"), "esms-numerique"),
        (lambda: campagnes.retirer("essai", "contacts.9"), "pas de contact 9"),
        (lambda: campagnes.retirer("essai", "taille.minimum"), "ne désigne ni"),
        (lambda: campagnes.retirer("2022", "contacts.1"), "livrée"),
    ],
)
def test_une_liste_refuse_ce_qui_n_en_est_pas(faire: Callable[[], object], dit: str) -> None:
    campagnes.copier("2023-ile-de-france", "essai", "Essai")
    avant = campagnes.texte("essai")
    with pytest.raises(ErreurEsms) as erreur:
        faire()
    assert dit in refus(erreur.value) and campagnes.texte("essai") == avant


def test_l_annee_les_textes_et_les_fenetres() -> None:
    campagnes.copier("2022", "2026-essai", "Essai")
    c = campagnes.modifier("2026-essai", "campagne.annee", "2026", "")
    # The texts of 2022 are none of 2026.
    assert (c.annee, c.textes) == (2026, ()) and c.fondement("ANS") == "autre-texte"
    c = campagnes.modifier("2026-essai", "textes", "Instruction 2026, ANS", "")
    assert c.fondement("Instruction 2026") == "texte"
    rang = len(c.fenetres) + 1
    campagnes.modifier("2026-essai", f"fenetres.{rang}.debut", "1/2/2026", "Instruction 2026")
    c = campagnes.modifier("2026-essai", f"fenetres.{rang}.fin", "30/6/2026", "Instruction 2026")
    f = c.fenetres[-1]
    assert (f.debut, f.fin, f.niveau, f.source) == (
        date(2026, 2, 1),
        date(2026, 6, 30),
        "tous",
        "Instruction 2026",
    )
    with pytest.raises(ErreurCampagne, match="précède"):
        campagnes.modifier("2026-essai", f"fenetres.{rang}.fin", "1/1/2026", "Instruction 2026")
    assert campagnes.modifier("2026-essai", "campagne.titre", "Autre titre", "").titre == "Autre titre"


def test_exporter_supprimer_importer_retablir(tmp_path: Path) -> None:
    campagnes.copier("2023", "essai", "Essai")
    ecrit = campagnes.exporter("essai", tmp_path)
    assert ecrit == tmp_path / "essai.toml"
    avant = charger("essai")
    texte = campagnes.supprimer("essai")
    assert "essai" not in identifiants()
    assert campagnes.importer(ecrit) == avant
    with pytest.raises(ErreurCampagne, match="Vous avez déjà"):
        campagnes.importer(ecrit)
    campagnes.supprimer("essai")
    assert campagnes.retablir("essai", texte) == avant
    # A campaign of the application goes out whole, and comes back only under another id.
    livree = campagnes.exporter("2022-centre-val-de-loire", tmp_path / "cvl.toml")
    with pytest.raises(ErreurCampagne, match="a déjà une campagne"):
        campagnes.importer(livree)


def entete(id: str = "essai", suite: str = "") -> str:
    return f'[campagne]\nid = "{id}"\ntitre = "Essai"\nbase = "2023"\n{suite}'


HOSTILES = [
    ("types", entete(suite='[taille]\nminimum = { valeur = "quinze", source = "X" }\n'), "taille.minimum.valeur", "ligne 6"),
    ("table", "campagne = 3\n", "campagne", "ligne 1"),
    ("liste", entete(suite='[eligibilite]\nchamps = { valeur = "PA", source = "X" }\n'), "eligibilite.champs.valeur", "ligne 6"),
    ("cle absente", entete(suite="[taille]\nminimum = { valeur = 15 }\n"), "taille.minimum.source", "ligne 6"),
    ("cle inconnue", entete(suite='[taille]\nmaxi = { valeur = 15, source = "X" }\n'), "taille.maxi", "ligne 6"),
    ("deux fois", entete(suite="[taille]\n[taille]\n"), "fichier entier", "ligne 6"),
    ("negatif", entete(suite='[financement.conformite]\nusages_euros = { valeur = -5, source = "X" }\n'), "usages_euros.valeur", "négatif"),
    ("demesure", entete(suite=f'[financement.conformite]\nusages_euros = {{ valeur = {"9" * 60}, source = "X" }}\n'), "usages_euros.valeur", "hors de proportion"),
    ("infini", entete(suite='[taille]\nminimum = { valeur = inf, source = "X" }\n'), "taille.minimum.valeur", "entier"),
    ("annee", entete(suite="annee = 1066\n"), "campagne.annee", "2000 à 2100"),
    ("date", entete(suite='[recevabilite]\ndate_plancher = { valeur = 0001-01-01, source = "X" }\n'), "date_plancher.valeur", "2000 à 2100"),
    ("date fausse", entete(suite='[recevabilite]\ndate_plancher = { valeur = 2023-02-31, source = "X" }\n'), "fichier entier", "TOML"),
    ("fenetre", entete(suite='[[fenetres]]\nlibelle = "F"\ndebut = 2026-06-01\nfin = 2026-01-01\nniveau = "tous"\nconseillee = false\nsource = "X"\n'), "fenetres.1.fin", "ligne 8"),
    ("coupe", entete(suite='[taille]\nminimum = { valeur = 15, sour'), "fichier entier", "TOML"),
    ("profond", "a = " + "[" * 20_000, "fichier entier", "TOML"),
    ("long titre", '[campagne]\nid = "essai"\nbase = "2023"\ntitre = "' + "x" * 5000 + '"\n', "campagne.titre", "caractères"),
    ("caractere", entete(suite='[taille]\nminimum = { valeur = 15, source = "a\\u0000b" }\n'), "taille.minimum.source", "illisible"),
    ("identifiant livre", entete("2022"), "campagne.id", "a déjà une campagne"),
    ("identifiant chemin", entete("../../x"), "campagne.id", "identifiant"),
    ("identifiant nombre", '[campagne]\nid = 3\ntitre = "T"\nbase = "2023"\n', "campagne.id", "texte"),
    ("base inconnue", '[campagne]\nid = "essai"\ntitre = "T"\nbase = "1999"\n', "campagne.base", "1999"),
    ("base soi", '[campagne]\nid = "essai"\ntitre = "T"\nbase = "essai"\n', "campagne.base", "sa propre base"),
    ("sans entete", "[taille]\n", "campagne", "manquante"),
    ("vide", "", "campagne", "manquante"),
    ("prose", "Bonjour, voici la campagne.", "fichier entier", "ligne 1"),
    ("html", "<html><body>404</body></html>", "fichier entier", "ligne 1"),
]  # fmt: skip


@pytest.mark.parametrize(("texte", "cle", "dit"), [h[1:] for h in HOSTILES], ids=[h[0] for h in HOSTILES])
@pytest.mark.parametrize("fin", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("marque", [b"", b"\xef\xbb\xbf"], ids=["nu", "bom"])
def test_un_fichier_hostile_est_refuse_avec_sa_place(
    texte: str, cle: str, dit: str, fin: str, marque: bytes, tmp_path: Path
) -> None:
    fichier = tmp_path / "recu.toml"
    fichier.write_bytes(marque + texte.replace("\n", fin).encode())
    with pytest.raises(ErreurCampagne) as erreur:
        campagnes.importer(fichier)
    message = refus(erreur.value)
    assert f"{cle} »" in message and dit in message, message
    assert set(identifiants()) == set(chargement.livrees()) and not list(
        (chargement.dossier_personnel() or tmp_path).glob("*.toml")
    )


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"\xff\xfe" + entete().encode("utf-16-le"), "UTF-8"),
        (entete(suite="# r\xe9gion\n").encode("latin-1"), "UTF-8, ligne 5"),
        (b"#" * 1_000_001, "dépasse"),
        (b"\x00" * 40, "TOML"),
    ],
    ids=["utf-16", "latin-1", "enorme", "nuls"],
)
def test_des_octets_hostiles(octets: bytes, dit: str, tmp_path: Path) -> None:
    fichier = tmp_path / "recu.toml"
    fichier.write_bytes(octets)
    with pytest.raises(ErreurCampagne) as erreur:
        campagnes.importer(fichier)
    assert dit in refus(erreur.value)
    with pytest.raises(ErreurCampagne, match="n’existe pas"):
        campagnes.importer(tmp_path / "absent.toml")
    with pytest.raises(ErreurCampagne, match="dossier"):
        campagnes.importer(tmp_path)


@pytest.mark.parametrize("marque", [b"", b"\xef\xbb\xbf"])
def test_une_marque_et_des_fins_de_ligne_de_windows_se_lisent(marque: bytes, tmp_path: Path) -> None:
    fichier = tmp_path / "recu.toml"
    fichier.write_bytes(marque + entete("2026-bretagne", 'region = "53"\n').replace("\n", "\r\n").encode())
    assert campagnes.importer(fichier).region == "53"


def test_un_fichier_pose_a_la_main_ne_prend_jamais_les_autres(tmp_path: Path) -> None:
    sien = chargement.dossier_personnel()
    assert sien is not None
    campagnes.copier("2022", "bonne", "Bonne")
    (sien / "2023.toml").write_text(entete("2023"), encoding="utf-8")
    (sien / "cassee.toml").write_text("rien de bon", encoding="utf-8")
    chargement.oublier()
    assert {c.id for c in toutes()} == {*chargement.livrees(), "bonne"}
    assert charger("2023").titre.startswith("ESMS numérique 2023")
    dits = sorted(refus(e) for e in refusees())
    assert len(dits) == 2 and "« 2023.toml »" in dits[0] and "« cassee.toml »" in dits[1]


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c-d"]),
        st.text(max_size=40) | st.integers() | st.booleans() | st.lists(st.text(max_size=5)),
    )
)
def test_ce_qui_s_ecrit_se_relit(valeurs: dict[str, object]) -> None:
    import tomllib

    propres = {c: v for c, v in valeurs.items() if not _perdu(v)}
    assert tomllib.loads(ecrire({"campagne": {}, "x": propres})).get("x", {}) == propres


def _perdu(v: object) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in str(v))


def test_la_ligne_d_une_cle() -> None:
    texte = '[a]\nb = 1\n[a.c]\nd.e = 2\n"f" = 3\n[[g]]\nh = 1\n[[g]]\nh = 2\n'
    places = {"a.b": 2, "a.c.d.e": 4, "a.c.f": 5, "g.1.h": 7, "g.2.h": 9, "g.2.x": 8, "a.z": 1, "z": None}
    assert {cle: ligne_de(texte, cle) for cle in places} == places
    assert tables("2022")["campagne"]["id"] == "2022"
