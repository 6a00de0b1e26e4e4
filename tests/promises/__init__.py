"""The promises, proved as a person meets them: through the command line, in a folder."""
