"""Packs: folders of knowledge that ship as files."""

from knowledge.packs.bundled import bundled_pack
from knowledge.packs.reading import read_pack
from knowledge.packs.strays import unread

__all__ = ["bundled_pack", "read_pack", "unread"]
