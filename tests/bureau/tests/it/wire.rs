//! The wire: it carries, cuts where it was told to, and loses answers of requests that arrived.

use std::time::Duration;

use bianfang_bureau::wire::Wire;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A server that says each piece back, and tells how many bytes a connection brought.
async fn echo() -> (std::net::SocketAddr, mpsc::UnboundedReceiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move {
                let (mut piece, mut came) = (vec![0; 4_096], 0);
                while let Ok(read @ 1..) = stream.read(&mut piece).await {
                    came += read;
                    if stream.write_all(&piece[..read]).await.is_err() {
                        break;
                    }
                }
                tell.send(came).unwrap();
            });
        }
    });
    (at, told)
}

async fn wire(to: std::net::SocketAddr) -> (Wire, u16) {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    (Wire::lay(port, to).await.unwrap(), port)
}

/// Sends so many bytes and says how many came back before the end.
async fn send(port: u16, bytes: usize) -> usize {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut read, mut write) = stream.split();
    let sent = async {
        // A wire that is cut takes no more.
        let _ = write.write_all(&vec![7; bytes]).await;
    };
    let came = async {
        let (mut piece, mut came) = (vec![0; 4_096], 0);
        while came < bytes {
            match read.read(&mut piece).await {
                Ok(read @ 1..) => came += read,
                _ => break,
            }
        }
        came
    };
    tokio::join!(sent, came).1
}

#[tokio::test]
async fn a_wire_carries_cuts_and_loses_answers() {
    let (server, mut told) = echo().await;
    let (wire, port) = wire(server).await;
    assert_eq!(send(port, 100_000).await, 100_000);
    assert_eq!(told.recv().await, Some(100_000));
    wire.weather.cut(Some(1_000), None);
    assert!(send(port, 100_000).await <= 1_000);
    assert_eq!(told.recv().await, Some(1_000), "cut on the way there");
    wire.weather.cut(None, Some(10));
    assert!(send(port, 500).await <= 10, "the answer is lost");
    assert_eq!(told.recv().await, Some(500), "the request arrived whole");
    wire.weather.clear();
    wire.weather.lose_answers();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut piece = [0; 16];
    stream.write_all(b"hello").await.unwrap();
    assert_eq!(stream.read(&mut piece).await.unwrap(), 5, "the greeting passes");
    stream.write_all(b"a visit").await.unwrap();
    assert!(matches!(stream.read(&mut piece).await, Ok(0) | Err(_)), "its answer does not");
    assert_eq!(told.recv().await, Some(12));
    wire.weather.clear();
    assert_eq!(send(port, 500).await, 500);
    told.recv().await.unwrap();
    wire.weather.delay(Duration::from_millis(200));
    let early = tokio::time::timeout(Duration::from_millis(300), send(port, 500)).await;
    assert!(early.is_err(), "there and back");
    assert_eq!(send(port, 500).await, 500);
    assert_eq!(wire.weather.connections(), 7);
    assert!(wire.weather.bytes_up() >= 100_000);
}
