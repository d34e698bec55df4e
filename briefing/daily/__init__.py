"""The whole day on one page."""
