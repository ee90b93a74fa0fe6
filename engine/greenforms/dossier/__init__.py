"""What is checked: papers, what they state, what people answered, and the day."""
