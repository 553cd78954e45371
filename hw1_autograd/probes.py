"""The probes of hw1: each runs beside the student's code, and arrays go in and come out.

`ndl` is the library, hw1_autograd.needle. A probe returns what came out, never a verdict.
"""

import numpy as np

# layers (stage 1)


def _layer(layer, inputs, out_grad):
    """Calls the layer, sends out_grad back through it; what came, under names that say which is which."""
    out = layer(*inputs)
    out.g = out_grad
    layer.backward()
    return out


def _linear(ndl, weight, bias):
    layer = ndl.layers.Linear(*weight.shape, rng=0)
    layer.weight, layer.bias = ndl.layers.Array(weight), ndl.layers.Array(bias)
    return layer


def layer_call(ndl, a, b):
    """two arrays of one shape, given to a layer that adds them and says what it was called with → its result and memory."""

    class Sum(ndl.layers.Layer):
        def forward(self, *inputs):
            return inputs[0] + inputs[1]

        def backward(self):
            for position, each in enumerate(self.inputs, start=1):
                each.g = position * self.output.g

    layer, a, b = Sum(), ndl.layers.Array(a), ndl.layers.Array(b)
    out = layer(a, b)
    out.g = np.ones(out.shape)
    layer.backward()
    return {"out": out, "gradient of a": a.g, "gradient of b": b.g}


def linear_forward(ndl, x, weight, bias):
    """(n, in), (in, out), (out,) → (n, out)."""
    return _linear(ndl, weight, bias)(ndl.layers.Array(x))


def linear_backward(ndl, x, weight, bias, out_grad):
    """(n, in), (in, out), (out,) and the gradient of the output (n, out) → the output, the gradients of x, weight and bias."""
    layer, x = _linear(ndl, weight, bias), ndl.layers.Array(x)
    out = _layer(layer, [x], out_grad)
    return {"out": out, "gradient of x": x.g, "gradient of weight": layer.weight.g, "gradient of bias": layer.bias.g}


def linear_backward_twice(ndl, first, second, weight, bias):
    """two batches (n, in), (m, in) through one layer, each sent back with ones → the gradients after the second."""
    layer = _linear(ndl, weight, bias)
    for x in (ndl.layers.Array(first), ndl.layers.Array(second)):
        _layer(layer, [x], np.ones((len(x), weight.shape[1])))
    return {"gradient of x": x.g, "gradient of weight": layer.weight.g, "gradient of bias": layer.bias.g}


def relu_layer_forward(ndl, x):
    """an array → the rectified array, of its shape."""
    return ndl.layers.ReLU()(ndl.layers.Array(x))


def relu_layer_backward(ndl, x, out_grad):
    """an array and the gradient of the output, of its shape → the output, the gradient of x, that of the output afterwards."""
    x = ndl.layers.Array(x)
    out = _layer(ndl.layers.ReLU(), [x], out_grad)
    return {"out": out, "gradient of x": x.g, "gradient of out": out.g}


def mse_forward(ndl, predictions, targets):
    """(n, m), (n, m) → the loss, 0-d."""
    return ndl.layers.MSE()(ndl.layers.Array(predictions), ndl.layers.Array(targets))


def mse_backward(ndl, predictions, targets):
    """(n, m), (n, m) → the loss, 0-d, and the gradient of the predictions (n, m)."""
    loss, predictions = ndl.layers.MSE(), ndl.layers.Array(predictions)
    out = loss(predictions, ndl.layers.Array(targets))
    loss.backward()
    return {"out": out, "gradient of predictions": predictions.g}


def layers_chain(ndl, x, y, weight, bias):
    """(n, in), (n, out), (in, out), (out,) → the loss of relu(x W + b), and the gradients that arrive at the start."""
    linear, relu, loss = _linear(ndl, weight, bias), ndl.layers.ReLU(), ndl.layers.MSE()
    x = ndl.layers.Array(x)
    out = loss(relu(linear(x)), ndl.layers.Array(y))
    for layer in (loss, relu, linear):
        layer.backward()
    return {"out": out, "gradient of x": x.g, "gradient of weight": linear.weight.g, "gradient of bias": linear.bias.g}


