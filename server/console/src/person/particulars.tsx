// What the register says of the person. The numbers are masked, and the birth shows to the month, until somebody asks for more
// with a reason.
import { Card, Descriptions } from "antd";
import type { Person } from "../api/types";
import { SEX, word } from "../words/codes";
import { Protected } from "./protected";

export function Particulars({ person }: { person: Person }) {
  const items = [
    {
      key: "id",
      label: "证件号码",
      children: (
        <Protected key={person.id} person={person.id} field="id_number" right="REVEAL" masked={person.id_masked} />
      ),
    },
    { key: "sex", label: "性别", children: word(SEX, person.sex) },
    {
      key: "birth",
      label: "出生日期",
      children: <Protected key={person.id} person={person.id} field="birth" right="REVEAL" masked={person.birth} />,
    },
    {
      key: "phones",
      label: "联系电话",
      children: (
        <Protected
          key={person.id}
          person={person.id}
          field="phones"
          right="PHONES"
          masked={person.phones.join("、") || null}
        />
      ),
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
