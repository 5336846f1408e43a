"""Numbers of things, as people say them."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 entry`, `1,204 entries`; `many` only where an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
