"""From a printed line back to its source."""
