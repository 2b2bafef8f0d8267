"""Historical data: published data sets in one local store, panels and potential alliances."""
