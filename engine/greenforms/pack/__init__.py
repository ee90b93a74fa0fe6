"""Papers of one folder, checked against each other."""
