"""The real bot process, with discord.py's own network code, against a Discord on the loopback interface."""
