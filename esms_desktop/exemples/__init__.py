"""The sample dossier, fictitious and complete, and its demonstration."""
