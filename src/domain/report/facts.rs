//! What the report takes from alerts and tasks: words to mark an incident with, and the names of assets.

use super::required::{Asked, State};
use crate::domain::evidence::{Asset, AssetKind};

/// What an incident's alerts say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertFacts {
    /// As the service spells them.
    pub categories: Vec<String>,
    pub sources: Vec<String>,
    pub assets: Vec<Asset>,
}

/// The words of an incident. `asked` are the customer's tasks, or `None` where nobody knows them.
pub fn words(alerts: &AlertFacts, asked: Option<&Asked>) -> Vec<String> {
    let named = |name: &str, values: &[String]| -> Vec<String> {
        values
            .iter()
            .map(|value| format!("{name}={value}"))
            .collect()
    };
    let mut words = named("category", &alerts.categories);
    words.extend(named("source", &alerts.sources));
    let assets = alerts
        .assets
        .iter()
        .map(|asset| format!("asset={}", asset.id));
    words.extend(assets);
    words.sort_unstable();
    words.dedup();
    words.extend(asked.into_iter().flat_map(task_words));
    words
}

/// The last words of an incident: what is asked of the customer.
pub fn task_words(asked: &Asked) -> Vec<String> {
    let states = State::ALL
        .into_iter()
        .filter(|state| asked.count(*state) > 0);
    let mut words: Vec<String> = states
        .map(|state| format!("tasks={}", state.word()))
        .collect();
    // Whether it is resolved at all is the row's to say: it may be opened again.
    let helped = asked.count(State::Completed) > 0;
    words.push(format!(
        "resolved={}",
        if helped { "helped" } else { "direct" }
    ));
    if asked.all() > 0 {
        words.push("tasks=required".to_owned());
    }
    words
}

/// Whether a word is one of those.
pub fn of_tasks(word: &str) -> bool {
    word.starts_with("tasks=") || word.starts_with("resolved=")
}

/// The assets that have been heard of, in the order of their ids. Not a map: what drops one would be in the
/// first download, where a report is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets(Vec<Asset>);

impl Assets {
    /// Takes in what an alert says of its assets. The first name stays, unless there was none.
    pub fn learn(&mut self, assets: &[Asset]) {
        for asset in assets {
            match self.find(&asset.id) {
                Ok(at) if self.0[at].name == asset.id => self.0[at].name.clone_from(&asset.name),
                Ok(_) => {}
                Err(at) => self.0.insert(at, asset.clone()),
            }
        }
    }

    /// Kind and name of an asset by its id. One that nobody has heard of has its id for a name.
    pub fn get<'a>(&'a self, id: &'a str) -> (AssetKind, &'a str) {
        match self.find(id) {
            Ok(at) => (self.0[at].kind, &self.0[at].name),
            Err(_) => (AssetKind::Device, id),
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Asset] {
        &self.0
    }

    fn find(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|held| held.id.as_str().cmp(id))
    }
}
