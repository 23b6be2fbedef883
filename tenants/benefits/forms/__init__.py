"""What people enter about merchants, offers and cards."""
