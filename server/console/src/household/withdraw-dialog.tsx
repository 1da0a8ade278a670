// 撤销误建户: a household that never was, a village's name taken for an address say. Its members keep their records and stand
// without a home, its plaques are held and asked about.
import { Form, Input } from "antd";
import type { Household } from "../api/types";
import { ActDialog } from "./act-dialog";

export function WithdrawDialog({ home, open, close }: { home: Household; open: boolean; close: () => void }) {
  const [form] = Form.useForm<{ reason: string }>();
  const members = home.members.map((member) => member.name);
  return (
    <ActDialog<{ reason: string }>
      home={home}
      title={`撤销误建户：${home.head_name}户`}
      note={
        <>
          本来就不存在的户才撤销；搬走的用“迁移”，合到一起的用“并户”。
          {members.length > 0 && `${members.join("、")}的记录都保留，暂时没有所在户。`}
          登记过光荣牌的，牌的记录待核，暂不计入数字。撤销错了可以恢复。
        </>
      }
      ok="撤销"
      danger
      form={form}
      first={{}}
      act={({ reason }) => ({ act: "withdraw", reason: reason.trim() })}
      open={open}
      close={close}
    >
      <Form.Item
        name="reason"
        label="撤销原因"
        rules={[{ required: true, whitespace: true, message: "请写明撤销原因" }]}
      >
        <Input.TextArea maxLength={200} autoFocus autoSize={{ minRows: 2 }} />
      </Form.Item>
    </ActDialog>
  );
}
