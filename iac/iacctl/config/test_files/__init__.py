"""Test files: `.tftest.hcl` with their runs, mocks and overrides, from text to typed declarations."""
