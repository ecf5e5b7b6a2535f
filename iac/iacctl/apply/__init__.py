"""From a plan to what it says: ordered steps, each recorded before and after the provider makes it."""
