"""The pages of benchmarking: all figures, and one."""
