"""Stage 15: letting go of the graph."""

import numpy as np
import torch


def test_detach_forward(student, rng, close):
    """keeps the numbers and gives up the history"""
    array = rng.standard_normal((2, 3))
    got = student.detach(array)
    close(got["out"], torch.tensor(array) ** 2)
    close({name: got[name] for name in ("requires_grad", "number of inputs")}, {"requires_grad": False, "number of inputs": 0})


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
    out.backward(torch.ones_like(out))
    close(student.detach_gradient(array), {"out": out, "gradient of x": leaf.grad}, kind="gradient")


def test_detach_in_a_training_loop(student):
    """keeps no graph alive: 100 steps hold as many tensors as 10"""
    got = student.live_tensors_in_training([10, 100])
    live, by_weight, by_running_loss = (got[name] for name in ("live tensors", "kept by weight", "kept by running_loss"))
    culprits = {"weight": by_weight[1] - by_weight[0], "running_loss": by_running_loss[1] - by_running_loss[0]}
    named = [f"{name} keeps {count} of them alive through its inputs" for name, count in culprits.items() if count > 0]
    assert live[1] <= live[0], (
        f"{live[0]} tensors are alive after 10 steps of training and {live[1]} after 100; "
        f"{' and '.join(named) or 'none of them is an input of weight or running_loss'}"
    )
