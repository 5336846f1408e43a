"""All that knows: stories, entries, matching, answering, storing. Never imports discord or bot."""
