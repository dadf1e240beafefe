"""Timings of what people wait for, and simulations that hold methods to what they promise."""
