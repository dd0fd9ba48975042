//! The database: one connection, one transaction per request. What the rows mean is told by
//! the files beside this one.

pub mod alerts;
pub mod incidents;
pub mod records;
pub mod responses;
pub mod tasks;

use std::{path::Path, sync::Mutex};

use anyhow::{Context, Result, anyhow};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

const SCHEMA: &str = include_str!("store/schema.sql");

/// From here on changes of incidents and tasks are noted; set up once the tenant is generated.
pub const HISTORY: &str = include_str!("store/history.sql");

/// Raised when the tables change shape: a file of another version is generated anew.
const VERSION: i64 = 2;

pub struct Store(Mutex<Connection>);

impl Store {
    pub fn open(place: &str) -> Result<Self> {
        let connection = if place == ":memory:" {
            Connection::open_in_memory()?
        } else {
            if let Some(folder) = Path::new(place).parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("The folder {} cannot be made.", folder.display()))?;
            }
            Connection::open(place).with_context(|| format!("{place} cannot be opened."))?
        };
        // The write-ahead log without a sync per commit loses at most the last moments when the
        // machine dies, which a sandbox may.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")?;
        if connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? != VERSION {
            wipe(&connection)?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// Runs the work in one transaction: all of it is kept, or, on an error, none.
    pub fn with<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self
            .0
            .lock()
            .map_err(|_| anyhow!("The database lock is poisoned."))?;
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(anyhow::Error::from)?;
        let result = work(&tx)?;
        tx.commit().map_err(anyhow::Error::from)?;
        Ok(result)
    }
}

/// Drops every table and lays them out anew.
pub fn wipe(connection: &Connection) -> Result<()> {
    let tables: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        connection.execute_batch(&format!("DROP TABLE {table};"))?;
    }
    connection.execute_batch(SCHEMA)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

pub fn fact(connection: &Connection, name: &str) -> Result<Option<String>> {
    let query = "SELECT value FROM facts WHERE name = ?";
    Ok(connection
        .query_row(query, [name], |row| row.get(0))
        .optional()?)
}

pub fn set_fact(connection: &Connection, name: &str, value: &str) -> Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)",
        params![name, value],
    )?;
    Ok(())
}
