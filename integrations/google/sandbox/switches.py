"""Behaviours of Google that were never tried against the live service, and can be turned round."""

from collections.abc import Mapping

SWITCHES: Mapping[str, str] = {
    "google-copy-drops-app-properties": "a copied file carries no appProperties of its source",
    "google-search-without-app-properties-at-once": (
        "a converted upload is found by its appProperties only after the search lag, "
        "or after 5 seconds where there is none"
    ),
    "google-batch-docs": "Docs and Sheets serve HTTP batches at /batch",
    "google-cancelled-id-reusable": "an event can be inserted under the id of a cancelled one",
    "google-feed-without-shared-drives": (
        "the feed of a person leaves out shared drives, even with includeItemsFromAllDrives"
    ),
    "google-drive-writes-without-burst": "Drive takes 3 writes at once instead of 10",
    "google-calendar-batch-100": "Calendar takes batches of 100 instead of 50",
    "google-app-files-per-person": (
        "with drive.file an app sees a file only for the person that made or opened it with the app"
    ),
}
