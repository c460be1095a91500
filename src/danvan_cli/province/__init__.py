"""What Sở Nội vụ does with what units send: it follows, urges, verifies, ranks and sums up."""
