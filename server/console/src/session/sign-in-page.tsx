// Signing in. It stands at the address that was asked for and disappears when there is a session; over a page whose session ended
// meanwhile it leaves everything there as it was.
import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import { Logo } from "../shell/logo";
import { useTitle } from "../shell/use-title";
import { endNotice, leave, signIn } from "./session";
import "./sign-in.css";

interface Fields {
  county?: string;
  login: string;
  password: string;
}

export function SignInPage() {
  useTitle("登录");
  return (
    <div className="sign-in">
      <SignInCard />
    </div>
  );
}

/** Over a page that is still open. */
export function SignInAgain() {
  return (
    <div className="sign-in sign-in-over" role="dialog" aria-modal="true" aria-label="重新登录">
      <SignInCard leave={leave} />
    </div>
  );
}

function SignInCard({ leave }: { leave?: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [countyNeeded, setCountyNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Fields>();

  const submit = async ({ login, password, county }: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(login.trim(), password, county?.trim());
    } catch (error) {
      const problem = asProblem(error);
      setProblem(problem);
      if (problem.code === "county-needed") setCountyNeeded(true);
      if (problem.code === "sign-in-failed") form.getFieldInstance("password")?.focus({ cursor: "all" });
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="sign-in-card">
      <div className="sign-in-head">
        <Logo size={44} />
        <div>
          <h1>遍访</h1>
          <p>退役军人事务走访管理台</p>
        </div>
      </div>
      <Form form={form} layout="vertical" requiredMark={false} size="large" onFinish={(fields) => void submit(fields)}>
        {problem ? (
          <Alert type="error" showIcon role="alert" title={problem.title} description={hint(problem)} />
        ) : (
          endNotice() && <Alert type="info" showIcon title={endNotice()} />
        )}
        {countyNeeded && (
          <Form.Item name="county" label="县区代码" rules={[{ required: true, message: "请填写六位县区代码" }]}>
            <Input inputMode="numeric" maxLength={6} placeholder="六位数字" />
          </Form.Item>
        )}
        <Form.Item name="login" label="账号" rules={[{ required: true, message: "请填写账号" }]}>
          <Input prefix={<UserOutlined />} autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label="口令" rules={[{ required: true, message: "请填写口令" }]}>
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          登录
        </Button>
        {leave && (
          <Button type="link" block onClick={leave}>
            不再继续，放弃页面上未提交的内容
          </Button>
        )}
      </Form>
      <p className="sign-in-foot">忘记口令请联系本单位系统管理员。本系统的查看与导出均记入审计日志。</p>
    </div>
  );
}

/** What the reader can do about it, where the server's sentence does not say. */
function hint(problem: Problem): string | undefined {
  switch (problem.code) {
    case "unreachable":
      return "手机上的走访记录不受影响，连上后会自动上传。";
    case "sign-in-failed":
      return "请核对大小写；连续输错会锁定几分钟，期间输对也不能登录。";
    default:
      return problem.requestId ? `请求编号 ${problem.requestId}` : undefined;
  }
}
