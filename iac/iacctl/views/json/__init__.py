"""What programs read: `show -json`, `output -json`, `validate -json` and the event streams of plan and apply.

The documents are Terraform's, field by field (format version 1.2 of the plan, 1.0 of the rest): same names, same order,
same omissions. They are built as plain data and written by `text`.
"""
