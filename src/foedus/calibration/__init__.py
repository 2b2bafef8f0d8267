"""Statistics: what two centuries of alliances say about the parameters, and how well the theory foresees."""
