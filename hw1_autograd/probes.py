"""The probes of hw1: each runs beside the student's code, and arrays go in and come out.

`ndl` is the library, hw1_autograd.needle. A probe returns what came out, never a verdict.
"""

import gc
from contextlib import contextmanager

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
    """two arrays of one shape, given to a layer that adds them → their sum, and the gradients 1 and 2 that it stores."""

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
    """(n, in), (in, out), (out,), the gradient of the output (n, out) → the output, the gradients of x, weight, bias."""
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
    """an array, the gradient of the output → the output, the gradient of x, that of the output afterwards: one shape."""
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
    """(n, in), (n, out), (in, out), (out,) → the loss of relu(x W + b), the gradients that arrive at the start."""
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
    """(n, x_dim), (n, y_dim), weights, biases, learning rate, steps → a loss a step, weights and biases afterwards."""
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
    """an expression, its arrays, their gradients as expressions (g is out_grad) → what gradient_check did."""
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


def power(ndl, a, b):
    """(…) and (…) → a to the power b (…)."""
    return ndl.ops.power(ndl.Tensor(a), ndl.Tensor(b)).numpy()


def power_scalar(ndl, a, scalar):
    """(…) and a number → a to the power of it (…)."""
    return ndl.ops.power_scalar(ndl.Tensor(a), scalar).numpy()


def divide(ndl, a, b):
    """(…) and (…) → a / b (…)."""
    return ndl.ops.divide(ndl.Tensor(a), ndl.Tensor(b)).numpy()


def divide_scalar(ndl, a, scalar):
    """(…) and a number → a / scalar (…)."""
    return ndl.ops.divide_scalar(ndl.Tensor(a), scalar).numpy()


def negate(ndl, a):
    """(…) → -a (…)."""
    return ndl.ops.negate(ndl.Tensor(a)).numpy()


def log(ndl, a):
    """(…) → the natural logarithm (…)."""
    return ndl.ops.log(ndl.Tensor(a)).numpy()


def exp(ndl, a):
    """(…) → the exponential (…)."""
    return ndl.ops.exp(ndl.Tensor(a)).numpy()


def operators(ndl, a, b):
    """(…) and (…) → what the operators make of the two tensors and the number 3, each (…)."""
    x, y = ndl.Tensor(a), ndl.Tensor(b)
    results = {"a - b": x - y, "a / b": x / y, "a ** b": x**y, "-a": -x, "a ** 3": x**3, "3 ** a": 3**x}
    results |= {"a - 3": x - 3, "3 - a": 3 - x, "a / 3": x / 3, "3 / a": 3 / x}
    return {name: result.numpy() for name, result in results.items()}


def elementwise_inputs(ndl, a, b):
    """(…) and (…) → the same two, as the seven operations leave the tensors made of them."""
    x, y = ndl.Tensor(a), ndl.Tensor(b)
    for operation in (ndl.ops.power, ndl.ops.divide):
        operation(x, y)
    for operation in (ndl.ops.negate, ndl.ops.log, ndl.ops.exp):
        operation(x)
    for operation in (ndl.ops.power_scalar, ndl.ops.divide_scalar):
        operation(x, 3)
    return {"a": x.numpy(), "b": y.numpy()}


# shape (stage 6)


def transpose(ndl, a, axes=None):
    """(…) and a pair of axes, or None → a with the two axes swapped."""
    return ndl.ops.transpose(ndl.Tensor(a), axes).numpy()


def transpose_again(ndl, a, b, axes=None):
    """Two arrays → both, after one and the same Transpose operation."""
    operation = ndl.ops.Transpose(axes)
    return [operation(ndl.Tensor(array)).numpy() for array in (a, b)]


def reshape(ndl, a, shape):
    """(…) → shape."""
    return ndl.ops.reshape(ndl.Tensor(a), shape).numpy()


def broadcast_to(ndl, a, shape):
    """(…) → shape."""
    return ndl.ops.broadcast_to(ndl.Tensor(a), shape).numpy()


def summation(ndl, a, axes=None):
    """(…) and the axes to sum over: None, a number or a tuple → (…) without them."""
    return ndl.ops.summation(ndl.Tensor(a), axes).numpy()


def shape_inputs(ndl, a):
    """(m, n) → the same, as the four operations leave the tensor made of it."""
    x = ndl.Tensor(a)
    ndl.ops.transpose(x)
    ndl.ops.reshape(x, (a.size,))
    ndl.ops.broadcast_to(x, (2, *a.shape))
    ndl.ops.summation(x, 0)
    return x.numpy()


# matmul (stage 7)