# network (stage 2)


def _linears(ndl, network):
    return [layer for layer in network.layers if isinstance(layer, ndl.layers.Linear)]


def _network(ndl, weights, biases):
    """A network whose Linear layers hold these weights (in, out) and biases (out,)."""
    network = ndl.network.FeedForwardNN(len(weights[0]), len(biases[-1]), len(weights), hidden_dim=len(biases[0]), rng=0)
    for layer, weight, bias in zip(_linears(ndl, network), weights, biases, strict=True):
        layer.weight, layer.bias = ndl.layers.Array(weight), ndl.layers.Array(bias)
    return network


def _named(name, arrays):
    """{"gradient of weight 1": …, "gradient of weight 2": …}."""
    return {f"{name} {number}": array for number, array in enumerate(arrays, start=1)}


def network_layers(ndl, x_dim, y_dim, n_layers, hidden_dim):
    """four sizes → the layers in order: "Linear (in, out)" or the name of the class."""
    network = ndl.network.FeedForwardNN(x_dim, y_dim, n_layers, hidden_dim=hidden_dim, rng=0)
    linears = _linears(ndl, network)
    return [f"Linear {layer.weight.shape}" if layer in linears else type(layer).__name__ for layer in network.layers]


def network_weights(ndl, x_dim, y_dim, n_layers, hidden_dim, seed):
    """four sizes and a seed → the weights (in, out) of the Linear layers."""
    network = ndl.network.FeedForwardNN(x_dim, y_dim, n_layers, hidden_dim=hidden_dim, rng=seed)
    return [layer.weight for layer in _linears(ndl, network)]


def network_forward(ndl, x, weights, biases):
    """(n, x_dim), the weights (in, out) and biases (out,) → predictions (n, y_dim)."""
    return _network(ndl, weights, biases)(x)


def network_backward(ndl, x, y, weights, biases):
    """(n, x_dim), (n, y_dim), the weights and biases → the loss and the gradients of all of them."""
    network = _network(ndl, weights, biases)
    out = network.loss(network(x), ndl.layers.Array(y))
    network.backward()
    linears = _linears(ndl, network)
    return {
        "out": out,
        **_named("gradient of weight", [layer.weight.g for layer in linears]),
        **_named("gradient of bias", [layer.bias.g for layer in linears]),
    }


def network_backward_order(ndl, n_layers):
    """the number of Linear layers → the names of the layers whose backward was called, in order."""
    network = ndl.network.FeedForwardNN(3, 2, n_layers, hidden_dim=4, rng=0)
    called = []

    def record(layer, name):
        backward = layer.backward
        layer.backward = lambda: (called.append(name), backward())

    for number, layer in enumerate(network.layers, start=1):
        record(layer, f"layer {number}")
    record(network.loss, "loss")
    network.loss(network(np.ones((5, 3))), ndl.layers.Array(np.ones((5, 2))))
    network.backward()
    return called


def network_training_steps(ndl, x, y, weights, biases, lr, steps):
    """(n, x_dim), (n, y_dim), weights, biases, learning rate, number of steps → a loss a step, weights and biases afterwards."""
    network = _network(ndl, weights, biases)
    losses = [network.training_step(x, y, lr) for _ in range(steps)]
    linears = _linears(ndl, network)
    return {
        "losses": losses,
        **_named("weight", [layer.weight for layer in linears]),
        **_named("bias", [layer.bias for layer in linears]),
    }


# scalar (stage 3)


def _scalars(ndl, numbers):
    return {name: ndl.scalar.Value(number) for name, number in numbers.items()}


def _gradients(values):
    return {f"gradient of {name}": value.grad for name, value in values.items()}


