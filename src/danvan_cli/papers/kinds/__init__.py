"""The kinds of papers, a file each, named as its template: `bao_cao.py` is what `bao-cao.md.j2` is made from."""
