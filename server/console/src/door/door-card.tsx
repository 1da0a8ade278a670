// Somebody found at a door: what was written of them, who they may be beside it, the visit that found them, and below that
// 接受入册, 不予入册 or 合并.
import { Button, Select, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useAlike, usePerson } from "../api/queries";
import type { Alike, Person, PersonRow } from "../api/types";
import { PeopleSides } from "../evidence/people-sides";
import { VisitEvidence } from "../evidence/visit-evidence";
import { VisitLine } from "../evidence/visit-line";
import { PersonLink } from "../person/person-link";
import { accept, lookInto, reject } from "../person/register";
import type { Question } from "../queue/settle-dialog";
import { merge } from "../same/merge";
import { useMay } from "../session/use-session";
import { Near } from "../shell/near";
import { SmallFailure } from "../shell/small-failure";
import { REGISTER, word } from "../words/codes";
import { ALIKE } from "../words/queue";
import "../evidence/evidence.css";

interface Props {
  row: PersonRow;
  ask: (question: Question) => void;
}

export function DoorCard({ row, ask }: Props) {
  return (
    <article className="matter" data-testid="door-card" data-row-key={row.id}>
      <header>
        <Tag color="blue">{word(REGISTER, row.register)}</Tag>
        <b>
          <PersonLink id={row.id} name={row.name} />
        </b>
        <span className="quiet">{[row.id_masked, row.division?.name, row.address].filter(Boolean).join(" · ")}</span>
      </header>
      <Near>
        <Found id={row.id} ask={ask} />
      </Near>
    </article>
  );
}

function Found({ id, ask }: { id: string; ask: (question: Question) => void }) {
  const answer = usePerson(id);
  const alike = useAlike(id, true);
  const [chosen, choose] = useState<string>();
  const others = alike.data ?? [];
  const other = others.find((one) => one.id === chosen) ?? others[0];
  const [visit] = answer.data?.visits ?? [];
  return (
    <>
      {alike.isError && (
        <SmallFailure what="可能是同一人的记录" error={alike.error} retry={() => void alike.refetch()} />
      )}
      {alike.data && <WhoElse others={others} other={other} choose={choose} />}
      {alike.data && <PeopleSides one={id} other={other?.id} />}
      {visit && (
        <section className="found-at">
          <VisitLine id={visit.id} person={id} />
          <VisitEvidence id={visit.id} person={id} />
        </section>
      )}
      {answer.data && !visit && <p className="quiet">还没有走访记录</p>}
      {answer.isError && <SmallFailure what="这个人" error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && (
        <footer className="matter-acts">
          <DoorActs person={answer.data} other={other} ask={ask} />
        </footer>
      )}
    </>
  );
}

interface WhoElseProps {
  others: Alike[];
  other: Alike | undefined;
  choose: (id: string) => void;
}

function WhoElse({ others, other, choose }: WhoElseProps) {
  if (!other) return <p className="quiet">没有找到可能是同一人的记录</p>;
  return (
    <Space wrap className="who-else">
      <span>可能是同一人：</span>
      {others.length > 1 && (
        <Select
          aria-label="与谁对比"
          className="against"
          options={others.map((one) => ({
            value: one.id,
            label: [one.name, one.birth, one.division?.name].filter(Boolean).join(" "),
          }))}
          value={other.id}
          onChange={choose}
        />
      )}
      {other.why.map((code) => (
        <Tag key={code} color="gold">
          {word(ALIKE, code)}
        </Tag>
      ))}
    </Space>
  );
}

interface ActsProps {
  person: Person;
  other: Alike | undefined;
  ask: (question: Question) => void;
}

/** Which steps there are the server says. */
function DoorActs({ person, other, ask }: ActsProps) {
  const reviews = useMay("REVIEW");
  const kept = usePerson(other?.id ?? "", other !== undefined).data;
  if (!reviews) return <span className="quiet">由乡镇审核</span>;
  return (
    <Space wrap>
      {person.may.includes("ACTIVE") && (
        <Button type="primary" onClick={() => ask(accept(person))}>
          接受入册
        </Button>
      )}
      {kept && <Button onClick={() => ask(merge(person, kept))}>是同一人，合并到{kept.name}</Button>}
      {person.may.includes("REVIEWING") && <Button onClick={() => ask(lookInto(person))}>先核实</Button>}
      {person.may.includes("REJECTED") && (
        <Button danger onClick={() => ask(reject(person))}>
          不予入册
        </Button>
      )}
      {kept && <Link to={`/people/${person.id}/same/${kept.id}`}>全部字段对比</Link>}
    </Space>
  );
}
