// Whose home a letter goes to: somebody of the household found by name, which fills in household, place and address; or, for
// a family that is not in the register, the township and the village.
import { Form, Select, Space } from "antd";
import { usePlaqueFigures } from "../api/plaques";
import type { PersonRow } from "../api/types";
import { PersonFinder } from "../shell/person-finder";
import type { Answer } from "./letter-answer";

export function FamilyPicker() {
  const form = Form.useFormInstance<Answer>();
  const choose = (row: PersonRow | undefined) =>
    form.setFieldsValue({
      household: row?.household ?? undefined,
      family_name: row?.name,
      address: row?.address ?? undefined,
      ...(row?.division && { division: row.division.id }),
    });
  return (
    <>
      <Form.Item label="从名册中查找家属或同户的人" htmlFor="letter-family">
        <PersonFinder
          id="letter-family"
          placeholder="姓名、拼音或身份证号末几位；不在名册的不填，直接选送达地"
          choose={choose}
        />
      </Form.Item>
      <Form.Item name="household" hidden>
        <input />
      </Form.Item>
      <Form.Item name="division" label="送达地" rules={[{ required: true, message: "请选择送达地" }]}>
        <Place />
      </Form.Item>
    </>
  );
}

function Place({ value, onChange }: { value?: string; onChange?: (division: string | undefined) => void }) {
  const top = usePlaqueFigures(undefined).data;
  const here = usePlaqueFigures(value).data;
  const path = value && here?.division.id === value ? here.path : [];
  const township = path[1];
  const below = usePlaqueFigures(township?.id).data;
  const options = (parts: typeof top, own: string | undefined) =>
    parts?.parts
      .filter(({ division }) => division.id !== own)
      .map(({ division: { id, name } }) => ({ value: id, label: name }));
  const searched = { optionFilterProp: "label" };
  return (
    <Space wrap>
      <Select
        aria-label="乡镇"
        placeholder="乡镇（街道）"
        style={{ width: 200 }}
        showSearch={searched}
        options={options(top, top?.division.id) ?? []}
        value={township?.id ?? null}
        onChange={(id: string | null) => onChange?.(id ?? undefined)}
      />
      <Select
        aria-label="村"
        placeholder="村（社区）"
        style={{ width: 200 }}
        allowClear
        disabled={!township}
        showSearch={searched}
        options={(township && options(below, township.id)) || []}
        value={path[2]?.id ?? null}
        onChange={(id: string | null | undefined) => onChange?.(id ?? township?.id)}
      />
    </Space>
  );
}
