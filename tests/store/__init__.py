"""Tests of the store: encryption, opening, migrations, the one door."""
