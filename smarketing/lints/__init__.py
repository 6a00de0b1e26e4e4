"""Advice on what a playbook says, from what people who run sales and marketing trip over.

Each lint takes values and returns advice. Nothing is read from disk here.
"""
