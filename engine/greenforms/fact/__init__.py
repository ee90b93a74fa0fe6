"""Facts: form-independent statements that papers are cross-checked by."""
