"""Sizes in words, the cut in volumes, what exceeds a limit."""

import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.schema import Campagne, Parametre
from esms_desktop.depot.fichiers import limites
from esms_desktop.depot.manifeste import archiver, entrees
from tests.depot import fabrique as f


@dataclass(frozen=True)
class Poids:
    taille: int
    pages: int = 0


def limitee(fichier: int | None, total: int | None) -> Campagne:
    def p(v: int | None) -> Parametre[int | None]:
        return Parametre(v, "AAP § 9")

    c = f.campagne()
    return replace(c, limites=replace(c.limites, fichier_octets=p(fichier), total_octets=p(total)))


@pytest.mark.parametrize(
    ("fichier", "total", "volume"), [(None, None, None), (5, None, 5), (None, 7, 7), (9, 7, 7), (5, 7, 5)]
)
def test_un_volume_pese_la_plus_petite_des_deux_limites(
    fichier: int | None, total: int | None, volume: int | None
) -> None:
    assert limites.du_volume(limitee(fichier, total)) == volume


# A volume starts at 50 000 bytes; each page weighs 900 more.
@pytest.mark.parametrize(
    ("pieces", "limite", "groupes"),
    [
        ([100, 100], 50_200, [2]),
        ([100, 100], 50_199, [1, 1]),
        ([60_000, 1], 50_000, [1, 1]),
        ([1, 60_000, 1, 1], 50_010, [1, 1, 2]),
        ([], 10, []),
    ],
)
def test_une_piece_n_est_jamais_coupee(pieces: list[int], limite: int, groupes: list[int]) -> None:
    assert [len(g) for g in limites.partager([Poids(p) for p in pieces], limite)] == groupes


@pytest.mark.parametrize(("limite", "groupes"), [(51_900, [2]), (51_899, [1, 1])])
def test_chaque_page_pese_neuf_cents_octets(limite: int, groupes: list[int]) -> None:
    assert [len(g) for g in limites.partager([Poids(50, 1), Poids(50, 1)], limite)] == groupes


def test_ce_que_la_campagne_dit_des_tailles() -> None:
    assert limites.phrases(limitee(None, 3_000_000)) == (
        "Taille d’un fichier\u00a0: aucune limite connue (AAP § 9).",
        "Taille de tous les fichiers\u00a0: 3,0\u00a0Mo au plus (AAP § 9).",
    )


@pytest.mark.parametrize(
    ("fichier", "total", "dits"),
    [
        (None, None, []),
        (2000, 3000, []),
        (1999, 3000, ["« b » pèse 2 ko, pour 2 ko admis par fichier."]),
        (2000, 2999, ["Les 2 fichiers pèsent 3 ko en tout, pour 3 ko admis."]),
        (
            999,
            2999,
            [
                "« a » pèse 1 ko, pour 999 o admis par fichier.",
                "« b » pèse 2 ko, pour 999 o admis par fichier.",
                "Les 2 fichiers pèsent 3 ko en tout, pour 3 ko admis.",
            ],
        ),
    ],
)
def test_ce_qui_depasse_est_nomme(fichier: int | None, total: int | None, dits: list[str]) -> None:
    vus = limites.depassements(limitee(fichier, total), [("a", 1000), ("b", 2000)])
    assert [v.replace("\u00a0", " ") for v in vus] == dits


def test_l_archive_est_la_meme_a_l_octet_et_ne_comprime_que_ce_qui_peut_l_etre(tmp_path: Path) -> None:
    fichiers = {}
    for nom in ("dossier.pdf", "x/a.png", "b.docx", "c.xlsx", "manifest.json", "d.doc", "e.xls"):
        fichiers[nom] = tmp_path / nom.replace("/", "_")
        fichiers[nom].write_bytes(nom.encode() * 200)
    dits: list[tuple[int, int, str]] = []

    class Suivi:
        def etape(self, fait: int, total: int, message: str) -> None:
            dits.append((fait, total, message))

    sorties = []
    for jour in (date(2023, 6, 1), date(2023, 6, 1), date(1970, 5, 4)):
        with (tmp_path / f"z{len(sorties)}.zip").open("xb") as cible:
            archiver(cible, fichiers, jour, Suivi())
        sorties.append(tmp_path / f"z{len(sorties)}.zip")
    assert sorties[0].read_bytes() == sorties[1].read_bytes()
    assert (
        dits[:2] == [(0, 7, "Archive\u00a0: dossier.pdf"), (1, 7, "Archive\u00a0: a.png")] and dits[6][0] == 6
    )
    with zipfile.ZipFile(sorties[0]) as archive:
        infos = {i.filename: i for i in archive.infolist()}
        assert list(infos) == list(fichiers)
        assert {n for n, i in infos.items() if i.compress_type == zipfile.ZIP_DEFLATED} == {
            "manifest.json",
            "d.doc",
            "e.xls",
        }
        assert all(i.date_time == (2023, 6, 1, 0, 0, 0) and i.create_system == 3 for i in infos.values())
        assert all(i.external_attr >> 16 == 0o644 for i in infos.values())
        assert all(archive.read(n) == n.encode() * 200 for n in infos)
    with zipfile.ZipFile(sorties[2]) as archive:
        assert archive.infolist()[0].date_time == (1980, 5, 4, 0, 0, 0)


def test_le_manifeste_de_l_ancien_format_se_lit_aussi() -> None:
    neuf = {"volumes": [{"v": 1}, {"v": 2}], "fiche_de_recevabilite": {"f": 1}, "pieces": [{"p": 1}]}
    assert entrees(neuf) == [{"v": 1}, {"v": 2}, {"f": 1}, {"p": 1}]
    ancien = {"dossier_complet": {"d": 1}, "fiche_de_recevabilite": None, "pieces": []}
    assert entrees(ancien) == [{"d": 1}]
