"""PDF files: written text by its tags or its lines and rulings, pages as pictures where that cannot be believed."""
