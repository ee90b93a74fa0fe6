"""The sender's own file handed back with what is wrong marked on it."""
