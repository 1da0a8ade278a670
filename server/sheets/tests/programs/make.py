"""Writes one register as the programs that people have write it: python3 make.py FOLDER

Needs openpyxl, xlsxwriter, xlwt and pillow from PyPI, LibreOffice (soffice), and for make.mjs node with the package xlsx. The files
made are kept beside this script in files/, so that the tests need none of these programs. All people are invented; their id numbers
begin with 99, which no area has.
"""

import datetime
import io
import pathlib
import subprocess
import sys

HEADER = ["序号", "姓名", "性别", "身份证号码", "出生年月", "乡镇(街道)", "村(社区)", "联系电话", "人员类别", "是否低保", "备注"]


def id_number(year, order):
    body = f"990101{year}0302{order:03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights))
    return body + "10X98765432"[total % 11]


NAMES = ["张建国", "李卫东", "王秀英", "欧阳铁柱", "阿依古丽·买买提", "朱䶮"]
PEOPLE = [
    [
        at + 1,
        name,
        "男" if at % 2 == 0 else "女",
        id_number(1950 + at, 11 + at % 2),
        datetime.date(1950 + at, 3, 2),
        "甲镇" if at < 3 else "乙镇",
        ["东村", "西村"][at % 2],
        f"1380013800{at}",
        "退役士兵",
        "是" if at == 1 else "否",
        "独居" if at == 2 else "",
    ]
    for at, name in enumerate(NAMES)
]


def picture():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    out.seek(0)
    return out


def by_openpyxl(path, mac=False):
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.comments import Comment
    from openpyxl.drawing.image import Image
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.table import Table

    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "花名册"
    sheet.append(["甲乙两镇退役军人花名册"])
    sheet.merge_cells("A1:K1")
    sheet.append(HEADER)
    for person in PEOPLE:
        sheet.append(person)
    for row in sheet.iter_rows(min_row=3, min_col=5, max_col=5):
        row[0].number_format = 'yyyy"年"m"月"d"日"'
    sheet["B2"].font = Font(bold=True)
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].comment = Comment("请核对", "民政")
    sheet["B4"] = CellRichText("李", TextBlock(InlineFont(b=True), "卫东"))
    sheet.auto_filter.ref = "A2:K8"
    sheet.freeze_panes = "C3"
    sheet.row_dimensions.group(4, 5, outline_level=1)
    sheet.column_dimensions.group("I", "J", outline_level=1)
    book.defined_names["姓名列"] = DefinedName("姓名列", attr_text="花名册!$B$3:$B$8")
    sheet.add_image(Image(picture()), "M2")
    choice = DataValidation(type="list", formula1='"男,女"')
    sheet.add_data_validation(choice)
    choice.add("C3:C8")
    other = book.create_sheet("汇总")
    other.append(["乡镇", "人数"])
    other.append(["甲镇", 3])
    other.add_table(Table(displayName="t1", ref="A1:B2"))
    book.save(path)


def by_xlsxwriter(path, **options):
    import xlsxwriter

    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("花名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    sheet.merge_range("A1:K1", "甲乙两镇退役军人花名册", bold)
    sheet.write_row(1, 0, HEADER, bold)
    for row, person in enumerate(PEOPLE, 2):
        for column, value in enumerate(person):
            if isinstance(value, datetime.date):
                sheet.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day), day)
            else:
                sheet.write(row, column, value)
    if not options.get("constant_memory"):
        sheet.write_rich_string(3, 1, "李", bold, "卫东")
        sheet.write_comment("B3", "请核对")
        sheet.insert_image("M2", "picture.png", {"image_data": picture()})
    sheet.autofilter("A2:K8")
    sheet.freeze_panes(2, 2)
    sheet.conditional_format("B3:B8", {"type": "duplicate", "format": bold})
    sheet.set_row(4, None, None, {"level": 1})
    book.define_name("姓名列", "=花名册!$B$3:$B$8")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=花名册!$A$3:$A$8"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()


