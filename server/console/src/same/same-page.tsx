// 同一人核对: two records side by side, what differs marked; one is chosen to stay, and a merger can be taken back.
import { Alert, Breadcrumb, Button, Card, Radio, Skeleton, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useDivisions, usePerson } from "../api/queries";
import type { Person } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { type Pair, pairs } from "./fields";
import { merge, undo, undoable } from "./merge";
import "./same.css";

/** The row in which one is chosen to stay. */
const KEEP = "keep";

export function SamePage() {
  const { id = "", other: otherId = "" } = useParams();
  const [one, other] = [usePerson(id), usePerson(otherId)];
  const divisions = useDivisions();
  useTitle("同一人核对");
  const failed = [one, other].find((answer) => answer.isError);
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!one.data || !other.data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const names = new Map((divisions.data ?? []).map((place) => [place.id, place.name]));
  return <Compared key={`${id} ${otherId}`} people={[one.data, other.data]} names={names} />;
}

function Compared({ people, names }: { people: [Person, Person]; names: Map<string, string> }) {
  const [one, other] = people;
  const reviews = useMay("REVIEW");
  const [chosen, choose] = useState(stays(one, other).id);
  const [question, ask] = useState<Question>();
  const tie = one.same.find((record) => record.id === other.id);
  const merged = tie !== undefined;
  const kept = chosen === one.id ? one : other;
  const choice: Pair = { key: KEEP, label: "保留哪一条", values: ["", ""], differs: false };
  const rows = [...(!merged && reviews ? [choice] : []), ...pairs(one, other, names)];
  const column = (person: Person, at: 0 | 1) => ({
    title: (
      <Space wrap>
        <Link to={`/people/${person.id}`}>{person.name}</Link>
        {merged && counts(person, people) && <Tag color="blue">计数的记录</Tag>}
      </Space>
    ),
    render: (_: unknown, row: Pair) =>
      row.key === KEEP ? <Radio value={person.id}>保留这一条</Radio> : row.values[at],
  });
  const columns: TableColumnsType<Pair> = [
    { title: "项目", width: 140, dataIndex: "label" },
    column(one, 0),
    column(other, 1),
    { title: "", width: 80, render: (_, row) => row.differs && <Tag color="gold">不同</Tag> },
  ];
  return (
    <>
      <div className="head">
        <div>
          <Breadcrumb
            items={[
              { key: "person", title: <Link to={`/people/${one.id}`}>{one.name}</Link> },
              { key: "same", title: "同一人核对" },
            ]}
          />
          <h1>是不是同一个人？</h1>
        </div>
        {reviews && !merged && (
          <Button type="primary" onClick={() => ask(merge(kept === one ? other : one, kept))}>
            是同一人，合并
          </Button>
        )}
      </div>
      {tie && (
        <Alert
          className="behind"
          type="info"
          showIcon
          title="这两条记录已合并为同一人"
          description={undoable(tie) ? undefined : "两条记录经另一条记录相连，请到那条记录上撤销。"}
          action={reviews && undoable(tie) && <Button onClick={() => ask(undo(tie))}>撤销合并</Button>}
        />
      )}
      <Card styles={{ body: { padding: 0 } }}>
        <Radio.Group className="wide" value={chosen} onChange={(event) => choose(event.target.value)}>
          <Table
            data-testid="same"
            size="middle"
            rowKey="key"
            columns={columns}
            dataSource={rows}
            pagination={false}
            scroll={{ x: 720 }}
            rowClassName={(row) => (row.differs ? "differs" : "")}
          />
        </Radio.Group>
      </Card>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

/** Whose record of a merged pair counts, as each page tells of the other. */
const counts = (person: Person, people: [Person, Person]) =>
  people.some((page) => page.same.some((record) => record.id === person.id && record.counts));

/** What is offered first: who is in the register already, else who was visited more. */
function stays(one: Person, other: Person): Person {
  const rank = (person: Person) => (person.register === "ACTIVE" ? 1_000_000 : 0) + person.visits.length;
  return rank(other) > rank(one) ? other : one;
}
