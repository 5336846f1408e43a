"""Which entry, fact or passage a question is about, and how well the evidence holds."""
