"""The pure merge: three versions become one, and nothing that anybody wrote is lost."""
