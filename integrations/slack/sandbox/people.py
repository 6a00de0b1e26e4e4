"""The methods of accounts: who calls, and who else is there."""

from collections.abc import Mapping
from typing import Any

from .call import Call, Handler
from .refusals import No
from .shown import BOT, TEAM, TEAM_NAME, TEAM_URL, user_json


def test(call: Call) -> dict[str, Any]:
    app = {"bot_id": BOT} if call.user.is_app else {}
    return {
        "url": TEAM_URL,
        "team": TEAM_NAME,
        "user": call.user.person.key,
        "team_id": TEAM,
        "user_id": call.user.id,
        "is_enterprise_install": False,
        **app,
    }


def revoke(call: Call) -> dict[str, Any]:
    if not call.truth("test"):
        tokens = call.store.tokens
        for token in [each for each, user in tokens.items() if user is call.user]:
            del tokens[token]
    return {"revoked": not call.truth("test")}


def listed(call: Call) -> dict[str, Any]:
    shown, metadata = call.page(list(call.store.users.values()))
    return {
        "members": [user_json(one) for one in shown],
        "cache_ts": int(call.store.now()),
        "response_metadata": metadata,
    }


def by_mail(call: Call) -> dict[str, Any]:
    user = call.store.with_mail(call.text("email"))
    if user is None:
        raise No("users_not_found")
    return {"user": user_json(user)}


def info(call: Call) -> dict[str, Any]:
    if call.text("user") not in call.store.users:
        raise No("user_not_found")
    return {"user": user_json(call.store.users[call.text("user")])}


METHODS: Mapping[str, Handler] = {
    "auth.revoke": revoke,
    "auth.test": test,
    "users.info": info,
    "users.list": listed,
    "users.lookupByEmail": by_mail,
}
