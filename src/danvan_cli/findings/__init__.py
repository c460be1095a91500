"""What checks find: the finding, the catalogue of rules, and the formats that code hosts take."""
