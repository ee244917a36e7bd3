"""Who may apply: the ten points, eligibility, where a project is filed, what may be combined."""
