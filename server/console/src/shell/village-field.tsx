// A division of a form, found by typing its name.
import { Form } from "antd";
import { DivisionTree } from "./division-tree";

interface Props {
  name: string;
  label: string;
  /** What is said when it is left blank; none: it may be. */
  needed?: string;
  /** Villages alone, or townships and the county too. */
  villages?: boolean;
}

export function VillageField({ name, label, needed, villages = true }: Props) {
  return (
    <Form.Item name={name} label={label} rules={needed ? [{ required: true, message: needed }] : []}>
      <DivisionTree villages={villages} clear={!needed} />
    </Form.Item>
  );
}
