"""Stories of a server's own."""
