//! The network between a phone and its server, as bytes: it cuts, delays, and carries a request whose answer never comes back.
//! TLS goes through untouched.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the wire does to each connection; changed while it lies.
#[derive(Debug)]
pub struct Weather {
    /// Bytes towards the server until the connection breaks; less than none: never.
    up: AtomicI64,
    /// Bytes towards the phone until it breaks.
    down: AtomicI64,
    /// Answers are lost.
    lost: AtomicBool,
    /// Milliseconds that each piece waits.
    delay_ms: AtomicU64,
    connections: AtomicU64,
    bytes_up: AtomicU64,
}

impl Default for Weather {
    fn default() -> Self {
        let never = || AtomicI64::new(-1);
        Self {
            up: never(),
            down: never(),
            lost: AtomicBool::new(false),
            delay_ms: AtomicU64::new(0),
            connections: AtomicU64::new(0),
            bytes_up: AtomicU64::new(0),
        }
    }
}

impl Weather {
    /// Everything passes.
    pub fn clear(&self) {
        self.cut(None, None);
        self.lost.store(false, Ordering::Relaxed);
        self.delay(Duration::ZERO);
    }

    /// From now on each connection breaks after so many bytes towards the server, or towards the phone.
    pub fn cut(&self, up: Option<u32>, down: Option<u32>) {
        self.up.store(up.map_or(-1, i64::from), Ordering::Relaxed);
        self.down.store(down.map_or(-1, i64::from), Ordering::Relaxed);
    }

    /// Requests arrive and are done, nothing of their answers comes back: on each connection what the server says after the
    /// phone spoke a second time (its first word is the greeting of TLS) is lost, and when it is silent the connection breaks.
    pub fn lose_answers(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }

    /// Each piece waits so long.
    pub fn delay(&self, time: Duration) {
        self.delay_ms.store(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Connections so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.connections.load(Ordering::Relaxed)
    }

    /// Bytes that went towards the server so far.
    #[must_use]
    pub fn bytes_up(&self) -> u64 {
        self.bytes_up.load(Ordering::Relaxed)
    }
}

/// A wire on a port of this machine. Dropped, it is gone, and so are its connections.
#[derive(Debug)]
pub struct Wire {
    /// What it does.
    pub weather: Arc<Weather>,
    listening: JoinHandle<()>,
}

impl Wire {
    /// Lays one from a port to a server.
    ///
    /// # Errors
    /// Where the port is taken.
    pub async fn lay(port: u16, to: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let weather = Arc::new(Weather::default());
        let over = Arc::clone(&weather);
        let listening = tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                over.connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(carry(phone, to, Arc::clone(&over)));
            }
        });
        Ok(Self { weather, listening })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Both ways until one of them ends or breaks: then the other does too.
async fn carry(phone: TcpStream, to: SocketAddr, weather: Arc<Weather>) {
    let Ok(server) = TcpStream::connect(to).await else { return };
    let ((from_phone, to_phone), (from_server, to_server)) = (phone.into_split(), server.into_split());
    let spoken = AtomicU64::new(0);
    let up = pump(&weather, from_phone, to_server, |read| {
        spoken.fetch_add(1, Ordering::Relaxed);
        weather.bytes_up.fetch_add(read, Ordering::Relaxed);
        (weather.up.load(Ordering::Relaxed), false)
    });
    let down = pump(&weather, from_server, to_phone, |_| {
        let lost = weather.lost.load(Ordering::Relaxed) && spoken.load(Ordering::Relaxed) > 1;
        (weather.down.load(Ordering::Relaxed), lost)
    });
    tokio::select! {
        _ = up => {}
        _ = down => {}
    }
}

/// After so much silence an answer that was lost has been said whole.
const SILENCE: Duration = Duration::from_secs(2);

/// One way. `of_piece` is told each piece's bytes and says after how many in all the connection breaks, and whether they are lost.
async fn pump(
    weather: &Weather,
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    of_piece: impl Fn(u64) -> (i64, bool),
) -> io::Result<()> {
    let (mut piece, mut passed) = (vec![0u8; 16 << 10], 0i64);
    loop {
        let read = from.read(&mut piece).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        let delay = Duration::from_millis(weather.delay_ms.load(Ordering::Relaxed));
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let (limit, lost) = of_piece(u64::try_from(read).unwrap_or(0));
        if lost {
            while let Ok(Ok(1..)) = tokio::time::timeout(SILENCE, from.read(&mut piece)).await {}
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let room = if limit < 0 { read } else { usize::try_from(limit - passed).unwrap_or(0).min(read) };
        to.write_all(piece.get(..room).unwrap_or_default()).await?;
        passed += i64::try_from(room).unwrap_or(i64::MAX);
        if room < read {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
    }
}
