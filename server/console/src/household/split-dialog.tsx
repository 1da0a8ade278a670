// 分户: some members become a household of their own; the old one keeps its plaque.
import { Checkbox, Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import type { Household } from "../api/types";
import { ActDialog } from "./act-dialog";

interface Split {
  members: string[];
  head: string;
  address?: string;
}

export function SplitDialog({ home, open, close }: { home: Household; open: boolean; close: () => void }) {
  const [form] = Form.useForm<Split>();
  const navigate = useNavigate();
  const going = Form.useWatch("members", form) ?? [];
  const options = home.members.map((member) => ({ value: member.id, label: member.name }));
  return (
    <ActDialog<Split>
      home={home}
      title={`分户：${home.head_name}户`}
      note="所选成员另立一户，在同一个村（社区）；光荣牌留在原户。"
      ok="分户"
      form={form}
      first={{ members: [] }}
      act={({ members, head, address }) => ({ act: "split", members, head, ...(address && { address }) })}
      open={open}
      close={close}
      done={(written) => navigate(`/households/${written.household}`)}
    >
      <Form.Item name="members" label="谁分出去" rules={[{ required: true, message: "请选择分出去的成员" }]}>
        <Checkbox.Group options={options} />
      </Form.Item>
      <Form.Item
        name="head"
        label="新户的户主"
        dependencies={["members"]}
        rules={[
          { required: true, message: "请选择户主" },
          {
            validator: (_, head) =>
              !head || going.includes(head) ? Promise.resolve() : Promise.reject(new Error("户主须在分出去的成员里")),
          },
        ]}
      >
        <Select options={options.filter(({ value }) => going.includes(value))} placeholder="先选成员" />
      </Form.Item>
      <Form.Item name="address" label="新户住址（可不填）">
        <Input maxLength={200} />
      </Form.Item>
    </ActDialog>
  );
}
