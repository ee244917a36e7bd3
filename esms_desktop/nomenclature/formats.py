"""The kinds of image that the teleservice does not admit and that the application turns into PDF pages itself."""

# The same bytes under another name.
SYNONYMES = {".jpeg": ".jpg", ".jfif": ".jpg", ".jpe": ".jpg"}
# Kept as they are; the piece that is filed shows them as PDF pages.
IMAGES_CONVERTIES = (".bmp", ".heic", ".heif", ".tif", ".tiff", ".webp")
IMAGES_ADMISES = (".png", ".jpg", ".gif")


def images_admises(admises: tuple[str, ...]) -> bool:
    """Whether a campaign that admits these extensions takes an image at all."""
    return any(e in admises for e in IMAGES_ADMISES)


def a_choisir(admises: tuple[str, ...]) -> tuple[str, ...]:
    """The extensions a person may choose a file among: those of the campaign, and those we convert or rename."""
    if not images_admises(admises):
        return admises
    en_plus = (*SYNONYMES, *IMAGES_CONVERTIES)
    return (*admises, *(e for e in en_plus if e not in admises))
