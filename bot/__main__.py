"""`python -m bot` takes the same commands as `pullquote`."""

from bot.cli import main

if __name__ == "__main__":
    main()
