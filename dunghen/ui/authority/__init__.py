"""What the page of one authority shows, a module per part; `page.show` puts the parts in order."""
