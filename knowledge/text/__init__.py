"""Text as the matcher sees it. Nothing here is ever shown: what is quoted stays as it was written."""
