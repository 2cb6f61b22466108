"""What the measurements stand on: a server of their own with fsync on, a district with a million cases, load, facts."""
