"""What people write about dues."""
