"""What people say on the pages of the members' folder."""
