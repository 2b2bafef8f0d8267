"""Systems of the essay: each a question about one architecture, answered by the model and held against the record."""
