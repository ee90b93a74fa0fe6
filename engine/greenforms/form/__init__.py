"""Form packages: editions, schemas, templates, and the layout read from a blank template."""
