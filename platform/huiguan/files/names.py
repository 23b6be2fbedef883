"""What a file is called when it is given back: readable, short, and without tricks."""

import re
import unicodedata

LONGEST = 80  # characters; a file system takes 255 bytes
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # among them the sign that makes a name read from right to left


def safe_name(given: str, extension: str, otherwise: str) -> str:
    """The given name without its path, hidden characters and extension, with the extension of what the file is."""
    last = re.split(r"[\\/]", given)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in HIDDEN)
    before, dot, _extension = shown.rpartition(".")
    stem = FORBIDDEN.sub(" ", before if dot else shown).strip(" .")
    return f"{stem[:LONGEST].strip(' .') or otherwise}.{extension}"
