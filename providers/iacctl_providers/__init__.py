"""Providers that run inside iacctl, and the SDK they are written with."""
