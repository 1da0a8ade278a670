// A search box whose word stands in the address, after a pause for thought.
import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useHere } from "./use-here";

/** Shorter than a pause for thought, longer than the time between two keys of an input method. */
const PAUSE_MS = 250;

export function TypedSearch({ label, placeholder }: { label: string; placeholder: string }) {
  const [params, setParams] = useSearchParams();
  const search = params.get("search") ?? "";
  const [typed, setTyped] = useState(search);
  const here = useHere();
  // Back and forward change the address under the box.
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === search) return;
    const set = (before: URLSearchParams) => {
      if (wanted) before.set("search", wanted);
      else before.delete("search");
      return before;
    };
    const timer = setTimeout(() => here() && setParams(set, { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, setParams, here]);
  return (
    <Input
      data-search
      allowClear
      aria-label={label}
      placeholder={placeholder}
      prefix={<SearchOutlined />}
      style={{ maxWidth: 320 }}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
