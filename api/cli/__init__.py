"""The command `matters`."""

# Each import adds its commands, in the order that --help shows them.
from api.cli import ingesting, asking, briefing, commitments, serving  # noqa: F401, I001
from api.cli import holding, measuring, exporting, caring, models, people, auditing  # noqa: F401
from api.cli.root import app


def main() -> None:
    """Run the command."""
    app(prog_name="matters")
