"""What is worth a second look in one translated segment. A notice stops nobody, and can be put away."""
