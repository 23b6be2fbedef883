"""What applicants and the secretariat write of applications."""
