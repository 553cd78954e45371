"""Homework 1: automatic differentiation, from layers with a hand-written backward to an engine of tensors."""
