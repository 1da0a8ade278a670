// The bar at the top: where one is, the pages, search from anywhere, the account.
import { DownOutlined, LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { Link, NavLink, useLocation } from "react-router";
import { type Session, signOut } from "../session/session";
import { ROLE, word } from "../words/codes";
import { HeaderSearch } from "./header-search";
import { Logo } from "./logo";

export function Header({ session }: { session: Session }) {
  const { pathname } = useLocation();
  const reads = session.rights.includes("READ");
  return (
    <header className="bar">
      <Link to="/coverage" className="bar-name">
        <Logo size={30} />
        <b>遍访</b>
        <span className="bar-county">{session.countyName || session.county}</span>
      </Link>
      {reads && (
        <nav>
          <NavLink to="/coverage">走访覆盖</NavLink>
          <NavLink to="/due">到期清单</NavLink>
          <NavLink to="/people">人员查找</NavLink>
          <NavLink to="/plaques">光荣牌</NavLink>
          <NavLink to="/letters">喜报</NavLink>
          <NavLink to="/needs">诉求</NavLink>
          <NavLink to="/basis-persons">荣誉主体</NavLink>
          <NavLink to="/units">单位</NavLink>
          {session.rights.includes("REVIEW") && <NavLink to="/queue">待办核对</NavLink>}
          {session.rights.includes("REVIEW") && <NavLink to="/review">复核</NavLink>}
          {session.rights.includes("IMPORT") && <NavLink to="/imports">导入</NavLink>}
          {session.rights.includes("COUNTY") && <NavLink to="/rules">规则</NavLink>}
        </nav>
      )}
      {!reads && session.rights.includes("ACCOUNTS") && (
        <nav>
          <NavLink to="/imports">导入账号</NavLink>
        </nav>
      )}
      <span className="bar-space" />
      {/* The search page has its own, larger box. */}
      {reads && pathname !== "/people" && <HeaderSearch />}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "role", label: word(ROLE, session.role), disabled: true },
            ...(reads ? [{ key: "suggestions", label: <Link to="/suggestions">投诉建议</Link> }] : []),
            { key: "out", label: "退出登录", icon: <LogoutOutlined />, onClick: () => void signOut() },
          ],
        }}
      >
        <button type="button" className="bar-account">
          <UserOutlined /> {session.name} <DownOutlined />
        </button>
      </Dropdown>
    </header>
  );
}
