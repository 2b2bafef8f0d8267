"""The workbench: foedus in the browser, on the user's own machine or from a small server."""
