"""Tests of the stage `renderers`."""
