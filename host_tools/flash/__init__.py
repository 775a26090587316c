"""`flash`: a card image onto a card, proved by reading it back."""
