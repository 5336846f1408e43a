"""The command line: `pullquote` and `python -m bot`."""

from bot.cli.app import app


def main() -> None:
    """Run the command that was typed, and exit: 0 when done, 1 for a fault in the data, 2 for wrong use."""
    app(prog_name="pullquote")
