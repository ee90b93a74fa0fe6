"""Templates: a blank paper with tags, parsed once into a program that fills it, reads it back and is checked."""
