"""What only looks like a private string, made from a seed: every kind of number and sentence that budgets and notices are full of."""

import random

from stdnum import luhn
from stdnum.cn import uscc

from tests.redteam.private import Sample, identity


def negatives(seed: int) -> list[Sample]:
    dice = random.Random(seed)
    return [*_codes(dice), *_digests(dice), *_numbers(dice), *_dates(dice), *_telephones(dice), *_sentences(dice)]


def credit_code(dice: random.Random) -> str:
    stem = dice.choice(["11", "12", "52", "53", "91"]) + f"{dice.randrange(10**6):06}" + "".join(dice.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    return stem + uscc.calc_check_digit(stem + "0")


def _codes(dice: random.Random) -> list[Sample]:
    wrong = identity(dice)
    bad = wrong[:17] + next(c for c in "0123456789" if c != wrong[17])
    stem = f"62{dice.randrange(10**16):016}"
    return [
        *(("credit code", f"统一社会信用代码：{credit_code(dice)}") for _ in range(6)), *(("credit code alone", credit_code(dice)) for _ in range(6)),
        *(("index", f"索引号：{credit_code(dice)}/{dice.randrange(2015, 2026)}-{dice.randrange(10**5):05}") for _ in range(4)),
        *(("index of seventeen", f"监督索引号 {dice.choice(['53', '45', '2024'])}{dice.randrange(10**12):013}"[:24]) for _ in range(4)),
        ("project code", f"项目编码 520326{dice.randrange(20, 26)}Y{dice.randrange(10**12):012}"), ("project code", f"52032621T{dice.randrange(10**12):012}"),
        ("check digit wrong", f"合同编号 {bad}"), ("check digit wrong", bad), ("no such month", f"档案号 9999991900{dice.randint(13, 99)}01001{dice.randrange(10)}"),
        ("luhn wrong", stem + str((int(luhn.calc_check_digit(stem)) + 3) % 10)), ("subject codes", "2081101 2081104 2081105 2081199"), ("subject codes", "208,2081104,30201,30299,50502"),
        ("region codes", "520326001001 520326001002"), ("standard", "GB/T 37668-2019"), ("page", f"/art/2024/3/{dice.randint(1, 28)}/art_{dice.randrange(10**5)}_{dice.randrange(10**7)}.html"),
        ("address id", f"https://example.gov.cn/xxgk/t2024{dice.randrange(10**4):04}_{dice.randrange(10**9):09}.shtml?id={dice.randrange(10**21, 10**22)}"),
        ("document number", f"演残联发〔{dice.randrange(2015, 2026)}〕{dice.randrange(200)}号"), ("document number", f"财社[2024]{dice.randrange(300)}号"),
        ("account wrong", "1234 5678 9012 3456"), ("uuid", "urn:uuid:12345678-1234-4123-8123-123456789012"),
    ]  # fmt: skip


def _digests(dice: random.Random) -> list[Sample]:
    return [("digest", "".join(dice.choice("0123456789abcdef") for _ in range(length))) for length in (32, 40, 64) for _ in range(8)]


def _numbers(dice: random.Random) -> list[Sample]:
    def amount() -> str:
        return f"{dice.randrange(1, 10**9):,}.{dice.randrange(100):02}"

    return [
        *(("row of amounts", " ".join(amount() for _ in range(8))) for _ in range(6)), *(("cells of amounts", "\t".join(amount().replace(",", "") for _ in range(10))) for _ in range(6)),
        *(("table of amounts", "".join(f"<tr><td>{2081101 + n}</td><td>{amount()}</td><td>{amount()}</td></tr>" for n in range(4))) for _ in range(4)),
        *(("whole amounts", ",".join(str(dice.randrange(10**5, 10**8)) for _ in range(9))) for _ in range(6)), ("money of eleven digits", f"1{dice.randint(3, 9)}{dice.randrange(10**9):09}元"),
        ("money of eleven digits", f"¥1{dice.randint(3, 9)}{dice.randrange(10**9):09}"), ("money of eleven digits", f"13{dice.randrange(10**9):09}.{dice.randrange(100):02}"), ("thousands", "138,000,000,000"),
        ("round", "100000 200000 300000 400000"), ("years", "2019 2020 2021 2022 2023"), ("years", "2019-2020-2021-2022"), ("counts", "138 1200 3400 560"), ("scores", "98.50 97.25 96.00 88.75"),
        ("percentages", "94.20% 87.33% 100.00%"), ("coordinates", f"E 106.{dice.randrange(10**6):06}, N 26.{dice.randrange(10**6):06}"), ("geometry", "M4 20.5H28V34H4Z M120.25 340.5 136.75 350.125"),
        ("geometry", "0 0 1200 3400 560 180 720 190 130 150 177 188"), ("version", "3.11.7-2.4.10"), ("postcode", "邮编 550000"), ("milliseconds", "1712345678901"), ("fraction", "0.13812345678901"),
        ("table row", "表 07-1 2081104 残疾人康复 138.00 130.00 94.20%"), ("size", "4663217 字节，572592 字节"), ("masked money", "****.**"), ("mask only", "******************"),
    ]  # fmt: skip


def _dates(dice: random.Random) -> list[Sample]:
    def day(form: str) -> str:
        return form.format(y=dice.randrange(1990, 2027), m=dice.randint(1, 12), d=dice.randint(1, 28))

    forms = ("{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}{m:02}{d:02}", "{y}.{m}.{d}")
    return [
        *((f"days {form}", " ".join(day(form) for _ in range(4))) for form in forms), *((f"span {form}", f"{day(form)}至{day(form)}") for form in forms),
        *((f"dash {form}", f"{day(form)}—{day(form)}") for form in forms), ("stamp", "2024-03-05T10:11:12.123456789Z"), ("stamp", "20240305101112345678"), ("in words", "二〇二四年三月五日"),
        ("list in words", "一、二、三、四、五、六、七、八、九、十"),
    ]  # fmt: skip


def _telephones(dice: random.Random) -> list[Sample]:
    return [
        ("office", f"办公电话：0851-{dice.randrange(10**7, 10**8)}"), ("office", f"(010){dice.randrange(10**7, 10**8)}"), ("office", f"0951-{dice.randrange(10**6, 10**7)}转{dice.randrange(100, 999)}"),
        ("hotline", "残疾人服务热线 12385"), ("hotline", "400-810-0000"), ("hotline", "政务热线12345，消费者热线12315"), ("fax", f"传真 0512-{dice.randrange(10**7, 10**8)}"),
        ("two", f"0851-{dice.randrange(10**7, 10**8)}、0851-{dice.randrange(10**7, 10**8)}"),
    ]  # fmt: skip


def _sentences(dice: random.Random) -> list[Sample]:
    return [
        *(("sentence", each) for each in (
            "本年为一级、二级智力残疾人发放护理补贴 1,234 人次。", "0 至 14 岁孤独症儿童康复训练，每人每年 20000 元。", "肢体残疾二级 38 人，听力残疾一级 12 人。", "城关镇,肢体,二级,12",
            "白内障患者复明手术 120 例。", "李家镇 男 肢体二级 20 人", "对象：持证的精神残疾人及其监护人，住址在本县。", "申请人应当提交身份证、残疾人证、银行卡复印件。", "监护人可以代为申请，住址以户籍为准。",
            "姓名、残疾类别、等级不公开。", "儿童姓名 性别 残疾类别 入项目时间 项目年度", "姓名：不公开，残疾类别：不公开", "每户平均 3.2 人，低保户 45 户。", "高等教育，脑瘫儿童康复", "万元,一级项目,二级项目,三级项目",
            "王家村,男,120,女,98", "项目单位：演示县残联；负责科室：康复科", "周期：一级预防、二级预防", "马上办，一级响应", "方案：肢体残疾一级每月 110 元。", "教育、康复、低保、特困人员救助", "施工一级资质，王牌项目",
            "第三方评价机构评为二级，李子沟村无障碍改造 12 户。", "全县,智力二级,45", "合计,男,肢体二级,120", "张家坝,肢体残疾,一级,7", "石材加工厂，听力残疾职工 6 名",
        )),
        ("masked name", "张*"), ("masked name", "李**，王*"), ("count", f"持证残疾人 {dice.randrange(10**4):,} 人，其中肢体 {dice.randrange(10**3):,} 人"),
    ]  # fmt: skip
