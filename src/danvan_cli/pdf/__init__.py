"""PDF: text out of files from anybody, and printing of our own by LibreOffice."""
