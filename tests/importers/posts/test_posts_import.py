"""Posts from tables: columns, threads, order, times, and what is said about the traps."""

from datetime import UTC, datetime

import pytest

from qualcoder_sm.errors import UnreadableFile, WrongUsage
from qualcoder_sm.importers import (
    Duplicates,
    ImportOptions,
    Orphans,
    ReadAs,
    Removed,
    guess_columns,
    preview_posts,
    read,
)
from qualcoder_sm.model import SourceKind, UnitKind

HEADERS = ("id", "thread", "reply_to", "author", "time", "text")


@pytest.fixture
def bundle_of(write_csv):
    """The bundle of a table; the first row holds the headers."""

    def _bundle(*rows, **options):
        return read([write_csv(*rows)], ImportOptions(**options))

    return _bundle


def post(id_, thread="T1", reply_to="", author="Isobel T", time="2024-01-09T05:06:00Z", text=""):
    return (id_, thread, reply_to, author, time, text or f"[SYNTHETIC] words of {id_}")


def ids(source):
    return [unit.external_id for unit in source.units]


def test_a_thread_becomes_one_source_of_its_posts(bundle_of):
    bundle = bundle_of(HEADERS, post("1"), post("2", reply_to="1", text="[SYNTHETIC] yes\r\nno"))
    [source] = bundle.sources
    assert (source.name, source.external_id, source.kind) == ("T1", "T1", SourceKind.POSTS)
    assert source.text == "[SYNTHETIC] words of 1\n\n[SYNTHETIC] yes\nno"
    assert [source.text[u.start : u.end] for u in source.units] == [
        "[SYNTHETIC] words of 1",
        "[SYNTHETIC] yes\nno",
    ]
    assert [(u.parent, u.answers) for u in source.units] == [(None, ""), (0, "1")]
    assert {u.kind for u in source.units} == {UnitKind.POST}


def test_all_fields_of_a_post_are_kept(bundle_of):
    bundle = bundle_of(
        ("post_id", "thread_id", "author_key", "author_role", "posted_at", "message", "title",
         "platform", "permalink", "likes", "feature", "removed", "quote_rule", "space_id"),
        ("7", "T7", "Una F", "group admin", "2024-03-31T10:00:00+01:00", "[SYNTHETIC] hello",
         "Snow", "forum", "https://x.example/7", "1,200", "post", "yes", "paraphrase", "S01"),
    )  # fmt: skip
    [source] = bundle.sources
    [unit] = source.units
    assert (source.name, source.collection) == ("T7 Snow", "S01")
    assert unit.external_id == "7"
    assert unit.speaker == "A0001"
    assert unit.role == "group admin"
    assert unit.at == datetime(2024, 3, 31, 9, 0, tzinfo=UTC)
    assert (unit.title, unit.platform, unit.url) == ("Snow", "forum", "https://x.example/7")
    assert (unit.reactions, unit.feature, unit.removed) == (1200, "post", True)
    assert unit.quote_rule == "paraphrase"


def test_a_quote_rule_whose_wording_is_not_known_is_said_once_and_kept(bundle_of):
    bundle = bundle_of(
        ("id", "thread", "text", "quote_rule"),
        ("1", "T", "[SYNTHETIC] one", "as agreed"),
        ("2", "T", "[SYNTHETIC] two", "as agreed"),
        ("3", "T", "[SYNTHETIC] three", "no verbatim quotes"),
    )
    [source] = bundle.sources
    assert [unit.quote_rule for unit in source.units] == [
        "as agreed", "as agreed", "no verbatim quotes",
    ]  # fmt: skip
    assert [one.what for one in bundle.problems if "quote rule" in one.what] == [
        "The quote rule “as agreed” is not known; it counts as paraphrase only."
    ]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("id", "thread_id", "timestamp", "body", "author", "subject"), "4CAT"),
        (("id", "conversation_id", "referenced_tweets.replied_to.id", "author.username",
          "created_at", "text", "public_metrics.like_count"), "twarc"),
        (("id", "replyCount", "likeCount", "publishedAt", "authorName", "text", "isReplyTo"),
         "YouTube"),
        (("id", "link_id", "parent_id", "author", "created_utc", "body", "score"), "Reddit"),
    ],
)  # fmt: skip
def test_columns_of_known_tools_map_themselves(headers, expected):
    wanted = {
        "4CAT": {"id", "thread", "time", "text", "author", "title"},
        "twarc": {"id", "thread", "reply_to", "author", "time", "text", "reactions"},
        "YouTube": {"id", "reactions", "time", "author", "text", "reply_to"},
        "Reddit": {"id", "thread", "reply_to", "author", "time", "text", "reactions"},
    }[expected]
    assert set(guess_columns(headers)) == wanted


