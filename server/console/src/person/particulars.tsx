// What the register says of the person. The number is masked until somebody asks for it with a reason.
import { Card, Descriptions } from "antd";
import type { Person } from "../api/types";
import { SEX, word } from "../words/codes";
import { IdNumber } from "./id-number";

export function Particulars({ person }: { person: Person }) {
  const items = [
    {
      key: "id",
      label: "证件号码",
      children: <IdNumber key={person.id} person={person.id} masked={person.id_masked} />,
    },
    { key: "sex", label: "性别", children: word(SEX, person.sex) },
    { key: "birth", label: "出生日期", children: person.birth ?? "—" },
    {
      key: "phones",
      label: "联系电话",
      children: person.phones.length > 0 ? <span className="mono">{person.phones.join("、")}</span> : "—",
    },
    { key: "township", label: "乡镇", children: person.township?.name ?? "—" },
    { key: "village", label: "村（社区）", children: person.village?.name ?? "—" },
  ];
  return (
    <Card title="基本情况" size="small">
      <Descriptions column={1} size="small" items={items} styles={{ label: { width: 84 } }} />
    </Card>
  );
}
