"""Keys: whatever is lost beside the base, the code and the phrase open it again, and the keyring when it is whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from esms_desktop.base import cles
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles import changer_cles, code_secours, trousseau
from esms_desktop.store.cles.temoin import chemin_du_temoin, copie_de_cet_ordinateur
from tests.fiabilite.garde.outils import PHRASE, Compte, faire_base, hasard, machine
from tests.store.aide import vivants

Perte = Callable[[Path, Path], Path]


def _autre_base(base: Path) -> Path:
    autre = base.parent / "autre" / "autre.sqlite"
    faire_base(autre)
    return autre


def _temoin(base: Path, octets: bytes | None) -> Path:
    temoin = chemin_du_temoin(base)
    if octets is None:
        temoin.unlink()
    else:
        temoin.write_bytes(octets)
    return base


def _renommee(base: Path, _ailleurs: Path) -> Path:
    return base.rename(base.with_name("renommée.sqlite"))


def _copiee_seule(base: Path, ailleurs: Path) -> Path:
    ailleurs.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(base, ailleurs / "seule.sqlite"))


def _copiee_seule_ailleurs(base: Path, ailleurs: Path) -> Path:
    """On a stick, then on a computer that knows nothing of it."""
    seule = _copiee_seule(base, ailleurs)
    return _ordinateur_neuf(seule, ailleurs)


def _derriere_un_lien(base: Path, ailleurs: Path) -> Path:
    ailleurs.mkdir(parents=True, exist_ok=True)
    lien = ailleurs / "lien.sqlite"
    lien.symlink_to(base)
    return lien


def _sans_entree(base: Path, _ailleurs: Path) -> Path:
    import contextlib

    import keyring

    with contextlib.suppress(Exception):
        keyring.delete_password(trousseau.SERVICE, f"base-{base.read_bytes()[:16].hex()}")
    return base


def _ordinateur_neuf(base: Path, ailleurs: Path) -> Path:
    _sans_entree(base, ailleurs)
    for nom in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[nom] = str(ailleurs / "maison")
    return base


PERTES: dict[str, Perte] = {
    "fichier de clé absent": lambda b, _: _temoin(b, None),
    "fichier de clé vide": lambda b, _: _temoin(b, b""),
    "fichier de clé coupé": lambda b, _: _temoin(b, chemin_du_temoin(b).read_bytes()[:90]),
    "fichier de clé abîmé": lambda b, _: _temoin(b, b"\xff\x00{" + chemin_du_temoin(b).read_bytes()[40:]),
    "fichier de clé d’une autre base": lambda b, _: _temoin(b, chemin_du_temoin(_autre_base(b)).read_bytes()),
    "base renommée": _renommee,
    "base copiée seule": _copiee_seule,
    "base copiée seule sur un ordinateur neuf": _copiee_seule_ailleurs,
    "base derrière un lien": _derriere_un_lien,
    "entrée du trousseau disparue": _sans_entree,
    "ordinateur neuf": _ordinateur_neuf,
}


def mesurer(tours: int) -> Iterator[Compte]:
    """Each loss, opened again by the code, then by the phrase; then codes that are not its own."""
    for perte in PERTES:
        for remede in ("code", "phrase"):
            compte = Compte(f"clé, {perte}, retrouvée par {'le code' if remede == 'code' else 'la phrase'}")
            for _ in range(tours):
                compte.tour(lambda p=perte, r=remede: _retrouver(p, r))
            yield compte
    faux = Compte("clé, code qui n’est pas le sien")
    with machine() as ici:
        base = ici / "base.sqlite"
        faire_base(base)
        for i in range(tours * 20):
            faux.tour(lambda i=i: _refuser(base, i))
    yield faux
    yield from _au_trousseau(tours)


def _retrouver(perte: str, remede: str) -> None:
    with machine() as ici:
        base = ici / "chez moi" / "base.sqlite"
        faire_base(base)
        with ouvrir_base(base) as porte:
            assert porte.cle is not None
            code = cles.a_confirmer(base, porte.cle)
            assert code is not None
            assert cles.confirmer(base, porte.cle, code, code[-4:])
        ouverte = PERTES[perte](base, ici / "ailleurs")
        os.environ.pop("ESMS_DESKTOP_PHRASE")
        if remede == "code":
            os.environ["ESMS_DESKTOP_PHRASE"] = "loutre velours cascade"
            assert cles.ouvrir_avec_code(ouverte, code)
        else:
            os.environ["ESMS_DESKTOP_PHRASE"] = PHRASE
        with ouvrir_base(ouverte) as porte:
            assert len(vivants(porte)) == 1
            vu = changer_cles.emplacements_de(ouverte, porte.cle)  # type: ignore[arg-type]
            assert {"phrase", "code"} <= {e.genre for e in vu}, vu


def _refuser(base: Path, graine: int) -> None:
    avant = {p.name: p.read_bytes() for p in base.parent.iterdir() if p.is_file()}
    code = code_secours.ecrire(hasard(graine).randbytes(20))
    try:
        cles.ouvrir_avec_code(base, code)
    except ErreurCle:
        assert {p.name: p.read_bytes() for p in base.parent.iterdir() if p.is_file()} == avant
    else:
        raise AssertionError("another code opened it")


# In a real keyring.


def _au_trousseau(tours: int) -> Iterator[Compte]:
    manquants = [n for n in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(n)]
    if manquants:
        yield Compte("clé au vrai trousseau", dit=f"non mesuré, absent : {', '.join(manquants)}")
        return
    with machine() as ici:
        (ici / "run").mkdir(mode=0o700)
        env = {n: v for n, v in os.environ.items() if n not in ("ESMS_DESKTOP_PHRASE", "DISPLAY")}
        env["XDG_RUNTIME_DIR"] = str(ici / "run")
        ouvrir = "printf essai | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        ici_meme = f'exec "{sys.executable}" -m tests.fiabilite.garde.cles {tours}'
        fini = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", ouvrir + ici_meme],
            env=env,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    lignes = fini.stdout.splitlines()
    if fini.returncode or not lignes:
        yield Compte("clé au vrai trousseau", 1, [fini.stderr[-400:]])
        return
    for ligne in lignes:
        genre, n, echecs = ligne.split("\t", 2)
        yield Compte(genre, int(n), [x for x in echecs.split("\x1f") if x])


def _trousseau_seul(perte: str) -> None:
    """A base that the keyring opens; what is lost is found again in it, or by the code when it is the keyring that lost."""
    with machine() as ici:
        os.environ.pop("ESMS_DESKTOP_PHRASE")
        base = ici / "chez moi" / "base.sqlite"
        faire_base(base)
        with ouvrir_base(base) as porte:
            assert porte.cle is not None
            code = cles.a_confirmer(base, porte.cle)
            qui = porte.cle.sel.hex() if porte.cle.sel else ""
        assert code is not None
        ouverte = PERTES[perte](base, ici / "ailleurs")
        copie = copie_de_cet_ordinateur(qui)
        if copie is not None and "trousseau" not in perte and "neuf" not in perte:
            copie.unlink(missing_ok=True)
        if "trousseau" in perte or "neuf" in perte:
            try:
                ouvrir_base(ouverte).fermer()
            except ErreurCle:
                assert cles.ouvrir_avec_code(ouverte, code)
            else:
                raise AssertionError("opened without its key")
        with ouvrir_base(ouverte) as porte:
            assert len(vivants(porte)) == 1


def _dans_le_trousseau(tours: int) -> None:
    for perte in PERTES:
        compte = Compte(f"clé au vrai trousseau, {perte}")
        for _ in range(tours):
            compte.tour(lambda p=perte: _trousseau_seul(p))
        print(compte.genre, compte.tours, "\x1f".join(compte.echecs).replace("\n", " "), sep="\t", flush=True)


if __name__ == "__main__":
    _dans_le_trousseau(int(sys.argv[1]))
