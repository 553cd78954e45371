"""Stage 13, other data: overlapping outputs, dense graphs, the list that was given, time."""


def _post_order(graph, nodes):
    order = []

    def visit(node):
        if node not in order:
            for each in graph[node]:
                visit(each)
            order.append(node)

    for node in nodes:
        visit(node)
    return order


def test_topo_sort_overlapping_outputs(student, close):
    """lists every node once where one output is computed from another, or is given twice"""
    graph = {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"]}
    for nodes in (["b", "d"], ["d", "b"], ["c", "c"], ["a"], ["d", "a", "b", "c"]):
        close(student.topological_order(graph, nodes)["order"], _post_order(graph, nodes))


def test_topo_sort_of_dense_graphs(student, rng, close):
    """finds the order of graphs where a node has many inputs, some of them many times"""
    for size in (12, 40):
        graph = {"n0": []}
        for number in range(1, size):
            graph[f"n{number}"] = [f"n{each}" for each in rng.integers(number, size=6)]
        nodes = [f"n{number}" for number in rng.integers(size, size=4)]
        close(student.topological_order(graph, nodes)["order"], _post_order(graph, nodes))


def test_topo_sort_leaves_its_list(student, close):
    """leaves the list of nodes that it was given as it was"""
    graph = {"a": [], "b": ["a"], "c": ["a"]}
    close(student.topological_order(graph, ["b", "c", "a"])["the list given"], ["b", "c", "a"])


def test_topo_sort_of_doublings(student, close):
    """looks at each of 14 doublings z = z + z once, not at their 2¹⁴ paths"""
    close(student.topological_order_of_doublings(14), list(range(15)))


def test_topo_sort_takes_linear_time(student):
    """takes as long for one long chain as for eight chains that are as long together"""
    eight, one = [], []
    for _ in range(4):
        for length, times, seconds in ((2_000, 8, eight), (16_000, 1, one)):
            student.topological_order_of_chain(length, times)
            seconds.append(student.seconds)
    ratio = min(one) / min(eight)  # 1 if the time is linear, 8 if it is quadratic
    assert ratio < 3, f"16,000 operations took {ratio:.1f} times as long as 8 times 2,000; about the same is expected"
