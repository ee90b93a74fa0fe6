"""The pages of a paper with what was read on them: a box for each field, coloured by how sure the reading is."""
