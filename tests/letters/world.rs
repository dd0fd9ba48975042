//! A device with tabs, a disk and locks, a person, and a network that fails in every way it can. The
//! tabs do what `state::letters` does, step by step.

use crate::random::Random;
use crate::server::Server;
use mdr_portal::domain::error::ApiError;
use mdr_portal::domain::letter::{self, Before, Event, Letter, Next, Phase, What};
use mdr_portal::domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

const SECOND: i64 = 1_000;
const LANES: [&str; 2] = ["chat/29", "inquiries"];

#[derive(Clone, Debug)]
enum Happening {
    /// The record of a new letter reaches the disk.
    Write(String),
    Drain(usize),
    /// The lane is this tab's; it looks at the disk.
    Work(usize),
    /// The lane is this tab's, to take a letter back.
    TakeBack(usize, String),
    Step(usize, String, Event),
    Kept(usize, String),
    /// A request reaches the service; whether anybody waits for the answer, and what they hear instead.
    Arrive(usize, Option<(usize, usize)>, String, i64, Option<ApiError>),
    /// The pause of a lane is over.
    Wake(usize, u32),
    Compare,
}

#[derive(Default)]
struct Tab {
    life: u32,
    letters: Vec<Letter>,
    /// New letters that are on their way to the disk.
    writing: BTreeSet<String>,
    running: [bool; 2],
    wanted: [bool; 2],
    pauses: [u32; 2],
    last: i64,
}

/// A tab, and which load of it.
type Life = (usize, u32);

