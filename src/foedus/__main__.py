"""``python -m foedus``."""

from foedus.cli.main import run

if __name__ == "__main__":
    run()
