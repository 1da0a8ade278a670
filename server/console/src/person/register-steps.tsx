// 入册, 移出: the reviewer takes somebody found at a door into the register or not, and takes out who no longer belongs there.
// Which steps there are the server says.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Person } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { accept, lookInto, reject, remove } from "./register";

export function RegisterSteps({ person }: { person: Person }) {
  const [question, ask] = useState<Question>();
  return (
    <Space wrap>
      {person.may.includes("ACTIVE") && (
        <Button type="primary" onClick={() => ask(accept(person))}>
          {accept(person).ok}
        </Button>
      )}
      {person.may.includes("REVIEWING") && <Button onClick={() => ask(lookInto(person))}>{lookInto(person).ok}</Button>}
      {person.may.includes("REJECTED") && (
        <Button danger onClick={() => ask(reject(person))}>
          不予入册
        </Button>
      )}
      {person.may.includes("REMOVED") && <Button onClick={() => ask(remove(person))}>移出名册</Button>}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Space>
  );
}
