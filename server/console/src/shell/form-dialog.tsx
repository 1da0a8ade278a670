// The frame of every question with a form: what will come of it, the form, the server's word where it refuses, one button.
import { Alert, Form, type FormInstance, Modal } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";

interface Props<Values> {
  title: ReactNode;
  /** What will happen, in a sentence. */
  note?: ReactNode;
  ok: string | undefined;
  danger?: boolean;
  width?: number;
  open: boolean;
  close: () => void;
  form: FormInstance<Values>;
  first?: Partial<Values>;
  /** The write behind it. */
  write: { isPending: boolean; isError: boolean; error: unknown; reset: () => void };
  send: (values: Values) => void;
  children: ReactNode;
}

export function FormDialog<Values extends object>(props: Props<Values>) {
  const { title, note, ok, danger = false, width, open, close, form, first, write, send, children } = props;
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
      {...(width !== undefined && { width })}
    >
      {note && <p className="reveal-note">{note}</p>}
      {write.isError && <Alert type="error" showIcon title={asProblem(write.error).title} />}
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        // Without it the next opening begins with the values of this one.
        clearOnDestroy
        requiredMark={false}
        {...(first && { initialValues: first })}
        onFinish={send}
      >
        {children}
      </Form>
    </Modal>
  );
}
