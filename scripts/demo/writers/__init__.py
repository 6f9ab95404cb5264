"""Who turns the county into rows of a register's schema, for one year: a module here, or the words of the register alone."""

from importlib import import_module
from importlib.util import find_spec

from scripts.demo import told
from scripts.demo.texts import FOLDER


def of(register: str):
    """A register's writer, None where nobody has written it yet: tests/test_demo.py says which."""
    name = f"{__name__}.{register}"
    if find_spec(name):
        return import_module(name).write
    return told.write if (FOLDER / f"{register}.toml").is_file() else None
