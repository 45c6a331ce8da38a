"""Work over time: polling, paging, sending."""
