"""政通: an open-source digital-government platform for a Chinese district."""
