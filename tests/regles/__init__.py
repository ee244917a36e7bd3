"""Tests of the rules: tables of cases, and the properties that hold for every dossier."""
