"""Mechanisms without politics; no engine knows another."""