def matmul(ndl, a, b):
    """(…, m, k) and (…, k, n) → their product (…, m, n)."""
    return ndl.ops.matmul(ndl.Tensor(a), ndl.Tensor(b)).numpy()


# activation (stage 8)


def relu(ndl, a):
    """(…) → max(a, 0) (…)."""
    return ndl.ops.relu(ndl.Tensor(a)).numpy()


def tanh(ndl, a):
    """(…) → the hyperbolic tangent (…)."""
    return ndl.ops.tanh(ndl.Tensor(a)).numpy()


def sigmoid(ndl, a):
    """(…) → the logistic function (…)."""
    return ndl.ops.sigmoid(ndl.Tensor(a)).numpy()


def activation_inputs(ndl, a, out_grad):
    """(…) and (…) → the same two, as the three activations and their gradients leave the tensors made of them."""
    x, g = ndl.Tensor(a), ndl.Tensor(out_grad)
    for function in (ndl.ops.relu, ndl.ops.tanh, ndl.ops.sigmoid):
        out = function(x)
        out.op.gradient_as_tuple(g, out)
    return {"a": x.numpy(), "out_grad": g.numpy()}


# What an operation alone does with a gradient: the probes of stages 8 to 12


def _applied(ndl, function, arrays, parameters):
    """The arrays, by name, as tensors, and the function of them."""
    tensors = {name: ndl.Tensor(array) for name, array in arrays.items()}
    return tensors, function(*tensors.values(), *parameters)


def _gradient(ndl, function, out_grad, arrays, *parameters):
    """The function of the arrays and the gradient with respect to each, for the gradient `out_grad` of the result."""
    _, out = _applied(ndl, function, arrays, parameters)
    gradients = out.op.gradient_as_tuple(ndl.Tensor(out_grad), out)
    named = {f"gradient of {name}": gradient.numpy() for name, gradient in zip(arrays, gradients)}
    return {"out": out.numpy()} | named


def _origins(ndl, function, arrays, *parameters):
    """For each gradient, the names of the tensors that it was computed from: `out_grad` and the arrays', sorted."""
    tensors, out = _applied(ndl, function, arrays, parameters)
    out_grad = ndl.Tensor(np.ones(out.shape))
    names = {id(tensor): name for name, tensor in tensors.items()} | {id(out_grad): "out_grad"}
    origins = {}
    for name, gradient in zip(arrays, out.op.gradient_as_tuple(out_grad, out)):
        seen, waiting = set(), [gradient]
        while waiting:
            node = waiting.pop()
            if id(node) not in seen:
                seen.add(id(node))
                waiting.extend(node.inputs)
        origins[f"gradient of {name}"] = sorted(names[place] for place in seen & names.keys())
    return origins


def relu_gradient(ndl, a, out_grad):
    """(…) and the gradient of its relu (…) → relu, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.relu, out_grad, {"a": a})


def tanh_gradient(ndl, a, out_grad):
    """(…) and the gradient of its tanh (…) → tanh, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.tanh, out_grad, {"a": a})


def sigmoid_gradient(ndl, a, out_grad):
    """(…) and the gradient of its sigmoid (…) → sigmoid, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.sigmoid, out_grad, {"a": a})


def activation_origins(ndl, a):
    """(…) → for each activation, the names of the tensors that its gradient was computed from."""
    functions = {"relu": ndl.ops.relu, "tanh": ndl.ops.tanh, "sigmoid": ndl.ops.sigmoid}
    return {name: _origins(ndl, function, {"a": a})["gradient of a"] for name, function in functions.items()}


# elementwise_backward (stage 9)


def power_gradient(ndl, a, b, out_grad):
    """(…), (…) and the gradient of a ** b (…) → the power, and the gradients of both (…)."""
    return _gradient(ndl, ndl.ops.power, out_grad, {"a": a, "b": b})


def power_scalar_gradient(ndl, a, scalar, out_grad):
    """(…), a number and the gradient of a ** scalar (…) → the power, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.power_scalar, out_grad, {"a": a}, scalar)


def divide_gradient(ndl, a, b, out_grad):
    """(…), (…) and the gradient of a / b (…) → the quotient, and the gradients of both (…)."""
    return _gradient(ndl, ndl.ops.divide, out_grad, {"a": a, "b": b})


def divide_scalar_gradient(ndl, a, scalar, out_grad):
    """(…), a number and the gradient of a / scalar (…) → the quotient, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.divide_scalar, out_grad, {"a": a}, scalar)


def negate_gradient(ndl, a, out_grad):
    """(…) and the gradient of -a (…) → -a, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.negate, out_grad, {"a": a})


