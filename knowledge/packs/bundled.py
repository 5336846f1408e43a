"""Where the pack is that comes with Pullquote."""

from pathlib import Path


def bundled_pack() -> Path:
    """Return the folder of the bundled pack, the story of the first women's Ballon d'Or."""
    return Path(__file__).parent / "ballon-dor-2018"
