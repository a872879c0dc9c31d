"""The answer to each kind of question: evidence, what of it is good enough, its lines."""
