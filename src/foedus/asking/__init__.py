"""Asking: one function per question, no sums in it; what is asked is read, worked out, and handed to a surface."""
