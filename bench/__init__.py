"""Measures smarketing against comparable tools: `python -m bench`."""
