"""The promises, over HTTP: workspaces in Trello and Google stand-ins, held by what these hold after."""
