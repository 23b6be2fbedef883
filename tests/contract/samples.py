"""A valid row of any model, by the name that contract tests know it by."""

from huiguan.verifying.samples import sample

__all__ = ["sample"]
