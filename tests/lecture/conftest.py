"""The real extract is tried where it lies beside the project."""

from tests.conftest import DONNEES

collect_ignore = [] if (DONNEES / "finess").is_dir() else ["test_extrait_reel.py"]
