"""What anybody could read a scan with: OCR engines as they come, and the value nearest to its label."""
