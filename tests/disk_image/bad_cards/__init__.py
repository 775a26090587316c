"""Cards and images on real block devices."""
