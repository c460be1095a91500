"""danvan for those who double-click and drop: a menu, drop targets, the system's own dialogs. Commands do the work."""
