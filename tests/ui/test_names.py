from dataclasses import replace

from linqdesk.domain.contacts import ContactBook
from linqdesk.store.cache import Cache
from linqdesk.ui.names import chat_title, number_beside
from tests.store.messages import a_chat


def test_the_desks_own_name_goes_before_linqs_and_its_number_stands_beside_it() -> None:
    cache, chat = Cache(), a_chat()
    who = chat.others[0].handle
    cache.merge_chats([chat])
    assert chat_title(chat, cache) == "Ana Ruiz"
    cache.set_names({who: "Ana, bakery"})
    assert chat_title(chat, cache) == "Ana, bakery"
    assert number_beside(chat, "Ana, bakery").startswith("+1 415 555 ")
    nameless = replace(chat, display_name=None)
    cache.set_names(ContactBook().names())
    assert number_beside(nameless, number_beside(chat, "Ana Ruiz")) == ""
    assert number_beside(replace(chat, is_group=True), "Riders") == ""
