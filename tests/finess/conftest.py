"""The real extracts are tried where they lie beside the project."""

from tests.conftest import DONNEES

collect_ignore = [] if (DONNEES / "finess").is_dir() else ["test_extraits_reels.py"]
