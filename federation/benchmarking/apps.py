"""Benchmarking 对标: frozen releases that reveal no single chamber. [F5; federation.md B]"""

from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "federation.benchmarking"
    label = "benchmarking"