pub(crate) struct World {
    now: i64,
    count: u64,
    random: Random,
    queue: BTreeMap<(i64, u64), (Life, Happening)>,
    disk: BTreeMap<String, String>,
    storage: bool,
    /// Who holds a lane and who waits for it: to send, or to take a letter back.
    locks: [VecDeque<(Life, Option<String>)>; 2],
    tabs: Vec<Tab>,
    server: Server,
    offline_until: i64,
    asleep_until: i64,
    calm: bool,
    /// Every letter: its lane, the tab it was written in, and whether the person had a hand in it later.
    written: Vec<(usize, usize, String)>,
    withdrawn: BTreeSet<String>,
    /// Letters that the person has taken back while the one before them was on its way.
    promised: BTreeSet<String>,
    /// What the person takes back while a tab waits for the lane: noted on the disk, and passed over.
    marks: BTreeSet<String>,
    again: BTreeSet<String>,
    /// Letters of which the person was told that nobody knows whether they arrived.
    lost: BTreeSet<String>,
    pub(crate) met: BTreeMap<String, u32>,
    pub(crate) story: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64) -> World {
        let mut random = Random::new(seed);
        let storage = !random.percent(10);
        World {
            now: 1_000_000,
            count: 0,
            random,
            queue: BTreeMap::new(),
            disk: BTreeMap::new(),
            storage,
            locks: Default::default(),
            tabs: vec![Tab::default(), Tab::default()],
            server: Server::default(),
            offline_until: 0,
            asleep_until: 0,
            calm: false,
            written: Vec::new(),
            withdrawn: BTreeSet::new(),
            promised: BTreeSet::new(),
            marks: BTreeSet::new(),
            again: BTreeSet::new(),
            lost: BTreeSet::new(),
            met: BTreeMap::new(),
            story: Vec::new(),
        }
    }

    pub(crate) fn run(&mut self, acts: u32) -> Result<(), String> {
        if !self.storage {
            self.meet("storage refused");
        }
        for _ in 0..acts {
            self.disturb();
            let pause = self.random.range(10, 20 * SECOND);
            self.pass(pause);
        }
        self.calm = true;
        self.offline_until = 0;
        for _ in 0..4 {
            for tab in 0..2 {
                let mut resting = self.tabs[tab].letters.clone();
                resting.retain(|one| !matches!(one.phase, Phase::Arrived(_)) && one.at_rest());
                for letter in resting {
                    self.send_again(tab, &letter.key);
                }
            }
            self.pass(600 * SECOND);
        }
        self.account()
    }

    fn disturb(&mut self) {
        let tab = usize::from(self.random.percent(35));
        match self.random.range(0, 100) {
            0..60 => self.write(tab),
            60..68 => self.person_decides(tab),
            68..76 if self.storage => {
                self.meet("reloaded");
                self.load(tab);
            }
            76..80 if self.storage => {
                self.meet("killed");
                self.load(0);
                self.load(1);
            }
            80..88 => {
                self.meet("offline");
                self.offline_until = self.now + self.random.range(SECOND, 3_600 * SECOND);
            }
            88..89 => {
                // The lid is closed: nothing runs meanwhile, what was due happens afterwards.
                self.tell("suspended for a day");
                let day = 25 * 3_600 * SECOND;
                self.asleep_until = self.now + day;
                self.pass(day);
            }
            _ => {}
        }
    }

    fn write(&mut self, tab: usize) {
        let lane = usize::from(self.random.percent(30));
        let key = format!("k{}", self.written.len());
        let mine = &mut self.tabs[tab];
        mine.last = self.now.max(mine.last + 1);
        let at = Timestamp(mine.last);
        let mut letter = Letter::new(key.clone(), LANES[lane], "/p", "{}".into(), at);
        if self.random.percent(25) {
            letter.before.push(Before {
                what: What::File {
                    name: "f".into(),
                    media: "text/plain".into(),
                },
                key: format!("{key}-file"),
                id: None,
            });
        }
        mine.letters.push(letter);
        mine.writing.insert(key.clone());
        self.written.push((lane, tab, key.clone()));
        self.tell(&format!("tab {tab}: wrote {key} to {}", LANES[lane]));
        let delay = self.random.range(1, 50);
        self.after(delay, tab, Happening::Write(key));
    }

    fn person_decides(&mut self, tab: usize) {
        let all = self.tabs[tab].letters.clone();
        let open: Vec<_> = all.iter().filter(|one| one.withdrawable()).collect();
        if open.is_empty() {
            return;
        }
        let letter = (*self.random.one_of(&open)).clone();
        let lane = usize::from(letter.lane == LANES[1]);
        if self.random.percent(50) && letter.at_rest() {
            return self.send_again(tab, &letter.key);
        }
        if self.tabs[tab].writing.contains(&letter.key) {
            return;
        }
        let in_hand = |tab: &Tab| {
            let mut all = tab.letters.iter();
            all.any(|one| one.key == letter.key && one.phase == Phase::Sending)
        };
        if self.locks[lane].len() == 1 && !self.tabs.iter().any(in_hand) {
            self.meet("taken back while another was sent");
            self.promised.insert(letter.key.clone());
        }
        if self.storage {
            self.marks.insert(letter.key.clone());
        }
        self.queue_for(lane, tab, Some(letter.key));
    }

    /// Takes a letter back under the lane's lock, and only if the disk agrees that it has not gone.
    fn take_back(&mut self, tab: usize, lane: usize, key: &str) {
        let letters = &self.tabs[tab].letters;
        if let Some(letter) = letters.iter().find(|one| one.key == key).cloned() {
            self.forget(tab, letter);
        }
        self.marks.remove(key);
        self.pass_on(lane);
    }

    fn forget(&mut self, tab: usize, letter: Letter) {
        let kept = self
            .disk
            .get(&letter.key)
            .map(|text| Letter::restored(text).unwrap());
        let still = kept.map_or(!letter.kept && letter.withdrawable(), |kept| {
            kept.withdrawable() || letter.phase == Phase::Lost
        });
        if still {
            self.meet("withdrawn");
            self.tell(&format!("tab {tab}: took {} back", letter.key));
            self.withdrawn.insert(letter.key.clone());
            self.disk.remove(&letter.key);
            self.tabs[tab].letters.retain(|one| one.key != letter.key);
            self.call_others(tab);
        }
    }

    fn send_again(&mut self, tab: usize, key: &str) {
        let Some(at) = self.tabs[tab].letters.iter().position(|one| one.key == key) else {
            return;
        };
        let lane = usize::from(self.tabs[tab].letters[at].lane == LANES[1]);
        if !self.locks[lane].is_empty() || (self.storage && !self.disk.contains_key(key)) {
            return;
        }
        self.meet("sent again by the person");
        self.again.insert(key.into());
        // They have changed their mind since they took it back.
        self.promised.remove(key);
        self.tell(&format!("tab {tab}: sends {key} again"));
        let letter = &mut self.tabs[tab].letters[at];
        letter.on(Event::Again);
        let record = letter.record();
        if self.storage {
            self.disk.insert(key.into(), record);
        }
        self.call_others(tab);
        self.after(1, tab, Happening::Drain(lane));
    }

    /// Lets time pass, and everything happen that happens in it.
    fn pass(&mut self, time: i64) {
        let until = self.now + time;
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 > until {
                break;
            }
            let ((at, _), (to, happening)) = entry.remove_entry();
            self.now = at;
            if at < self.asleep_until && !matches!(happening, Happening::Arrive(..)) {
                self.at(self.asleep_until - at, to, happening);
            } else if let Happening::Arrive(..) = happening {
                self.happen(to.0, happening);
            } else if self.tabs[to.0].life == to.1 {
                self.happen(to.0, happening);
            }
        }
        self.now = until;
    }

    fn happen(&mut self, tab: usize, happening: Happening) {
        match happening {
            Happening::Write(key) => {
                let storage = self.storage;
                let mine = &mut self.tabs[tab];
                mine.writing.remove(&key);
                let letter = mine.letters.iter_mut().find(|one| one.key == key).unwrap();
                letter.kept = storage;
                let (record, lane) = (letter.record(), usize::from(letter.lane == LANES[1]));
                if storage {
                    self.disk.insert(key, record);
                    self.call_others(tab);
                }
                self.drain(tab, lane);
            }
            Happening::Drain(lane) => self.drain(tab, lane),
            Happening::Work(lane) => self.work(tab, lane),
            Happening::TakeBack(lane, key) => self.take_back(tab, lane, &key),
            Happening::Step(lane, key, event) => self.step(tab, lane, &key, event),
            Happening::Kept(lane, key) => {
                let kept = Event::Kept(self.storage, Timestamp(self.now));
                self.step(tab, lane, &key, kept);
            }
            Happening::Arrive(lane, waiting, key, needs, instead) => {
                let owner = key.trim_end_matches("-file").to_owned();
                let answer = if key == owner {
                    self.server.take(self.now, &key, needs)
                } else {
                    Ok(format!("id of {key}"))
                };
                self.tell(&format!("service: {key}: {answer:?}"));
                if let Some((tab, life)) = waiting {
                    let heard = instead.map_or(answer, Err);
                    let event = if key == owner {
                        Event::Answered(heard)
                    } else {
                        Event::Prepared(heard)
                    };
                    let latency = needs + self.random.range(5, 200);
                    let to = (tab, u32::try_from(life).unwrap());
                    self.at(latency, to, Happening::Step(lane, owner, event));
                }
            }
            Happening::Wake(lane, pause) => {
                if self.tabs[tab].pauses[lane] == pause {
                    self.drain(tab, lane);
                }
            }
            Happening::Compare => {
                if !self.storage {
                    return;
                }
                let kept = self.kept();
                self.tabs[tab].letters = letter::compare(&self.tabs[tab].letters, &kept);
                self.drain(tab, 0);
                self.drain(tab, 1);
            }
        }
    }

    fn kept(&self) -> Vec<Letter> {
        self.disk
            .values()
            .map(|text| Letter::restored(text).unwrap())
            .collect()
    }

    fn drain(&mut self, tab: usize, lane: usize) {
        let mine = &mut self.tabs[tab];
        if mine.running[lane] {
            mine.wanted[lane] = true;
            return;
        }
        mine.running[lane] = true;
        mine.wanted[lane] = false;
        self.queue_for(lane, tab, None);
    }

    fn queue_for(&mut self, lane: usize, tab: usize, what: Option<String>) {
        self.locks[lane].push_back(((tab, self.tabs[tab].life), what));
        if self.locks[lane].len() == 1 {
            self.grant(lane);
        }
    }

    /// The lane is given to whoever is first.
    fn grant(&mut self, lane: usize) {
        if let Some(((tab, _), what)) = self.locks[lane].front().cloned() {
            let begin = match what {
                Some(key) => Happening::TakeBack(lane, key),
                None => Happening::Work(lane),
            };
            self.after(3, tab, begin);
        }
    }

    fn pass_on(&mut self, lane: usize) {
        self.locks[lane].pop_front();
        self.grant(lane);
    }

    fn work(&mut self, tab: usize, lane: usize) {
        let kept = self.storage.then(|| self.kept());
        let queue = letter::queue(LANES[lane], kept, &self.tabs[tab].letters);
        for mut letter in queue {
            if self.tabs[tab].writing.contains(&letter.key)
                || self.marks.contains(&letter.key) && letter.withdrawable()
            {
                break;
            }
            let next = letter.on(Event::Turn(Timestamp(self.now)));
            if letter.phase == Phase::Lost {
                self.meet("Lost");
                self.lost.insert(letter.key.clone());
            }
            let key = letter.key.clone();
            self.show(tab, letter);
            if next != Next::Rest {
                return self.follow(tab, lane, &key, next);
            }
        }
        self.release(tab, lane, None);
    }

    fn show(&mut self, tab: usize, letter: Letter) {
        let letters = &mut self.tabs[tab].letters;
        match letters.iter_mut().find(|one| one.key == letter.key) {
            Some(known) => *known = letter,
            None => letters.push(letter),
        }
    }

    fn step(&mut self, tab: usize, lane: usize, key: &str, event: Event) {
        let letters = &mut self.tabs[tab].letters;
        let letter = letters.iter_mut().find(|one| one.key == key).unwrap();
        let next = letter.on(event);
        self.follow(tab, lane, key, next);
    }

    fn follow(&mut self, tab: usize, lane: usize, key: &str, next: Next) {
        let letters = &self.tabs[tab].letters;
        let letter = letters.iter().find(|one| one.key == key).unwrap().clone();
        if letter.phase == Phase::Lost {
            self.lost.insert(key.into());
        }
        if matches!(letter.phase, Phase::Refused(_)) && letter.doubt {
            self.meet("refused in doubt");
            self.lost.insert(key.into());
        }
        if self.storage && next != Next::Arrived {
            self.disk.insert(key.into(), letter.record());
        }
        match next {
            Next::Keep => {
                let delay = self.random.range(1, 50);
                self.after(delay, tab, Happening::Kept(lane, key.into()));
            }
            Next::Prepare(at) => self.send(tab, lane, &letter.before[at].key, key),
            Next::Send => self.send(tab, lane, key, key),
            Next::Pause(pause) => {
                let pause = i64::try_from(pause).unwrap();
                self.release(tab, lane, Some(pause));
            }
            Next::Rest | Next::Arrived => {
                if next == Next::Arrived {
                    self.disk.remove(key);
                }
                self.call_others(tab);
                // What the person has decided meanwhile comes before the next one.
                self.tabs[tab].wanted[lane] = true;
                self.release(tab, lane, None);
            }
        }
    }

    fn release(&mut self, tab: usize, lane: usize, pause: Option<i64>) {
        self.pass_on(lane);
        let mine = &mut self.tabs[tab];
        mine.running[lane] = false;
        match pause {
            Some(pause) => {
                mine.pauses[lane] += 1;
                let nth = mine.pauses[lane];
                self.after(pause, tab, Happening::Wake(lane, nth));
            }
            None if mine.wanted[lane] => self.drain(tab, lane),
            None => {}
        }
    }

    /// A request leaves, under `key`; `owner` is the letter that waits for it.
    fn send(&mut self, tab: usize, lane: usize, key: &str, owner: &str) {
        let me = (tab, self.tabs[tab].life);
        assert_eq!(self.locks[lane].front(), Some(&(me, None)));
        assert!(
            !self.promised.contains(owner),
            "sent though it was taken back before"
        );
        assert!(
            !self.storage || self.disk.contains_key(owner),
            "sent before it was kept"
        );
        assert!(
            !self.withdrawn.contains(owner),
            "sent after it was taken back"
        );
        let fate = if self.now < self.offline_until {
            "Undelivered"
        } else if self.calm {
            "Fine"
        } else {
            match self.random.range(0, 100) {
                0..40 => "Fine",
                40..52 => "Answerless",
                52..58 => "Undelivered",
                58..66 => "DoneButConflict",
                66..72 => "DoneButBroken",
                72..76 => "Broken",
                76..80 => "Busy",
                80..82 => "SignedOut",
                82..84 => "Forbidden",
                84..94 => "Late",
                _ => "Slow",
            }
        };
        // What it has done it answers as it did, or not at all.
        let fate = match fate {
            "DoneButConflict" if self.server.knows(key) => "Fine",
            fate => fate,
        };
        self.meet(fate);
        self.tell(&format!("tab {tab}: sends {key}: {fate}"));
        let life = usize::try_from(self.tabs[tab].life).unwrap();
        let (me, key) = (Some((tab, life)), key.to_owned());
        let latency = self.random.range(5, 300);
        let request_id = None;
        let server = || ApiError::Server {
            status: 502,
            message: String::new(),
            request_id: None,
        };
        let arrive =
            |waiting, needs, instead| Happening::Arrive(lane, waiting, key.clone(), needs, instead);
        let fails = |error: ApiError| {
            let event = if key == owner {
                Event::Answered(Err(error))
            } else {
                Event::Prepared(Err(error))
            };
            Happening::Step(lane, owner.to_owned(), event)
        };
        match fate {
            "Fine" => self.after(latency, tab, arrive(me, 0, None)),
            "Answerless" => self.after(latency, tab, arrive(me, 0, Some(ApiError::TimedOut))),
            "Undelivered" => self.after(latency, tab, fails(ApiError::Offline)),
            "DoneButConflict" => {
                let conflict = ApiError::Conflict {
                    code: "Conflict".into(),
                    message: String::new(),
                    request_id,
                };
                self.after(latency, tab, arrive(me, 0, Some(conflict)));
            }
            "DoneButBroken" => self.after(latency, tab, arrive(me, 0, Some(server()))),
            "Broken" => self.after(latency, tab, fails(server())),
            "Busy" => {
                let retry_after_ms = Some(3_000);
                let busy = ApiError::Busy {
                    retry_after_ms,
                    request_id,
                };
                self.after(latency, tab, fails(busy));
            }
            "SignedOut" => self.after(latency, tab, fails(ApiError::SignedOut { request_id })),
            "Forbidden" => {
                let message = "No.".into();
                self.after(
                    latency,
                    tab,
                    fails(ApiError::Forbidden {
                        message,
                        request_id,
                    }),
                );
            }
            "Late" => {
                let late = self.random.range(SECOND, 90 * SECOND);
                let request = arrive(None, 0, None);
                self.after(late, tab, request);
                self.after(latency, tab, fails(ApiError::Offline));
            }
            _ => {
                // Longer than the client has patience.
                let needs = self.random.range(5 * SECOND, 60 * SECOND);
                let patience = 30 * SECOND;
                let waiting = me.filter(|_| needs < patience);
                let request = arrive(waiting, needs, None);
                self.after(latency, tab, request);
                if waiting.is_none() {
                    self.after(patience + latency, tab, fails(ApiError::TimedOut));
                }
            }
        }
    }

    fn call_others(&mut self, tab: usize) {
        let delay = self.random.range(1, 200);
        self.after(delay, 1 - tab, Happening::Compare);
    }

    fn load(&mut self, tab: usize) {
        self.tell(&format!("tab {tab}: loaded"));
        let me = (tab, self.tabs[tab].life);
        for lane in 0..2 {
            let held = self.locks[lane].front().is_some_and(|(one, _)| *one == me);
            let (promised, marks) = (&mut self.promised, &mut self.marks);
            self.locks[lane].retain(|(one, given_up)| {
                if let (true, Some(key)) = (*one == me, given_up) {
                    promised.remove(key);
                    marks.remove(key);
                }
                *one != me
            });
            if held {
                self.grant(lane);
            }
        }
        // What had not reached the disk is still a draft: the person sends it again some day.
        let unwritten: Vec<_> = self.tabs[tab].writing.iter().cloned().collect();
        self.written.retain(|(_, _, key)| !unwritten.contains(key));
        self.tabs[tab] = Tab {
            life: me.1 + 1,
            last: self.tabs[tab].last,
            ..Tab::default()
        };
        self.after(20, tab, Happening::Compare);
    }

    fn account(&self) -> Result<(), String> {
        for (_, _, key) in &self.written {
            let times = self.server.done.iter().filter(|done| *done == key).count();
            let lost = self.lost.contains(key);
            let right = match (self.withdrawn.contains(key), lost) {
                (true, false) => times == 0,
                (false, false) => times == 1,
                // Only the person repeats or drops a letter of which nobody knows after a day.
                (true, true) => times <= 1,
                (false, true) => (1..=2).contains(&times),
            };
            if !right {
                return Err(format!("{key} arrived {times} times"));
            }
        }
        for lane in 0..2 {
            for tab in 0..2 {
                let own = |done: &&String| {
                    let written = self.written.iter().find(|(_, _, key)| key == *done);
                    let own = written.is_some_and(|(l, t, _)| (*l, *t) == (lane, tab));
                    own && !self.again.contains(*done) && !self.lost.contains(*done)
                };
                let order = self.server.done.iter().filter(own);
                let number = |key: &String| key[1..].parse::<u32>().unwrap();
                let order: Vec<u32> = order.map(number).collect();
                if !order.is_sorted() {
                    return Err(format!("out of order: {order:?}"));
                }
            }
        }
        if let Some((key, _)) = self.disk.first_key_value() {
            return Err(format!("{key} is still on the disk"));
        }
        let open = self.tabs.iter().flat_map(|tab| &tab.letters);
        match open
            .into_iter()
            .find(|one| !matches!(one.phase, Phase::Arrived(_)))
        {
            Some(open) => Err(format!("{} is still shown: {:?}", open.key, open.phase)),
            None => Ok(()),
        }
    }

    fn after(&mut self, delay: i64, tab: usize, happening: Happening) {
        let to = (tab, self.tabs[tab].life);
        self.at(delay, to, happening);
    }

    fn at(&mut self, delay: i64, to: Life, happening: Happening) {
        self.count += 1;
        self.queue
            .insert((self.now + delay, self.count), (to, happening));
    }

    fn meet(&mut self, what: &str) {
        *self.met.entry(what.into()).or_default() += 1;
    }

    fn tell(&mut self, what: &str) {
        let line = format!("{:>9} {what}", self.now);
        self.story.push(line);
    }
}
