"""The command: `python -m briefing` and the console script."""

from briefing.cli import main

if __name__ == "__main__":
    main()
