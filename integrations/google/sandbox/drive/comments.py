"""Comments on files and the replies to them, those made inside a document included."""

from html import escape
from typing import Any

from ..call import Call
from ..errors import Said, invalid
from ..times import written
from .json import display_name
from .model import DOC, File
from .reach import reached


def list_comments(call: Call) -> Any:
    """Return a page of the comments."""
    file = reached(call, call.ids[0], any_drive=True)
    gone_too = call.flag("includeDeleted")
    found = [one for one in _threads(call, file).values() if gone_too or not one["deleted"]]
    return _page(call, found, "comments", "drive#commentList")


def get(call: Call) -> Any:
    """Return a comment."""
    return _thread(call)[1]


def create(call: Call) -> Any:
    """Comment on a file."""
    file, said = _commentable(call), call.body()
    new = _said_by(call, said, "drive#comment") | {"resolved": False, "replies": []}
    new |= {name: said[name] for name in ("anchor", "quotedFileContent") if name in said}
    file.comments[new["id"]] = new
    call.store.noticed(file)
    return new


def update(call: Call) -> Any:
    """Change the words of a comment."""
    file, comment = _own(call)
    comment |= _words(call.body()) | {"modifiedTime": written(call.world.now())}
    call.store.noticed(file)
    return comment


def delete(call: Call) -> Any:
    """Delete a comment."""
    file, comment = _own(call)
    comment |= {"deleted": True, "content": "", "htmlContent": ""}
    call.store.noticed(file)
    return None


def list_replies(call: Call) -> Any:
    """Return a page of the replies to a comment."""
    return _page(call, _thread(call)[1]["replies"], "replies", "drive#replyList")


def create_reply(call: Call) -> Any:
    """Reply to a comment, and so perhaps resolve or reopen it."""
    file, comment = _thread(call, "commenter")
    said = call.body()
    action = str(said.get("action", ""))
    if action not in ("", "resolve", "reopen"):
        raise invalid("Invalid Value", "action")
    reply = _said_by(call, said, "drive#reply", bool(action))
    if action:
        reply["action"] = action
        comment["resolved"] = action == "resolve"
    comment["replies"].append(reply)
    comment["modifiedTime"] = reply["createdTime"]
    _into_document(call, file, comment, reply)
    call.store.noticed(file)
    return reply


def _threads(call: Call, file: File) -> dict[str, dict[str, Any]]:
    found = dict(file.comments)
    if file.mime == DOC:
        found |= {one.key: _from_document(one) for one in file.content.matter.comments.values()}
    return found


def _from_document(one: Any) -> dict[str, Any]:
    """Return a comment that was made in the editor, where its place is kept."""
    head = _post(one.head, "drive#comment")
    quote = {"mimeType": "text/html", "value": escape(one.quote)}
    replies = [_post(reply, "drive#reply") for reply in one.replies]
    last = replies[-1]["createdTime"] if replies else head["createdTime"]
    more = {"id": one.key, "resolved": one.resolved, "quotedFileContent": quote}
    return head | more | {"replies": replies, "modifiedTime": last}


def _post(post: Any, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": post.key,
        "author": {"kind": "drive#user", "displayName": post.author, "me": False},
        "createdTime": post.at,
        "modifiedTime": post.at,
        "deleted": False,
        **_words({"content": post.words}),
    }


def _into_document(call: Call, file: File, comment: dict[str, Any], reply: dict[str, Any]) -> None:
    if comment["id"] in file.comments:
        return
    from dataclasses import replace

    from ..docs.model import Post

    threads = file.content.matter.comments
    words = Post(
        reply["id"], reply["author"]["displayName"], reply["content"], reply["createdTime"]
    )
    replied = threads[comment["id"]].replied(words)
    threads[comment["id"]] = replace(replied, resolved=comment["resolved"])


def _thread(call: Call, role: str = "reader") -> tuple[File, dict[str, Any]]:
    file = reached(call, call.ids[0], role, any_drive=True)
    found = _threads(call, file).get(call.ids[1])
    if found is None:
        raise Said(404, "notFound", f"Comment not found: {call.ids[1]}.", location="commentId")
    return file, found


def _own(call: Call) -> tuple[File, dict[str, Any]]:
    """Return a comment that was made here; those of the editor are changed in the editor."""
    file, comment = _thread(call, "commenter")
    if comment["id"] not in file.comments:
        raise Said(501, "notImplemented", "The stand-in changes no comment of the editor.")
    return file, comment


def _commentable(call: Call) -> File:
    return reached(call, call.ids[0], "commenter", any_drive=True)


def _said_by(call: Call, said: dict[str, Any], kind: str, silent: bool = False) -> dict[str, Any]:
    if not said.get("content") and not silent:
        raise Said(400, "required", "Content is required.", location="content")
    mail, now = call.caller.person.mail, written(call.world.now())
    name = display_name(call.world, mail)
    return {
        "kind": kind,
        "id": call.store.new_id("AAAA"),
        "author": {"kind": "drive#user", "displayName": name, "me": True},
        "createdTime": now,
        "modifiedTime": now,
        "deleted": False,
        **_words(said),
    }


def _words(said: dict[str, Any]) -> dict[str, str]:
    words = str(said.get("content", ""))
    return {"content": words, "htmlContent": escape(words)}


def _page(call: Call, found: list[dict[str, Any]], name: str, kind: str) -> dict[str, Any]:
    size, token = call.number("pageSize", 20, 100), call.asked.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid Value", "pageToken")
    start = int(token)
    reply: dict[str, Any] = {"kind": kind, name: found[start : start + size]}
    if start + size < len(found):
        reply["nextPageToken"] = str(start + size)
    return reply
