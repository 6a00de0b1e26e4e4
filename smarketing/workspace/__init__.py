"""From a config file to a workspace that the engine can run."""
