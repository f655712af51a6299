"""Which column of a table is which field of a post."""

import re
from collections.abc import Mapping, Sequence

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr

# Each field with the headers that mean it, the likeliest first, in letters and digits only.
# Among them those of 4CAT, twarc, the YouTube Data Tools, Reddit archives and Facebook tools.
_ALIASES: Mapping[str, str] = {
    "id": "id postid commentid messageid tweetid idstr itemid",
    "thread": "thread threadid conversationid conversationidstr topicid discussionid linkid",
    "reply_to": "replyto replytoid parentid parent inreplyto inreplytoid inreplytostatusid "
    "inreplytostatusidstr referencedtweetsrepliedtoid isreplyto replytomessageid parentcommentid",
    "author": "author authorkey authorname authorusername username user member screenname "
    "from authorfullname authorid userid",
    "time": "time postedat createdat createdutc timestamp datetime date publishedat createdtime "
    "posttime published created unixtimestamp timestamputc",
    "text": "text message body content posttext commenttext fulltext selftext comment",
    "title": "title subject threadtitle topic headline",
    "platform": "platform sourceplatform network",
    "url": "url link permalink posturl permalinkurl",
    "reactions": "reactions likes likecount reactioncount score publicmetricslikecount "
    "favoritecount upvotes",
    "role": "role authorrole",
    "feature": "feature",
    "removed": "removed deleted isremoved isdeleted",
    "quote_rule": "quoterule",
    "space": "space spaceid spacename group groupname subreddit forum channel",
}

FIELDS = tuple(_ALIASES)


def guess_columns(headers: Sequence[str]) -> dict[str, str]:
    """The header of each field that bears its name or a well-known one. No header serves twice."""
    free = {_plain(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for field in FIELDS:
        if header := free.pop(_plain(field), None):
            found[field] = header
    for field, aliases in _ALIASES.items():
        known = next((alias for alias in aliases.split() if alias in free), None)
        if field not in found and known:
            found[field] = free.pop(known)
    return found


def mapped(headers: Sequence[str], wanted: Mapping[str, str], file: str) -> dict[str, int]:
    """The column number of each field: those `wanted`, the rest guessed.

    A field mapped to "" is left out. Raises WrongUsage for an unknown field, a header that
    is not there, and when nothing stands for the text.
    """
    for field in wanted:
        if field not in FIELDS:
            raise WrongUsage(
                tr("A post has no field {field}. Its fields are: {fields}.",
                   field=field, fields=", ".join(FIELDS))
            )  # fmt: skip
    chosen = {field: _header(headers, header, file) for field, header in wanted.items() if header}
    rest = [header for header in headers if header not in chosen.values()]
    guessed = {
        field: header for field, header in guess_columns(rest).items() if field not in wanted
    }
    if "text" not in chosen and "text" not in guessed:
        raise WrongUsage(
            tr(
                "{file} has no column for the words of the posts (text). Its columns are: "
                "{headers}. Name the right one. Nothing was imported.",
                file=file,
                headers=", ".join(headers),
            )
        )
    used = guessed | chosen
    _only_one_each(headers, used, file)
    return {field: headers.index(header) for field, header in used.items()}


def _only_one_each(headers: Sequence[str], used: Mapping[str, str], file: str) -> None:
    for field, header in used.items():
        if headers.count(header) > 1:
            raise WrongUsage(
                tr(
                    "{file} has more than one column “{header}”, so which is the {field} cannot "
                    "be told. Rename all but one. Nothing was imported.",
                    file=file,
                    header=header,
                    field=field,
                )
            )


def _header(headers: Sequence[str], wanted: str, file: str) -> str:
    if wanted in headers:
        return wanted
    for header in headers:
        if _plain(header) == _plain(wanted):
            return header
    raise WrongUsage(
        tr(
            "{file} has no column “{header}”. Its columns are: {headers}. Nothing was imported.",
            file=file,
            header=wanted,
            headers=", ".join(headers),
        )
    )


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", "", header).lower()
