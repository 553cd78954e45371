"""Stage 13: the order of the graph. A graph is written as name → names of its inputs."""

import numpy as np


def _order(student, graph, *nodes):
    """The names in the order that the student's search finds, with spaces between them."""
    return " ".join(student.topological_order(graph, list(nodes))["order"])


def _post_order(graph, nodes):
    """The order as it is defined, by recursion: the inputs of a node from first to last, then the node, each once."""
    order = []

    def visit(node):
        if node not in order:
            for each in graph[node]:
                visit(each)
            order.append(node)

    for node in nodes:
        visit(node)
    return order


def _random_graph(rng, size):
    """Nodes n0, n1, …: each is computed from up to three nodes before it, the same one twice if chance will have it."""
    graph = {"n0": []}
    for number in range(1, size):
        graph[f"n{number}"] = [f"n{each}" for each in rng.integers(number, size=rng.integers(4))]
    return graph


def test_topo_sort_inputs_first(student, close):
    """lists the inputs of a node from the first to the last, then the node"""
    graph = {"a": [], "b": [], "a+b": ["a", "b"], "b+a": ["b", "a"]}
    close(_order(student, graph, "a+b"), "a b a+b")
    close(_order(student, graph, "b+a"), "b a b+a")


def test_topo_sort_shared_node(student, close):
    """lists a node once, however many nodes are computed from it"""
    diamond = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}
    close(_order(student, diamond, "d"), "a b c d")
    close(_order(student, {"a": [], "a+a": ["a", "a"]}, "a+a"), "a a+a")


def test_topo_sort_goes_deep_first(student, close):
    """follows one input down to the leaves before it looks at the next"""
    graph = {"a": [], "b": [], "f(a)": ["a"], "f(b)": ["b"], "g": ["f(b)", "f(a)"]}
    close(_order(student, graph, "g"), "b f(b) a f(a) g")
    late = {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"]}
    close(_order(student, late, "d"), "a b c d")


def test_topo_sort_several_outputs(student, close):
    """starts from the nodes in the order in which they are given"""
    graph = {"a": [], "b": [], "sum": ["a", "b"], "product": ["b", "a"]}
    close(_order(student, graph, "sum", "product"), "a b sum product")
    close(_order(student, graph, "product", "sum"), "b a product sum")


def test_topo_sort_of_random_graphs(student, rng, close):
    """finds the order of the recursive definition on any graph"""
    for size in (5, 10, 20):
        graph = _random_graph(rng, size)
        nodes = [f"n{size - 1}", f"n{size - 2}", f"n{size // 2}"]
        close(_order(student, graph, *nodes), " ".join(_post_order(graph, nodes)))


def test_topo_sort_deep_chain(student, close):
    """goes down a chain of 5,000 operations without recursion"""
    close(student.topological_order_of_chain(5_000), np.arange(5_001))
