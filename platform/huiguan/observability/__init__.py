"""What operators see of the running system: logs, error reports, health and metrics. None of it holds personal data."""
