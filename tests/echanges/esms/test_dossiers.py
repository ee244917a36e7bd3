"""A dossier goes out in a file and comes back the same; two bases that diverged come together."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.echanges.esms.copie import Copie
from esms_desktop.echanges.esms.fichier import ouvrir as ouvrir_fichier
from esms_desktop.errors import ErreurCampagne, ErreurSaisie
from esms_desktop.gestes.appel import accomplir
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.gestes.echanges.dossiers import copie, dupliquer, exporter, importer, rapprocher
from esms_desktop.gestes.lignes import inscrire, neuve, saisir
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.porte import Porte
from tests.echanges.esms.outils import PHRASE, jamais, lire, phrase


def test_out_and_back_it_is_the_same_to_the_byte(
    source: tuple[Porte, int], fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    porte, _ = source
    with ouvrir_fichier(fichiers[1], jamais) as fichier:
        attendu = fichier.copie
    revenu = importer(vide, fichiers[0], phrase)
    assert copie(vide, revenu).en_json() == attendu.en_json()
    assert [e.empreinte for e in copie(vide, revenu).journal] == [e.empreinte for e in attendu.journal]
    assert attendu.contenus and all(vide.contenu(c) == porte.contenu(c) for c in attendu.contenus)
    clair = exporter(vide, revenu, tmp_path / "encore.esms", None)
    with zipfile.ZipFile(clair) as a, zipfile.ZipFile(fichiers[1]) as b:
        assert a.namelist() == b.namelist() and a.read("dossier.json") == b.read("dossier.json")
    # The dossier reads, its journal tells who did what, and the import undoes in one step.
    lu = lire(vide, revenu)
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
        importer(porte, fichiers[1], jamais)
    autre = importer(porte, fichiers[1], jamais, "Une copie")
    ici, la = copie(porte, cle).tables, copie(porte, autre).tables
    assert {t: len(r) for t, r in ici.items()} == {t: len(r) for t, r in la.items()}
    assert all(ici[t].keys().isdisjoint(la[t]) for t in ici)
    with pytest.raises(ErreurSaisie, match="s’appelle déjà"):
        importer(porte, fichiers[1], jamais, "UNE COPIE")
    # The journals that came in stand one before the other.
    importer(porte, fichiers[1], jamais, "Une autre")
    assert len(copie(porte, autre).journal) == len(copie(porte, porte.dossier("Une autre").id).journal)
    porte.annuler()
    porte.annuler()


def test_for_another_campaign_what_was_declared_is_asked_anew(source: tuple[Porte, int]) -> None:
    porte, cle = source
    avant = lire(porte, cle)
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
    la = importer(vide, fichiers[0], phrase)
    ici_lu, la_lu = lire(porte, cle), lire(vide, la)
    numero = ici_lu.essms[0].finess
    saisir(porte, ici_lu.essms[0], capacite=41, dui_actuel="Ici")
    saisir(vide, next(e for e in la_lu.essms if e.finess == numero), dui_actuel="Là-bas", commune="Étampes")
    inscrire(vide, neuve("contact", nom="Paul Là-bas", dossier_id=la), libelle="Ajouter")
    vide.joindre(lire(vide, la), 3, "plan.pdf", ".pdf", b"%PDF la-bas")
    retour = exporter(vide, la, tmp_path / "retour.esms", PHRASE)
    vu = rapprocher(porte, ici_lu, retour, phrase)
    [question] = vu.questions()
    assert (question.notre.texte, question.leur.texte) == (
        "Ici",
        "Là-bas",
    ) and question.leur.quand is not None
    assert not vu.applique and "Ici" in {e.dui_actuel for e in lire(porte, cle).essms}
    assert any("Étampes" in vu.dire(op) for op in vu.fusion.operations)
    vu = rapprocher(porte, ici_lu, retour, phrase, {question.cle: True}, appliquer=True)
    apres = lire(porte, cle)
    essms = next(e for e in apres.essms if e.finess == numero)
    assert (essms.capacite, essms.dui_actuel, essms.commune) == (41, "Là-bas", "Étampes")
    assert "Paul Là-bas" in {c.nom for c in apres.contacts}
    assert porte.contenu(next(f for f in apres.fichiers if f.nom == "plan.pdf").sha256) == b"%PDF la-bas"
    assert "Paul Là-bas" in {e.nom for e in porte.historique(cle, limite=5000)[0]}
    # The same again brings nothing; the other one, brought what was merged, says the same.
    assert rapprocher(porte, apres, retour, phrase).phrases()[0].startswith("La copie n’apporte rien")
    aller = exporter(porte, cle, tmp_path / "aller.esms", None)
    rapprocher(vide, lire(vide, la), aller, jamais, appliquer=True)
    assert _memes(copie(vide, la)) == _memes(copie(porte, cle))
    # A merge undoes in one step, and is then asked again: nothing is thought to be settled.
    assert porte.annuler() == "Fusionner avec «\u00a0retour.esms\u00a0»"
    assert next(e for e in lire(porte, cle).essms if e.finess == numero).dui_actuel == "Ici"
    assert rapprocher(porte, lire(porte, cle), retour, phrase).fusion.conflits


@pytest.mark.parametrize(
    ("table", "champ", "ici", "la_bas", "dits"),
    [
        ("couts", "tva_pour_dix_mille", 550, 1000, ("5,5 %", "10 %")),
        ("couts", "montant_ht_cents", 123_450, 200_000, ("1 234,50 €", "2 000 €")),
        ("couts_rh", "etp_centiemes", 50, 125, ("0,5", "1,25")),
        ("couts_rh", "part_projet_pour_cent", 40, 60, ("40 %", "60 %")),
        ("taches", "fixe", date(2024, 3, 5), date(2024, 4, 8), ("05/03/2024", "08/04/2024")),
    ],
)
def test_what_is_disputed_is_said_as_a_person_reads_it(
    source: tuple[Porte, int],
    fichiers: tuple[Path, Path],
    vide: Porte,
    tmp_path: Path,
    table: str,
    champ: str,
    ici: object,
    la_bas: object,
    dits: tuple[str, str],
) -> None:
    porte, cle = source
    la = importer(vide, fichiers[1], jamais)
    une = getattr(lire(porte, cle), table)[0]
    saisir(porte, une, **{champ: ici})
    autre = next(x for x in getattr(lire(vide, la), table) if x.uid == une.uid)
    saisir(vide, autre, **{champ: la_bas})
    retour = exporter(vide, la, tmp_path / "retour.esms", None)
    questions = rapprocher(porte, lire(porte, cle), retour, jamais).questions()
    lus = {(q.notre.texte.replace("\u00a0", " "), q.leur.texte.replace("\u00a0", " ")) for q in questions}
    assert dits in lus


def _memes(c: Copie) -> dict[str, dict[str, Any]]:
    return {t: {u: dict(r) for u, r in rs.items()} for t, rs in c.tables.items()}


def test_an_open_reading_follows_a_merge(
    source: tuple[Porte, int], fichiers: tuple[Path, Path], vide: Porte, tmp_path: Path
) -> None:
    porte, cle = source
    la = importer(vide, fichiers[1], jamais)
    ouverte = lire(vide, la)
    saisir(porte, lire(porte, cle).ogs[0], commune="Bondy")
    saisir(vide, ouverte.ogs[0], telephone="01 02 03 04 05")
    ouverte = vide.lire(la, ouverte) or ouverte
    retour = exporter(porte, cle, tmp_path / "r.esms", None)
    rapprocher(vide, ouverte, retour, jamais, appliquer=True)
    suivie, relue = vide.lire(la, ouverte), lire(vide, la)
    assert suivie is not None and suivie.version.tables == relue.version.tables
    assert suivie.ogs[0].commune == "Bondy" and suivie.ogs[0].telephone == "01 02 03 04 05"


def test_entries_that_come_in_one_by_one_stand_in_the_order_of_their_moments(
    porte: Porte, vide: Porte, tmp_path: Path
) -> None:
    cle = creer_vide(porte, "Petit", "2023", TypeProjet.ACQUISITION)
    la = importer(vide, exporter(porte, cle, tmp_path / "aller.esms", None), jamais)
    for contexte in ("Un", "Deux", "Trois"):
        saisir(vide, lire(vide, la), contexte=contexte)
        rapprocher(
            porte, lire(porte, cle), exporter(vide, la, tmp_path / "r.esms", None), jamais, appliquer=True
        )
        assert lire(porte, cle).contexte == contexte
    assert [e.apres["contexte"] for e in copie(porte, cle).journal if e.avant] == ["Un", "Deux", "Trois"]


def test_a_campaign_that_is_not_here_is_refused(porte: Porte, vide: Porte, tmp_path: Path) -> None:
    cle = creer_vide(porte, "Petit", "2023", TypeProjet.ACQUISITION)
    la = importer(vide, exporter(porte, cle, tmp_path / "aller.esms", None), jamais)
    vide.modifier(lire(vide, la), campagne_id="à-eux")
    retour = exporter(vide, la, tmp_path / "retour.esms", None)
    for appel in (
        lambda: rapprocher(porte, lire(porte, cle), retour, jamais, appliquer=True),
        lambda: importer(porte, retour, jamais, "Autre"),
    ):
        with pytest.raises(ErreurCampagne):
            appel()
    assert [r.campagne_id for r in porte.resumes()] == ["2023"]


def test_another_dossier_does_not_merge(source: tuple[Porte, int], fichiers: tuple[Path, Path]) -> None:
    porte, _ = source
    autre = importer(porte, fichiers[1], jamais, "À part")
    with pytest.raises(ErreurSaisie, match="est un autre dossier"):
        rapprocher(porte, lire(porte, autre), fichiers[1], jamais)
    porte.annuler()


# -- hostile files ---------------------------------------------------------------------------------------------
