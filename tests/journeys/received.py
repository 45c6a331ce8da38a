"""What customers received, files by their bytes."""

import hashlib
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.agent import Agent


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def received(agent: Agent) -> list[tuple[str, list[str]]]:
    """What customers received: of each message its kind, and its texts and the hashes of its files."""
    token = {"Authorization": f"Bearer {agent.sandbox.token}"}
    async with httpx.AsyncClient(trust_env=False) as http:

        async def said(part: dict[str, Any]) -> str:
            if part["type"] != "media":
                return str(part["value"])
            known = await http.get(f"{agent.sandbox.base_url}/v3/attachments/{part['id']}", headers=token)
            reply = await http.get(known.json()["download_url"])
            reply.raise_for_status()
            return hashlib.sha256(reply.content).hexdigest()

        return [
            (entry["kind"], [await said(part) for part in entry["parts"]])
            for entry in await agent.outside.ledger()
            if entry["kind"] in {"message", "voice_memo"}
        ]
