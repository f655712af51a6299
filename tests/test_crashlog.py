"""Crash reports: types and places of an exception and of those behind it, and no words."""

from qualcoder_sm import crashlog


def test_an_error_that_is_its_own_cause_is_reported_once():
    error = ValueError("[SYNTHETIC] words")
    error.__cause__ = error
    assert crashlog.report(error).count("builtins.ValueError") == 1
    assert "SYNTHETIC" not in crashlog.report(error)


def test_errors_that_cause_each_other_are_reported_once_each():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    report = crashlog.report(one)
    assert (report.count("builtins.ValueError"), report.count("builtins.KeyError")) == (1, 1)
