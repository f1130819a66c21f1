"""What dossiers tell beyond a report: months, parts, waiting times, lateness; a module per exhibit."""
