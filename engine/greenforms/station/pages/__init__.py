"""Pages for people: the same functions and addresses as the interface for programs, drawn by Jinja2 and htmx."""
