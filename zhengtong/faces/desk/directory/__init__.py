"""The directory of the district at the desk: organisations, divisions, posts; corrected by whoever manages it."""

from .lists import DIVISIONS, ORGANISATIONS, POSTS, browse, divisions, posts
from .pages import division, organisation, post

__all__ = ["DIVISIONS", "ORGANISATIONS", "POSTS", "browse", "division", "divisions", "organisation", "post", "posts"]
