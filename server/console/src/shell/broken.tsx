// A page that broke while it was drawn. What broke is in the browser's own log.
import { Button, Result } from "antd";

export function Broken() {
  return (
    <Result
      status="error"
      title="页面出错了"
      subTitle="请刷新页面；如果还是这样，请把地址栏里的地址告诉管理员。"
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          刷新
        </Button>
      }
    />
  );
}
