"""A whole submission from one workbook: what is asked once, the papers built of it, and what is handed in with them."""
