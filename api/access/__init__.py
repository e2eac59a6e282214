"""Who comes in: roles, accounts, keys, sessions, and the record of what they did."""
