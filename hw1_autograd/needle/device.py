"""Devices: where arrays live, and who draws their random numbers."""

import numpy

from .backend import brought

__all__ = ["CPUDevice", "all_devices", "cpu"]


class CPUDevice:
    """The processor: numpy's arrays, and numpy's global random numbers (`numpy.random.seed` sets them)."""

    def __repr__(self):
        return "needle.cpu()"

    def __eq__(self, other):
        return isinstance(other, CPUDevice)

    def __hash__(self):
        return hash(CPUDevice)

    def enabled(self):
        """Whether this machine has the device."""
        return True

    def array(self, data, dtype=None):
        """A new array with a copy of `data`; without a dtype, with the one that numpy finds in it."""
        return numpy.array(data, dtype=dtype)

    def zeros(self, *shape, dtype="float32"):
        return numpy.zeros(shape, dtype=dtype)

    def ones(self, *shape, dtype="float32"):
        return numpy.ones(shape, dtype=dtype)

    def empty(self, *shape, dtype="float32"):
        return numpy.empty(shape, dtype=dtype)

    def full(self, shape, fill_value, dtype="float32"):
        return numpy.full(shape, fill_value, dtype=dtype)

    def rand(self, *shape):
        """Uniform in [0, 1), drawn as float64."""
        return numpy.asarray(numpy.random.rand(*shape))

    def randn(self, *shape):
        """Normal with mean 0 and standard deviation 1, drawn as float64."""
        return numpy.asarray(numpy.random.randn(*shape))

    def one_hot(self, n, i, dtype="float32"):
        """Indices `i` of any shape → rows of the identity matrix, shape `(*i.shape, n)`."""
        return numpy.eye(n, dtype=dtype)[i]


def cpu():
    """The processor; a backend with devices of its own brings its own `cpu`."""
    return brought("cpu", CPUDevice)()


def all_devices():
    """Every device that this library knows, whether this machine has it or not."""
    return brought("all_devices", lambda: [CPUDevice()])()
