//! The made-up company: its people and devices, the same in every tenant, with the documents that
//! describe them in evidence prepared once.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::{
    people::{DOMAIN, TENANT_ID},
    rng::{fingerprint, guid_of},
};

const PEOPLE: [(&str, &str); 30] = [
    ("Megan Bowen", "Marketing manager"),
    ("Alex Wilber", "Marketing assistant"),
    ("Lidia Holloway", "Product manager"),
    ("Isaiah Langer", "Sales representative"),
    ("Pradeep Gupta", "Accountant"),
    ("Diego Siciliani", "HR manager"),
    ("Lynne Robbins", "Planner"),
    ("Joni Sherman", "Paralegal"),
    ("Henrietta Mueller", "Developer"),
    ("Grady Archie", "Designer"),
    ("Nestor Wilke", "Director of operations"),
    ("Miriam Graham", "Director of marketing"),
    ("Patti Fernandez", "President"),
    ("Lee Gu", "Director of manufacturing"),
    ("Johanna Lorenz", "Senior engineer"),
    ("Adele Vance", "Retail manager"),
    ("Debra Berger", "Administrative assistant"),
    ("Tobias Kern", "Treasury analyst"),
    ("Salma Aziz", "Procurement lead"),
    ("Oskar Nyberg", "Field technician"),
    ("Chiara Ricci", "Customer support"),
    ("Kwame Mensah", "Data analyst"),
    ("Yuki Tanaka", "Quality engineer"),
    ("Beatriz Lima", "Payroll specialist"),
    ("Marek Zielinski", "System administrator"),
    ("Fatima Rahimi", "Network administrator"),
    ("Jonas Weber", "Database administrator"),
    ("Elena Popescu", "Controller"),
    ("Samuel Okoro", "Warehouse lead"),
    ("Hanna Virtanen", "Legal counsel"),
];

const SERVERS: [(&str, &str); 14] = [
    ("prod-sql-01", "WindowsServer2022"),
    ("prod-sql-02", "WindowsServer2022"),
    ("prod-web-01", "WindowsServer2019"),
    ("prod-web-02", "WindowsServer2019"),
    ("dc-01", "WindowsServer2022"),
    ("dc-02", "WindowsServer2022"),
    ("file-01", "WindowsServer2019"),
    ("backup-01", "WindowsServer2019"),
    ("app-erp-01", "WindowsServer2022"),
    ("jump-01", "WindowsServer2022"),
    ("build-02", "WindowsServer2022"),
    ("print-01", "WindowsServer2016"),
    ("lnx-api-01", "Linux"),
    ("lnx-proxy-01", "Linux"),
];

const DOMAIN_SID: &str = "S-1-5-21-1004336348-1177238915-682003330";

pub struct User {
    pub name: &'static str,
    pub title: &'static str,
    pub upn: String,
    pub account: String,
    pub id: String,
    /// `userAccount` as evidence has it.
    pub document: Value,
}

pub struct Device {
    pub name: String,
    pub id: String,
    /// deviceEvidence without what differs from alert to alert.
    pub document: Value,
}

pub struct Cast {
    pub users: Vec<User>,
    pub servers: Vec<Device>,
    /// `workstations[i]` is the machine of `users[i]`.
    pub workstations: Vec<Device>,
}

impl Cast {
    pub fn new() -> Self {
        let users: Vec<User> = PEOPLE
            .iter()
            .map(|(name, title)| User::new(name, title))
            .collect();
        let servers = SERVERS
            .iter()
            .map(|(name, os)| Device::new(name, os, ("Servers", 12), None))
            .collect();
        let workstations = users
            .iter()
            .enumerate()
            .map(|(index, user)| {
                let os = if index % 7 == 3 { "macOS" } else { "Windows11" };
                let group = if index % 9 == 0 {
                    ("VIP laptops", 86)
                } else {
                    ("Workstations", 31)
                };
                Device::new(&format!("lt-{}", user.account), os, group, Some(user))
            })
            .collect();
        Self {
            users,
            servers,
            workstations,
        }
    }

