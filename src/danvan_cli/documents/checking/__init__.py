"""Any Word document judged by nd30's table: read, resolved, its components found, each rule asked."""
