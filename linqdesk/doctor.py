"""`linqdesk doctor`: what this installation consists of, without secrets and message texts."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from linqdesk import __version__
from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.dictionaries import system_dictionaries
from linqdesk.local.environment import read_environment
from linqdesk.local.paths import find_paths
from linqdesk.local.secrets import backend_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linqdesk.local.paths import Paths

_PACKAGES = (
    "PySide6-Essentials",
    "PySide6-Addons",
    "qasync",
    "httpx",
    "pydantic",
    "keyring",
    "pillow",
    "pillow-heif",
)


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
    # Qt prints which of its optional libraries it tried; what it found is said below.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    yield from _qt()
    yield f"keyring: {backend_name()}"
    yield f"spelling: {' '.join(system_dictionaries().names) or 'off (no enchant, or no dictionary)'}"
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


def _places() -> Iterator[str]:
    try:
        environment = read_environment(os.environ)
    except LocalFaultError as fault:
        yield f"environment: {fault.message}"
        return
    paths = find_paths(environment.data_dir)
    yield f"API: {urlsplit(environment.base_url).hostname}"
    yield f"settings: {paths.settings_file}"
    yield f"data: {paths.data_dir}"
    yield f"log: {paths.log_file}"
    yield f"last sync: {_last_sync(paths)}"


def _last_sync(paths: Paths) -> str:
    """Return when the chat list was last read, as the log tells."""
    try:
        lines = paths.log_file.read_text("utf-8").splitlines()
    except OSError:
        return "never"
    synced = (line[:19] for line in reversed(lines) if "GET /v3/chats: 200" in line)
    return next(synced, "never")
