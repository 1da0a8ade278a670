//! Clocks: each is moved by itself, also of a process that runs already.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use bianfang_bureau::clocks::{Clocks, YEAR_MS};

/// Reads wall, steady and boot clock at each line, in milliseconds.
const READER: &str = r#"
#include <stdio.h>
#include <time.h>
static long long ms(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}
int main(void) {
    char line[8];
    while (fgets(line, sizeof line, stdin)) {
        printf("%lld %lld %lld\n", ms(CLOCK_REALTIME), ms(CLOCK_MONOTONIC), ms(CLOCK_BOOTTIME));
        fflush(stdout);
    }
}
"#;

struct Reader {
    child: Child,
    ask: ChildStdin,
    told: BufReader<ChildStdout>,
}

impl Reader {
    fn start(program: &Path, clocks: Option<&Clocks>) -> Self {
        let mut command = Command::new(program);
        command.envs(clocks.map(Clocks::surroundings).into_iter().flatten());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (ask, told) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, ask, told }
    }

    fn read(&mut self) -> [i64; 3] {
        self.ask.write_all(b"\n").unwrap();
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        let numbers: Vec<i64> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
        numbers.try_into().unwrap()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// How far each clock is from the machine's own, in whole minutes: what the asking itself takes is less.
fn off(reader: &mut Reader, own: &mut Reader) -> [i64; 3] {
    let (there, here) = (reader.read(), own.read());
    [0, 1, 2].map(|clock| (there[clock] - here[clock] + 30_000).div_euclid(60_000))
}

#[test]
fn each_clock_of_a_running_process_is_moved_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let (source, program) = (dir.path().join("reader.c"), dir.path().join("reader"));
    std::fs::write(&source, READER).unwrap();
    assert!(
        Command::new("cc").args(["-o".as_ref(), program.as_os_str(), source.as_os_str()]).status().unwrap().success()
    );
    let mut clocks = Clocks::right(&dir.path().join("clocks")).unwrap();
    let mut own = Reader::start(&program, None);
    let mut reader = Reader::start(&program, Some(&clocks));
    assert_eq!(off(&mut reader, &mut own), [0, 0, 0]);
    clocks.sleep(10 * 60_000).unwrap();
    assert_eq!(off(&mut reader, &mut own), [10, 0, 10], "the steady clock stood still");
    clocks.set(-10 * 60_000).unwrap();
    assert_eq!(off(&mut reader, &mut own), [0, 0, 10], "only the wall clock was set");
    clocks.set(10 * YEAR_MS).unwrap();
    assert_eq!(off(&mut reader, &mut own)[0], 10 * YEAR_MS / 60_000);
    clocks.reboot(60_000).unwrap();
    let mut after = Reader::start(&program, Some(&clocks));
    let [wall, steady, boot] = after.read();
    assert!((0..120_000).contains(&steady) && (0..120_000).contains(&boot), "{steady} {boot}");
    assert!(wall > own.read()[0]);
    clocks.drift(1_000_000).unwrap();
    let before = after.read();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let now = after.read();
    assert!(now[1] - before[1] >= 500, "twice as fast: {}", now[1] - before[1]);
}
