"""Progress handed to long jobs: a protocol, and the one that says nothing."""

from typing import Protocol


class Progress(Protocol):
    """What a long job tells while it runs."""

    def etape(self, fait: int, total: int, message: str) -> None:
        """Says that `fait` of `total` steps are done; raises `errors.Interruption` to stop the job."""
        ...


class SansProgress:
    """A progress nobody looks at."""

    def etape(self, fait: int, total: int, message: str) -> None:
        """Does nothing."""
