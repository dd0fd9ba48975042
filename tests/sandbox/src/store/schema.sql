-- Columns hold what is filtered, ordered or joined on; `doc` holds the rest as JSON.
-- Times are ticks of 100 ns since 1970.

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    classification TEXT NOT NULL,
    determination TEXT NOT NULL,
    assigned_to TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    -- When the service will resolve the incident, once the customer's last task is done.
    resolve_at INTEGER,
    doc TEXT NOT NULL
);

CREATE TABLE alerts (
    id TEXT NOT NULL,
    incident INTEGER NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    classification TEXT,
    determination TEXT,
    assigned_to TEXT,
    source TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    -- Null in a big tenant until somebody asks: the alert is told again from its incident's place
    -- in the plan.
    doc TEXT
);

CREATE TABLE responses (
    incident INTEGER PRIMARY KEY,
    published INTEGER NOT NULL,
    awaiting_since INTEGER,
    -- Null as an alert's.
    doc TEXT
);

CREATE TABLE tasks (
    id TEXT NOT NULL,
    incident INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    action_type TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    -- When a running action will have its outcome.
    settle_at INTEGER,
    doc TEXT NOT NULL
);

-- Where each generated incident stands in the plan: enough to tell it again.
CREATE TABLE slots (
    incident INTEGER PRIMARY KEY,
    created INTEGER NOT NULL,
    fate TEXT NOT NULL,
    stream INTEGER NOT NULL,
    story TEXT
);

-- Defender for Endpoint's machines; what changes by itself is computed when they are read.
CREATE TABLE machines (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    doc TEXT NOT NULL
);

-- Which machines the alerts of an incident name.
CREATE TABLE involved (
    machine INTEGER NOT NULL,
    incident INTEGER NOT NULL,
    PRIMARY KEY (machine, incident)
) WITHOUT ROWID;

-- Actions on machines, asked for directly or by executing a task.
CREATE TABLE machine_actions (
    id TEXT PRIMARY KEY,
    task TEXT,
    type TEXT NOT NULL,
    scope TEXT,
    status TEXT NOT NULL,
    machine TEXT NOT NULL,
    machine_name TEXT NOT NULL,
    requestor TEXT NOT NULL,
    comment TEXT NOT NULL,
    source TEXT NOT NULL,
    file_sha1 TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    -- When it starts and ends by itself; null where a task decides, or once it is over.
    starts_at INTEGER,
    ends_at INTEGER,
    -- How it ends then.
    ending TEXT,
    cancelled_by TEXT,
    cancel_comment TEXT,
    cancelled INTEGER
) WITHOUT ROWID;
CREATE INDEX machine_actions_newest ON machine_actions (created DESC, id);
CREATE INDEX machine_actions_of ON machine_actions (machine, type);
CREATE INDEX machine_actions_task ON machine_actions (task);
CREATE INDEX machine_actions_starting ON machine_actions (starts_at) WHERE starts_at IS NOT NULL;
CREATE INDEX machine_actions_ending ON machine_actions (ends_at) WHERE ends_at IS NOT NULL;

-- Sign-ins and changes to the directory and to the service's settings.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT,
    user_name TEXT,
    upn TEXT,
    -- The application of a sign-in, the category of a change.
    subject TEXT NOT NULL,
    activity TEXT NOT NULL,
    -- The error code of a sign-in; 0 is success. The result of a change.
    outcome TEXT NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX audit_newest ON audit (kind, at DESC, id DESC);

-- The administrator's settings as the Experts API keeps them.
CREATE TABLE IF NOT EXISTS settings (section TEXT PRIMARY KEY, body TEXT, etag TEXT);

-- What the simulated experts will do next with an incident, and when.
CREATE TABLE agenda (
    incident INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX agenda_due ON agenda (at);

-- One row per thing that really happened to a task, however often it was asked for.
CREATE TABLE effects (
    id INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    effect TEXT NOT NULL,
    key TEXT,
    person TEXT NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE answers (
    key TEXT NOT NULL,
    person TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, person)
) WITHOUT ROWID;

-- Sign-in: sessions, codes, refresh and access tokens, each under its secret.
CREATE TABLE secrets (
    secret TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    expires INTEGER NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE showcase (name TEXT PRIMARY KEY, incident INTEGER NOT NULL) WITHOUT ROWID;

-- The Experts API. Settings sections (and their draft) as they are in force, the JSON of their input.
CREATE TABLE IF NOT EXISTS settings (section TEXT PRIMARY KEY, body TEXT, etag TEXT);

-- Chats, inquiries, readiness, deliveries, reviews, hunts, notifications, audit: by kind and id.
CREATE TABLE records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX records_newest ON records (kind, at DESC);

CREATE TABLE posts (
    thread TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (thread, seq)
) WITHOUT ROWID;

-- What one person keeps about a thing: how far it was read, a verdict, until when they type.
CREATE TABLE marks (
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    value INTEGER NOT NULL,
    doc TEXT,
    PRIMARY KEY (person, kind, subject)
) WITHOUT ROWID;
CREATE INDEX marks_on ON marks (kind, subject);

CREATE TABLE files (id TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;

-- What the service and its experts will do by themselves, and when.
CREATE TABLE upcoming (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX upcoming_due ON upcoming (at);

-- What changed about incidents and tasks, written by the triggers of history.sql.
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    task TEXT,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL
);
CREATE INDEX history_of ON history (incident, id);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL
);
