"""The kinds of incoming files, one module each, found by `inbox.kind.all_kinds`."""
