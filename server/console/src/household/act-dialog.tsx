// What happens to a household, in the frame of every form: one write of all its records.
import type { FormInstance } from "antd";
import type { ReactNode } from "react";
import { type HouseholdWritten, useHomeAct } from "../api/households";
import type { HomeAct, Household } from "../api/types";
import { FormDialog } from "../shell/form-dialog";

interface Props<Values> {
  home: Household;
  title: string;
  note: ReactNode;
  ok: string;
  danger?: boolean;
  form: FormInstance<Values>;
  first: Partial<Values>;
  act: (values: Values) => HomeAct;
  open: boolean;
  close: () => void;
  done?: (written: HouseholdWritten) => void;
  children: ReactNode;
}

export function ActDialog<Values extends object>({ home, act, done, ...frame }: Props<Values>) {
  const write = useHomeAct(home, (written) => {
    frame.close();
    done?.(written);
  });
  return <FormDialog<Values> {...frame} write={write} send={(values) => write.mutate(act(values))} />;
}
