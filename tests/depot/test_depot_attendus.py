"""A filing word for word: the sheet to copy, the checklist, what blocks, what is written, what changed since."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from pikepdf import Name, OutlineItem, Pdf

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne, Parametre
from esms_desktop.depot import changements, galis, liste_depot
from esms_desktop.depot.demande import lire as lire_demande
from esms_desktop.depot.fichiers import libreoffice
from esms_desktop.depot.preflight import preflight
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.errors import ErreurDepot
from esms_desktop.model import Complement, Contact, DepotFait, Dossier, Fichier, Materiel
from esms_desktop.nomenclature.vocabulaire import EtatDossier, RoleContact, TypeProjet
from esms_desktop.regles.constats import Constat, examen
from tests.attendus import comparer, en_lignes
from tests.depot import fabrique as f
from tests.documents.outils import fabriquer

ATTENDUS = Path(__file__).parent / "attendus"
# Of the filing `incomplet`.
DITES: list[str] = []


def vide() -> Dossier:
    """A name, nothing else."""
    d = Dossier(nom="Vide", campagne_id="2022", type_projet=TypeProjet.CONFORMITE)
    f._defauts(d)
    return d


@pytest.mark.parametrize("nom", ["complet", "vide", "ecartes"])
def test_la_fiche_a_recopier(nom: str) -> None:
    d = {"complet": fabriquer, "vide": vide, "ecartes": f.dossier}[nom]()
    if nom == "ecartes":
        d.ogs[0].essms[0].categorie, d.ogs[1].essms[0].finess = "362", ""
        d.ogs[1].essms[1].departement, d.ogs[1].essms[2].capacite = "", 0
        d.contacts = [Contact(role=RoleContact.CHEF_DE_PROJET, nom=" =Camille ", telephone="+33 1")]
        d.type_projet = TypeProjet.CONFORMITE
    ecrans = galis.fiche(d, f.campagne(), f.JOUR)
    comparer(ATTENDUS / f"galis-{nom}.txt", [*en_lignes(ecrans), *(galis.tsv(e) for e in ecrans)])


def _fait(produit: date, **champs: object) -> DepotFait:
    valeurs = {
        "complet": True,
        "sha256": "0" * 64,
        "taille": 1,
        "pages": 1,
        "manifeste": "{}",
        "complement_id": None,
    }
    return DepotFait(produit_le=datetime.combine(produit, datetime.min.time()), **(valeurs | champs))


def _depose_le(jour: date) -> Callable[[Dossier], None]:
    return lambda d: d.depots.append(_fait(date(2022, 5, 30), depose_le=jour))


ETAPES: dict[str, Callable[[Dossier], object]] = {
    "en préparation": lambda d: None,
    "produit incomplet": lambda d: d.depots.append(_fait(date(2022, 5, 30), complet=False)),
    "produit deux fois": lambda d: d.depots.extend(
        [_fait(date(2022, 5, 30), complet=False), _fait(date(2022, 6, 2))]
    ),
    "une réponse seulement": lambda d: d.depots.append(_fait(date(2022, 5, 30), complement_id=1)),
    "déposé à temps": _depose_le(date(2022, 9, 30)),
    "déposé entre deux fenêtres": _depose_le(date(2022, 6, 16)),
    "déposé trop tard": _depose_le(date(2022, 10, 1)),
    "dit déposé": lambda d: setattr(d, "etat", EtatDossier.DEPOSE),
    "dit complet": lambda d: setattr(d, "etat", EtatDossier.COMPLET),
    "une demande": lambda d: d.complements.append(Complement(numero=9, echeance=date(2022, 6, 1))),
    "une demande passée": lambda d: d.complements.append(Complement(numero=9, echeance=date(2022, 5, 31))),
    "une demande sans date": lambda d: d.complements.append(Complement(numero=9)),
    "deux demandes, une répondue": lambda d: d.complements.extend(
        [
            Complement(numero=9, repondu_le=date(2022, 6, 1), echeance=date(2022, 5, 1)),
            Complement(numero=3, echeance=date(2022, 7, 1)),
        ]
    ),
    "une demande répondue": lambda d: d.complements.append(Complement(numero=9, repondu_le=date(2022, 6, 1))),
    "niveau inconnu": lambda d: (
        [setattr(e, "departement", "") for e in d.essms] and [setattr(o, "essms", []) for o in d.ogs]
    ),
}


@pytest.mark.parametrize(
    ("campagne", "jour"),
    [("2022-centre-val-de-loire", date(2022, 6, 1)), ("2022", date(2022, 9, 30)), ("2023", date(2023, 6, 1))],
)
def test_la_liste_des_etapes(campagne: str, jour: date) -> None:
    lignes = []
    for nom, geste in ETAPES.items():
        d, contenus = f.complet()
        del contenus
        geste(d)
        lignes += [f"== {nom}", *en_lignes(liste_depot.etapes(d, charger(campagne), jour))]
    lignes += [f"{e} : {e.libelle}" for e in liste_depot.EtatEtape]
    comparer(ATTENDUS / f"etapes-{campagne}.txt", lignes)


def limitee(fichier: int, total: int) -> Campagne:
    def p(v: int) -> Parametre[int | None]:
        return Parametre(v, "AAP § 9")

    c = f.campagne()
    return replace(c, limites=replace(c.limites, fichier_octets=p(fichier), total_octets=p(total)))


@pytest.mark.parametrize(
    ("fichier", "total", "codes"),
    [
        (2**20, 3 * 2**20, []),
        (2**20 - 1, 3 * 2**20, ["depot.taille-fichier"] * 2),
        (2**20, 2**21 - 1, ["depot.taille-totale"]),
    ],
)
def test_ce_qui_empeche_de_deposer(fichier: int, total: int, codes: list[str]) -> None:
    d = f.dossier()
    for numero, taille, joint in ((9, 2**20, datetime(2023, 6, 1, 23)), (3, 2**20, datetime(2023, 6, 2, 0))):
        d.fichiers.append(
            Fichier(numero=numero, nom=f"f{numero}.pdf", taille=taille, joint_le=joint, extension=".pdf")
        )
    bloquants, conseils = preflight(d, limitee(fichier, total), f.JOUR, examen([]))
    assert [c.code for c in bloquants] == codes
    assert [(c.code, c.cible.id) for c in conseils] == [("depot.date", 3)]
    assert preflight(d, limitee(2**30, 2**30), date(2023, 6, 2), examen([])) == ((), ())


def test_ce_que_disent_les_tailles() -> None:
    d = f.dossier()
    for numero in (9, 3):
        d.fichiers.append(
            Fichier(
                numero=numero,
                nom=f"f{numero}.pdf",
                taille=1_600_000,
                joint_le=datetime(2024, 1, numero),
                extension=".pdf",
            )
        )
    tous: tuple[Constat, ...] = sum(preflight(d, limitee(2**20, 2**21), f.JOUR, examen([])), ())
    comparer(ATTENDUS / "preflight.txt", en_lignes(tous))


@pytest.fixture(scope="module")
def incomplet(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    """A convention of two files, one of them signed, a letter, an image, one self-assessment of two; the rest is to be done."""
    d, contenus = f.dossier(), {}
    d.equipement_demande = True
    d.materiels.append(Materiel(libelle="Tablette", quantite=2, prix_unitaire_ht_cents=10_000))
    f._defauts(d.materiels[0])
    f.joindre(d, contenus, 3, "Convention.pdf", f.pdf("Convention", 2))
    f.joindre(d, contenus, 3, "Convention.PDF", f.pdf_piege())
    f.joindre(d, contenus, 4, "lettre.pdf", f.pdf("Lettre", taille=(842, 595)), 1)
    f.joindre(d, contenus, 9, "rib.docx", _docx())
    f.joindre(d, contenus, 10, "autodiagnostic.pdf", f.pdf("Autodiagnostic"), 1)
    sortie = tmp_path_factory.mktemp("depot") / "sortie"
    suivi = Suivi()
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv(libreoffice.VARIABLE, libreoffice.AUCUN)
        depot = deposer(d, f.campagne(), f.JOUR, sortie, contenus.__getitem__, suivi)
    DITES[:] = suivi.dites
    return depot


class Suivi:
    """What the person sees of a filing under way."""

    def __init__(self) -> None:
        self.dites: list[str] = []

    def etape(self, fait: int, total: int, message: str) -> None:
        self.dites.append(f"{fait}/{total} {message}")


def test_ce_que_l_on_voit_pendant_le_depot(incomplet: Depot) -> None:
    assert incomplet.bundle.exists()
    comparer(ATTENDUS / "etapes-du-depot.txt", DITES)


def test_un_disque_qui_refuse_le_dit(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    d, contenus = f.dossier(), {}
    with pytest.raises(ErreurDepot, match="n’a pas pu être écrit dans") as dit:
        deposer(d, f.campagne(), f.JOUR, tmp_path / "fichier" / "sortie", contenus.__getitem__)
    assert dit.value.remede.endswith("Le dépôt précédent, s’il y en a un, est intact.")


def _docx() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
    return sortie.getvalue()


def _sans_sommes(valeur: object) -> object:
    """The same without what depends on every byte."""
    if isinstance(valeur, dict):
        return {
            k: _sans_sommes(v)
            for k, v in valeur.items()
            if k not in ("sha256", "taille", "empreinte", "version")
        }
    return [_sans_sommes(v) for v in valeur] if isinstance(valeur, list) else valeur


def test_ce_que_dit_le_manifeste(incomplet: Depot) -> None:
    lu = json.loads(incomplet.manifeste.read_bytes())
    comparer(
        ATTENDUS / "manifeste.txt", json.dumps(_sans_sommes(lu), ensure_ascii=False, indent=1).split("\n")
    )


def test_ce_que_dit_le_depot(incomplet: Depot) -> None:
    ou = str(incomplet.dossier)
    comparer(
        ATTENDUS / "depot.txt",
        [x.replace(ou, "…").replace(incomplet.sha256_zip, "#") for x in en_lignes(incomplet)],
    )


def _plan(items: list[OutlineItem], pages: dict[tuple[int, int], int], marge: str = "") -> list[str]:
    lignes = []
    for item in items:
        ou = pages[item.destination[0].objgen] if item.destination is not None else None
        lignes.append(f"{marge}{item.title} → p. {ou} {'fermé' if item.is_closed else 'ouvert'}")
        lignes += _plan(list(item.children), pages, marge + "  ")
    return lignes


def test_ce_que_porte_le_pdf_du_dossier(incomplet: Depot) -> None:
    with Pdf.open(incomplet.bundle) as pdf:
        pages = {p.obj.objgen: i for i, p in enumerate(pdf.pages, 1)}
        lignes = [f"{len(pdf.pages)} pages, {pdf.Root[Name.Lang]}, {pdf.Root[Name.PageMode]}"]
        lignes += [f"{k} : {v}" for k, v in sorted(pdf.Root[Name.ViewerPreferences].items())]
        lignes += [f"{k} : {v}" for k, v in sorted(pdf.docinfo.items())]
        with pdf.open_outline() as plan:
            lignes += _plan(list(plan.root), pages)
        for numero, page in enumerate(pdf.pages, 1):
            for lien in page.obj.get(Name.Annots, []):
                if lien.get(Name.Subtype) == Name.Link and Name.A in lien:
                    zone = " ".join(f"{float(v):.2f}" for v in lien[Name.Rect])
                    vers = pages[lien[Name.A][Name.D][0].objgen]
                    lignes.append(
                        f"p. {numero} [{zone}] → p. {vers} {lien[Name.A][Name.D][1]} F{lien[Name.F]} {[int(v) for v in lien[Name.Border]]} {lien.get(Name.Contents, '')}"
                    )
    comparer(ATTENDUS / "bundle.txt", lignes)


def test_une_reponse_a_des_complements(tmp_path: Path) -> None:
    d, contenus = f.dossier(), {}
    f.joindre(d, contenus, 9, "rib.pdf", f.pdf("RIB"))
    demande = lire_demande(
        [Complement(numero=9, demande="Le RIB", demande_le=date(2023, 7, 1), echeance=None)], (3,)
    )
    depot = deposer(d, f.campagne(), f.JOUR, tmp_path / "s", contenus.__getitem__, demande=demande)
    lu = _sans_sommes(json.loads(depot.manifeste.read_bytes()))
    lignes = json.dumps(lu, ensure_ascii=False, indent=1).split("\n")
    ou = str(depot.dossier)
    comparer(
        ATTENDUS / "reponse.txt",
        [*lignes, *(x.replace(ou, "…").replace(depot.sha256_zip, "#") for x in en_lignes(depot))],
    )


def test_ce_qui_a_change_depuis(incomplet: Depot) -> None:
    d, contenus = f.dossier(), {}
    manifeste = incomplet.manifeste.read_text(encoding="utf-8")
    f.joindre(d, contenus, 3, "Convention.pdf", f.pdf("Convention", 3))
    f.joindre(d, contenus, 4, "lettre renommée.pdf", f.pdf("Lettre", taille=(842, 595)), 1)
    f.joindre(d, contenus, 5, "planning.pdf", f.pdf("Planning"))
    d.nom, d.objectifs = "Autre nom", "- Un autre."
    vieux = json.dumps(json.loads(manifeste) | {"version": "0.0"})
    dits = changements.changements(d, charger("2023"), vieux)
    d.depots.append(_fait(date(2023, 6, 1), manifeste=manifeste))
    comparer(
        ATTENDUS / "changements.txt",
        [*dits, "== 2022", *changements.depuis_le_dernier_depot(d, f.campagne())],
    )
