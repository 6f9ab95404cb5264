"""What looks like one person's is found wherever it hides, and what only looks like it is let be."""

import random
from pathlib import Path

import pytest

from scripts import privacy, registers, schema
from scripts.privacy.hits import Hit
from tests.redteam import pii
from tests.redteam.harmless import negatives
from tests.redteam.private import identity, positives

ROOT = Path(__file__).resolve().parents[1]
ID = "990101190106154237"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in privacy.find(text)]


# ---- the detector


def test_the_corpus_is_found_and_nothing_else():
    figures = {figure.name: figure for figure in pii.score()}
    shares = {name: figure.got / figure.of for name, figure in figures.items()}
    assert shares["private strings found"] >= 0.98 and shares["made from seeds: found"] >= 0.98
    assert shares["of these identity, card, bank, mobile"] == 1
    assert shares["false alarms"] <= 0.015 and shares["made from seeds: false alarms"] <= 0.015
    assert shares["tables with leaks stopped, clean ones not"] == 1


@pytest.mark.parametrize(("kind", "text"), [pytest.param(*each, id=f"{n} {each[0]}") for n, each in enumerate(positives(2026))])
def test_no_disguise_hides_a_private_string(kind, text):
    assert privacy.find(text) != []


@pytest.mark.parametrize(("kind", "text"), [pytest.param(*each, id=f"{n} {each[0]}") for n, each in enumerate(negatives(2026))])
def test_what_budgets_are_full_of_is_no_private_string(kind, text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"附件{ID}，", [("identity", ID)]),
        (f"{ID}42", [("card", f"{ID}42")]),
        ("<b>9901</b>01&#49;90106154237。", [("identity", "9901</b>01&#49;90106154237")]),
        ("990101\u200b19010615\u200b4237", [("identity", "990101\u200b19010615\u200b4237")]),
        ("九九〇一〇一一九〇一〇六一五四二三七", [("identity", "九九〇一〇一一九〇一〇六一五四二三七")]),
        ("电话 +86 13000000000 或 0851-0000000", [("mobile", "86 13000000000")]),
        ("卡号：6228480000000000604", [("bank", "6228480000000000604")]),
        ("99010119010615****", [("masked", "99010119010615****")]),
        ("康复\t9.90101E+17", [("rounded", "9.90101E+17")]),
        ("社会保障卡号 A12345678", [("social-card", "A12345678")]),
        ("康复\n姓名：测试甲，残疾类别：精神\n", [("person", "测试甲")]),
        ("测试甲（肢体二级）", [("person", "测试甲")]),
        (f"{ID}、13000000000", [("identity", ID), ("mobile", "13000000000")]),
    ],
)
def test_a_hit_says_what_it_is_and_where_it_stands(text, found):
    assert kinds(text) == found


def test_every_check_digit_and_the_letter_x_are_known():
    """A wrong table of check digits misses nearly all: of two hundred numbers none may be missed, with any other digit none be found."""
    dice = random.Random(7)
    for _ in range(200):
        good = identity(dice)
        others = [good[:17] + digit for digit in "0123456789X" if digit != good[17]]
        assert [privacy.find(good) != [], [each for each in others if privacy.find(each)]] == [True, []]


def test_a_day_that_is_none_or_has_not_come_makes_no_identity():
    from stdnum.cn import ric

    def whole(stem: str) -> str:
        return stem + ric.calc_check_digit(stem + "0")

    days = {"19000228": True, "19000229": False, "19000100": False, "19001301": False, "18491231": False, "18500101": True, "20991231": False}
    assert {day: privacy.find(whole("990101" + day + "421")) != [] for day in days} == days


def test_a_hit_shows_its_text_nowhere():
    hit = privacy.find(f"号码 {ID}")[0]
    assert (hit, hit.plain) == (Hit("identity", 3, 21, ID), ID)
    assert repr(hit) == "Hit(kind='identity', start=3, end=21)"


def test_random_digits_rows_and_digests_are_let_be():
    """About one in 17,000 rows of eight-digit numbers would hold a date and a check digit by chance where signs are read over."""
    dice = random.Random(11)
    tables = ["\n".join("\t".join(f"{dice.randrange(10**7)}.{dice.randrange(100):02}" for _ in range(6)) for _ in range(500)) for _ in range(4)]
    digests = [" ".join("".join(dice.choice("0123456789abcdef") for _ in range(64)) for _ in range(500)) for _ in range(2)]
    assert [kinds(text) for text in (*tables, *digests)] == [[]] * 6


@pytest.mark.parametrize("folder", ["tests/real", "tests/small", "tests/site", "data", "content/pages", "theme"])
def test_what_is_published_today_raises_no_alarm(folder):
    texts = [p for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".csv", ".toml", ".html", ".json", ".md", ".css", ".svg", ".txt")]
    assert texts != [] and {str(p): found for p in texts if (found := kinds(p.read_text(encoding="utf-8", errors="replace")))} == {}


# ---- headers

PRIVATE = """姓名 儿童姓名 残疾人姓名 户主 监护人 法定监护人 联系人 项目联系人 负责人 申请人 领款人 身份证号 公民身份号码 证件号码 残疾人证号 残疾证号 证号 护照号
银行卡号 银行账号 帐号 一卡通账号 社保卡号 开户行 户名 手机 手机号码 联系电话 电话 家长电话 联系方式 微信号 住址 家庭住址 详细住址 户籍地址 门牌号 村民小组 地址
出生日期 出生年月 生日 年龄 照片 指纹 签名 诊断 病历号 用药 致残原因 健康状况 监护关系 与户主关系 家庭收入 低保 困难类型 班级 就读学校 车牌号 *姓名 姓名（监护人） ＱＱ
姓\u3000名 姓名/身份证号 Name phone sfzh"""
HARMLESS = """单位名称 评价机构 机构电话 单位电话 办公电话 监督电话 机构地址 单位地址 项目名称 实施单位 对象 收款单位 收款方类型 持证残疾人人数 低保人数 残疾人证办理数 照片采集人数 户籍人口
收入 支出 年初预算数(元) 来源文件 文号 项目编码 科目名称 编号 类别 残疾类别 残疾等级 性别 乡镇 人数 服务人次 金额(元) 偏差原因 利益冲突声明 报告日期 职责 评残补贴(元) 账户余额(元)
个人收入所得税(元) 法定代表人 传真 邮编 附件名称 用途 政策依据 单位答复 学校名称 医院名称 整改责任单位 责任部门 诊断人次 门诊人次"""


@pytest.mark.parametrize("header", PRIVATE.replace("\n", " ").split(" "))
def test_a_header_of_the_deny_list_is_known(header):
    assert privacy.denied(header) != ""


@pytest.mark.parametrize("header", HARMLESS.split())
def test_a_header_of_an_institution_or_a_count_is_none(header):
    assert privacy.denied(header) == ""


def test_sex_and_level_are_private_beside_a_name_alone():
    from scripts.privacy.headers import private

    assert private(["序号", "儿童姓名", "性别", "残疾类别", "入项目时间", "项目年度"]) == ["儿童姓名", "性别", "残疾类别", "入项目时间"]
    assert private(["乡镇", "性别", "残疾类别", "人数"]) == []


def test_no_schema_opens_a_private_column_without_its_reasons():
    assert [privacy.unfounded(schema.load(name)) for name in registers.ORDER] == [[]] * len(registers.ORDER)
