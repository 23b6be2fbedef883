"""A server that behaves as Stripe does for what we use of it; the demo and the tests pay through it."""
