// The frame around every page. Without a session it asks for one and keeps the address, so that signing in leads back.
import { TeamOutlined } from "@ant-design/icons";
import { Link, Outlet, useLocation } from "react-router";
import { SignInAgain, SignInPage } from "../session/sign-in-page";
import { useLapsed, useSession } from "../session/use-session";
import { useWords } from "../words/ask";
import { Header } from "./header";
import { useSlash } from "./use-slash";

export function Layout() {
  const session = useSession();
  const { pathname } = useLocation();
  useSlash();
  // Tables of words fill in place, so pages wait for them once.
  const words = useWords(session !== null);
  const lapsed = useLapsed();
  if (!session) return <SignInPage />;
  if (!words) return lapsed ? <SignInAgain /> : null;
  // Who makes accounts imports lists of them, and sees nothing of the people.
  const accounts = session.rights.includes("ACCOUNTS") && pathname.startsWith("/imports");
  return (
    <>
      {lapsed && <SignInAgain />}
      <Header session={session} />
      <main className="page">
        {session.rights.includes("READ") || accounts ? (
          <Outlet />
        ) : (
          <div className="notice">
            <TeamOutlined />
            <p>
              管理员账号不查看人员资料。
              {session.rights.includes("ACCOUNTS") ? (
                <Link to="/imports">导入账号名单</Link>
              ) : (
                "账号和登记码由系统管理员管理。"
              )}
            </p>
          </div>
        )}
      </main>
    </>
  );
}
