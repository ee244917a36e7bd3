"""A dossier goes out in a file and comes back the same; what is hostile is refused in a sentence, and nothing is written."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esms_desktop import lecture
from esms_desktop.cli import main
from esms_desktop.echanges.esms import scelle
from esms_desktop.echanges.esms.copie import Copie
from esms_desktop.echanges.esms.fichier import ouvrir as ouvrir_fichier
from esms_desktop.errors import ErreurCampagne, ErreurSaisie
from esms_desktop.gestes.appel import accomplir
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.gestes.echanges.dossiers import copie, dupliquer, exporter, importer, rapprocher
from esms_desktop.gestes.lignes import inscrire, neuve, saisir
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from esms_desktop.travaux.exemple import creer_exemple
from tests.bases import base_neuve

PHRASE = "une phrase entre nous"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Porte, int]]:
    """A base with the sample dossier: every table, files, and a journal where rows came, changed and went."""
    with ouvrir(tmp_path_factory.mktemp("esms") / "base.sqlite", cle_jetable()) as porte:
        cle = creer_exemple(porte).id
        lu = _lire(porte, cle)
        saisir(porte, lu.ogs[1], sigle="AVANT")
        porte.retirer(lu.essms[-1], libelle="Retirer")
        porte.annuler()
        porte.retirer(lu.contacts[0], libelle="Retirer un contact")
        yield porte, cle


@pytest.fixture(scope="module")
def fichiers(source: tuple[Porte, int], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample dossier sealed, and in clear."""
    dossier = tmp_path_factory.mktemp("fichiers")
    porte, cle = source
    with pytest.MonkeyPatch.context() as leger:
        # Each opening derives the key again: a lighter one, that the header tells.
        leger.setattr(scelle, "_LOG_N", 10)
        return (
            exporter(porte, cle, dossier / "scelle.esms", PHRASE),
            exporter(porte, cle, dossier / "clair.esms", None),
        )


