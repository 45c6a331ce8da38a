"""Files over TLS: the connection goes to the address that was checked, the certificate is the name's."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from linqdesk.api.media_transport import MediaTransport
from linqdesk.domain.errors import OfflineError

NAME = "cdn.example.test"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of `NAME` that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "certificate.pem"
    file.write_bytes(plain + signed.public_bytes(pem))
    return file


@asynccontextmanager
async def _serving(certificate: Path) -> AsyncIterator[tuple[int, list[str]]]:
    """Serve over TLS on loopback; yields the port and the names that were asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1], names


def _media(certificate: Path | None) -> MediaTransport:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if certificate is not None:
        trust.load_verify_locations(certificate)
    return MediaTransport(allows_loopback=True, trust=trust, asked=_loopback)


async def _loopback(host: str, port: int) -> list[str]:
    del host, port
    return ["127.0.0.1"]


async def _drop(_: bytes) -> None:
    return None


async def test_a_certificate_is_checked_against_the_name_and_not_the_address(certificate: Path) -> None:
    media = _media(certificate)
    async with _serving(certificate) as (port, names):
        assert await media.download(f"https://{NAME}:{port}/x", _drop) == 2
        with pytest.raises(OfflineError):
            await media.download(f"https://evil.example.test:{port}/x", _drop)
        assert names == [NAME, "evil.example.test"]
    await media.close()


async def test_a_certificate_that_nobody_trusts_opens_nothing(certificate: Path) -> None:
    media = _media(None)
    async with _serving(certificate) as (port, _):
        with pytest.raises(OfflineError):
            await media.download(f"https://{NAME}:{port}/x", _drop)
    await media.close()
