"""The probes of hw1: each runs beside the student's code, and arrays go in and come out.

`ndl` is the library, hw1_autograd.needle. A probe returns what came out, never a verdict.
"""

import numpy as np

# layers (stage 1)

# network (stage 2)

# scalar (stage 3)

# gradcheck (stage 4)

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
