"""From a read register to members: reading into an import, applying it, undoing it."""
