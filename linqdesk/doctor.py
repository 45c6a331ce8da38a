"""`linqdesk doctor`: what this installation consists of, without secrets and message texts."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from linqdesk import __version__

_PACKAGES = ("PySide6-Essentials", "PySide6-Addons", "qasync", "httpx", "pydantic", "keyring")


def run() -> int:
    """Print what is found, a line each; returns the exit code 0."""
    for line in report():
        sys.stdout.write(f"{line}\n")
    return 0


def report() -> Iterator[str]:
    """Yield "subject: finding" lines."""
    yield f"LinqDesk: {__version__}"
    yield f"Python: {platform.python_version()} on {platform.platform()}"
    for package in _PACKAGES:
        yield f"{package}: {_version(package)}"
    yield from _qt()
    yield f"keyring: {_keyring()}"
    yield from _places()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _qt() -> Iterator[str]:
    from PySide6.QtGui import QGuiApplication, QImageReader

    application = QGuiApplication(sys.argv[:1])
    yield f"Qt platform: {application.platformName()}"
    screens = ", ".join(
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}x"
        for screen in application.screens()
    )
    yield f"screens: {screens or 'none'}"
    pictures = sorted(str(each.data(), "ascii") for each in QImageReader.supportedImageFormats())
    yield f"pictures: {' '.join(pictures)}"
    yield f"sound and video: {_codecs()}"


def _codecs() -> str:
    try:
        from PySide6.QtMultimedia import QMediaFormat
    except ImportError as lacking:
        return f"unavailable ({lacking})"
    direction = QMediaFormat.ConversionMode.Decode
    audio = {codec.name for codec in QMediaFormat().supportedAudioCodecs(direction)}
    video = {codec.name for codec in QMediaFormat().supportedVideoCodecs(direction)}
    return " ".join(sorted(audio | video)) or "no codec"


def _keyring() -> str:
    import keyring

    chosen = keyring.get_keyring()
    return f"{type(chosen).__module__}.{type(chosen).__qualname__}"


def _places() -> Iterator[str]:
    raise_if_missing = os.environ
    yield str(raise_if_missing)
