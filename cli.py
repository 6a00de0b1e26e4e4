"""The commands: parse, one engine call, print. Nothing else."""


def main() -> None:
    """Run the command line."""