    /// The one cast there is.
    pub fn shared() -> &'static Self {
        static CAST: LazyLock<Cast> = LazyLock::new(Cast::new);
        &CAST
    }

    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.servers.iter().chain(&self.workstations)
    }

    pub fn device(&self, id: &str) -> &Device {
        let found = self.devices().find(|device| device.id == id);
        found.unwrap_or(&self.servers[0])
    }

    pub fn user(&self, name: &str) -> &User {
        self.users
            .iter()
            .find(|user| user.name == name)
            .unwrap_or(&self.users[0])
    }

    pub fn server(&self, name: &str) -> &Device {
        self.servers
            .iter()
            .find(|device| device.name == name)
            .unwrap_or(&self.servers[0])
    }

    pub fn machine_of(&self, user: &User) -> &Device {
        let index = self.users.iter().position(|other| other.name == user.name);
        &self.workstations[index.unwrap_or(0)]
    }
}

impl Default for Cast {
    fn default() -> Self {
        Self::new()
    }
}

impl User {
    fn new(name: &'static str, title: &'static str) -> Self {
        let (given, family) = name.split_once(' ').unwrap_or((name, ""));
        let account = format!("{}{family}", &given[..1]).to_lowercase();
        let upn = format!("{given}.{family}@{DOMAIN}").to_lowercase();
        let id = guid_of(name);
        let number = u32::from_str_radix(&fingerprint(name, 6), 16).unwrap_or_default();
        let document = json!({
            "accountName": account,
            "activeDirectoryObjectGuid": null,
            "azureAdUserId": id,
            "displayName": name,
            "domainName": "CONTOSO",
            "resourceAccessEvents": [],
            "tenantId": TENANT_ID,
            "userPrincipalName": upn,
            "userSid": format!("{DOMAIN_SID}-{}", number % 90_000 + 1100),
        });
        Self {
            name,
            title,
            upn,
            account,
            id,
            document,
        }
    }
}

impl Device {
    fn new(name: &str, os: &str, (group, group_id): (&str, i64), user: Option<&User>) -> Self {
        let id = fingerprint(name, 40);
        let octet = |at: usize| u8::from_str_radix(&id[at..at + 2], 16).unwrap_or_default();
        let address = format!("10.20.{}.{}", octet(0) % 32, octet(2));
        let (build, version) = match os {
            "Windows11" => (json!(26100), "24H2"),
            "WindowsServer2022" => (json!(20348), "21H2"),
            "WindowsServer2019" => (json!(17763), "1809"),
            "WindowsServer2016" => (json!(14393), "1607"),
            _ => (Value::Null, "Other"),
        };
        let logged_on: Vec<Value> = user
            .map(|user| json!({ "accountName": user.account, "domainName": "CONTOSO" }))
            .into_iter()
            .collect();
        let document = json!({
            "@odata.type": "#microsoft.graph.security.deviceEvidence",
            "azureAdDeviceId": guid_of(name),
            "defenderAvStatus": "updated",
            "deviceDnsName": format!("{name}.{DOMAIN}"),
            "dnsDomain": DOMAIN,
            "healthStatus": "active",
            "hostName": name,
            "ipInterfaces": [address, "127.0.0.1"],
            "lastExternalIpAddress": "192.0.2.14",
            "lastIpAddress": address,
            "loggedOnUsers": logged_on,
            "mdeDeviceId": id,
            "ntDomain": "CONTOSO",
            "onboardingStatus": "onboarded",
            "osBuild": build,
            "osPlatform": os,
            "rbacGroupId": group_id,
            "rbacGroupName": group,
            "resourceAccessEvents": [],
            "version": version,
            "vmMetadata": null,
        });
        Self {
            name: name.to_owned(),
            id,
            document,
        }
    }
}
