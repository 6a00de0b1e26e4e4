"""The core of smarketing: it knows no vendor and no command line."""

from pathlib import Path

# A wheel carries cli.py, integrations/ and playbooks/ inside this package; a checkout
# keeps them beside it, and there the package spans both folders.
_here = Path(__file__).parent
if not (_here / "integrations").is_dir():
    __path__.append(str(_here.parent))
