"""A reorganisation, told: what changes for teams, people, their work and their things."""
