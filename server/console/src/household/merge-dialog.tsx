// 并户: this household ends in another, found by its head or address; its members go over.
import { Form, Select } from "antd";
import { useEffect, useState } from "react";
import { usePlaques } from "../api/plaques";
import type { Household } from "../api/types";
import { ActDialog } from "./act-dialog";

/** Longer than the time between two keys of an input method. */
const PAUSE_MS = 250;

export function MergeDialog({ home, open, close }: { home: Household; open: boolean; close: () => void }) {
  const [form] = Form.useForm<{ into: string }>();
  return (
    <ActDialog<{ into: string }>
      home={home}
      title={`并户：${home.head_name}户`}
      note="本户并入另一户，成员转过去；两户都挂着光荣牌的，由乡镇核对留哪一块。并错了可以恢复。"
      ok="并户"
      danger
      form={form}
      first={{}}
      act={({ into }) => ({ act: "merge", into })}
      open={open}
      close={close}
    >
      <Form.Item name="into" label="并入哪一户" rules={[{ required: true, message: "请选择并入哪一户" }]}>
        <HomeChoice without={home.id} />
      </Form.Item>
    </ActDialog>
  );
}

interface Choice {
  without: string;
  /** From the form. */
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** A household of the caller's divisions, by part of the head's name or of the address. */
function HomeChoice({ without, id, value, onChange }: Choice) {
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const rows = usePlaques({ search, state: "" }).data?.pages[0]?.rows ?? [];
  const options = rows
    .filter((row) => row.household !== without)
    .map((row) => ({
      value: row.household,
      label: [row.head_name, row.address, row.division?.name].filter(Boolean).join(" · "),
    }));
  return (
    <Select
      {...(id && { id })}
      {...(value && { value })}
      {...(onChange && { onChange })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={options}
      placeholder="输入户主姓名或住址查找"
      notFoundContent="没有找到这样的户"
    />
  );
}
