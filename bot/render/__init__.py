"""Records in, Discord components out: pure, and every limit of Discord checked."""
