"""Files of other systems that answer questions, read into the fields of entries."""

from knowledge.transfer.foreign.reading import foreign_values

__all__ = ["foreign_values"]
