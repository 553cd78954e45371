"""The array module that every operation computes with: numpy, until `use` puts another one in its place.

An operation says `array_api.exp(a)` and never `numpy.exp(a)`, so that the same operations run on any arrays. A module
that takes numpy's place offers these names under numpy's signatures: `ndarray` (its array class), `exp`, `log`, `tanh`,
`maximum`, `sum`, `reshape`, `swapaxes`, `broadcast_to`, `broadcast_shapes`, `matmul`, `zeros_like`, arithmetic and
comparison on its arrays, and `cpu` and `all_devices` if it has devices of its own.
"""

import numpy

__all__ = ["array_api", "brought", "use"]


class ArrayModule:
    """Stands in for the module in use, so that `from .backend import array_api` stays right after `use`."""

    def __init__(self, module):
        self._module = module

    def __getattr__(self, name):
        """Looks `name` up in the module in use, and keeps it: Python asks only for what is not kept yet."""
        value = getattr(self._module, name)
        setattr(self, name, value)
        return value


array_api = ArrayModule(numpy)


def use(module):
    """Makes `module` the array module of every operation from now on.

    Call it before the first tensor is made: arrays of two modules do not mix.

    Args:
        module: a module with the names listed at the top of this file.
    """
    vars(array_api).clear()
    array_api._module = module


def brought(name, otherwise):
    """What the module in use brings along under `name`, or `otherwise` if it brings nothing."""
    return vars(array_api._module).get(name, otherwise)
