"""Dates and times as pages write them, in many languages.

>>> [str(mention.value) for mention in find_dates("民國112年2月1日, 令和5年3月1日 下午2時5分")]
['2023-02-01', '2023-03-01 14:05:00']
"""

from __future__ import annotations

from portalclean.chronology.mention import Clock, Day, Mention, MentionKind, Order
from portalclean.chronology.parse import find_dates, parse_moment
from portalclean.chronology.zones import host_zone

__all__ = ["Clock", "Day", "Mention", "MentionKind", "Order", "find_dates", "host_zone", "parse_moment"]
