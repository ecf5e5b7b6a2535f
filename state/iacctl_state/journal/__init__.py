"""The write-ahead journal: what an apply is about to do and what it has done, on disk before anything can be lost.

An apply changes the document in memory and appends a record here; the state file is written once, at the end. A
leftover journal means that an apply was interrupted: :mod:`iacctl_state.journal.recovery` merges it.
"""
