"""Details of a report from its own page: fetched within bounds, read apart, and filled in where they are blank."""
