"""The iris module: a co-processor with the light of the iris camera."""
