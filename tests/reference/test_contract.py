"""What needle code from elsewhere relies on and no stage tests: the given half of the engine, and ways to use it."""

import pickle


def test_a_tensor_can_be_given_a_name(ndl):
    weight = ndl.Tensor([1.0])

    weight.name = "weight"

    assert weight.name == "weight" and pickle.loads(pickle.dumps(weight)).name == "weight"
