"""One audience, one site; faces never see each other."""
