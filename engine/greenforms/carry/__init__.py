"""What earlier papers of a unit say, carried over into a new form by facts."""
