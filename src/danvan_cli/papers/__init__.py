"""The papers that danvan makes: what each says, and where it goes."""
