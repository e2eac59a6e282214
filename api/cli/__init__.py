"""The command `matters`."""

# Each import adds its commands, in the order that --help shows them.
from api.cli import ingesting, asking, briefing, commitments, serving, holding, measuring, exporting  # noqa: F401, I001
from api.cli.root import app


def main() -> None:
    """Run the command."""
    app(prog_name="matters")
