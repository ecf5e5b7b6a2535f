"""The command line: arguments, exit codes, and which session and view a command uses."""
