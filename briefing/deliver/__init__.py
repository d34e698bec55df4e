"""Issues out: files, and messages by the ways in `ways/`; whoever calls decides what goes, to whom and when."""