@pytest.fixture(scope="module")
def ailleurs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the other bases stand, one after the other."""
    return tmp_path_factory.mktemp("ailleurs") / "autre.sqlite"


@pytest.fixture
def vide(ailleurs: Path) -> Iterator[Porte]:
    """Another base, empty."""
    with base_neuve(ailleurs) as porte:
        yield porte


def _lire(porte: Porte, cle: int) -> lecture.Dossier:
    lu = porte.lire(cle)
    assert lu is not None
    return lu


def _phrase() -> str:
    return PHRASE


def _jamais() -> str:
    raise AssertionError("a phrase is asked of a file in clear")


def test_out_and_back_it_is_the_same_to_the_byte(
    source: tuple[Porte, int], fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    porte, _ = source
    with ouvrir_fichier(fichiers[1], _jamais) as fichier:
        attendu = fichier.copie
    revenu = importer(vide, fichiers[0], _phrase)
    assert copie(vide, revenu).en_json() == attendu.en_json()
    assert [e.empreinte for e in copie(vide, revenu).journal] == [e.empreinte for e in attendu.journal]
    assert attendu.contenus and all(vide.contenu(c) == porte.contenu(c) for c in attendu.contenus)
    clair = exporter(vide, revenu, tmp_path / "encore.esms", None)
    with zipfile.ZipFile(clair) as a, zipfile.ZipFile(fichiers[1]) as b:
        assert a.namelist() == b.namelist() and a.read("dossier.json") == b.read("dossier.json")
    # The dossier reads, its journal tells who did what, and the import undoes in one step.
    lu = _lire(vide, revenu)
    assert lu.nom == attendu.nom and lu.porteur is not None
    histoire, _ = vide.historique(revenu, limite=5000)
    assert any(e.genre == "retrait" and e.table == "contact" for e in histoire)
    [retire] = [r for r in vide.corbeille(revenu) if r.table == "contact"] or [None]
    assert retire is None or retire.nom
    vide.annuler()
    assert vide.resumes() == []
    vide.refaire()
    assert copie(vide, revenu).en_json() == attendu.en_json()


def test_here_already_it_is_another_dossier_or_refused(
    source: tuple[Porte, int], fichiers: tuple[Path, Path]
) -> None:
    porte, cle = source
    with pytest.raises(ErreurSaisie, match="déjà dans la base"):
        importer(porte, fichiers[1], _jamais)
    autre = importer(porte, fichiers[1], _jamais, "Une copie")
    ici, la = copie(porte, cle).tables, copie(porte, autre).tables
    assert {t: len(r) for t, r in ici.items()} == {t: len(r) for t, r in la.items()}
    assert all(ici[t].keys().isdisjoint(la[t]) for t in ici)
    with pytest.raises(ErreurSaisie, match="s’appelle déjà"):
        importer(porte, fichiers[1], _jamais, "UNE COPIE")
    # The journals that came in stand one before the other.
    importer(porte, fichiers[1], _jamais, "Une autre")
    assert len(copie(porte, autre).journal) == len(copie(porte, porte.dossier("Une autre").id).journal)
    porte.annuler()
    porte.annuler()


def test_for_another_campaign_what_was_declared_is_asked_anew(source: tuple[Porte, int]) -> None:
    porte, cle = source
    avant = _lire(porte, cle)
    with pytest.raises(ErreurCampagne):
        dupliquer(porte, avant, "1999", "Suite")
    fait = accomplir(
        porte, "dossier.dupliquer", avant, {"campagne_id": "2024", "nom": "Suite"}, date(2026, 1, 1)
    )
    neuf = porte.dossier("Suite")
    assert fait.lignes and (neuf.campagne_id, neuf.etat.value) == ("2024", "preparation")
    assert [og.nom for og in neuf.ogs] == [og.nom for og in avant.ogs] and neuf.porteur is not None
    assert [e.finess for e in neuf.essms] == [e.finess for e in avant.essms]
    assert not ({e.uid for e in neuf.essms} & {e.uid for e in avant.essms})
    assert neuf.fichiers == [] and neuf.taches == [] and neuf.signatures == [] and neuf.depots == []
    assert {e.esms_numerique_anterieur for e in neuf.essms} == {None} and neuf.portee_nationale is None
    assert neuf.date_depot_prevue is None and [og.association for og in neuf.ogs] == [
        og.association for og in avant.ogs
    ]
    assert len(neuf.risques) == len(avant.risques)
    porte.annuler()
    assert "Suite" not in {r.nom for r in porte.resumes()}


def test_two_bases_that_diverged_come_together(
    source: tuple[Porte, int], fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    porte, cle = source
    la = importer(vide, fichiers[0], _phrase)
    ici_lu, la_lu = _lire(porte, cle), _lire(vide, la)
    numero = ici_lu.essms[0].finess
    saisir(porte, ici_lu.essms[0], capacite=41, dui_actuel="Ici")
    saisir(vide, next(e for e in la_lu.essms if e.finess == numero), dui_actuel="Là-bas", commune="Étampes")
    inscrire(vide, neuve("contact", nom="Paul Là-bas", dossier_id=la), libelle="Ajouter")
    vide.joindre(_lire(vide, la), 3, "plan.pdf", ".pdf", b"%PDF la-bas")
    retour = exporter(vide, la, tmp_path / "retour.esms", PHRASE)
    vu = rapprocher(porte, ici_lu, retour, _phrase)
    [question] = vu.questions()
    assert (question.notre.texte, question.leur.texte) == (
        "Ici",
        "Là-bas",
    ) and question.leur.quand is not None
    assert not vu.applique and "Ici" in {e.dui_actuel for e in _lire(porte, cle).essms}
    assert any("Étampes" in vu.dire(op) for op in vu.fusion.operations)
    vu = rapprocher(porte, ici_lu, retour, _phrase, {question.cle: True}, appliquer=True)
    apres = _lire(porte, cle)
    essms = next(e for e in apres.essms if e.finess == numero)
    assert (essms.capacite, essms.dui_actuel, essms.commune) == (41, "Là-bas", "Étampes")
    assert "Paul Là-bas" in {c.nom for c in apres.contacts}
    assert porte.contenu(next(f for f in apres.fichiers if f.nom == "plan.pdf").sha256) == b"%PDF la-bas"
    assert "Paul Là-bas" in {e.nom for e in porte.historique(cle, limite=5000)[0]}
    # The same again brings nothing; the other one, brought what was merged, says the same.
    assert rapprocher(porte, apres, retour, _phrase).phrases()[0].startswith("La copie n’apporte rien")
    aller = exporter(porte, cle, tmp_path / "aller.esms", None)
    rapprocher(vide, _lire(vide, la), aller, _jamais, appliquer=True)
    assert _memes(copie(vide, la)) == _memes(copie(porte, cle))
    # A merge undoes in one step, and is then asked again: nothing is thought to be settled.
    assert porte.annuler() == "Fusionner avec «\u00a0retour.esms\u00a0»"
    assert next(e for e in _lire(porte, cle).essms if e.finess == numero).dui_actuel == "Ici"
    assert rapprocher(porte, _lire(porte, cle), retour, _phrase).fusion.conflits


def _memes(c: Copie) -> dict[str, dict[str, Any]]:
    return {t: {u: dict(r) for u, r in rs.items()} for t, rs in c.tables.items()}


def test_an_open_reading_follows_a_merge(
    source: tuple[Porte, int], fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    porte, cle = source
    la = importer(vide, fichiers[1], _jamais)
    ouverte = _lire(vide, la)
    saisir(porte, _lire(porte, cle).ogs[0], commune="Bondy")
    saisir(vide, ouverte.ogs[0], telephone="01 02 03 04 05")
    ouverte = vide.lire(la, ouverte) or ouverte
    retour = exporter(porte, cle, tmp_path / "r.esms", None)
    rapprocher(vide, ouverte, retour, _jamais, appliquer=True)
    suivie, relue = vide.lire(la, ouverte), _lire(vide, la)
    assert suivie is not None and suivie.version.tables == relue.version.tables
    assert suivie.ogs[0].commune == "Bondy" and suivie.ogs[0].telephone == "01 02 03 04 05"


def test_entries_that_come_in_one_by_one_stand_in_the_order_of_their_moments(
    porte: Porte, vide: Porte, tmp_path: Path
) -> None:
    cle = creer_vide(porte, "Petit", "2023", TypeProjet.ACQUISITION)
    la = importer(vide, exporter(porte, cle, tmp_path / "aller.esms", None), _jamais)
    for contexte in ("Un", "Deux", "Trois"):
        saisir(vide, _lire(vide, la), contexte=contexte)
        rapprocher(
            porte, _lire(porte, cle), exporter(vide, la, tmp_path / "r.esms", None), _jamais, appliquer=True
        )
        assert _lire(porte, cle).contexte == contexte
    assert [e.apres["contexte"] for e in copie(porte, cle).journal if e.avant] == ["Un", "Deux", "Trois"]


def test_a_campaign_that_is_not_here_is_refused(porte: Porte, vide: Porte, tmp_path: Path) -> None:
    cle = creer_vide(porte, "Petit", "2023", TypeProjet.ACQUISITION)
    la = importer(vide, exporter(porte, cle, tmp_path / "aller.esms", None), _jamais)
    vide.modifier(_lire(vide, la), campagne_id="à-eux")
    retour = exporter(vide, la, tmp_path / "retour.esms", None)
    for appel in (
        lambda: rapprocher(porte, _lire(porte, cle), retour, _jamais, appliquer=True),
        lambda: importer(porte, retour, _jamais, "Autre"),
    ):
        with pytest.raises(ErreurCampagne):
            appel()
    assert [r.campagne_id for r in porte.resumes()] == ["2023"]


def test_another_dossier_does_not_merge(source: tuple[Porte, int], fichiers: tuple[Path, Path]) -> None:
    porte, _ = source
    autre = importer(porte, fichiers[1], _jamais, "À part")
    with pytest.raises(ErreurSaisie, match="est un autre dossier"):
        rapprocher(porte, _lire(porte, autre), fichiers[1], _jamais)
    porte.annuler()


# -- hostile files ---------------------------------------------------------------------------------------------


def _refus(vide: Porte, chemin: Path, phrase: Callable[[], str] = _phrase) -> str:
    with pytest.raises(ErreurSaisie) as refus:
        importer(vide, chemin, phrase)
    assert vide.resumes() == [] and "\n" not in str(refus.value) and refus.value.remede
    return refus.value.message


def test_a_wrong_phrase_a_cut_or_changed_file_do_not_open(
    fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets, chemin = fichiers[0].read_bytes(), tmp_path / "f.esms"
    assert "ne s’ouvre pas avec cette phrase" in _refus(vide, fichiers[0], lambda: "une autre phrase")
    assert b"dossier.json" not in octets
    entete, piece = scelle._ENTETE.size, (1 << 16) + 16
    tire = random.Random(3)
    cas = [
        octets[:n] for n in (20, entete, entete + 10, entete + piece, len(octets) - piece, len(octets) - 1)
    ]
    cas += [octets + b"x", octets[:entete] + octets[entete + piece :]]
    deux = octets[entete + piece : entete + 2 * piece] + octets[entete : entete + piece]
    cas.append(octets[:entete] + deux + octets[entete + 2 * piece :])
    for _ in range(4):
        change = bytearray(octets)
        change[tire.randrange(entete, len(octets))] ^= 1
        cas.append(bytes(change))
    for abime in cas:
        chemin.write_bytes(abime)
        assert "abîmé" in _refus(vide, chemin)


def test_a_header_that_asks_for_the_moon_is_refused_before_it_gets_it(
    fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    magie, version, _, r, p, sel, nonce = scelle._ENTETE.unpack_from(fichiers[0].read_bytes())
    chemin = tmp_path / "f.esms"
    for n, r_, p_ in ((40, r, p), (15, 255, p), (15, r, 255), (0, r, p)):
        chemin.write_bytes(scelle._ENTETE.pack(magie, version, n, r_, p_, sel, nonce) + b"x" * 100)
        assert "abîmé ou incomplet" in _refus(vide, chemin)
    chemin.write_bytes(scelle._ENTETE.pack(magie, 9, 15, r, p, sel, nonce) + b"x" * 100)
    assert "ne connaît pas" in _refus(vide, chemin)


def _modifie(clair: Path, tmp_path: Path, **membres: Any) -> Path:
    """The same file with members changed; None takes one out."""
    chemin = tmp_path / "modifie.esms"
    with zipfile.ZipFile(clair) as avant, zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as apres:
        noms = {n.replace(".", "_"): n for n in avant.namelist()}
        for cle, nom in noms.items():
            change = membres.get(cle, lambda x: x)
            if change is not None:
                apres.writestr(nom, change(avant.read(nom)))
    return chemin


def _json(changer: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def faire(octets: bytes) -> bytes:
        objet = json.loads(octets)
        changer(objet)
        return json.dumps(objet).encode()

    return faire


@pytest.mark.parametrize(
    ("changer", "dit"),
    [
        (lambda o: o.update(version=2), "version du format"),
        (lambda o: o.update(format="autre"), "n’est pas un dossier"),
        (lambda o: o.update(schema="9999"), "version plus récente"),
        (lambda o: o.update(tables=[]), "abîmé"),
        (lambda o: o["tables"].update(journal=[{"uid": "x"}]), "ne connaît pas"),
        (lambda o: o["tables"].update(og=[{"uid": "x"}, {"uid": "x"}]), "abîmé"),
        (lambda o: o["tables"]["og"][0].update(nom=["x"]), "abîmé"),
        (lambda o: o["tables"]["dossier"][0].update(nom=""), "ne peut pas être vide"),
        (lambda o: o["tables"]["dossier"][0].update(nom=3), "abîmé"),
        (lambda o: o["tables"]["dossier"][0].update(etat="perdu"), "n’accepte pas"),
        (lambda o: o["tables"]["dossier"][0].update(id=1), "n’accepte pas"),
        (lambda o: o["tables"]["dossier"].append({"uid": "z", "nom": "y"}), "abîmé"),
        (lambda o: o["tables"]["og"][0].update(est_porteur="oui"), "n’accepte pas"),
        (lambda o: o["tables"]["og"][0].update(nb_essms_total=-1), "négatif"),
        (lambda o: o["tables"]["essms"][0].update(og_id="nulle-part"), "n’accepte pas"),
        (lambda o: o["tables"]["essms"][0].update(og_id=1), "n’accepte pas"),
        (lambda o: o["tables"]["essms"][0].update(capacite=1.5), "n’accepte pas"),
        (lambda o: o["tables"]["essms"][0].update({'x" = 1; DROP TABLE og; --': 1}), "n’accepte pas"),
        (lambda o: o["tables"]["essms"][0].pop("og_id"), "n’accepte pas"),
        (lambda o: o["tables"]["tache"][0].update(fixe="demain"), "n’accepte pas"),
        (lambda o: o["tables"]["fichier"][0].update(sha256="../../etc/passwd"), "fichier joint manque"),
    ],
)
def test_what_is_in_it_is_judged_as_if_it_were_typed(
    changer: Callable[[dict[str, Any]], object],
    dit: str,
    fichiers: tuple[Path, Path],
    vide: Porte,
    tmp_path: Path,
) -> None:
    assert dit in _refus(vide, _modifie(fichiers[1], tmp_path, dossier_json=_json(changer)), _jamais)


@pytest.mark.parametrize(
    "ligne",
    [
        b"{",
        b"[]",
        b'{"quand": 1}',
        b'{"quand":"hier","qui":"x","geste":1,"libelle":"l","sens":"s","table":"og","uid":"u","avant":{},"apres":null}',
    ],
)
def test_a_journal_that_does_not_read_is_refused(
    ligne: bytes, fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    assert "abîmé" in _refus(
        vide, _modifie(fichiers[1], tmp_path, journal_jsonl=lambda o: o + ligne), _jamais
    )


def test_what_is_missing_or_unfolds_without_end_is_refused(
    fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esms_desktop.echanges.esms import fichier

    with zipfile.ZipFile(fichiers[1]) as archive:
        joint = next(n for n in archive.namelist() if n.startswith("contenus/"))
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, dossier_json=None), _jamais)
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, journal_jsonl=None), _jamais)
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, **{joint: lambda o: o + b"x"}), _jamais)
    monkeypatch.setattr(fichier, "_DOSSIER_MAX", 2**20)
    bombe = _modifie(fichiers[1], tmp_path, dossier_json=lambda _: b" " * 2**24)
    assert bombe.stat().st_size < 10 * 2**20 and "se déplie" in _refus(vide, bombe, _jamais)
    for octets, dit in ((b"", "n’est pas"), (b"%PDF-1.7", "n’est pas"), (b"PK\x03\x04rien", "abîmé")):
        (tmp_path / "f.esms").write_bytes(octets)
        assert dit in _refus(vide, tmp_path / "f.esms", _jamais)
    assert "n’a pas pu être ouvert" in _refus(vide, tmp_path / "absent.esms", _jamais)


@settings(max_examples=max(5, settings.default.max_examples // 8))
@given(data=st.data())
def test_spoilt_inside_it_is_refused_or_read_and_never_breaks(
    data: st.DataObject,
    source: tuple[Porte, int],
    fichiers: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    porte, cle = source
    membre = data.draw(st.sampled_from(["dossier_json", "journal_jsonl"]))

    def abimer(octets: bytes) -> bytes:
        change = bytearray(octets)
        for place in data.draw(st.lists(st.integers(0, len(octets) - 1), min_size=1, max_size=4)):
            change[place] = data.draw(st.sampled_from(b'0x"{}[],:\n'))
        return bytes(change)

    chemin = _modifie(fichiers[1], tmp_path_factory.getbasetemp(), **{membre: abimer})
    avant = porte.dernier_pas
    try:
        rapprocher(porte, _lire(porte, cle), chemin, _jamais, appliquer=True)
    except ErreurSaisie as refus:
        assert refus.message
    # Entries alone are no step to undo.
    if porte.dernier_pas is not avant:
        porte.annuler()


def test_a_file_of_an_older_schema_takes_the_columns_added_since_as_empty(
    fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    def vieillir(objet: dict[str, Any]) -> None:
        objet["schema"] = "0004"
        for ligne in objet["tables"]["essms"]:
            for colonne in ("nature_confirmee", "heures_totales", "entite_nationale"):
                del ligne[colonne]

    lu = _lire(vide, importer(vide, _modifie(fichiers[1], tmp_path, dossier_json=_json(vieillir)), _jamais))
    assert {(e.nature_confirmee, e.heures_totales, e.entite_nationale) for e in lu.essms} == {
        (None, None, "")
    }


@settings(max_examples=20)
@given(st.data())
def test_sealed_bytes_come_back_from_anywhere(data: st.DataObject) -> None:
    octets = data.draw(st.binary(max_size=300)) * data.draw(st.integers(0, 900))
    sortie = io.BytesIO()
    with pytest.MonkeyPatch.context() as leger:
        leger.setattr(scelle, "_LOG_N", 10)
        sceau = scelle.Scelleur(sortie, PHRASE)
        pas = data.draw(st.integers(1, 100_000))
        for i in range(0, len(octets), pas):
            sceau.write(octets[i : i + pas])
        sceau.conclure()
        lu = scelle.Descelleur(sortie, PHRASE, "f") if not sortie.seek(0) else None
    assert lu is not None
    assert io.BufferedReader(lu).read() == octets
    place = data.draw(st.integers(0, len(octets)))
    lu.seek(place)
    assert lu.read(10) == octets[place : place + 10]
    assert struct.calcsize("!I") == 4


def test_a_phrase_too_short_or_a_folder_that_refuses_leave_nothing(
    source: tuple[Porte, int], tmp_path: Path
) -> None:
    porte, cle = source
    with pytest.raises(ErreurSaisie, match="protège trop peu"):
        exporter(porte, cle, tmp_path / "f.esms", "court")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Exception, match="n’a pas pu être écrit"):
        exporter(porte, cle, tmp_path / "absent" / "f.esms", None)


# -- the command line ------------------------------------------------------------------------------------------


def test_the_commands(
    source: tuple[Porte, int],
    fichiers: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(tmp_path / "base.sqlite"))
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "la phrase de la base")
    scelle_, clair = map(str, fichiers)
    nom = _lire(*source).nom
    assert (
        main(["dossier", "importer", scelle_]) == 2 and "phrase du fichier manque" in capsys.readouterr().err
    )
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE_FICHIER", PHRASE)
    assert main(["dossier", "importer", scelle_]) == 0
    assert "est importé" in capsys.readouterr().out
    assert main(["dossier", "fusionner", nom, clair, "--appliquer", "--json"]) == 0
    sortie = tmp_path / "sortie.esms"
    assert main(["dossier", "exporter", nom, "--sortie", str(sortie), "--en-clair"]) == 0
    assert zipfile.is_zipfile(sortie)
