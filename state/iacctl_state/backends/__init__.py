"""Where states are kept: the port that all backends implement, the backends, and their catalog."""
