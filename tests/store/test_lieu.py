"""Where a base is: on this computer, in a folder that a program copies, on a network disk; what is said and done of each."""

from pathlib import Path

import pytest

from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import journal_de
from esms_desktop.store.lieu import LOCAL, disque_de, lieu_de
from esms_desktop.store.sauvegarde.restauration import en_lecture
from esms_desktop.store.sauvegarde.sauvegarde import sauvegarder
from tests.store.aide import graphe, vivants

SYNCHRONISES = [
    ("Dropbox", "Dropbox"),
    ("Dropbox (Association fictive)", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("OneDrive - Association fictive", "OneDrive"),
    ("onedrive_pro/Documents", ""),
    ("Nextcloud", "Nextcloud"),
    ("Nextcloud (2)/a/b", "Nextcloud"),
    ("Google Drive/Mon Drive", "Google Drive"),
    ("Library/CloudStorage/GoogleDrive-moi@exemple.fr/Mon Drive", "Google Drive"),
    ("Library/CloudStorage/ProtonDrive-moi", "ProtonDrive"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
    ("iCloudDrive", "iCloud"),
    ("kDrive", "kDrive"),
    ("SynologyDrive", "Synology Drive"),
    ("Documents", ""),
    ("Boxe", ""),
    ("Mes dropboxes", ""),
]


@pytest.mark.parametrize(("dossier", "service"), SYNCHRONISES)
def test_un_dossier_que_quelqu_un_recopie_se_reconnait_a_son_nom(
    dossier: str, service: str, tmp_path: Path
) -> None:
    trouve = lieu_de(tmp_path / dossier / "base.sqlite")
    if dossier.startswith("onedrive_pro"):
        service = "OneDrive"
    assert trouve == (("synchronise", service) if service else LOCAL)
    assert (
        (service in trouve.danger and "second emplacement" in trouve.danger) if service else not trouve.danger
    )


@pytest.mark.parametrize("marque", [".dropbox", ".stfolder", ".nextcloudsync.log", ".tmp.drivedownload"])
def test_il_se_reconnait_aussi_a_ce_que_le_programme_y_laisse(marque: str, tmp_path: Path) -> None:
    (tmp_path / "Partage de l’équipe" / "a" / "b").mkdir(parents=True)
    (tmp_path / "Partage de l’équipe" / marque).touch()
    assert lieu_de(tmp_path / "Partage de l’équipe" / "a" / "b" / "base.sqlite").genre == "synchronise"
    assert lieu_de(tmp_path / "a" / "base.sqlite") == LOCAL


def test_et_a_ce_que_les_programmes_de_ce_compte_en_disent(
    tmp_path: Path, maison_a_part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (maison_a_part / ".dropbox").mkdir()
    (maison_a_part / ".dropbox" / "info.json").write_text(
        f'{{"personal": {{"path": "{tmp_path / "Équipe"}"}}}}'
    )
    (maison_a_part / ".config" / "Nextcloud").mkdir(parents=True)
    (maison_a_part / ".config" / "Nextcloud" / "nextcloud.cfg").write_text(
        f"[Accounts]\n0\\Folders\\1\\localPath={tmp_path / 'Nuage'}/\n"
    )
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Bureau"))
    for dossier, service in (
        ("Équipe/x", "Dropbox"),
        ("Nuage", "Nextcloud"),
        ("Bureau/y", "OneDrive"),
        ("Autre", ""),
    ):
        assert lieu_de(tmp_path / dossier / "base.sqlite").nom == service
    (maison_a_part / ".dropbox" / "info.json").write_text("[]")
    assert lieu_de(tmp_path / "Équipe" / "base.sqlite") == LOCAL


def test_un_nom_courant_ne_compte_que_la_ou_le_programme_met_le_sien(
    tmp_path: Path, maison_a_part: Path
) -> None:
    assert lieu_de(maison_a_part / "Box" / "a" / "base.sqlite").nom == "Box"
    assert lieu_de(tmp_path / "box" / "base.sqlite") == LOCAL


def test_un_lien_compte_pour_ce_qu_il_vise(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "base.sqlite").touch()
    (tmp_path / "ici.sqlite").symlink_to(tmp_path / "Dropbox" / "base.sqlite")
    assert lieu_de(tmp_path / "ici.sqlite").nom == "Dropbox"


MONTAGES = """22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 27 0:39 / /mnt/equipe rw,nosuid - nfs4 serveur:/equipe rw,vers=4.2
41 40 0:40 / /mnt/equipe/local rw - ext4 /dev/vdb rw
42 27 0:41 / /mnt/partage\\040commun rw - cifs //serveur/partage rw
43 27 0:42 / /media/moi/ssh rw,nosuid,nodev - fuse.sshfs moi@serveur:/ rw
44 27 0:43 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
45 27 8:17 / /media/moi/CLE rw - fuseblk /dev/sdb1 rw
46 27 0:44 / /home/moi/coffre rw - fuse.gocryptfs gocryptfs rw
47 27 0:45 / /mnt/inconnu rw - fuse.quelconque x rw
48 27 0:46 / /srv rw - ext4 /dev/vdc rw
49 48 0:47 / /srv rw - nfs serveur:/srv rw
une ligne qui n’en est pas une
"""


@pytest.mark.parametrize(
    ("chemin", "dit"),
    [
        ("/home/moi/base.sqlite", ""),
        ("/mnt/equipe/base.sqlite", "NFS"),
        ("/mnt/equipe/local/base.sqlite", ""),
        ("/mnt/equipement/base.sqlite", ""),
        ("/mnt/partage commun/a/base.sqlite", "partage Windows"),
        ("/media/moi/ssh/base.sqlite", "SSH"),
        ("/run/user/1000/gvfs/smb-share:server=s/base.sqlite", "partage ouvert dans les Fichiers"),
        ("/media/moi/CLE/base.sqlite", ""),
        ("/home/moi/coffre/base.sqlite", ""),
        ("/mnt/inconnu/base.sqlite", "disque monté par un programme"),
        ("/srv/base.sqlite", "NFS"),
    ],
)
def test_un_disque_du_reseau_se_reconnait_a_son_montage(chemin: str, dit: str) -> None:
    assert disque_de(Path(chemin), MONTAGES) == dit


def _restes(base: Path) -> dict[str, int]:
    """What is beside the base, with its size."""
    return {p.name: p.stat().st_size for p in base.parent.iterdir() if p != base}


def test_la_ou_deux_ordinateurs_peuvent_venir_la_base_est_un_seul_fichier(tmp_path: Path, cle: Cle) -> None:
    chemin = tmp_path / "Nextcloud" / "base.sqlite"
    assert journal_de(chemin) == "TRUNCATE" and journal_de(tmp_path / "base.sqlite") == "WAL"
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        assert _restes(chemin) == {"base.sqlite-journal": 0}
        with ouvrir(chemin, cle) as autre:
            assert autre.modifier(vivants(autre)[0], notes="à deux")
        assert vivants(porte)[0].notes == "à deux"


def test_une_base_qui_y_arrive_avec_son_wal_le_perd_et_rien_de_plus(tmp_path: Path, cle: Cle) -> None:
    ici, la = tmp_path / "base.sqlite", tmp_path / "Dropbox" / "base.sqlite"
    la.parent.mkdir()
    with ouvrir(ici, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        for suffixe in ("", "-wal"):
            la.with_name(la.name + suffixe).write_bytes(ici.with_name(ici.name + suffixe).read_bytes())
    with ouvrir(la, cle) as porte:
        assert len(porte.resumes()) == 1
        assert _restes(la).keys() <= {"base.sqlite-journal"}


def test_une_sauvegarde_s_y_prend_avant_qu_on_ecrive(tmp_path: Path, cle: Cle) -> None:
    chemin = tmp_path / "Dropbox" / "base.sqlite"
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")

        def ecrire() -> None:
            assert porte.modifier(vivants(porte)[0], notes="après")

        prise = sauvegarder(chemin, cle, tmp_path, "import", [], "0" * 32, doucement=True, fixe=ecrire)
        with en_lecture(prise.chemin, cle) as vue:
            assert vue.execute("SELECT notes FROM dossier").fetchone() == ("",)
        assert vivants(porte)[0].notes == "après"
