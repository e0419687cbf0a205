from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from listing_pages import labelled

from portalclean import Comment, Label
from portalclean.extractors.comments import extract_comments


def from_text(*lines: str) -> tuple[Comment, ...]:
    return extract_comments(labelled("\n".join(lines), Label.COMMENT)).fields["comments"]


def from_html(markup: str) -> tuple[Comment, ...]:
    return extract_comments(labelled(markup, Label.COMMENT, kind="html")).fields["comments"]


def test_name_time_text_reply() -> None:
    found = from_text(
        *(
            "2 Comments",
            "Ann Lee says:",
            "March 6, 2023 at 8:55 am",
            "Bring earplugs.",
            "And try the porridge.",
            "Reply",
        ),
        *("oldbranchline says:", "March 6, 2023 at 4:13 pm", "My grandfather drove the last one.", "Reply"),
        *("Leave a Reply", "Your email address will not be published.", "Name *", "Email *"),
    )
    assert found == (
        Comment("Bring earplugs.\nAnd try the porridge.", "Ann Lee", datetime(2023, 3, 6, 8, 55)),
        Comment("My grandfather drove the last one.", "oldbranchline", datetime(2023, 3, 6, 16, 13)),
    )


def test_name_text_time_with_buttons() -> None:
    found = from_text(
        *("最热评论", "岸边石阶", "便宜了一块二是真的，上周刚买过。", "2021年4月12日 10:08举报赞12回复"),
        *("三号泊位", "希望别的菜场也快点装上。", "2021年4月12日 11:40举报赞3回复", "查看全部3条评论 >"),
    )
    assert found == (
        Comment("便宜了一块二是真的，上周刚买过。", "岸边石阶", datetime(2021, 4, 12, 10, 8)),
        Comment("希望别的菜场也快点装上。", "三号泊位", datetime(2021, 4, 12, 11, 40)),
    )


def test_name_with_a_place_and_the_time_between_name_and_text() -> None:
    found = from_text(
        "晨星[网易重庆网友]", "热门跟贴前天 18:22", "这趟车我小时候也坐过", "+1顶0", "|+1踩0", "|回复", "|分享"
    )
    assert found == (Comment("这趟车我小时候也坐过", "晨星", None),)


def test_name_and_time_in_one_line() -> None:
    found = from_text("Ann Lee on January 8, 2026 2:01 am", "You spelled wroth wrong", "Reply")
    assert found == (Comment("You spelled wroth wrong", "Ann Lee", datetime(2026, 1, 8, 2, 1)),)


def test_name_and_text_in_one_line() -> None:
    found = from_text("最新评论", "东桥路口：走过，确实踏实", "2021年4月12日 10:08举报赞7回复")
    assert found == (Comment("走过，确实踏实", "东桥路口", datetime(2021, 4, 12, 10, 8)),)


def test_reply_buttons_set_comments_apart_where_no_times_are() -> None:
    found = from_text("2 Comments", "Ann Lee", "Bring earplugs.", "Reply", "oldbranchline", "I slept well.", "Reply")
    assert found == (Comment("Bring earplugs.", "Ann Lee"), Comment("I slept well.", "oldbranchline"))


def test_repeats_are_dropped() -> None:
    area = ("岸边石阶", "便宜了一块二是真的。", "2021年4月12日 10:08举报赞12回复")
    assert len(from_text("最热评论", *area, "最新评论", *area)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("评论(0)", "登录 后参与讨论", "发 布", "请先说点什么", "暂无评论", "我要评论"),
        (
            "跟贴232",
            "参与2323",
            "注册|跟贴广场|手机发跟贴",
            "登录并发贴",
            "网友评论仅供其表达个人看法，并不表明网易立场。",
        ),
        ("댓글 0", "댓글입력", "댓글쓰기", "최신순 추천순"),
        ("Leave a Reply", "Your email address will not be published.", "Comment *", "Name *", "Website"),
        ("コメントを書く", "ログイン", "コメント48件"),
        ("文章写得不错", "说得对"),
    ],
)
def test_chrome_and_what_nothing_sets_apart_is_no_comment(lines: tuple[str, ...]) -> None:
    assert from_text(*lines) == ()


def test_only_comment_blocks_are_read() -> None:
    reading = labelled("Ann Lee\nMarch 6, 2023 at 8:55 am\nBring earplugs.\nReply", Label.BODY)
    assert extract_comments(reading).fields["comments"] == ()


def test_machine_readable_times() -> None:
    remark = '<div><p>{}</p><time datetime="{}">{}</time><p>{}</p><a>Reply</a></div>'
    found = from_html(
        "<h2>Comments</h2>"
        + remark.format("Ann Lee", "2024-05-17T08:10:00+01:00", "17 May 2024 08:10", "Bring earplugs.")
        + remark.format("oldbranchline", "2024-05-17T08:55:00+01:00", "2 hours ago", "I slept well.")
    )
    summer = timezone(timedelta(hours=1))
    assert found == (
        Comment("Bring earplugs.", "Ann Lee", datetime(2024, 5, 17, 8, 10, tzinfo=summer)),
        Comment("I slept well.", "oldbranchline", datetime(2024, 5, 17, 8, 55, tzinfo=summer)),
    )
