// Somebody of the register, found by name: a choice that gives the whole row.
import { Select } from "antd";
import { useEffect, useState } from "react";
import { usePeople } from "../api/queries";
import type { PersonRow } from "../api/types";

const PAUSE_MS = 250;

const line = (row: PersonRow) => [row.name, row.id_masked, row.division?.name, row.address].filter(Boolean).join(" ");

interface Props {
  id: string;
  placeholder: string;
  choose: (row: PersonRow | undefined) => void;
  /** Who cannot be chosen. */
  but?: (row: PersonRow) => boolean;
}

export function PersonFinder({ id, placeholder, choose, but }: Props) {
  const [typed, type] = useState("");
  const [search, find] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => find(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const answer = usePeople(search, undefined);
  const found = search ? (answer.data?.pages.flatMap((page) => page.rows) ?? []) : [];
  const rows = but ? found.filter((row) => !but(row)) : found;
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: type }}
      placeholder={placeholder}
      notFoundContent={search && !answer.isFetching ? `没有找到“${search}”` : null}
      options={rows.map((row) => ({ value: row.id, label: line(row) }))}
      onChange={(id: string | undefined) => choose(rows.find((one) => one.id === id))}
    />
  );
}
