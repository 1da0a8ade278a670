// 同一人: other records of this person with the way back, and for a reviewer whoever may be the same.
import { Button, Card, Space, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useAlike } from "../api/queries";
import type { Person } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { undo, undoable } from "../same/merge";
import { useMay } from "../session/use-session";
import { REGISTER, word } from "../words/codes";
import { ALIKE } from "../words/queue";
import { PersonLink } from "./person-link";

export function SameCard({ person }: { person: Person }) {
  const reviews = useMay("REVIEW");
  const [question, ask] = useState<Question>();
  const alike = useAlike(person.id, reviews).data ?? [];
  if (person.same.length === 0 && alike.length === 0) return null;
  return (
    <Card title="同一人" size="small" data-testid="same-card">
      <Space orientation="vertical" className="wide">
        {person.same.map((other) => (
          <Line key={other.id} person={person} other={other} more={other.id_masked}>
            <Tag color={other.counts ? "blue" : "default"}>{other.counts ? "计数的记录" : "已合并到本人"}</Tag>
            {reviews && undoable(other) && (
              <Button size="small" onClick={() => ask(undo(other))}>
                撤销合并
              </Button>
            )}
          </Line>
        ))}
        {alike.length > 0 && <span className="quiet">可能是同一人：</span>}
        {alike.map((other) => (
          <Line
            key={other.id}
            person={person}
            other={other}
            more={[other.id_masked, word(REGISTER, other.register), other.division?.name].filter(Boolean).join(" · ")}
          >
            {other.why.map((code) => (
              <Tag key={code} color={code === "CASE" ? "gold" : "default"}>
                {word(ALIKE, code)}
              </Tag>
            ))}
          </Line>
        ))}
      </Space>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Card>
  );
}

interface LineProps {
  person: Person;
  other: { id: string; name: string };
  more: string | null | undefined;
  children: ReactNode;
}

function Line({ person, other, more, children }: LineProps) {
  return (
    <div>
      <Space wrap size={6}>
        <PersonLink id={other.id} name={other.name} />
        {children}
        <Link to={`/people/${person.id}/same/${other.id}`}>对比</Link>
      </Space>
      {more && <div className="quiet">{more}</div>}
    </div>
  );
}
