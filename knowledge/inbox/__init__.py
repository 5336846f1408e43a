"""What nobody could answer: gathered, deleted when old, and clustered for the moderators."""
