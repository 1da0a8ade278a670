// A death that was none: somebody registered as dead lives. The register says so again, and whoever was met in between counts.
import { Button } from "antd";
import { useState } from "react";
import type { Person } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";

/** Who was taken out of the register because of it comes back with it. */
const restore = (person: Person): Question => {
  const out = person.register === "REMOVED" && person.fields.removed_for === "DIED";
  return {
    title: `更正为在世：${person.name}`,
    note: `去世登记有误时使用：生存状态改回在世，去世日期清除${out ? "，同时恢复在册" : ""}；中间的月份按一直在世计算。谁在何时更正留在字段历史里。`,
    ok: "更正为在世",
    // A change of the register carries no reason.
    label: null,
    write: () => ({
      kind: "person",
      target: person.id,
      base: person.revision,
      act: {
        act: "change",
        set: {
          life: "ALIVE",
          died_on: null,
          ...(out && {
            register: "ACTIVE",
            removed_for: null,
            ...(person.fields.removed_note != null && { removed_note: null }),
          }),
        },
      },
    }),
  };
};

export function LifeSteps({ person }: { person: Person }) {
  const reviews = useMay("REVIEW");
  const [question, ask] = useState<Question>();
  if (!reviews || person.life !== "DECEASED") return null;
  return (
    <>
      <Button onClick={() => ask(restore(person))}>更正为在世</Button>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}
