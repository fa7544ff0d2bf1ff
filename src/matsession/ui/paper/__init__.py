"""What is printed, or written as a PDF."""
