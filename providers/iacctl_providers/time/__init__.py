"""The provider hashicorp/time: points in time that are kept, shifted or renewed, and delays."""
