// What a form asks of a visit, whether it is entered from paper or corrected.
import { Form, Input, Select, Space } from "antd";
import { METHOD, RESULT, WORK } from "../words/codes";
import type { Table } from "../words/table";

/** A must-visit needs its trigger, which the due list gives on the phone. */
const NOT_AT_THE_DESK = ["MUST"];

const options = (words: Table, said: readonly string[] = []) =>
  Object.entries(words)
    .filter(([value]) => !NOT_AT_THE_DESK.includes(value) || said.includes(value))
    .map(([value, label]) => ({ value, label }));
const needed = (message: string) => [{ required: true, message }];

/** `said`: work that the visit names already. */
export function VisitFields({ said = [] }: { said?: readonly string[] }) {
  return (
    <>
      <Space wrap size={[16, 0]}>
        <Form.Item name="method" label="走访方式" rules={needed("请选择走访方式")}>
          <Select options={options(METHOD)} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="result" label="走访结果" rules={needed("请选择走访结果")}>
          <Select options={options(RESULT)} style={{ width: 190 }} />
        </Form.Item>
      </Space>
      <Form.Item name="work_types" label="工作内容" rules={needed("请至少选择一项工作")}>
        <Select mode="multiple" optionFilterProp="label" options={options(WORK, said)} />
      </Form.Item>
      <Form.Item name="situation" label="生产生活情况">
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </>
  );
}