def test_a_header_with_the_name_of_a_field_goes_before_its_likes():
    assert guess_columns(("message", "text"))["text"] == "text"


def test_a_mapped_column_is_used(bundle_of):
    bundle = bundle_of(("text", "Words"), ("no", "[SYNTHETIC] yes"), columns={"text": "words"})
    assert bundle.sources[0].text == "[SYNTHETIC] yes"


def test_a_column_can_be_left_out(bundle_of):
    bundle = bundle_of(HEADERS, post("1"), columns={"author": ""})
    assert bundle.sources[0].units[0].speaker is None
    assert bundle.authors == {}


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"text": "Message"}, r"posts\.csv has no column “Message”\. Its columns are: id, thread"),
        ({"words": "text"}, r"A post has no field words\. Its fields are: id, thread"),
        ({"text": ""}, r"posts\.csv has no column for the words of the posts"),
    ],
)
def test_a_column_that_is_not_there_is_refused(bundle_of, columns, sentence):
    with pytest.raises(WrongUsage, match=sentence):
        bundle_of(HEADERS, post("1"), columns=columns)


def test_a_column_that_is_there_twice_is_refused(bundle_of):
    with pytest.raises(WrongUsage, match="more than one column “text”"):
        bundle_of(("id", "text", "text"), ("1", "[SYNTHETIC] one", "[SYNTHETIC] other"))


def test_headers_without_a_post_are_refused(bundle_of):
    with pytest.raises(UnreadableFile, match="has headers and no row below them"):
        bundle_of(HEADERS)


def test_without_a_thread_column_replies_make_the_threads(bundle_of):
    rows = [("1", "", "a"), ("2", "", "b"), ("3", "1", "c"), ("4", "3", "d")]
    bundle = bundle_of(("id", "reply_to", "text"), *rows)
    assert [(source.name, ids(source)) for source in bundle.sources] == [
        ("1", ["1", "3", "4"]),
        ("2", ["2"]),
    ]


def test_posts_with_neither_ids_nor_threads_stand_alone_under_their_first_words(bundle_of):
    bundle = bundle_of(("text",), ("Snow today",), ("Snow today",), ("One two three four " * 9,))
    assert [s.name for s in bundle.sources] == [
        "Snow today",
        "Snow today (2)",
        "One two three four One two three…",
    ]


def test_a_thread_reads_down_its_replies_and_those_by_time(bundle_of):
    bundle = bundle_of(
        HEADERS,
        post("late", reply_to="first", time="2024-01-09T09:00:00Z"),
        post("first", time="2024-01-09T05:00:00Z"),
        post("deep", reply_to="soon", time="2024-01-09T10:00:00Z"),
        post("soon", reply_to="first", time="2024-01-09T06:00:00Z"),
    )
    [source] = bundle.sources
    assert ids(source) == ["first", "soon", "deep", "late"]
    assert [u.parent for u in source.units] == [None, 0, 1, 0]


def test_where_a_time_is_missing_the_order_of_the_file_stays(bundle_of):
    bundle = bundle_of(
        HEADERS,
        post("1"),
        post("2", reply_to="1", time="2024-01-09T09:00:00Z"),
        post("3", reply_to="1", time=""),
        post("4", reply_to="1", time="2024-01-09T06:00:00Z"),
    )
    assert ids(bundle.sources[0]) == ["1", "2", "3", "4"]


def test_replies_in_a_circle_are_imported_all_the_same(bundle_of):
    rows = [("1", "2", "a"), ("2", "1", "b"), ("3", "3", "c")]
    bundle = bundle_of(("id", "reply_to", "text"), *rows)
    assert sorted(id_ for source in bundle.sources for id_ in ids(source)) == ["1", "2", "3"]


