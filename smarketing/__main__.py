"""`python -m smarketing` is the same as the `smarketing` command."""

from smarketing.cli import main  # pyright: ignore[reportMissingImports]

if __name__ == "__main__":
    main()
