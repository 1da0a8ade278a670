// A division of a form, found by typing its name.
import { Form, TreeSelect } from "antd";
import { useDivisions } from "../api/queries";

interface Props {
  name: string;
  label: string;
  /** What is said when it is left blank; none: it may be. */
  needed?: string;
  /** Villages alone, or townships and the county too. */
  villages?: boolean;
}

export function VillageField({ name, label, needed, villages = true }: Props) {
  const divisions = useDivisions().data ?? [];
  return (
    <Form.Item name={name} label={label} rules={needed ? [{ required: true, message: needed }] : []}>
      <TreeSelect
        allowClear={!needed}
        showSearch={{ treeNodeFilterProp: "title" }}
        treeDataSimpleMode
        treeData={divisions.map(({ id, name, parent, level }) => ({
          id,
          pId: parent ?? 0,
          value: id,
          title: name,
          selectable: !villages || level === "VILLAGE",
        }))}
        treeDefaultExpandedKeys={divisions.filter(({ parent }) => !parent).map(({ id }) => id)}
        placeholder="输入村名查找"
      />
    </Form.Item>
  );
}
