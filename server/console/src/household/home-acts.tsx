// What may be done with a household; which steps of the register are open the server says.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Household } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { MergeDialog } from "./merge-dialog";
import { MoveDialog } from "./move-dialog";
import { RestoreDialog } from "./restore-dialog";
import { SplitDialog } from "./split-dialog";
import { WithdrawDialog } from "./withdraw-dialog";

/** Of a household that ended in another. */
const part = (home: Household): Question => ({
  title: `恢复：${home.head_name}户`,
  note: "本户重新在册；已经转到另一户的成员留在那一户，需要时在那一户分户。",
  ok: "恢复",
  label: null,
  write: () => ({
    kind: "household",
    target: home.id,
    base: home.revision,
    act: { act: "change", set: { register: "ACTIVE", ...(home.merged_into && { merged_into: null }) } },
  }),
});

type Open = "move" | "split" | "merge" | "withdraw" | "restore";

export function HomeActs({ home }: { home: Household }) {
  const records = useMay("RECORD");
  const [open, setOpen] = useState<Open>();
  const [question, ask] = useState<Question>();
  const dialog = (name: Open) => ({ home, open: open === name, close: () => setOpen(undefined) });
  const active = home.register === "ACTIVE";
  return (
    <Space wrap>
      {records && active && <Button onClick={() => setOpen("move")}>迁移</Button>}
      {records && active && home.members.length > 0 && <Button onClick={() => setOpen("split")}>分户</Button>}
      {records && active && <Button onClick={() => setOpen("merge")}>并户</Button>}
      {home.may.includes("REMOVED") && (
        <Button danger onClick={() => setOpen("withdraw")}>
          撤销误建户
        </Button>
      )}
      {home.may.includes("ACTIVE") && (
        <Button onClick={() => (home.register === "REMOVED" ? setOpen("restore") : ask(part(home)))}>恢复</Button>
      )}
      <MoveDialog {...dialog("move")} />
      <SplitDialog {...dialog("split")} />
      <MergeDialog {...dialog("merge")} />
      <WithdrawDialog {...dialog("withdraw")} />
      <RestoreDialog {...dialog("restore")} />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Space>
  );
}
