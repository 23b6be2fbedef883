"""The site's side of billing: what Stripe tells, and what operators see."""
