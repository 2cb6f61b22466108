"""The district itself: divisions down to village and grid cell, organisations, posts.

Nouns: division (12-digit code), organisation (by credit code, or by an own code where it has none), post.
Rows come from packs; what is gone from a pack is ended, never deleted. What is corrected at the desk belongs to the
desk from then on: packs show the difference and leave it alone.
"""
