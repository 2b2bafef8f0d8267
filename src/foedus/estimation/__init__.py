"""Estimation: what two centuries of choices say about the parameters of the theory."""
