"""What chambers pay the platform: plans, subscriptions, entitlements. The only importer of `stripe`."""
