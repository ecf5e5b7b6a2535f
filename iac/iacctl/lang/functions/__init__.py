"""Functions of the language.

`catalog` is the table of all of them, `calling` the convention by which they are called, and every other module holds
the implementations of one family; those are imported when one of them is called for the first time.
"""
