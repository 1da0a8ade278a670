// Whose family it is: somebody of the household found by name, or the village where no household is known yet; and what each
// of the family is to them.
import { Form, Input } from "antd";
import { useState } from "react";
import type { PersonRow } from "../api/types";
import { PersonFinder } from "../shell/person-finder";
import { VillageField } from "../shell/village-field";
import type { Answer } from "./basis-answer";

export interface Member {
  id: string;
  name: string;
}

/** `known`: members who are there from the start. `home`: the household is settled and is not asked for. */
export function FamilyFields({ known, home }: { known: readonly Member[]; home: boolean }) {
  const form = Form.useFormInstance<Answer>();
  const [found, find] = useState<Member[]>([]);
  const members = [...known, ...found.filter((one) => !known.some(({ id }) => id === one.id))];
  const choose = (row: PersonRow | undefined) => {
    if (!row) return;
    find((before) => [...before.filter(({ id }) => id !== row.id), { id: row.id, name: row.name }]);
    if (!home) form.setFieldsValue({ household: row.household ?? undefined, division: row.division?.id });
  };
  return (
    <>
      {!home && (
        <>
          <Form.Item label="从名册中查找家属" htmlFor="basis-family">
            <PersonFinder
              id="basis-family"
              placeholder="姓名、拼音或身份证号末几位；不在名册的不填，直接选所在村"
              choose={choose}
            />
          </Form.Item>
          <Form.Item name="household" hidden>
            <input />
          </Form.Item>
          <VillageField name="division" label="家庭所在村（社区）" needed="请选择家庭所在村（社区）" />
        </>
      )}
      {members.length > 0 && (
        <div className="basis-family">
          {members.map((member) => (
            <Form.Item key={member.id} name={["relations", member.id]} label={`${member.name}是其`}>
              <Input maxLength={20} placeholder="父亲、母亲、配偶、子女…" style={{ width: 190 }} />
            </Form.Item>
          ))}
        </div>
      )}
    </>
  );
}
