"""What needle code from elsewhere relies on and no stage tests: the given half of the engine, and ways to use it."""

import copy
import gc
import pickle
import weakref

import numpy as np
import pytest


def test_a_numpy_number_counts_as_a_number(ndl):
    x = ndl.Tensor(np.array([5.0, 1.0], dtype=np.float32))

    for number in (np.uint8(3), np.int64(3), np.float64(3), np.bool_(True)):
        for result, expected in [
            (x - number, x.numpy() - float(number)),
            (number - x, float(number) - x.numpy()),
            (number * x, float(number) * x.numpy()),
            (x / number, x.numpy() / float(number)),
        ]:
            np.testing.assert_allclose(result.numpy(), expected)
            assert result.dtype == np.float32


def test_an_out_grad_that_is_no_tensor_is_refused(ndl):
    x = ndl.Tensor([1.0])

    with pytest.raises(TypeError, match=r"takes a tensor, got ndarray; wrap it"):
        (2 * x).backward(np.ones(1))


def test_autograd_knows_the_names_that_code_elsewhere_asks_for(ndl):
    assert ndl.autograd.NDArray is np.ndarray
    assert ndl.autograd.live_tensors() == ndl.autograd.TENSOR_COUNTER


def test_backward_leaves_a_gradient_in_every_tensor_on_the_way(ndl):
    x = ndl.Tensor([1.0, -2.0])
    doubled = 2 * x
    rectified = ndl.relu(doubled)
    total = rectified.sum()
    total.backward()

    gradients = [tensor.grad.numpy().tolist() for tensor in (total, rectified, doubled, x)]

    assert gradients == [1.0, [1.0, 1.0], [1.0, 0.0], [2.0, 0.0]]


def test_a_graph_is_freed_without_the_garbage_collector(ndl):
    weight = ndl.Tensor(np.eye(3))

    def graph_of_one_step():
        loss = ndl.tanh(ndl.Tensor(np.ones((2, 3)), requires_grad=False) @ weight).sum()
        loss.backward()
        weight.data = weight.data - 0.1 * weight.grad.data
        return weakref.ref(loss.inputs[0])

    gc.disable()
    try:
        first, _ = graph_of_one_step(), graph_of_one_step()
    finally:
        gc.enable()

    assert first() is None


def test_nn_epoch_keeps_the_dtype_of_its_weights(ndl):
    X, y = np.ones((4, 3)), np.array([0, 1, 0, 1])

    weights = ndl.nn_epoch(X, y, ndl.init.rand(3, 5, requires_grad=True), ndl.init.rand(5, 2, requires_grad=True))

    assert [weight.dtype for weight in weights] == [np.float32, np.float32]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda tensor: pickle.loads(pickle.dumps(tensor))])
def test_a_copy_of_a_weight_holds_no_graph(ndl, duplicate):
    weight = ndl.Tensor([0.5])
    weight.name = "weight"
    out = weight
    for _ in range(5_000):
        out = ndl.tanh(out)
    out.backward()

    one = duplicate(weight)

    assert (one.numpy(), one.name, one.requires_grad, one.grad) == ([0.5], "weight", True, None)
    assert duplicate(out).is_leaf()


def test_axes_may_be_numbers_of_numpy(ndl):
    x = ndl.Tensor(np.ones((2, 3)))

    x.sum(np.int64(1)).backward()

    np.testing.assert_array_equal(x.grad.numpy(), np.ones((2, 3)))