def test_a_reply_to_a_missing_post_goes_under_the_first_and_is_told(bundle_of):
    bundle = bundle_of(HEADERS, post("9", reply_to="0999"), post("1"))
    [source] = bundle.sources
    assert [(u.external_id, u.parent, u.answers) for u in source.units] == [
        ("1", None, ""),
        ("9", 0, "0999"),
    ]
    [problem] = bundle.problems
    assert (problem.file, problem.where) == ("posts.csv", "line 2")
    assert "answers 0999, which is not in the file" in problem.what


def test_a_reply_to_a_missing_post_may_be_left_at_the_top(bundle_of):
    bundle = bundle_of(HEADERS, post("1"), post("9", reply_to="0999"), orphans=Orphans.AT_TOP)
    assert [u.parent for u in bundle.sources[0].units] == [None, None]


def test_a_reply_into_another_thread_is_told(bundle_of):
    bundle = bundle_of(HEADERS, post("1"), post("2", thread="T2", reply_to="1"))
    assert "another thread" in bundle.problems[0].what


def test_of_posts_with_one_id_the_first_is_kept(bundle_of):
    bundle = bundle_of(HEADERS, post("1", text="one"), post("1", text="two"))
    assert bundle.sources[0].text == "one"
    assert bundle.problems[0].what == "Post 1 comes twice; the first was kept."
    assert bundle.problems[0].where == "line 3"


def test_posts_with_one_id_may_all_be_kept(bundle_of):
    rows = post("1", text="one"), post("1", text="two")
    bundle = bundle_of(HEADERS, *rows, duplicates=Duplicates.KEEP_ALL)
    assert bundle.sources[0].text == "one\n\ntwo"


def test_ids_that_start_again_in_each_thread_are_no_duplicates(bundle_of):
    bundle = bundle_of(HEADERS, post("1", thread="A"), post("1", thread="B"))
    assert len(bundle.sources) == 2
    assert bundle.problems == ()


def test_the_same_words_under_two_ids_are_kept_and_told(bundle_of):
    rows = post("1", text="again"), post("2", text="again", time="2024-01-09T05:07:00Z")
    bundle = bundle_of(HEADERS, *rows)
    assert ids(bundle.sources[0]) == ["1", "2"]
    assert [p.what for p in bundle.problems] == [
        "Posts 1 and 2 have the same author and words; both were kept."
    ]


def test_a_removed_post_without_words_keeps_its_place(bundle_of):
    bundle = bundle_of((*HEADERS, "removed"), (*post("1"), "no"), (*post("2")[:5], "", "yes"))
    [source] = bundle.sources
    assert source.text.endswith("\n\n[Removed]")
    assert [u.removed for u in source.units] == [False, True]


def test_words_that_say_a_post_was_deleted_mark_it_removed(bundle_of):
    bundle = bundle_of(HEADERS, post("1", author="[deleted]", text="[removed]"))
    [unit] = bundle.sources[0].units
    assert (unit.removed, unit.speaker, bundle.authors) == (True, None, {})


def test_removed_posts_may_be_left_out(bundle_of):
    rows = (*post("1"), "yes"), (*post("2", reply_to="1"), "")
    bundle = bundle_of((*HEADERS, "removed"), *rows, removed=Removed.LEAVE_OUT)
    assert ids(bundle.sources[0]) == ["2"]
    assert bundle.problems == ()


def test_a_post_without_words_keeps_its_place(bundle_of):
    bundle = bundle_of(("id", "text"), ("1", ""))
    assert bundle.sources[0].text == "[No words]"


def test_times_without_zone_are_read_in_the_zone_chosen_and_told(bundle_of):
    rows = post("1", time="2024-06-01 12:00"), post("2", time="2024-06-01T12:00:00Z")
    bundle = bundle_of(HEADERS, *rows, zone="Europe/London")
    assert bundle.sources[0].units[0].at == datetime(2024, 6, 1, 11, tzinfo=UTC)
    assert [p.what for p in bundle.problems] == [
        "1 time carries no time zone; it was read as Europe/London."
    ]


def test_a_zone_that_does_not_exist_is_refused(bundle_of):
    with pytest.raises(WrongUsage, match="There is no time zone Mars"):
        bundle_of(HEADERS, post("1"), zone="Mars")


