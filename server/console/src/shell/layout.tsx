// The frame around every page. Without a session it asks for one and keeps the address, so that signing in leads back.
import { TeamOutlined } from "@ant-design/icons";
import { Outlet } from "react-router";
import { SignInPage } from "../session/sign-in-page";
import { useSession } from "../session/use-session";
import { Header } from "./header";
import { useSlash } from "./use-slash";

/** Roles of the three administrators see no people; they have no page here yet. */
const ADMINISTRATORS = ["SYS_ADMIN", "SEC_ADMIN", "AUDITOR"];

export function Layout() {
  const session = useSession();
  useSlash();
  if (!session) return <SignInPage />;
  return (
    <>
      <Header session={session} />
      <main className="page">
        {ADMINISTRATORS.includes(session.role) ? (
          <div className="notice">
            <TeamOutlined />
            <p>管理员账号不查看人员资料。账号、登记码和审计请用服务器上的命令，见 bianfang --help。</p>
          </div>
        ) : (
          <Outlet />
        )}
      </main>
    </>
  );
}
