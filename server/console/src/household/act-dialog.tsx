// The frame of what happens to a household: a form, what will come of it.
import { Alert, Form, type FormInstance, Modal } from "antd";
import type { ReactNode } from "react";
import { type HouseholdWritten, useHomeAct } from "../api/households";
import { asProblem } from "../api/problem";
import type { HomeAct, Household } from "../api/types";

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

export function ActDialog<Values extends object>(props: Props<Values>) {
  const { home, title, note, ok, danger = false, form, first, act, open, close, done, children } = props;
  const write = useHomeAct(home, (written) => {
    close();
    done?.(written);
  });
  return (
    <Modal
      title={title}
      open={open}
      okText={ok}
      okButtonProps={{ danger }}
      cancelText="取消"
      confirmLoading={write.isPending}
      onOk={form.submit}
      onCancel={close}
      afterClose={write.reset}
      destroyOnHidden
    >
      <p className="reveal-note">{note}</p>
      {write.isError && <Alert type="error" showIcon title={asProblem(write.error).title} />}
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={first}
        onFinish={(values) => write.mutate(act(values))}
      >
        {children}
      </Form>
    </Modal>
  );
}
