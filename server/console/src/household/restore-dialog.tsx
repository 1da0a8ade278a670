// 恢复: the withdrawal was wrong; the household is back, and with it those of its members who have no other home by now.
import { Form } from "antd";
import type { Household } from "../api/types";
import { ActDialog } from "./act-dialog";

export function RestoreDialog({ home, open, close }: { home: Household; open: boolean; close: () => void }) {
  const [form] = Form.useForm<object>();
  return (
    <ActDialog<object>
      home={home}
      title={`恢复：${home.head_name}户`}
      note="本户重新在册；撤销时的成员，现在还没有别的户的，一同回到本户。"
      ok="恢复"
      form={form}
      first={{}}
      act={() => ({ act: "restore" })}
      open={open}
      close={close}
    >
      {null}
    </ActDialog>
  );
}
