"""What the dossier must hold and agree on: its pieces, its signatures, its people, its risks, its next step."""
