"""From a playbook and a config to every item that they ask for together."""
