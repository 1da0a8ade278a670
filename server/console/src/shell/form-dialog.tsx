// The frame of every question with a form: what will come of it, the form, the server's word where it refuses, one button. What
// was typed is not lost by a press beside the dialog, nor by Escape without being asked.
import { Alert, App, Form, type FormInstance, Modal } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";

interface Props<Values> {
  title: ReactNode;
  /** What will happen, in a sentence. */
  note?: ReactNode;
  ok: string | undefined;
  /** What leaves it as it is. */
  cancel?: string;
  danger?: boolean;
  width?: number;
  open: boolean;
  close: () => void;
  /** When it has come up. */
  opened?: () => void;
  form: FormInstance<Values>;
  first?: Partial<Values>;
  /** The write behind it. */
  write: { isPending: boolean; isError: boolean; error: unknown; reset: () => void };
  send: (values: Values) => void;
  children: ReactNode;
}

export function FormDialog<Values extends object>(props: Props<Values>) {
  const { title, note, ok, cancel = "取消", danger = false, width, open, close, opened } = props;
  const { form, first, write, send, children } = props;
  const { modal } = App.useApp();
  // The buttons of the dialog say what they do; Escape may have been meant for a list or an input method.
  const leave = (event?: { type?: string }) => {
    if (event?.type !== "keydown" || !form.isFieldsTouched()) return close();
    modal.confirm({ title: "放弃已经填写的内容？", okText: "放弃", cancelText: "继续填写", onOk: close });
  };
  return (
    <Modal
      title={title}
      open={open}
      okText={ok}
      okButtonProps={{ danger }}
      cancelText={cancel}
      confirmLoading={write.isPending}
      mask={{ closable: false }}
      onOk={form.submit}
      onCancel={leave}
      afterOpenChange={(shown) => shown && opened?.()}
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
