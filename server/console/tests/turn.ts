// Whose turn it is. Tests of several workers run beside one another, and each asks for what it wrote itself. One that reads figures
// of the whole county runs only beside others that read, and one that writes such figures or a rule runs alone. Files tell who is
// at work; one of a process that died counts for nothing.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Tag of a test that reads what all of the county makes up, and writes nothing. */
export const COUNTY = "@county";
/** Tag of a test that no other may run beside. */
export const ALONE = "@alone";

/** How often one who waits looks again. */
const LOOK_MS = 20;

/** Waits for the turn of a test of this tag; what comes back ends it. */
export async function turn(folder: string, tag = "@own"): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const door = join(folder, "door");
  const mine = join(folder, `${tag}-${process.pid}`);
  // Who waits for the others to end stands in the door, so that no one else begins.
  await until(() => take(door));
  await until(() => readdirSync(folder).every((name) => mayRunBeside(name, tag)));
  writeFileSync(mine, "");
  rmSync(door);
  return () => rmSync(mine, { force: true });
}

function mayRunBeside(name: string, tag: string): boolean {
  const [other, pid] = name.split("-");
  return !pid || !lives(pid) || (other === tag && tag !== ALONE);
}

/** Made with its holder in it: whoever finds it there can ask whether they live. */
function take(door: string): boolean {
  try {
    writeFileSync(door, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!lives(holder(door))) rmSync(door, { force: true });
    return false;
  }
}

function holder(door: string): string {
  try {
    return readFileSync(door, "utf8");
  } catch {
    return "";
  }
}

/** Of nobody, of whom it is not known, it is taken for true: who asks looks again. */
function lives(pid: string): boolean {
  if (pid === "") return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((again) => setTimeout(again, LOOK_MS));
}
