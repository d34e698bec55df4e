"""The commands, one file each: options in, pipeline called, result printed."""
