"""What people write of visits."""
