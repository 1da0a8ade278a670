// What may be done with a household; which steps of the register are open the server says.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Household } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { MergeDialog } from "./merge-dialog";
import { MoveDialog } from "./move-dialog";
import { SplitDialog } from "./split-dialog";

const change = (home: Household, set: Record<string, string | null>) => ({
  kind: "household",
  target: home.id,
  base: home.revision,
  act: { act: "change", set },
});

const remove = (home: Household): Question => ({
  title: `注销：${home.head_name}户`,
  note: "登记有误的户才注销；成员和记录都保留，以后可以恢复。",
  ok: "注销",
  danger: true,
  label: "注销原因",
  write: (reason) => change(home, { register: "REMOVED", removed_note: reason }),
});

const restore = (home: Household): Question => ({
  title: `恢复：${home.head_name}户`,
  note:
    home.register === "MERGED"
      ? "本户重新在册；已经转到另一户的成员留在那一户，需要时在那一户分户。"
      : "本户重新在册。",
  ok: "恢复",
  label: null,
  write: () =>
    change(home, {
      register: "ACTIVE",
      ...(home.merged_into && { merged_into: null }),
      ...(home.removed_note && { removed_note: null }),
    }),
});

type Open = "move" | "split" | "merge";

export function HomeActs({ home }: { home: Household }) {
  const records = useMay("RECORD");
  const [open, setOpen] = useState<Open>();
  const [question, ask] = useState<Question>();
  const dialog = (name: Open) => ({ home, open: open === name, close: () => setOpen(undefined) });
  const active = home.register === "ACTIVE";
  return (
    <Space wrap>
      {records && active && <Button onClick={() => setOpen("move")}>迁移</Button>}
      {records && active && home.members.some((member) => member.yours) && (
        <Button onClick={() => setOpen("split")}>分户</Button>
      )}
      {records && active && <Button onClick={() => setOpen("merge")}>并户</Button>}
      {home.may.includes("REMOVED") && (
        <Button danger onClick={() => ask(remove(home))}>
          注销
        </Button>
      )}
      {home.may.includes("ACTIVE") && <Button onClick={() => ask(restore(home))}>恢复</Button>}
      <MoveDialog {...dialog("move")} />
      <SplitDialog {...dialog("split")} />
      <MergeDialog {...dialog("merge")} />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Space>
  );
}
