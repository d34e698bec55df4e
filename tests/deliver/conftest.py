"""Certificates for the servers of these tests, made once."""

import pytest

from tests.deliver.server import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A private authority and a server's certificate for 127.0.0.1."""
    return make_certificates(str(tmp_path_factory.mktemp("certificates")))
