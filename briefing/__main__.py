"""The command: `python -m briefing` and the console script."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import gc

    # Imports and rules make a hundred thousand objects that stay; looking through them for cycles every 700 takes half
    # a start of Python. What a run makes after them holds hardly a cycle.
    gc.set_threshold(100_000)
    from briefing.cli import main as run

    run()


if __name__ == "__main__":
    main()
