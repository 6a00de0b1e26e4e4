"""What an integration is tested with: the awkward memory tool and the conformance suite."""