def log_gradient(ndl, a, out_grad):
    """(…) and the gradient of ln a (…) → ln a, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.log, out_grad, {"a": a})


def exp_gradient(ndl, a, out_grad):
    """(…) and the gradient of e ** a (…) → e ** a, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.exp, out_grad, {"a": a})


def elementwise_origins(ndl, a, b):
    """(…) and (…) → for each operation, the names of the tensors that its gradients were computed from."""
    of_two = {"power": ndl.ops.power, "divide": ndl.ops.divide}
    of_one = {"negate": ndl.ops.negate, "log": ndl.ops.log, "exp": ndl.ops.exp}
    of_number = {"power_scalar": ndl.ops.power_scalar, "divide_scalar": ndl.ops.divide_scalar}
    origins = {name: _origins(ndl, function, {"a": a, "b": b}) for name, function in of_two.items()}
    origins |= {name: _origins(ndl, function, {"a": a}) for name, function in of_one.items()}
    return origins | {name: _origins(ndl, function, {"a": a}, 3) for name, function in of_number.items()}


# shape_backward (stage 10)


def transpose_gradient(ndl, a, out_grad, axes=None):
    """(…), the gradient of its transpose, and a pair of axes or None → the transpose, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.transpose, out_grad, {"a": a}, axes)


def reshape_gradient(ndl, a, shape, out_grad):
    """(…), a shape and the gradient of that shape → a in that shape, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.reshape, out_grad, {"a": a}, shape)


def summation_gradient(ndl, a, out_grad, axes=None):
    """(…), the gradient of its sum over axes, and these → the sum, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.summation, out_grad, {"a": a}, axes)


def summation_again(ndl, a, b, axes=None):
    """Two arrays → the gradients of both, for one and the same Summation operation and gradients of ones."""
    operation = ndl.ops.Summation(axes)
    outs = [operation(ndl.Tensor(array)) for array in (a, b)]
    return [operation.gradient_as_tuple(ndl.Tensor(np.ones(out.shape)), out)[0].numpy() for out in outs]


def shape_origins(ndl, a):
    """(m, n) → for each operation, the names of the tensors that its gradient was computed from."""
    return {
        "transpose": _origins(ndl, ndl.ops.transpose, {"a": a}),
        "reshape": _origins(ndl, ndl.ops.reshape, {"a": a}, (a.size,)),
        "summation": _origins(ndl, ndl.ops.summation, {"a": a}, 1),
    }


# broadcast_backward (stage 11)


def broadcast_to_gradient(ndl, a, shape, out_grad):
    """(…), a shape and the gradient of that shape → a broadcast to it, and the gradient of a (…)."""
    return _gradient(ndl, ndl.ops.broadcast_to, out_grad, {"a": a}, shape)


def broadcast_to_origins(ndl, a, shape):
    """(…) and a shape → the names of the tensors that the gradient was computed from."""
    return _origins(ndl, ndl.ops.broadcast_to, {"a": a}, shape)


# matmul_backward (stage 12)


def matmul_gradient(ndl, a, b, out_grad):
    """(…, m, k), (…, k, n) and the gradient of the product (…, m, n) → the product, and the gradients of both."""
    return _gradient(ndl, ndl.ops.matmul, out_grad, {"a": a, "b": b})


def matmul_origins(ndl, a, b):
    """(…, m, k) and (…, k, n) → the names of the tensors that the gradients of both were computed from."""
    return _origins(ndl, ndl.ops.matmul, {"a": a, "b": b})


# topo_sort (stage 13)


@contextmanager
def _no_garbage_collection():
    """For what is timed: how long a collection takes depends on all that the process has loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def topological_order(ndl, graph, nodes):
    """a graph as name → names of the inputs, and where to start → the names in the order of find_topo_sort."""

    class Sum(ndl.TensorOp):
        def compute(self, *arrays):
            return np.asarray(sum(arrays))

    tensors = {}
    for name, inputs in graph.items():
        tensors[name] = Sum()(*[tensors[each] for each in inputs]) if inputs else ndl.Tensor(1.0)
    names = {id(tensor): name for name, tensor in tensors.items()}
    given = [tensors[name] for name in nodes]
    order = ndl.autograd.find_topo_sort(given)
    return {"order": [names[id(tensor)] for tensor in order], "the list given": [names[id(tensor)] for tensor in given]}


def topological_order_of_chain(ndl, length, times=1):
    """a length → for each place in the order of a chain of so many operations, which one is there (0 is the leaf)."""
    with _no_garbage_collection():
        for _ in range(times):
            chain = [ndl.Tensor(0.0)]
            for _ in range(length):
                chain.append(chain[-1] + 1)
            order = ndl.autograd.find_topo_sort(chain[-1:])
    places = {id(tensor): place for place, tensor in enumerate(chain)}
    return np.array([places[id(tensor)] for tensor in order])


