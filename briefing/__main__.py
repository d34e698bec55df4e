"""The command: `python -m briefing` and the console script."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import gc
    import sys

    # Imports and rules make a hundred thousand objects that stay. To look through them for cycles every 700 takes half
    # a start of Python, and once more at the end, when the process gives everything back anyway, a whole one.
    gc.set_threshold(100_000)
    try:
        from briefing.cli import main as run

        run()
    except KeyboardInterrupt:  # during the import, or after click is done
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
