"""A dossier out of the base and in another: rows and journal by who they are, not by the ids of a base."""
