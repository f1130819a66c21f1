"""What the page of index criteria shows: one authority broken down, or the authorities of one place."""
