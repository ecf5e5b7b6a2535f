"""SSH, by paramiko: connections through bastions and proxies, scripts, and files by scp as Terraform copies them."""
