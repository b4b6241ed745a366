"""One module a layer: each reader is a plain function from a parsed article to records."""
