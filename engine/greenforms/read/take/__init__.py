"""Takes a document as a form: which form it is, and what stands in each of its slots."""
