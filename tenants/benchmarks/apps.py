"""The chamber's side of benchmarking: its own figures, what it shares, what it sees. [F5]"""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "tenants.benchmarks"
    label = "benchmarks"