def topological_order_of_doublings(ndl, times):
    """how often z = z + z is done → for each place in the order, which of these tensors is there (0 is the first z)."""
    chain = [ndl.Tensor(1.0)]
    for _ in range(times):
        chain.append(chain[-1] + chain[-1])
    places = {id(tensor): place for place, tensor in enumerate(chain)}
    return [places[id(tensor)] for tensor in ndl.autograd.find_topo_sort(chain[-1:])]


# compute_gradient (stage 14)


def _tensors(ndl, arrays):
    return {name: ndl.Tensor(array) for name, array in arrays.items()}


def _expression(ndl, expression, tensors):
    """The tensor that an expression describes; it may use the names of the tensors and these functions."""
    functions = {name: getattr(ndl.ops, name) for name in ("exp", "log", "relu", "tanh", "sigmoid")}
    return eval(expression, functions, dict(tensors))


def _tensor_gradients(tensors):
    """The gradient of each tensor as an array; None where there is none."""
    gradients = {name: tensor.grad for name, tensor in tensors.items()}
    return {f"gradient of {name}": None if grad is None else grad.numpy() for name, grad in gradients.items()}


def gradients(ndl, expression, arrays, out_grad=None):
    """an expression in names, their arrays, the gradient of its result → the result, the gradient of every array."""
    tensors = _tensors(ndl, arrays)
    out = _expression(ndl, expression, tensors)
    out.backward() if out_grad is None else out.backward(ndl.Tensor(out_grad))
    return {"out": out.numpy(), **_tensor_gradients(tensors)}


def gradients_of_variables(ndl, expression, arrays, constants):
    """an expression, arrays that require gradients, arrays that do not → the gradient of each, None if none."""
    fixed = {name: ndl.Tensor(array, requires_grad=False) for name, array in constants.items()}
    tensors = {**_tensors(ndl, arrays), **fixed}
    _expression(ndl, expression, tensors).backward()
    return _tensor_gradients(tensors)


def gradients_of_gradients(ndl, expression, arrays, directions):
    """an expression, its arrays, an array of each shape → the gradients, and those of Σ directions · gradients."""
    tensors = _tensors(ndl, arrays)
    _expression(ndl, expression, tensors).backward()
    first = {name: tensor.grad for name, tensor in tensors.items()}
    total = None
    for name, direction in directions.items():
        term = (first[name] * ndl.Tensor(direction, requires_grad=False)).sum()
        total = term if total is None else total + term
    total.backward()
    return {
        **{f"gradient of {name}": gradient.numpy() for name, gradient in first.items()},
        **{f"second {name}": gradient for name, gradient in _tensor_gradients(tensors).items()},
    }


def gradients_twice(ndl, first, second, arrays):
    """two expressions in the same names → the gradients after backward of the first, then of the second."""
    tensors, after = _tensors(ndl, arrays), []
    for expression in (first, second):
        _expression(ndl, expression, tensors).backward()
        after.append(_tensor_gradients(tensors))
    return {"after the first": after[0], "after the second": after[1]}


def gradients_again(ndl, expression, arrays):
    """an expression in names → the gradients after calling backward on the same result twice."""
    tensors = _tensors(ndl, arrays)
    out = _expression(ndl, expression, tensors)
    out.backward()
    out.backward()
    return _tensor_gradients(tensors)


def gradient_of_chain(ndl, array, length, times=1):
    """an array x and how often it is added to itself → the sum and its gradient: both from a chain of that length."""
    with _no_garbage_collection():
        for _ in range(times):
            x = total = ndl.Tensor(array)
            for _ in range(length):
                total = total + x
            total.backward()
    return {"out": total.numpy(), "gradient of x": x.grad.numpy()}


def gradient_of_doublings(ndl, array, times):
    """an array and how often z = z + z is done → the result, its gradient, the number of calls of gradient."""
    asked = []

    class Add(ndl.TensorOp):
        def compute(self, a, b):
            return a + b

        def gradient(self, out_grad, node):
            asked.append(node)
            return out_grad, out_grad

    z = x = ndl.Tensor(array)
    for _ in range(times):
        z = Add()(z, z)
    z.backward()
    return {"out": z.numpy(), "gradient of x": x.grad.numpy(), "calls of gradient": len(asked)}


