"""One file per family of figures; each has `figures(quick)`, which yields `Figure` or `Skipped`."""
