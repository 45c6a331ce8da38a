"""A composer in a window, as the tests of the composer have it."""

from tests.ui.composer.conftest import composer

__all__ = ["composer"]