def by_xlwt(path, encoding="utf-8"):
    import xlwt

    book = xlwt.Workbook(encoding=encoding)
    sheet = book.add_sheet("花名册")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write_merge(0, 0, 0, 10, "甲乙两镇退役军人花名册", xlwt.easyxf("font: bold on"))
    for column, title in enumerate(HEADER):
        sheet.write(1, column, title)
    for row, person in enumerate(PEOPLE, 2):
        for column, value in enumerate(person):
            if column == 1 and row == 3:
                sheet.write_rich_text(row, column, ["李", ("卫东", xlwt.easyfont("bold on"))])
            elif isinstance(value, datetime.date):
                sheet.write(row, column, value, day)
            else:
                sheet.write(row, column, value)
    sheet.set_panes_frozen(True)
    sheet.set_horz_split_pos(2)
    book.save(path)


def flat_document():
    """What LibreOffice is given: comments, rich text, a reading above a name, groups, a filter, names and a pivot table."""

    def cell(value):
        if isinstance(value, datetime.date):
            return f'<table:table-cell table:style-name="d" office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if value == "李卫东":
            text = '<text:p>李<text:span text:style-name="b">卫东</text:span></text:p>'
        elif value == "朱䶮":
            text = "<text:p><text:ruby><text:ruby-base>朱䶮</text:ruby-base><text:ruby-text>ZHU YAN</text:ruby-text></text:ruby></text:p>"
        elif value == "张建国":
            text = "<office:annotation><text:p>请核对</text:p></office:annotation><text:p>张建国</text:p>"
        else:
            text = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    def row(values):
        return "<table:table-row>" + "".join(cell(value) for value in values) + "</table:table-row>"

    people = [row(person) for person in PEOPLE]
    names = "".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0" ' for short, long in [
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    ])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {names} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="n"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>
<number:text>-</number:text><number:day number:style="long"/></number:date-style>
<style:style style:name="d" style:family="table-cell" style:data-style-name="n"/>
<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="花名册">
<table:table-row><table:table-cell table:number-columns-spanned="11" office:value-type="string"><text:p>甲乙两镇退役军人花名册</text:p></table:table-cell></table:table-row>
{row(HEADER)}{people[0]}<table:table-row-group>{people[1]}{people[2]}</table:table-row-group>{"".join(people[3:])}
</table:table>
<table:table table:name="透视"/>
<table:named-expressions><table:named-range table:name="姓名列" table:cell-range-address="$花名册.$B$3:$B$8" table:base-cell-address="$花名册.$A$1"/></table:named-expressions>
<table:database-ranges><table:database-range table:name="f" table:target-range-address="花名册.A2:花名册.K8" table:display-filter-buttons="true"/></table:database-ranges>
<table:data-pilot-tables><table:data-pilot-table table:name="p" table:target-range-address="透视.A1:透视.B4">
<table:source-cell-range table:cell-range-address="花名册.A2:花名册.K8"/>
<table:data-pilot-field table:source-field-name="乡镇(街道)" table:orientation="row"/>
<table:data-pilot-field table:source-field-name="序号" table:orientation="data" table:function="count"/>
</table:data-pilot-table></table:data-pilot-tables>
</office:spreadsheet></office:body></office:document>"""


def by_libreoffice(folder):
    source = folder / "lo.fods"
    source.write_text(flat_document(), encoding="utf-8")
    csv = "csv:Text - txt - csv (StarCalc):44,34,"
    for name, how in [
        ("lo.ods", "ods:calc8"),
        ("lo.xlsx", "xlsx:Calc MS Excel 2007 XML"),
        ("lo.xlsm", "xlsm:Calc MS Excel 2007 VBA XML"),
        ("lo97.xls", "xls:MS Excel 97"),
        ("lo_utf8.csv", csv + "76"),
        ("lo_gb18030.csv", csv + "85"),
        ("lo_utf16.csv", csv + "65535"),
    ]:
        subprocess.run(["soffice", "--headless", "--convert-to", how, "--outdir", folder, source], check=True, capture_output=True)
        made = folder / f"lo.{name.split('.')[-1]}"
        made.rename(folder / name)
    source.unlink()


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    by_openpyxl(folder / "openpyxl.xlsx")
    by_openpyxl(folder / "openpyxl_1904.xlsx", mac=True)
    by_xlsxwriter(folder / "xlsxwriter.xlsx")
    by_xlsxwriter(folder / "xlsxwriter_inline.xlsx", constant_memory=True)
    by_xlsxwriter(folder / "xlsxwriter_1904.xlsx", date_1904=True)
    by_xlwt(folder / "xlwt.xls")
    by_libreoffice(folder)


main()
