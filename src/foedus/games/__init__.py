"""Game theory: who wins, who is bought, what is stable, before any treaty is named."""
