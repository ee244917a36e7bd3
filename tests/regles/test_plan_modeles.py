"""What a model plan may hold, and the links it gives."""

import pytest

from esms_desktop.errors import ErreurEsms
from esms_desktop.regles.planning.plan_modeles import lire_modeles

TACHE = '[[tache]]\ncode = "a"\nnom = "A"\nplan = "projet"\nphase = "P"\nduree = 5\n'


@pytest.mark.parametrize(
    ("ajout", "bon"),
    [
        ("", True),
        ('apres = "a"\n', True),
        ('apres = "pilotes, vagues+3, precedente DD-2"\n', True),
        ('apres_pilote = "a"\n', True),
        ('apres = "b"\n', False),
        ('apres = "a"\napres_pilote = "b"\n', False),
        ('apres = "a++3"\n', False),
        ('apres = "a XX"\n', False),
        ("inconnu = 3\n", False),
    ],
)
def test_un_plan_type_faux_est_refuse(ajout: str, bon: bool) -> None:
    if bon:
        (modele,) = lire_modeles("essai", TACHE + ajout)
        assert (modele.code, modele.duree, modele.jalon) == ("a", 5, False)
    else:
        with pytest.raises(ErreurEsms):
            lire_modeles("essai", TACHE + ajout)
    with pytest.raises(ErreurEsms, match="n’existe pas"):
        lire_modeles("essai", TACHE.replace('"projet"', '"autre"'))


def test_les_liens_d_un_plan_type() -> None:
    (modele,) = lire_modeles(
        "essai", TACHE + 'apres = "a, vagues FF+3, precedente DD -2"\n'.replace("DD -2", "DD-2")
    )
    attendus = [("a", "fin-debut", 0), ("vagues", "fin-fin", 3)]
    assert [(x.avant, x.type.value, x.decalage) for x in modele.liens()][:2] == attendus
    assert modele.liens(True) == modele.liens()
    (autre,) = lire_modeles("essai", TACHE + 'apres = "a"\napres_pilote = "pilotes FF+1"\n')
    assert [x.avant for x in autre.liens()] == ["a"] and len(autre.liens(True)) == 1
