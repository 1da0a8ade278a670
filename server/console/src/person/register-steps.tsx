// 入册: the reviewer takes somebody found at a door into the register, or not. Which steps there are the server says.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Person } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";

const write = (person: Person, set: Record<string, string | null>) => ({
  kind: "person",
  target: person.id,
  base: person.revision,
  act: { act: "change", set },
});

const accept = (person: Person): Question => ({
  title: person.register === "REMOVED" ? "恢复在册" : "接受入册",
  note: `${person.name}将列为在册的服务对象，从今天起计入应访人数。`,
  ok: person.register === "REMOVED" ? "恢复在册" : "接受入册",
  label: null,
  // What was said when turning somebody down no longer holds.
  write: () =>
    write(person, { register: "ACTIVE", ...(person.fields.removed_note !== undefined && { removed_note: null }) }),
});

const reject = (person: Person): Question => ({
  title: "不予入册",
  note: `${person.name}不列入名册；记录和走访都保留，以后仍可接受入册。`,
  ok: "不予入册",
  danger: true,
  label: "不予入册的原因",
  write: (reason) => write(person, { register: "REJECTED", removed_note: reason }),
});

export function RegisterSteps({ person }: { person: Person }) {
  const [question, ask] = useState<Question>();
  return (
    <Space>
      {person.may.includes("ACTIVE") && (
        <Button type="primary" onClick={() => ask(accept(person))}>
          {accept(person).ok}
        </Button>
      )}
      {person.may.includes("REJECTED") && (
        <Button danger onClick={() => ask(reject(person))}>
          不予入册
        </Button>
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Space>
  );
}
