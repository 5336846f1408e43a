"""All that speaks Discord or to a terminal: no matching, no SQL."""
