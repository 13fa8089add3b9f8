"""From a text or a table to an extract, and to a data folder to complete.

Its functions are handed on by the package itself, when first used: their patterns take a tenth as
long to compile as pandas takes to import.
"""
