"""The council room: people take the seats of states, the model is their year."""
