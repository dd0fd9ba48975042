//! The database: one connection, one transaction per request. What the rows mean is told by
//! the files beside this one.

pub mod alerts;
pub mod incidents;
pub mod machine_actions;
pub mod machines;
pub mod records;
pub mod responses;
pub mod settings;
pub mod tasks;

use std::{fs, path::Path, sync::Mutex};

use anyhow::{Context, Result, anyhow};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

const SCHEMA: &str = include_str!("store/schema.sql");
const INDEXES: &str = include_str!("store/indexes.sql");

/// From here on changes of incidents and tasks are noted; set up once the tenant is generated.
pub const HISTORY: &str = include_str!("store/history.sql");

/// Raised when the tables change shape: a file of another version is generated anew.
const VERSION: i64 = 2;

const POISONED: &str = "The database lock is poisoned.";

pub struct Store(Mutex<Connection>);

impl Store {
    pub fn open(place: &str) -> Result<Self> {
        if place == ":memory:" {
            let connection = Connection::open_in_memory()?;
            wipe(&connection)?;
            return Ok(Self(Mutex::new(connection)));
        }
        if let Some(folder) = Path::new(place).parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("The folder {} cannot be made.", folder.display()))?;
        }
        let open = || Connection::open(place).with_context(|| format!("{place} cannot be opened."));
        let version = |it: &Connection| it.query_row("PRAGMA user_version", [], |row| row.get(0));
        let mut connection = open()?;
        if version(&connection).unwrap_or(0) != VERSION {
            // Of another version, or its generation was cut short, after which nothing in it can
            // be relied on.
            drop(connection);
            for suffix in ["", "-wal", "-shm"] {
                fs::remove_file(format!("{place}{suffix}")).ok();
            }
            connection = open()?;
            wipe(&connection)?;
        }
        // The write-ahead log without a sync per commit loses at most the last moments when the
        // machine dies, which a sandbox may.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    /// As `with`, for filling a database: without a journal, which would be written as large as
    /// the database itself. If that is cut short, the next start begins again.
    pub fn fill<T>(&self, work: impl FnOnce(&Transaction) -> Result<T>) -> Result<T> {
        let mode = |mode: &str| -> Result<()> {
            let connection = self.0.lock().map_err(|_| anyhow!(POISONED))?;
            connection.pragma_update(None, "user_version", 0)?;
            connection.pragma_update_and_check(None, "journal_mode", mode, |_| Ok(()))?;
            Ok(())
        };
        mode("OFF")?;
        let result = self.with(work)?;
        mode("WAL")?;
        let connection = self.0.lock().map_err(|_| anyhow!(POISONED))?;
        connection.pragma_update(None, "user_version", VERSION)?;
        Ok(result)
    }

    /// Runs the work in one transaction: all of it is kept, or, on an error, none.
    pub fn with<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.0.lock().map_err(|_| anyhow!(POISONED))?;
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
    connection.execute_batch(INDEXES)?;
    Ok(())
}

/// Runs the work without the indexes that are for reading, and makes them anew afterwards.
pub fn in_bulk(connection: &Connection, work: impl FnOnce() -> Result<()>) -> Result<()> {
    for line in INDEXES.lines().filter(|line| line.starts_with("CREATE")) {
        let name = line
            .split_whitespace()
            .skip_while(|word| *word != "INDEX")
            .nth(1);
        let name = name.unwrap_or_default();
        connection.execute_batch(&format!("DROP INDEX IF EXISTS {name};"))?;
    }
    work()?;
    connection.execute_batch(INDEXES)?;
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
