// Another household of a form, found by somebody who lives there.
import { Form, Select } from "antd";
import { useEffect, useState } from "react";
import { usePeople } from "../api/queries";

const PAUSE_MS = 250;

interface Props {
  name: string;
  label: string;
  /** What the household is called that is chosen already. */
  called: string | undefined;
}

export function HomeField({ name, label, called }: Props) {
  const [typed, type] = useState("");
  const [search, find] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => find(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const now: string | undefined = Form.useWatch(name);
  const answer = usePeople(search, undefined);
  const rows = search ? (answer.data?.pages.flatMap((page) => page.rows) ?? []) : [];
  const homes = new Map(
    rows.flatMap((row) =>
      row.household
        ? [[row.household, [`${row.name}家`, row.division?.name, row.address].filter(Boolean).join(" ")]]
        : [],
    ),
  );
  if (now && !homes.has(now)) homes.set(now, called ?? "已选定的户");
  return (
    <Form.Item name={name} label={label}>
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: type }}
        placeholder="输入住在那一户的人的姓名"
        notFoundContent={search && !answer.isFetching ? `没有找到“${search}”` : null}
        options={[...homes].map(([value, label]) => ({ value, label }))}
      />
    </Form.Item>
  );
}
