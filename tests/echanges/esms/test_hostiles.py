"""A dossier file that is hostile, spoilt or cut is refused in a sentence, and nothing is written."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esms_desktop.cli import main
from esms_desktop.echanges.esms import scelle
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.echanges.dossiers import exporter, importer, rapprocher
from esms_desktop.store.porte import Porte
from tests.echanges.esms.outils import PHRASE, jamais, lire, phrase


def _refus(vide: Porte, chemin: Path, phrase: Callable[[], str] = phrase) -> str:
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
    assert dit in _refus(vide, _modifie(fichiers[1], tmp_path, dossier_json=_json(changer)), jamais)


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
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, journal_jsonl=lambda o: o + ligne), jamais)


def test_what_is_missing_or_unfolds_without_end_is_refused(
    fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esms_desktop.echanges.esms import fichier

    with zipfile.ZipFile(fichiers[1]) as archive:
        joint = next(n for n in archive.namelist() if n.startswith("contenus/"))
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, dossier_json=None), jamais)
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, journal_jsonl=None), jamais)
    assert "abîmé" in _refus(vide, _modifie(fichiers[1], tmp_path, **{joint: lambda o: o + b"x"}), jamais)
    monkeypatch.setattr(fichier, "_DOSSIER_MAX", 2**20)
    bombe = _modifie(fichiers[1], tmp_path, dossier_json=lambda _: b" " * 2**24)
    assert bombe.stat().st_size < 10 * 2**20 and "se déplie" in _refus(vide, bombe, jamais)
    for octets, dit in ((b"", "n’est pas"), (b"%PDF-1.7", "n’est pas"), (b"PK\x03\x04rien", "abîmé")):
        (tmp_path / "f.esms").write_bytes(octets)
        assert dit in _refus(vide, tmp_path / "f.esms", jamais)
    assert "n’a pas pu être ouvert" in _refus(vide, tmp_path / "absent.esms", jamais)


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
        rapprocher(porte, lire(porte, cle), chemin, jamais, appliquer=True)
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

    lu = lire(vide, importer(vide, _modifie(fichiers[1], tmp_path, dossier_json=_json(vieillir)), jamais))
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
    nom = lire(*source).nom
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
