// The frame of what happens to a household: a form, what will come of it, one key for one answer.
import { Alert, Form, type FormInstance, Modal } from "antd";
import { type ReactNode, useRef } from "react";
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
  // Pressing twice, or again after a broken line, writes once.
  const key = useRef(crypto.randomUUID());
  const write = useHomeAct(home, (written) => {
    key.current = crypto.randomUUID();
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
        // Another answer than the one that failed is another write.
        onValuesChange={() => {
          key.current = crypto.randomUUID();
        }}
        onFinish={(values) => write.mutate({ key: key.current, act: act(values) })}
      >
        {children}
      </Form>
    </Modal>
  );
}
