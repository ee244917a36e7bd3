"""The key that shares the rest to pay: its weights, its shares, what it lacks."""

import pytest

from esms_desktop.regles.financement.cle import cle
from tests.regles.fabrique import dossier


@pytest.mark.parametrize(
    ("code", "poids", "parts", "partage", "manque"),
    [
        ("essms", (10, 0), (10_000, 0), [101, 0], ""),
        ("essms", (1, 2), (3_333, 6_667), [34, 67], ""),
        ("essms", (0, 0), (), None, "aucun organisme n’a de poids dans cette clé"),
        ("etp", (250, 0), (10_000, 0), [101, 0], ""),
        ("etp", (250, None), (), None, "l’effectif n’est pas connu pour : Association 2"),
        ("etp", (250, -1), (), None, "aucun organisme n’a de poids dans cette clé"),
        ("libre", (10_000, 0), (10_000, 0), [101, 0], ""),
        ("libre", (9_999, 0), (), None, "les parts font 99,99 % au lieu de 100 %"),
        ("libre", (5_000, 4_900), (), None, "les parts font 99 % au lieu de 100 %"),
        ("places", (60, 120), (3_333, 6_667), [34, 67], ""),
        (
            "places",
            (None, 120),
            (),
            None,
            "la capacité de chaque ESSMS n’est pas connue pour : Association 1",
        ),
        ("inconnue", (1, 3), (2_500, 7_500), [25, 76], ""),
    ],
)
def test_la_cle_partage_au_centime(
    code: str, poids: tuple[int | None, ...], parts: tuple[int, ...], partage: list[int] | None, manque: str
) -> None:
    nombres = [
        p if code in ("essms", "inconnue") else 1 if code != "places" else 2 - i for i, p in enumerate(poids)
    ]
    d = dossier(*(n or 0 for n in nombres), cle_repartition=code)
    for og, p in zip(d.ogs, poids, strict=True):
        if code == "etp":
            og.etp_centiemes = p
        elif code == "libre":
            og.part_libre_pour_dix_mille = p
        elif code == "places":
            for e in og.essms:
                e.capacite = None if p is None else p // len(og.essms)
    lue = cle(d)
    assert (lue.poids, lue.parts_pour_dix_mille, lue.complete) == (poids, parts, not manque)
    assert lue.manque.replace("\u00a0", " ") == manque and lue.code == (
        code if code != "inconnue" else "essms"
    )
    if partage is None:
        with pytest.raises(ValueError, match=code):
            lue.partager(101)
    else:
        assert lue.partager(101) == partage


def test_un_seul_organisme_prend_tout() -> None:
    seule = cle(dossier(3, cle_repartition="etp"))
    assert (seule.poids, seule.parts_pour_dix_mille, seule.partager(7)) == ((1,), (10_000,), [7])
    assert cle(dossier()).manque == "le projet n’a encore aucun organisme"
