"""Issues out: files today; each way out is one file."""
