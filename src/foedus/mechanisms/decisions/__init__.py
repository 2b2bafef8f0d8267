"""Laws of decision: who proposes, who agrees, who stays, and who is pressed."""
