"""Stage 15: letting go of the graph."""

import numpy as np
import torch


def test_detach_forward(student, rng, close):
    """keeps the numbers and gives up the history"""
    array = rng.standard_normal((2, 3))
    got = student.detach(array)
    close(got["out"], torch.tensor(array) ** 2)
    close([got["requires_grad"], got["number of inputs"], got["operation"]], [False, 0, "NoneType"])


def test_detach_shares_the_array(student, close):
    """copies nothing: the detached tensor has the same array"""
    close(student.detach(np.ones(3))["shares its array"], True)


def test_detach_leaves_the_original_alone(student, close):
    """leaves the history of the tensor itself as it was"""
    close(student.detach(np.ones(3))["history of the original"], ["EWiseMul", 2, True])


def test_detach_backward(student, rng, close):
    """lets no gradient through: x · detach(x) has the gradient x, not 2 x"""
    array = rng.standard_normal((2, 3))
    leaf = torch.tensor(array, requires_grad=True)
    out = leaf * leaf.detach()
    out.sum().backward()
    close(student.detach_gradient(array), {"out": out, "gradient of x": leaf.grad}, kind="gradient")


def test_detach_in_a_training_loop(student):
    """keeps no graph alive: 100 steps hold as many tensors as 10"""
    got = student.live_tensors_in_training([10, 100])
    live, kept = got["live tensors"], {name: got[f"kept by {name}"][1] for name in ("weight", "running_loss")}
    culprits = [f"{name} keeps {count} of them alive through its inputs" for name, count in kept.items() if count]
    assert live[1] <= live[0], (
        f"{live[0]} tensors are alive after 10 steps of training and {live[1]} after 100; "
        f"{' and '.join(culprits) or 'none of them is an input of weight or running_loss'}"
    )
