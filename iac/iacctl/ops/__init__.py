"""The operations that users ask for, free of any terminal: validate, plan, apply."""
