"""Output: staging, manifest, swap."""
