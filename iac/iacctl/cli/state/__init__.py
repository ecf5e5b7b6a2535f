"""`iacctl state`: looking at a state and changing it by hand."""
