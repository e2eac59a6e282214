"""Runs the command as `python -m api.cli`, where it is not installed."""

from api.cli import main

if __name__ == "__main__":  # worker processes import this module too
    main()
