"""`import needle`, for code from elsewhere: the library as built up to one homework, under the name that it knows.

This file is written out as `needle/__init__.py` of a folder on PYTHONPATH (see `run_needle`), with CHAIN filled in: it
imports nothing of the course's machinery. `needle.ops` and the like are the very modules of the latest homework that has
one of that name, never copies of them.
"""

import importlib
import importlib.abc
import importlib.util
import sys

CHAIN = ()  # names of homeworks, the latest first


class _Alias(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `needle.X` as `HOMEWORK.needle.X`."""

    def find_spec(self, name, path=None, target=None):
        real = self._real(name) if name.startswith("needle.") else None
        return importlib.util.spec_from_loader(name, self) if real is not None else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        sys.modules[module.__spec__.name] = self._real(module.__spec__.name)

    def _real(self, name):
        for homework in CHAIN:
            real = f"{homework}.{name}"
            try:
                return importlib.import_module(real)
            except ModuleNotFoundError as missing:
                if missing.name is None or not (real + ".").startswith(missing.name + "."):
                    raise  # the module is there, and something that it imports is not
        return None


if CHAIN:
    sys.meta_path.insert(0, _Alias())
    sys.modules[__name__] = importlib.import_module(f"{CHAIN[0]}.needle")
