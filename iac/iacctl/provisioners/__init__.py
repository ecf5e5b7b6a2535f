"""What runs after an object was created or before it is destroyed: a port for provisioners, and those of Terraform.

The engine knows the port and the pool alone. `local-exec` runs a program on this machine; `remote-exec` and `file` reach
another one over SSH, for which they need paramiko, an optional dependency.
"""
