"""One module for each kind of block: from syntax to the classes of `iacctl.config.model`."""
