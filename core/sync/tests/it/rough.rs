//! Any ops and photos, any network: in the end all is there, once, and no more was sent again than what was interrupted.

use bianfang_sync::{Body, Engine, NetworkError, Next, Request, Response, RoundTrip, SyncError};
use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::{County, Phone, body, photo, problem};

#[derive(Debug, Clone, Copy)]
enum Weather {
    Fine,
    /// Never arrives.
    Lost,
    /// Arrives; the answer does not.
    Unheard,
    /// Arrives twice.
    Twice,
    /// A copy arrives once more after the next request.
    Late,
    /// So many 256ths of the body arrive.
    Cut(u8),
    /// A server that is busy.
    Busy,
    /// The phone ends under way: after the server did it, before the phone kept anything.
    Killed,
    /// The server is restored from a backup that lacks the last so many ops, and all photos.
    Restored(u8),
}

fn weather() -> impl Strategy<Value = Weather> {
    prop_oneof![
        6 => Just(Weather::Fine),
        1 => Just(Weather::Lost),
        1 => Just(Weather::Unheard),
        1 => Just(Weather::Twice),
        1 => Just(Weather::Late),
        2 => any::<u8>().prop_map(Weather::Cut),
        1 => Just(Weather::Busy),
        1 => Just(Weather::Killed),
        1 => any::<u8>().prop_map(Weather::Restored),
    ]
}

/// What the network did beyond carrying.
#[derive(Default)]
struct Books {
    interrupted: u64,
    restores: u32,
    late: Option<(Request, Bytes)>,
}

enum Fate {
    Answered(Result<Response, NetworkError>),
    Killed,
}

fn carry(weather: Weather, county: &mut County, books: &mut Books, request: &Request, bytes: &Bytes) -> Fate {
    let late = books.late.take();
    let answer = match weather {
        Weather::Fine => Ok(county.serve(request, bytes)),
        Weather::Lost => Err(NetworkError::Unreachable),
        Weather::Unheard => {
            county.serve(request, bytes);
            Err(NetworkError::Cut)
        }
        Weather::Twice => {
            county.serve(request, bytes);
            Ok(county.serve(request, bytes))
        }
        Weather::Late => {
            books.late = Some((request.clone(), bytes.clone()));
            Ok(county.serve(request, bytes))
        }
        Weather::Cut(part) => {
            county.cut(request, &bytes[..bytes.len() * usize::from(part) / 256]);
            Err(NetworkError::Cut)
        }
        Weather::Busy => Ok(problem(503, "busy", None)),
        Weather::Killed => {
            county.serve(request, bytes);
            return Fate::Killed;
        }
        Weather::Restored(lost) => {
            books.restores += 1;
            let keep = county.applied.len().saturating_sub(usize::from(lost)) as u64;
            county.applied.retain(|seq, _| *seq <= keep);
            county.stored.clear();
            county.partial.clear();
            county.lengths.clear();
            county.epoch = format!("restored{}", books.restores);
            Ok(county.serve(request, bytes))
        }
    };
    if let Some((request, bytes)) = late {
        county.serve(&request, &bytes);
    }
    Fate::Answered(answer)
}

/// One session; None when the phone was killed.
fn session(
    phone: &mut Phone,
    county: &mut County,
    sky: &mut impl Iterator<Item = Weather>,
    books: &mut Books,
    sent: &mut u64,
) -> Option<Result<(), SyncError>> {
    let mut engine = Engine::new();
    let span = RoundTrip { sent_ms: 0, received_ms: 40 };
    for _ in 0..20_000 {
        match engine.step() {
            Next::Done(_) => return Some(Ok(())),
            Next::Failed(error) => return Some(Err(error)),
            Next::Wait { .. } => {}
            Next::Local(ask) => {
                if let Some(told) = phone.ask(ask) {
                    engine.told(told);
                }
            }
            Next::Send(request) => {
                let bytes = body(phone, &request).unwrap();
                let weather = sky.next().unwrap_or(Weather::Fine);
                if let Body::Blob { length, .. } = &request.body {
                    *sent += length;
                    if !matches!(weather, Weather::Fine | Weather::Twice | Weather::Late) {
                        books.interrupted += length;
                    }
                }
                // An answer to an earlier request, come late, changes nothing.
                engine.answered(request.number.wrapping_sub(1), span, Ok(problem(500, "late", None)));
                match carry(weather, county, books, &request, &bytes) {
                    Fate::Answered(answer) => engine.answered(request.number, span, answer),
                    Fate::Killed => return None,
                }
            }
        }
    }
    panic!("the session does not end");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn everything_arrives_once_over_any_network(
        ops in 0u64..450,
        lengths in vec(prop_oneof![1usize..3000, 500_000usize..550_000, 1_000_000usize..2_500_000], 0..4),
        refused in vec(1u64..450, 0..5),
        sky in vec(weather(), 0..40),
        feed in 0u64..20,
    ) {
        let mut phone = Phone::with_ops(ops);
        phone.photos = lengths.iter().enumerate().map(|(seed, length)| photo(seed as u8, *length)).collect();
        let mut county = County { feed, refused: refused.into_iter().collect(), ..County::default() };
        let (mut books, mut sent) = (Books::default(), 0);
        let mut sky = sky.into_iter();
        let mut sessions = 0;
        loop {
            let ended = session(&mut phone, &mut county, &mut sky, &mut books, &mut sent);
            sessions += 1;
            prop_assert!(sessions < 60, "never comes to an end");
            match ended {
                Some(Ok(())) if phone.pending().count() == 0 && sky.len() == 0 && phone.unproven() == 0 => break,
                None | Some(Ok(()) | Err(SyncError::Offline | SyncError::Server { .. })) => {}
                // A server restored again and again under one session is left to the next.
                Some(Err(SyncError::Refused(fault))) if fault.code == "cursor" && books.restores > 3 => {}
                Some(Err(error)) => prop_assert!(false, "unexpected: {error:?}"),
            }
        }
        prop_assert_eq!(county.applied.keys().copied().collect::<Vec<_>>(), (1..=ops).collect::<Vec<_>>());
        prop_assert!(county.applied.values().all(|times| *times == 1));
        prop_assert!(phone.ops.values().all(|(op, answer)| answer.as_ref().is_some_and(|answer| answer.op == op.id)));
        for (sha256, bytes) in &phone.photos {
            prop_assert!(county.stored.get(sha256) == Some(bytes), "{sha256} is not there, or altered");
            prop_assert!(phone.receipts.contains(sha256));
        }
        prop_assert_eq!(phone.changes.len() as u64, feed);
        if books.restores == 0 {
            // Without a restore nothing is asked for twice: no gap, no op answered twice, no byte beyond the interrupted ones.
            prop_assert!(county.gaps.is_empty());
            prop_assert!(phone.twice.is_empty());
            let whole: u64 = phone.photos.iter().map(|(_, bytes)| bytes.len() as u64).sum();
            prop_assert!(sent <= whole + books.interrupted, "{sent} > {whole} + {}", books.interrupted);
        }
    }
}
