"""How an account is signed in: the consent, the token that lasts, and what is worth knowing of it."""
