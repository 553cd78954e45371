"""Homework 0: from nested loops to a trained network in numpy."""
