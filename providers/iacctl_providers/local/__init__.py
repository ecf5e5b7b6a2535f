"""The provider hashicorp/local: files on this machine."""
