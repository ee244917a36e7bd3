"""A call for projects as data: its schema, and the files of resources/campagnes read against it. No dossier here."""