def scalar(ndl, expression, numbers):
    """an expression in names, and their numbers → its value and the gradient of every name."""
    values = _scalars(ndl, numbers)
    out = eval(expression, {}, dict(values))
    out.backward()
    return {"out": out.data, **_gradients(values)}


def scalar_forward(ndl, expression, numbers):
    """an expression in names, and their numbers → its value."""
    return eval(expression, {}, _scalars(ndl, numbers)).data


def scalar_backward_twice(ndl, first, second, numbers):
    """two expressions in the same names → the gradients after backward of the first, then of the second."""
    values, after = _scalars(ndl, numbers), []
    for expression in (first, second):
        eval(expression, {}, dict(values)).backward()
        after.append(_gradients(values))
    return {"after the first": after[0], "after the second": after[1]}


def scalar_backward_again(ndl, expression, numbers):
    """an expression in names → the gradients after calling backward on the same result twice."""
    values = _scalars(ndl, numbers)
    out = eval(expression, {}, dict(values))
    out.backward()
    out.backward()
    return _gradients(values)


def scalar_chain(ndl, number, length):
    """a number x and how often it is added to itself → the sum and its gradient: both from a chain of that length."""
    x = total = ndl.scalar.Value(number)
    for _ in range(length):
        total = total + x
    total.backward()
    return {"out": total.data, "gradient of x": x.grad}


def scalar_doubled(ndl, number, times):
    """a number and how often it is doubled by z = z + z → the result and its gradient."""
    z = x = ndl.scalar.Value(number)
    for _ in range(times):
        z = z + z
    z.backward()
    return {"out": z.data, "gradient of x": x.grad}


# gradcheck (stage 4)


def _function(expression, names):
    """The function of arrays, in the order of names, that an expression of them describes; numpy is `np` in it."""
    return lambda *arrays: eval(expression, {"np": np}, dict(zip(names, arrays, strict=True)))


def _verdict(check):
    """What gradient_check did: the gradients that it returned, or the message of its AssertionError."""
    try:
        return {"accepted": True, "gradients": list(check())}
    except AssertionError as error:
        return {"accepted": False, "message": str(error)}


def numerical_gradient(ndl, expression, arguments, out_grad=None, eps=1e-5):
    """an expression in names, their arrays, the gradient of its result → a gradient an array, of its shape."""
    f = _function(expression, list(arguments))
    return list(ndl.gradcheck.numerical_gradient(f, *arguments.values(), out_grad=out_grad, eps=eps))


def gradient_check(ndl, expression, arguments, gradients):
    """an expression in names, their arrays, the gradient of each as an expression (g is out_grad) → what gradient_check did."""
    names = list(arguments)
    written = [_function(gradients[name], ["g", *names]) for name in gradients]

    def gradient(out_grad, *arrays):
        return tuple(each(out_grad, *arrays) for each in written)

    f = _function(expression, names)
    return _verdict(lambda: ndl.gradcheck.gradient_check(f, *arguments.values(), gradient=gradient))


def gradient_check_tensors(ndl, array, slope):
    """an array and the factor k that a tensor's backward takes for the slope of 3 x → what gradient_check did."""

    class Tensor:
        """As much of a tensor as gradient_check needs."""

        def __init__(self, array, start=None):
            self.array, self.start, self.grad = array, start, None

        def numpy(self):
            return self.array

        def backward(self, out_grad):
            self.start.grad = Tensor(slope * out_grad.array)

    return _verdict(lambda: ndl.gradcheck.gradient_check(lambda x: Tensor(3 * x.array, start=x), Tensor(array)))


# elementwise (stage 5)

# shape (stage 6)

# matmul (stage 7)

# activation (stage 8)

# elementwise_backward (stage 9)

# shape_backward (stage 10)

# broadcast_backward (stage 11)

# matmul_backward (stage 12)

# topo_sort (stage 13)

# compute_gradient (stage 14)

# detach (stage 15)

# training (stage 16)
