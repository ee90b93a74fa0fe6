"""Says how far each field may be relied on: by the picture, the form, the rules, and what is said again elsewhere."""
