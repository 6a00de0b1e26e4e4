"""Behaviours of Trello that nothing published settles; each can be switched the other way."""

from collections.abc import Mapping

NO_OLD = "trello-no-data-old"
ONLY_CARDS = "trello-activity-only-cards"
NO_ATTACHMENTS = "trello-copy-drops-attachments"
STATES_RESET = "trello-copy-resets-check-states"
BATCH_COUNTS_EACH = "trello-batch-counts-each"
BARE_CHECK_ITEMS = "trello-bare-checkitem-actions"
JOINS_AT_ONCE = "trello-invite-joins-at-once"

SWITCHES: Mapping[str, str] = {
    NO_OLD: "actions of changed cards do not say what was there before",
    ONLY_CARDS: "only a new card moves a board's dateLastActivity",
    NO_ATTACHMENTS: "a copy of a board has none of the cards' attachments",
    STATES_RESET: "copied check items begin as not done",
    BATCH_COUNTS_EACH: "each url of a batch counts as a request of its own",
    BARE_CHECK_ITEMS: "actions of ticked check items name the item and nothing of its state",
    JOINS_AT_ONCE: "an invited person who has an account is a member without accepting",
}
