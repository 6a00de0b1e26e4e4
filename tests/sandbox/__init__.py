"""The sandbox itself: routing, faults, control, server, command."""
