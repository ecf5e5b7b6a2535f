"""Tests of configurations: the runs of test files carried out in states of their own, with mocks and overrides, and judged."""
