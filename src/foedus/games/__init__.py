"""Game theory: values, equilibria, votes."""
