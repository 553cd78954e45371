"""Stage 15, other data: dtypes, 0-d, a longer run."""

import numpy as np
import torch


def test_detach_of_other_dtypes(student, rng, close):
    """keeps dtype and shape, of a single number too"""
    for array in (rng.standard_normal((1, 4)).astype(np.float32), np.array(3.0), np.zeros((0, 2), np.float32)):
        close(student.detach(array)["out"], torch.tensor(array) ** 2, dtype=True)


def test_detach_backward_of_a_number(student, close):
    """cuts the graph of a single number"""
    close(student.detach_gradient(np.array(3.0)), {"out": np.array(9.0), "gradient of x": np.array(3.0)})


def test_detach_names_nothing_kept(student, close):
    """leaves the weight and the running loss of a training loop without any inputs"""
    got = student.live_tensors_in_training([1, 30])
    close([got["kept by weight"], got["kept by running_loss"]], [[0, 0], [0, 0]])
