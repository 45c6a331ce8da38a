"""Each fault of the fault model (F1 to F24) and the tests that let it happen."""

from importlib import import_module

import pytest

FAULTS = {
    "F1 killed between commit, send and answer": [
        "faults.test_kill:test_what_was_accepted_arrives_once_and_in_order_however_often_the_program_is_killed",
        (
            "faults.test_kill:"
            "test_what_stood_in_the_window_arrives_once_and_in_order_and_drafts_are_there_after_a_kill"
        ),
    ],
    "F2 no answer after the server accepted": [
        "services.test_outbox:test_a_lost_answer_is_repeated_under_the_same_key",
        "journeys.test_lose_the_server:test_a_send_whose_answer_is_lost_reaches_the_customer_once",
    ],
    "F3 a poll overtakes the answer": [
        "store.test_cache:test_a_poll_that_overtakes_the_answer_makes_no_second_bubble",
        "services.test_outbox:test_own_messages_are_shown_when_no_answer_comes_for_half_a_minute",
    ],
    "F4 no answer to a voice memo": [
        "services.test_sending_voice_memos:test_an_ambiguous_memo_is_never_repeated_unasked",
        "services.test_sending_voice_memos:test_after_a_crash_a_memo_is_looked_for_before_anything_else",
    ],
    "F5 the message of a known key is gone": [
        "services.test_outbox:test_a_key_whose_message_was_deleted_is_never_sent_again",
    ],
    "F6 the same message again and again": [
        "store.test_cache:test_any_shuffle_split_and_repetition_of_a_history_gives_the_same_thread",
        "store.test_any_history:test_any_history_read_in_any_way_gives_the_same_thread",
    ],
    "F7 a slow old answer comes last": [
        "store.test_cache:test_delivery_goes_forward_only_even_when_a_slow_old_answer_comes_last",
        "services.test_polling:test_a_slow_old_answer_does_not_undo_what_a_later_question_told",
    ],
    "F8 cursors that shift, expire and loop": [
        "services.test_thread_reader:test_a_message_that_arrives_while_pages_are_turned_hides_none",
        "services.test_thread_reader:test_a_cursor_that_expires_in_the_middle_loses_neither_messages_nor_the_chat",
        "services.test_thread_reader:test_cursors_that_lead_in_a_circle_end_a_reading",
        "services.test_polling:test_chats_that_arrive_while_pages_are_turned_hide_none",
        "services.test_polling:test_cursors_that_lead_in_a_circle_end_a_look",
        "services.test_polling:test_a_cursor_that_always_expires_keeps_neither_lines_nor_chats_back",
    ],
    "F9 clocks that jump": [
        "services.test_resuming:test_a_sleep_and_a_clock_that_is_set_are_noticed_once",
        "faults.test_clocks:test_a_clock_that_is_set_meanwhile_loses_and_repeats_nothing",
        "faults.test_clocks:test_by_whatever_clock_a_new_message_stands_last_and_what_arrives_is_seen",
        "faults.test_clocks:test_when_summer_time_begins_or_ends_twenty_minutes_are_twenty_minutes",
    ],
    "F10 a storm of 429": [
        "services.test_connectivity:test_ten_minutes_of_429_cost_one_request_in_each_wait",
        "services.test_outbox:test_after_429_nothing_is_asked_before_the_wait_is_over",
    ],
    "F11 a burst of 5xx": [
        "services.test_connectivity:test_ten_minutes_of_outage_cost_twenty_requests_at_most",
        "services.test_connectivity:test_fifty_clients_do_not_come_back_in_step",
    ],
    "F12 offline for hours, captive portals": [
        "faults.test_outages:test_eight_hours_offline_with_200_queued_end_in_order_and_without_a_429",
        "api.test_transport:test_a_networks_sign_in_page_is_no_answer_of_the_api",
    ],
    "F13 asleep in the middle of a request": [
        "services.test_session:test_after_a_sleep_everything_is_asked_anew_on_new_connections",
        (
            "faults.test_clocks:"
            "test_a_sleep_in_the_midst_of_requests_whose_lines_are_cut_loses_and_repeats_nothing"
        ),
    ],
    "F14 a token refused, a recipient who opted out": [
        "faults.test_outages:test_a_token_refused_in_the_middle_of_20_sends_loses_and_repeats_nothing",
        "services.test_send_gate:test_what_waited_while_the_customer_opted_out_is_not_sent_even_when_retried",
    ],
    "F15 what the API adds later": [
        "api.test_schema_evolution:test_s1_sent_messages_show_every_kind_of_part_and_reaction",
    ],
    "F16 an upload that breaks off": [
        "faults.test_cut_uploads:test_an_upload_cut_at_each_tenth_arrives_whole_and_once",
        "services.test_sending_files:test_an_upload_that_is_cut_off_starts_over",
        "services.test_sending_files:test_a_slot_that_expires_on_the_way_is_asked_for_anew",
    ],
    "F17 addresses that expire": [
        "services.test_media:test_an_expired_address_is_renewed_by_the_attachment",
        "services.test_media:test_what_is_nowhere_any_more_is_gone",
    ],
    "F18 a disk that is full or read-only": [
        "journeys.test_run_out_of_disk:test_a_full_disk_refuses_to_send_and_keeps_the_text_until_there_is_room",
        "journeys.test_run_out_of_disk:test_on_a_read_only_disk_the_text_stays_in_the_field_and_chatting_goes_on",
        "local.test_journal:test_a_full_disk_refuses_with_words_and_keeps_what_was_there",
        "local.test_media_cache:test_a_disk_that_is_almost_full_gets_its_room_back_from_the_cache",
    ],
    "F19 a journal that is damaged or newer": [
        "local.test_journal_rescue:test_a_journal_damaged_anywhere_gives_back_all_that_its_copy_has",
        "local.test_journal:test_a_newer_schema_is_refused_and_left_alone",
    ],
    "F20 a second start": [
        "test_one_owner:test_of_many_starts_one_owns",
        "test_one_owner:test_the_lock_of_a_killed_program_is_taken_over",
    ],
    "F21 a colleague on the same account": [
        "services.test_send_gate:test_a_colleagues_newer_answer_is_shown_first",
    ],
    "F22 closed during sends": [
        "journeys.test_end_while_sending:test_the_end_waits_for_no_server_and_what_was_on_its_way_is_kept",
    ],
    "F23 errors that nobody expected": [
        "test_crash_care:test_an_error_of_a_slot_is_reported_by_kind_and_place",
        "test_crash_care:test_an_error_of_a_thread_is_reported",
        "test_crash_care:test_an_error_of_a_callback_of_the_loop_is_reported",
        (
            "ui.windows.test_crash_desk:"
            "test_a_failure_of_any_thread_is_said_in_the_window_and_can_be_read_and_dismissed"
        ),
        (
            "services.test_task_scope:"
            "test_a_failing_loop_is_begun_again_some_five_times_a_minute_and_never_given_up"
        ),
    ],
    "F24 a keyring that hangs": [
        "local.test_secrets:test_a_keyring_that_hangs_is_given_up_and_holds_nothing_up",
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_tests_that_let_it_happen(fault: str) -> None:
    for each in FAULTS[fault]:
        module, _, name = each.partition(":")
        assert hasattr(import_module(f"tests.{module}"), name), each


def test_no_fault_of_the_model_is_left_out() -> None:
    assert [fault.split()[0] for fault in FAULTS] == [f"F{number}" for number in range(1, 25)]
