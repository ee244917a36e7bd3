"""Before a dossier is open: the wait, the first start, the portfolio, how a dossier begins."""
