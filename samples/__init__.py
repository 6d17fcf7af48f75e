"""Reconstructed raw sheets of past quarters (样例数据): published aggregates, made-up rows. Not part of the product."""
