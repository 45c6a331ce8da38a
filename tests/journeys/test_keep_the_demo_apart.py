from pathlib import Path

from linqdesk.app import Desk
from linqdesk.domain.contacts import Contact, ContactBook
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.local.contacts_file import load_contacts, save_contacts
from linqdesk.local.environment import Environment
from linqdesk.local.paths import find_paths
from linqdesk.sandbox.server import SandboxAddress
from tests.journeys.agent import begun, started
from tests.journeys.doorway import asked, online, press
from tests.journeys.outside import until
from tests.local.keyrings import Store


def _customer(desk: Desk) -> tuple[ChatId, Handle]:
    """Return a direct chat of the shop that both the demo and the account show here, and whose it is."""
    chat_id = desk.chat_named("Ana Ruiz")
    assert chat_id is not None
    summary = desk.cache.summary(chat_id)
    assert summary is not None
    return chat_id, summary.chat.others[0].handle


async def test_names_given_in_the_demo_end_with_it(tmp_path: Path) -> None:
    async with started(Environment(data_dir=tmp_path)) as desk:
        await asked(desk)
        press(desk, "explore_demo")
        await online(desk)
        _, handle = _customer(desk)
        desk.window.people.keep_contact(handle, Contact("Somebody imaginary", "a note"))
        assert desk.cache.name_of(handle) == "Somebody imaginary"
        await until(lambda: desk.session.people.is_idle, "nothing is being written")
    assert not find_paths(tmp_path).contacts_file.exists()


async def test_names_of_the_account_are_not_seen_in_the_demo_and_are_there_again_after_it(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    file = find_paths(tmp_path).contacts_file
    async with begun(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as program:
        real = program.desk
        await online(real)
        _, handle = _customer(real)
        real.window.people.keep_contact(handle, Contact("Our own Ana", ""))
        await until(lambda: real.session.people.is_idle, "the name is kept")
        real.window.demo_requested.emit()
        await until(lambda: program.desk is not real, "another run begins")
        demo = program.desk
        await online(demo)
        assert demo.cache.name_of(handle) == "Ana Ruiz"
        demo.window.people.keep_contact(handle, Contact("Somebody imaginary", ""))
        demo.window.sign_out_requested.emit()
        await until(lambda: program.desk is not demo, "the demo is left")
        await online(program.desk)
        assert program.desk.cache.name_of(handle) == "Our own Ana"
    assert load_contacts(file).names() == {handle: "Our own Ana"}


async def test_the_demo_reads_no_names_of_the_account(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    async with started(Environment(data_dir=tmp_path)) as desk:
        await asked(desk)
        press(desk, "explore_demo")
        await online(desk)
        _, handle = _customer(desk)
    save_contacts(paths.contacts_file, ContactBook({handle: Contact("Of the account", "")}))
    async with started(Environment(data_dir=tmp_path)) as desk:
        await asked(desk)
        press(desk, "explore_demo")
        await online(desk)
        assert desk.cache.name_of(handle) == "Ana Ruiz"
