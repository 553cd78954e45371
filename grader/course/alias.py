"""`import needle`, for code from elsewhere: the library as built up to one homework, under the name that it knows.

This file is written out as `needle/__init__.py` of a folder on PYTHONPATH (see `run_needle`), its two constants filled in: it
imports nothing of the course's machinery. `needle.ops` and the like are the very modules of the latest homework that has
one of that name, never copies of them. Where needle elsewhere splits a module into several, ELSEWHERE says which one of ours
has their names.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

CHAIN: tuple[str, ...] = ()  # names of homeworks, the latest first
ROOT = ""  # the folder that they lie in
ELSEWHERE = {
    "needle.backend_numpy": "needle.device",
    "needle.backend_selection": "needle.backend",
    "needle.ops.ops_logarithmic": "needle.ops",
    "needle.ops.ops_mathematic": "needle.ops",
    "needle.ops.ops_tuple": "needle.ops",
}


class _Alias(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `needle.X` as `HOMEWORK.needle.X`, and the homeworks where they are meant to be."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name in CHAIN:  # from ROOT, whatever lies in the working folder, which `python -c` and `-m` look into first
            return importlib.machinery.PathFinder.find_spec(name, [ROOT], target)
        if not name.startswith("needle.") or self._real(name) is None:
            return None
        return importlib.util.spec_from_loader(name, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None  # an empty one, which exec_module replaces

    def exec_module(self, module: ModuleType) -> None:
        real = self._real(module.__name__)
        assert real is not None, "find_spec has found it"
        sys.modules[module.__name__] = real

    def _real(self, name: str) -> ModuleType | None:
        for homework in CHAIN:
            real = f"{homework}.{ELSEWHERE.get(name, name)}"
            try:
                return importlib.import_module(real)
            except ModuleNotFoundError as missing:
                if missing.name is None or not (real + ".").startswith(missing.name + "."):
                    raise  # the module is there, and something that it imports is not
        return None


if CHAIN:
    sys.meta_path.insert(0, _Alias())
    sys.modules[__name__] = importlib.import_module(f"{CHAIN[0]}.needle")
