"""Articles to stories: copies, grouping, ranking, headlines, identity, disagreeing figures, what is new, topics.

Every file is plain functions from articles to values; no clock, no network, no model. Where several articles tie, the
identifier decides, so that no result depends on the order of the input.
"""
