"""The directory kept on this computer: imported whole or not at all, searched as people type, told from what."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.errors import ErreurFiness, Interruption
from esms_desktop.finess.recherche import ecart_de_frappe
from esms_desktop.finess.repertoire import Repertoire, place
from esms_desktop.gestes.echanges import annuaire
from tests.conftest import DONNEES
from tests.finess import fabrique as f

AUTRE = f.numero("97030002")


def _pays() -> bytes:
    return f.annuaire_json(
        f.pmej(
            f.EJ,
            f.ege("06000101", nomEgeLong="RESIDENCE LES HIRONDELLES"),
            f.ege("06000102", "183", nomEgeLong="IME LE PRÉ-VERT", siret="41051615700881"),
            f.ege("06000103", "500", nomEgeLong="FOYER FERMÉ", etatObjet="I", dateFermeture="2019-03-04"),
        ),
        f.pmej(
            f.EJ_MEMBRE,
            f.ege("97030101", "183", nomEgeLong="LE GRAND LARGE"),
            denominationPm="ŒUVRE DE L’ÉTÉ",
            denominationLonguePmSmsse=None,
            siren="775670417",
        ),
        f.pmej(
            AUTRE,
            denominationPm="LES LILAS D’ANTAN",
            denominationLonguePmSmsse=None,
            etatObjet="I",
            dateFermeture="2020-01-01",
        ),
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    annuaire.importer(f.ecrire(tmp_path, _pays(), "pays.json"))
    return place()


def _noms(texte: str) -> list[str]:
    with Repertoire() as repertoire:
        return [t.nom for t in repertoire.chercher(texte).trouvailles]


LILAS, OEUVRE, ANTAN = "ASSOCIATION DES LILAS", "ŒUVRE DE L’ÉTÉ", "LES LILAS D’ANTAN"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("lilas", [LILAS, ANTAN]),
        ("LILAS ass", [LILAS]),
        ("l’oeuvre de l'ete", [OEUVRE]),
        ("œuvre", [OEUVRE]),
        ("hirondelles nice", [LILAS]),
        ("pre vert", [LILAS]),
        ("E.H.P.A.D.", [LILAS]),
        ("ime guyane", [OEUVRE]),
        ("06100", [LILAS, OEUVRE, ANTAN]),
        ("97300", [OEUVRE]),
        (f.EJ, [LILAS]),
        ("06 000 10 1", [LILAS]),
        ("775 670 417", [OEUVRE]),
        ("410516157 00881", [LILAS]),
        ("9703", [OEUVRE, ANTAN]),
        ("hirondeles", [LILAS]),
        ("hirnodelles", [LILAS]),
        ("lials", [LILAS, ANTAN]),
        ("guyanne", [OEUVRE]),
        ("l", []),
        ("", []),
        ("zzzzzz", []),
        ('"*(^', []),
        ("999999999", []),
    ],
)
def test_what_a_text_finds(texte: str, noms: list[str]) -> None:
    assert _noms(texte) == noms


@pytest.mark.usefixtures("kept")
def test_a_word_that_is_nowhere_is_said_and_the_open_ones_come_first() -> None:
    with Repertoire() as repertoire:
        trouve = repertoire.chercher("hirondeles")
        assert trouve.corrige == "hirondelles"
        assert [t.nom for t in trouve.trouvailles[0].touches] == ["RESIDENCE LES HIRONDELLES"]
        assert [t.active for t in repertoire.chercher("lilas").trouvailles] == [True, False]
        assert repertoire.chercher("lilas").corrige == ""
        assert repertoire.chercher(f.EJ).trouvailles[0].ouverts == 2


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("mot", "nom"), [("guyane", OEUVRE), ("hirondelles", LILAS)])
def test_any_two_letters_swapped_are_found(mot: str, nom: str) -> None:
    echanges = {mot[:i] + mot[i + 1] + mot[i] + mot[i + 2 :] for i in range(1, len(mot) - 1)} - {mot}
    assert [m for m in sorted(echanges) if nom not in _noms(m)] == []


@given(st.text(max_size=30))
def test_no_text_breaks_the_search(texte: str) -> None:
    ici = place()
    if not ici.is_file():
        source = ici.parent / "pays.json"
        ici.parent.mkdir(parents=True, exist_ok=True)
        annuaire.importer(f.ecrire(source.parent, _pays(), source.name))
    with Repertoire() as repertoire:
        repertoire.chercher(texte)


@pytest.mark.parametrize(
    ("tape", "mot", "ecart"),
    [
        ("manosque", "manosque", 0),
        ("manosqe", "manosque", 1),
        ("mansoque", "manosque", 1),
        ("manoxque", "manosque", 1),
        ("mano", "manosque", 0),
        ("mnao", "manosque", 1),
        ("zzzz", "manosque", 2),
        ("manosquee", "manosque", 1),
    ],
)
def test_typing_mistakes(tape: str, mot: str, ecart: int) -> None:
    assert ecart_de_frappe(tape, mot, 1) == ecart


@given(st.text("abc", min_size=4, max_size=9), st.text("abc", max_size=12), st.integers(1, 2))
def test_typing_mistakes_are_counted_as_the_whole_table_would(tape: str, mot: str, permis: int) -> None:
    fin = mot[: len(tape) + permis]
    table = {(i, 0): i for i in range(len(tape) + 1)} | {(0, j): j for j in range(len(fin) + 1)}
    for i in range(1, len(tape) + 1):
        for j in range(1, len(fin) + 1):
            egal = tape[i - 1] == fin[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not egal))
            if i > 1 and j > 1 and tape[i - 1] == fin[j - 2] and tape[i - 2] == fin[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    fins = [table[len(tape), j] for j in range(max(0, len(tape) - permis), len(fin) + 1)]
    assert ecart_de_frappe(tape, mot, permis) == min([*fins, permis + 1])


def test_what_the_directory_says_is_what_the_file_does(tmp_path: Path) -> None:
    from esms_desktop.finess import lire

    cas = [
        f.petit(),
        f.annuaire_csv(f.ligne_et("06000101", f.EJ, siret="41051615700881"), f.ligne_ej(f.EJ_MEMBRE)),
    ]
    reels = DONNEES / "finess"
    vrais = [*reels.glob("etalab*.csv"), *reels.glob("finess-structures*.json.gz")]
    for rang, octets in enumerate([*cas, *(p.read_bytes() for p in vrais)]):
        chemin = f.ecrire(tmp_path, octets, f"annuaire{rang}")
        annuaire.importer(chemin)
        attendu = lire(chemin)
        with Repertoire() as repertoire:
            lu = repertoire.annuaire(attendu.entites)
            assert lu.entites == attendu.entites
            assert (lu.format, lu.date_source) == (attendu.format, attendu.date_source)
            etat = repertoire.etat
        assert etat.entites == len(attendu.entites) and etat.fichier == chemin.name


def test_numbers_given_twice_count_once_the_last_one(tmp_path: Path) -> None:
    premiere, seconde = f.ligne_et("06000101", f.EJ, "AVANT"), f.ligne_et("06000101", f.EJ, "APRÈS")
    annuaire.importer(f.ecrire(tmp_path, f.annuaire_csv(premiere, seconde)))
    with Repertoire() as repertoire:
        assert [e.nom for e in repertoire.annuaire([f.EJ]).entite(f.EJ).etablissements] == ["APRÈS"]
        assert not repertoire.chercher("avant").trouvailles


def test_an_entity_known_by_its_number_only_is_found_by_the_siren_of_its_siret(tmp_path: Path) -> None:
    annuaire.importer(
        f.ecrire(tmp_path, f.annuaire_csv(f.ligne_et("06000101", f.EJ, siret="41051615700881")))
    )
    with Repertoire() as repertoire:
        assert [t.finess for t in repertoire.chercher("410516157").trouvailles] == [f.EJ]
        assert [t.finess for t in repertoire.chercher("résidence nice").trouvailles] == [f.EJ]


_GZ = gzip.compress(f.petit(), mtime=0)
_SANS_ZERO = f.ligne_et("06000101", f.EJ).replace(f.EHPAD, f.EHPAD[1:])
_ARRONDI = f.ligne_et("06000101", f.EJ, siret="4,10516E+13")


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (_GZ[:-20], "incomplet"),
        (b"<!DOCTYPE html><html>", "page web"),
        (f.petit().replace(b"v1.0.0", b"v2.3.0"), "version v2.3.0 de son schéma"),
        (b'{\n"pmej": [\n{"informationsGeneralesPMEJ": {"numFinessPm": "1"}},\n}', "ligne 4"),
        (f.petit()[:-40], "incomplet"),
        (f.annuaire_csv(_SANS_ZERO), "réduit des numéros à 8\u00a0chiffres"),
        (
            f.annuaire_csv(f.ligne_et("06000102", f.EJ), _ARRONDI),
            "arrondi des numéros : le SIRET".replace(" :", "\u00a0:"),
        ),
        (
            f.annuaire_csv(f.ligne_et("06000101", f.EJ), f.ligne_et("06000102", f.EJ, "é"))
            + f.ligne_et("06000103", f.EJ, "é").encode("cp1252")
            + b"\n",
            "la ligne 4 n’est pas dans le même encodage",
        ),
        (f.annuaire_csv(*[f.ligne_et(f"0600010{i}", f.EJ) for i in range(5)], "structureet;a;b"), "ligne 7"),
        (f.annuaire_csv(f.ligne_ej(f.EJ)), "aucun établissement"),
        (
            f.activites((f.EHPAD, [])).replace(b"activitesExercees", b"x").replace(b"Autorisees", b"y"),
            "activités",
        ),
        (f.annuaire_json(f.pmej(f.EJ)), "aucun établissement"),
    ],
)
def test_a_bad_file_leaves_the_directory_as_it_was(
    kept: Path, tmp_path: Path, octets: bytes, dit: str
) -> None:
    avant = kept.read_bytes()
    with pytest.raises(ErreurFiness) as refus:
        annuaire.importer(f.ecrire(tmp_path, octets, "mauvais"))
    assert dit in refus.value.message and "L’annuaire précédent est gardé." in refus.value.message
    assert refus.value.remede and "\n" not in str(refus.value)
    assert (
        kept.read_bytes() == avant and [p.name for p in kept.parent.iterdir() if "brouillon" in p.name] == []
    )


@pytest.mark.parametrize("apres", [0, 1, 2])
def test_stopped_on_the_way_nothing_changes(kept: Path, tmp_path: Path, apres: int) -> None:
    avant, vus = kept.read_bytes(), []

    class Arret:
        def etape(self, fait: int, total: int, message: str) -> None:
            vus.append(message)
            if len(vus) > apres:
                raise Interruption("Arrêté.")

    with pytest.raises(Interruption):
        annuaire.importer(f.ecrire(tmp_path, f.petit(), "autre"), Arret())
    assert kept.read_bytes() == avant and list(kept.parent.glob(".esms*")) == []


def test_the_twin_file_gives_the_places_and_they_stay_with_the_next_directory(
    kept: Path, tmp_path: Path
) -> None:
    ime = f.numero("06000102")
    jumeau = f.activites(
        (
            f.EHPAD,
            [f.activite("60"), f.activite("12"), f.activite("9", etat="I"), f.activite("5", genre="F")],
        ),
        (ime, [f.activite("24", "01")]),
        (f.numero("06009999"), [f.activite("3")]),
        (f.numero("06000103"), [f.activite("beaucoup")]),
    )
    etat = annuaire.importer(f.ecrire(tmp_path, jumeau, "jumeau.json"))
    assert (etat.capacites, str(etat.activites_date), str(etat.date_source)) == (
        2,
        "2026-08-14",
        "2026-08-13",
    )

    def places() -> dict[str, int | None]:
        with Repertoire() as repertoire:
            return {e.finess: e.capacite for e in repertoire.annuaire([f.EJ]).entite(f.EJ).eligibles}

    assert places() == {f.EHPAD: 72, ime: 24}
    assert annuaire.importer(f.ecrire(tmp_path, _pays(), "pays.json")).capacites == 2
    assert places() == {f.EHPAD: 72, ime: 24}


def test_the_twin_of_another_shape_is_refused(kept: Path, tmp_path: Path) -> None:
    for octets, dit in (
        (f.activites((f.EHPAD, []), schemaVersion="v3.0.0"), "version v3.0.0"),
        (f.activites((f.EHPAD, [f.activite("3")]))[:-9], "incomplet"),
    ):
        with pytest.raises(ErreurFiness, match=dit):
            annuaire.importer(f.ecrire(tmp_path, octets, "jumeau"))
    assert annuaire.etat().capacites == 0


def test_the_twin_alone_or_no_directory_says_what_to_do_first(tmp_path: Path) -> None:
    with pytest.raises(ErreurFiness, match=r"jumeau.*d’abord"):
        annuaire.importer(f.ecrire(tmp_path, f.activites((f.EHPAD, [f.activite("3")])), "jumeau"))
    with pytest.raises(ErreurFiness, match="Aucun annuaire"):
        annuaire.etat()
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_bytes(b"SQLite format 3\x00" + b"x" * 500)
    with pytest.raises(ErreurFiness, match="ne se lit plus"):
        annuaire.etat()
    # A spoilt directory does not keep the next one from being imported.
    annuaire.importer(f.ecrire(tmp_path, _pays(), "pays.json"))
    assert _noms("lilas") == [LILAS, ANTAN]


def test_what_lies_beside(tmp_path: Path) -> None:
    cas = DONNEES / "cas" / "finess"
    if not cas.is_dir():
        pytest.skip("données réelles absentes (../shared/donnees)")
    annuaire.importer(DONNEES / "finess" / "finess-structures-extrait-20260813.json.gz")
    assert annuaire.importer(cas / "finess-activites-jumeau.json").capacites == 0
    with pytest.raises(ErreurFiness, match="«\u00a010000024\u00a0», à la ligne 2"):
        annuaire.importer(cas / "etalab-reenregistre-par-excel.csv")
    annuaire.importer(cas / "etalab-windows-1252.csv")
    with Repertoire() as repertoire:
        assert repertoire.chercher("oeuvre coeur").trouvailles[0].touches[0].nom.startswith("L’ŒUVRE DU CŒUR")
