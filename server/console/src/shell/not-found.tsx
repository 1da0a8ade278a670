// An address that no page has.
import { Result } from "antd";
import { Link } from "react-router";

export function NotFound() {
  return <Result status="404" title="没有这个页面" extra={<Link to="/coverage">回到走访覆盖</Link>} />;
}