def test_a_time_that_cannot_be_read_is_left_empty_and_told(bundle_of):
    bundle = bundle_of(HEADERS, post("1", time="two hours ago"))
    assert bundle.sources[0].units[0].at is None
    assert [(p.where, p.what) for p in bundle.problems] == [
        ("line 2", "The time of the post cannot be read; it was left empty.")
    ]


def test_many_unread_times_are_told_once(bundle_of):
    bundle = bundle_of(HEADERS, *(post(str(n), time="?") for n in range(30)))
    assert [p.what for p in bundle.problems] == [
        "The times of 30 posts, here and below, cannot be read; they were left empty."
    ]


def test_reddit_ids_lose_what_tells_their_kind(bundle_of):
    rows = ("abc12", "", "", "Snow"), ("def34", "t3_abc12", "t3_abc12", "yes")
    bundle = bundle_of(("id", "link_id", "parent_id", "body"), *rows)
    [source] = bundle.sources
    assert ids(source) == ["abc12", "def34"]
    assert source.units[1].parent == 0


def test_the_collection_asked_for_goes_before_that_of_the_file(bundle_of):
    bundle = bundle_of(("space", "text"), ("S01", "a"), collection="Blether")
    assert bundle.sources[0].collection == "Blether"


def test_a_title_cannot_break_the_name_of_a_source(bundle_of):
    bundle = bundle_of(("thread", "title", "text"), ("T1", "Up > down\nand on", "a"))
    assert bundle.sources[0].name == "T1 Up › down and on"


def test_a_table_is_not_read_as_a_transcript(bundle_of):
    with pytest.raises(WrongUsage, match=r"posts\.csv cannot be read as transcript; only as posts"):
        bundle_of(HEADERS, post("1"), kind=ReadAs.TRANSCRIPT)


def test_the_preview_of_posts_shows_table_columns_findings_and_sources(write_csv):
    path = write_csv(HEADERS, post("1"), post("1"), post("9", reply_to="0999"))
    preview = preview_posts(path, ImportOptions())
    assert (preview.table.rows, preview.table.encoding, preview.table.delimiter) == (
        3,
        "UTF-8",
        ",",
    )
    assert preview.columns["text"] == "text"
    assert [p.id for p in preview.findings.repeated] == ["1"]
    assert [p.id for p in preview.findings.orphans] == ["9"]
    assert preview.findings.naive == 0
    assert len(preview.bundle.sources[0].units) == 2


def test_a_workbook_of_posts_is_read(tmp_path):
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(tmp_path / "posts.xlsx"))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["id", "text", "time", "likes"])
    sheet.write_string(1, 0, "1234567890123456789")
    sheet.write_string(1, 1, "=1+1 [SYNTHETIC]")
    day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_datetime(1, 2, datetime(2024, 1, 2, 3, 4), day)
    sheet.write_number(1, 3, 5)
    workbook.close()
    [source] = read([tmp_path / "posts.xlsx"]).sources
    [unit] = source.units
    assert unit.external_id == "1234567890123456789"
    assert source.text == "=1+1 [SYNTHETIC]"
    assert unit.at == datetime(2024, 1, 2, 3, 4, tzinfo=UTC)
    assert unit.reactions == 5


def test_a_workbook_that_has_rounded_ids_is_told(tmp_path):
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(tmp_path / "posts.xlsx"))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["id", "text"])
    sheet.write_row(1, 0, [1234567890123456789, "a"])
    workbook.close()
    [problem] = read([tmp_path / "posts.xlsx"]).problems
    assert problem.what.startswith("1 number has more than 15 digits")


def test_files_of_one_name_keep_their_own_columns(write_csv, tmp_path):
    one = write_csv(("text", "note"), ("a", "b"))
    other = tmp_path / "other" / "posts.csv"
    other.parent.mkdir()
    other.write_text("note,text\nc,d\n", encoding="utf-8")
    assert [source.text for source in read([one, other]).sources] == ["a", "d"]


def test_a_workbook_that_is_none_is_refused(write):
    with pytest.raises(UnreadableFile, match=r"a\.xlsx is damaged"):
        read([write("a.xlsx", "id,text\n1,a\n")])
