"""The command line with the tests' quick model: python -m tests.api.serving serve …"""

from api.cli import app
from api.cli.root import Start
from tests.api.conftest import hash_embedder

if __name__ == "__main__":
    app(obj=Start({"MATTERS_MODEL": "hash", "MATTERS_LOG": "none"}, hash_embedder))
