// Two records of perhaps one person, side by side: what tells them apart, and what both say.
import { Skeleton, Table, type TableColumnsType, Tag } from "antd";
import { useDivisions, usePerson } from "../api/queries";
import type { Person } from "../api/types";
import { PersonLink } from "../person/person-link";
import { type Pair, pairs } from "../same/fields";
import { SmallFailure } from "../shell/small-failure";
import { REGISTER, word } from "../words/codes";
import "../same/same.css";

/** Who somebody is; of all else only what differs. The whole comparison is a page of its own. */
const ALWAYS = ["name", "id_number", "sex", "birth", "phones", "categories", "living_division", "address", "home"];

interface Props {
  one: string;
  /** None: nobody looks alike. */
  other: string | undefined;
}

export function PeopleSides({ one: oneId, other: otherId }: Props) {
  const one = usePerson(oneId);
  const other = usePerson(otherId ?? "", otherId !== undefined);
  const divisions = useDivisions();
  const failed = [one, other].find((answer) => answer.isError);
  if (failed) return <SmallFailure what="人员" error={failed.error} retry={() => void failed.refetch()} />;
  if (!one.data || (otherId && !other.data)) return <Skeleton active paragraph={{ rows: 4 }} />;
  const names = new Map((divisions.data ?? []).map((place) => [place.id, place.name]));
  const all = pairs(one.data, other.data ?? one.data, names);
  const rows = all.filter((pair) => ALWAYS.includes(pair.key) || (other.data ? pair.differs : pair.key === "visits"));
  const columns: TableColumnsType<Pair> = [
    {
      title: "项目",
      width: 92,
      render: (_, row) => (
        <>
          {row.label} {other.data && row.differs && <Tag color="gold">不同</Tag>}
        </>
      ),
    },
    column(one.data, 0),
    ...(other.data ? [column(other.data, 1)] : []),
  ];
  return (
    <Table
      data-testid="people-sides"
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={rows}
      pagination={false}
      rowClassName={(row) => (row.differs ? "differs" : "")}
    />
  );
}

const column = (person: Person, at: 0 | 1) => ({
  title: (
    <>
      <PersonLink id={person.id} name={person.name} /> <span className="quiet">{word(REGISTER, person.register)}</span>
    </>
  ),
  render: (_: unknown, row: Pair) => row.values[at],
});