def gradient_through_tuple(ndl, a, b):
    """two arrays of one shape, for an operation that makes t = (a + b, a - b) → t[0] t[1] + t[0], and its gradients."""

    class SumAndDifference(ndl.TensorTupleOp):
        def compute(self, a, b):
            return a + b, a - b

        def gradient(self, out_grad, node):
            of_sum, of_difference = out_grad
            return of_sum + of_difference, of_sum - of_difference

    tensors = _tensors(ndl, {"a": a, "b": b})
    t = SumAndDifference()(tensors["a"], tensors["b"])
    out = t[0] * t[1] + t[0]
    out.backward()
    return {"out": out.numpy(), **_tensor_gradients(tensors)}


# detach (stage 15)


def detach(ndl, array):
    """an array → what its tensor x · x is after detach: the numbers, and what is left of its history."""
    x = ndl.Tensor(array)
    square = x * x
    detached = square.detach()
    return {
        "out": detached.numpy(),
        "requires_grad": detached.requires_grad,
        "number of inputs": len(detached.inputs),
        "operation": type(detached.op).__name__,
        "shares its array": np.shares_memory(detached.numpy(), square.numpy()),
        "history of the original": [type(square.op).__name__, len(square.inputs), square.requires_grad],
    }


def detach_gradient(ndl, array):
    """an array → the value of x · detach(x), and its gradient."""
    x = ndl.Tensor(array)
    out = x * x.detach()
    out.backward()
    return {"out": out.numpy(), "gradient of x": x.grad.numpy()}


def _reachable(tensor):
    """How many tensors are kept alive by this one: all that it was computed from, without itself."""
    found, seen = [tensor], {id(tensor)}
    for each in found:
        for value in each.inputs:
            if id(value) not in seen:
                seen.add(id(value))
                found.append(value)
    return len(found) - 1


def live_tensors_in_training(ndl, steps):
    """numbers of steps, ascending → after so many steps of training: live tensors, and how many each name keeps alive."""
    weight, running_loss = ndl.Tensor(np.ones(3)), ndl.Tensor(np.zeros(3), requires_grad=False)
    live, kept_by_weight, kept_by_running_loss = [], [], []
    gc.collect()
    before = ndl.autograd.live_tensors()
    for step in range(1, max(steps) + 1):
        loss = weight * weight
        loss.backward()
        running_loss = running_loss + loss.detach()
        weight = ndl.Tensor(weight.detach() + -0.1 * weight.grad.detach())
        if step in steps:
            del loss
            gc.collect()
            live.append(ndl.autograd.live_tensors() - before)
            kept_by_weight.append(_reachable(weight))
            kept_by_running_loss.append(_reachable(running_loss))
    return {"live tensors": live, "kept by weight": kept_by_weight, "kept by running_loss": kept_by_running_loss}


# training (stage 16)


def softmax_loss_ndl(ndl, Z, y_one_hot):
    """logits (n, k), one-hot labels (n, k) → the loss, 0-d, and the gradient of the logits (n, k)."""
    logits = ndl.Tensor(Z)
    loss = ndl.training.softmax_loss(logits, ndl.Tensor(y_one_hot, requires_grad=False))
    loss.backward()
    return {"out": loss.numpy(), "gradient of Z": logits.grad.numpy()}


def softmax_loss_ndl_forward(ndl, Z, y_one_hot):
    """logits (n, k), one-hot labels (n, k) → the loss, 0-d."""
    return ndl.training.softmax_loss(ndl.Tensor(Z), ndl.Tensor(y_one_hot, requires_grad=False)).numpy()


def nn_epoch_ndl(ndl, X, y, W1, W2, lr, batch, epochs=1):
    """(n, d), labels (n,), (d, h), (h, k), learning rate, rows a batch, epochs → W1 and W2 afterwards."""
    W1, W2 = ndl.Tensor(W1), ndl.Tensor(W2)
    for _ in range(epochs):
        W1, W2 = ndl.training.nn_epoch(X, y, W1, W2, lr=lr, batch=batch)
    return {"W1": W1.numpy(), "W2": W2.numpy()}


def nn_epoch_ndl_weights(ndl, X, y, W1, W2):
    """(n, d), labels (n,), (d, h), (h, k) → the caller's weights after an epoch, and what is left of its graphs."""
    given = [ndl.Tensor(W1), ndl.Tensor(W2)]
    trained = ndl.training.nn_epoch(X, y, *given, lr=0.1, batch=2)
    return {
        "the caller's W1": given[0].numpy(),
        "the caller's W2": given[1].numpy(),
        "requires_grad": [weight.requires_grad for weight in trained],
        "number of inputs": [len(weight.inputs) for weight in trained],
    }
