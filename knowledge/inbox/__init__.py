"""What members asked and was not answered: put together by likeness, and worked off by moderators."""

from knowledge.inbox.clustering import Cluster, clusters
from knowledge.inbox.working_off import nearest, still_missing

__all__ = ["Cluster", "clusters", "nearest", "still_missing"]
