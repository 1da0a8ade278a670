// The county's divisions to choose one of, found by typing its name.
import { TreeSelect } from "antd";
import { useDivisions } from "../api/queries";

interface Props {
  /** Villages alone, or townships and the county too. */
  villages: boolean;
  clear: boolean;
  placeholder?: string;
  width?: number;
  label?: string;
  /** From a form. */
  id?: string;
  value?: string | null;
  onChange?: (division: string | undefined) => void;
}

export function DivisionTree({ villages, clear, placeholder = "输入村名查找", width, label, ...field }: Props) {
  const { data: divisions = [], isPending } = useDivisions();
  const { id, value, onChange } = field;
  return (
    <TreeSelect<string | null>
      // What is opened at first, and what a typed name opens, follows from the tree as it is then: none is asked before it is here.
      key={isPending ? "awaited" : "here"}
      disabled={isPending}
      loading={isPending}
      {...(id && { id })}
      value={value ?? null}
      onChange={(chosen: string | null | undefined) => onChange?.(chosen ?? undefined)}
      {...(label && { "aria-label": label })}
      {...(width && { style: { width } })}
      allowClear={clear}
      // A narrow box opens a tree that can be read.
      popupMatchSelectWidth={width === undefined ? true : 280}
      showSearch={{ treeNodeFilterProp: "title" }}
      treeDataSimpleMode
      treeData={divisions.map(({ id, name, parent, level }) => ({
        id,
        pId: parent ?? 0,
        value: id,
        title: name,
        selectable: !villages || level === "VILLAGE",
      }))}
      treeDefaultExpandedKeys={divisions.filter(({ parent }) => !parent).map(({ id }) => id)}
      placeholder={placeholder}
    />
  );
}
