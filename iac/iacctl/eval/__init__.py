"""What validate, plan, apply, console and test share: expansion, evaluated objects, scopes, provider instances, conditions."""
