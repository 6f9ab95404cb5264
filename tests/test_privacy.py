"""What looks like one person's is found wherever it hides, and what only looks like it is let be."""

import random
from pathlib import Path

import pytest

from scripts import privacy, registers, schema
from scripts.privacy import spots
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


LIVES, NAMED = "address", "person"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("住李庄村12号的一级视力残疾人王小明", [(LIVES, "李庄村12号"), (NAMED, "王小明")]),
        ("家住演示县幸福路12号3单元402室", [(LIVES, "演示县幸福路12号3单元402室")]), ("住址：城关镇东街5号", [(LIVES, "城关镇东街5号")]),
        ("为幸福路12号3单元402室改造", [(LIVES, "为幸福路12号3单元402室")]), ("现住李庄村三组", [(LIVES, "李庄村三组")]),
        ("联系人王小明", [(NAMED, "王小明")]), ("经办人：李四", [(NAMED, "李四")]), ("单位负责人 赵某某，", [(NAMED, "赵某某")]), ("填表人：欧阳修文", [(NAMED, "欧阳修文")]),
        ("城关镇李庄村3组精神残疾儿童张某某", [(NAMED, "张某某")]), ("三级残疾人孙*", [(NAMED, "孙*")]), ("低保户陈建国的家", [(NAMED, "陈建国")]), ("脑瘫儿童周小芳等3人", [(NAMED, "周小芳")]),
        ("关于给予王小明救助的通知", [(NAMED, "王小明")]), ("关于对李四实施救助的请示", [(NAMED, "李四")]), ("给予王小明同志一次性临时补助", [(NAMED, "王小明")]),
        ("关于王小明申请评残的批复", [(NAMED, "王小明")]),
        *((f"138{one}1234{other}5678", [("mobile", f"138{one}1234{other}5678")]) for one, other in (("——", "——"), ("--", "--"), (" — ", "——"), ("-", "  - "))),
    ],
)  # fmt: skip
def test_a_person_in_running_text_is_found(text, found):
    assert kinds(text) == found


LIKE_PERSONS = """负责人高度重视 项目负责人应当到场 负责人：县残联理事长 负责人	金额	文号 联系人	文号 残疾人文化活动 残疾人林业合作社 残疾人游泳队 给予郑州市救助 关于给予困难群众救助的通知
    关于对李家村残疾人补助的通知 关于给予王家坪村补助的通知 为何家坝村残疾人发放轮椅 地址：演示县幸福路12号 住建局3号文件 住院3号楼 入住幸福院12号楼 一级残疾人，高龄 责任人员应当
    审核人签字 残疾人张贴画 对周边群众补助 向江苏补助 为许多残疾人办理 关于申请临时救助的通知 关于同意申请的批复 居住在农村的残疾人 残疾人周转房 智力残疾儿童康复 盲人黄金周
    残疾人许可证 救助对象范围 收款人：演示康复中心 联系人白云街道 残疾人马拉松 给予徐州补助 残疾人王国 盲人杨柳 12号3单元改造 138.00——130.00 2019--2020--2021"""


@pytest.mark.parametrize("text", LIKE_PERSONS.split())
def test_what_only_reads_like_a_person_is_let_be(text):
    assert kinds(text.replace("|", "\t")) == []


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


@pytest.mark.parametrize(
    ("member", "before", "said"),
    [
        ("xl/worksheets/sheet2.xml", "<sheetData/><dataValidations><dataValidation><prompt>", "数据验证"), ("xl/worksheets/sheet2.xml", "<headerFooter><oddFooter>", "页眉页脚"),
        ("xl/worksheets/sheet2.xml", "<x:sheetData><x:row>", "单元格"), ("xl/worksheets/sheet2.xml", "<sheetPr ", "单元格以外"), ("xl/workbook.xml", '<sheets><sheet name="', "工作表的名字"),
        ("xl/workbook.xml", '<sheet/><definedName name="', "定义的名称"), ("xl/styles.xml", '<numFmt formatCode="', "单元格格式"), ("xl/comments1.xml", "<author>", "批注"),
        ("docProps/app.xml", "<x>", "文件属性"), ("xl/drawings/drawing1.xml", "<a:t>", "文本框或图形"), ("xl/charts/chart1.xml", "", "图表"), ("xl/sharedStrings.xml", "<si><t>", "留存的文字"),
        ("xl/tables/table1.xml", "", "套用的表格"), ("xl/pivotCache/pivotCacheRecords1.xml", "", "数据透视表"), ("xl/worksheets/_rels/sheet1.xml.rels", "", "超链接"), ("customXml/item1.xml", "", "附带的数据"),
    ],
)  # fmt: skip
def test_a_part_of_a_workbook_is_called_as_excel_calls_it(member, before, said):
    assert spots.spot(member, f"{member}\n{before}{ID}", len(member) + 1 + len(before)) == said


def test_a_part_belongs_to_the_sheet_that_names_it():
    members = {"xl/worksheets/sheet2.xml": "", "xl/worksheets/_rels/sheet2.xml.rels": '<Relationship Id="a" Target="../comments1.xml"/>', "xl/comments1.xml": "", "xl/styles.xml": ""}
    assert [spots.sheet_of(each, members, {"xl/worksheets/sheet2.xml": "拨付明细"}) for each in members] == ["拨付明细", "拨付明细", "拨付明细", ""]
