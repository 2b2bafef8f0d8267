"""Signings: the record's law of who signs with whom, in logits whose weights two centuries of signings gave. No money in it."""
