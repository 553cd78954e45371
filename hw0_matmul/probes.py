"""What the tests of hw0 ask: each probe calls the student's code and brings back what it saw, never a verdict."""

import numpy as np

# polynomial


# contexts


# callbacks


# testing


# notebooks


# matmul_loops


# matmul_slice


# matmul_broadcast


# broadcasting


# einsum


# elementwise


# matmul_tiled


# benchmark


# mnist


# softmax
