//! The company's directory: everybody who can sign in, everybody the stories are about, and the
//! rest of a company of some size: in many alphabets, several of them with the same name.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::cast::Cast;
use crate::{
    people::{DOMAIN, PEOPLE, Person},
    rng::{Rng, guid_of},
};

/// Everybody whose absence would be noticed at once: Defender marks them as high-value.
pub const HIGH_VALUE: [&str; 6] = [
    "Patti Fernandez",
    "Nestor Wilke",
    "Miriam Graham",
    "Lee Gu",
    "Elena Popescu",
    "Gabriel Adeyemi",
];

const GIVEN: [(&str, &str); 36] = [
    ("Anna", "anna"),
    ("Maria", "maria"),
    ("Thomas", "thomas"),
    ("Jörg", "joerg"),
    ("Zoë", "zoe"),
    ("Renée", "renee"),
    ("Søren", "soren"),
    ("Łukasz", "lukasz"),
    ("Siobhán", "siobhan"),
    ("José", "jose"),
    ("Ayşe", "ayse"),
    ("Đorđe", "dorde"),
    ("Иван", "ivan"),
    ("Ольга", "olga"),
    ("Дмитро", "dmytro"),
    ("Γιώργος", "giorgos"),
    ("Ελένη", "eleni"),
    ("محمد", "mohammed"),
    ("فاطمة", "fatima"),
    ("נועה", "noa"),
    ("דוד", "david"),
    ("王", "wang"),
    ("李", "li"),
    ("さくら", "sakura"),
    ("健", "ken"),
    ("민준", "minjun"),
    ("서연", "seoyeon"),
    ("प्रिया", "priya"),
    ("अर्जुन", "arjun"),
    ("สมชาย", "somchai"),
    ("Nguyễn", "nguyen"),
    ("Chloé", "chloe"),
    ("Björk", "bjork"),
    ("Oisín", "oisin"),
    ("Kai", "kai"),
    ("Mary-Jane", "mary-jane"),
];

const FAMILY: [(&str, &str); 36] = [
    ("Schmidt", "schmidt"),
    ("O'Neill", "oneill"),
    ("Müller", "mueller"),
    ("García", "garcia"),
    ("Åkesson", "akesson"),
    ("van den Berg", "vandenberg"),
    ("Kowalska", "kowalska"),
    ("Yılmaz", "yilmaz"),
    ("Nováková", "novakova"),
    ("Smith", "smith"),
    ("Smith-Jones", "smithjones"),
    ("de Souza", "desouza"),
    ("Петров", "petrov"),
    ("Иванова", "ivanova"),
    ("Шевченко", "shevchenko"),
    ("Παπαδόπουλος", "papadopoulos"),
    ("Ιωάννου", "ioannou"),
    ("الحسن", "alhassan"),
    ("العلي", "alali"),
    ("כהן", "cohen"),
    ("לוי", "levi"),
    ("芳", "fang"),
    ("伟", "wei"),
    ("田中", "tanaka"),
    ("佐藤", "sato"),
    ("김", "kim"),
    ("박", "park"),
    ("शर्मा", "sharma"),
    ("पटेल", "patel"),
    ("ใจดี", "jaidee"),
    ("Văn An", "vanan"),
    ("Lefèvre", "lefevre"),
    ("Guðmundsdóttir", "gudmundsdottir"),
    ("Ó Briain", "obriain"),
    ("Ng", "ng"),
    ("Okonkwo", "okonkwo"),
];

const TITLES: [(&str, &str); 10] = [
    ("Account executive", "Sales"),
    ("Controller", "Finance"),
    ("Developer", "Engineering"),
    ("Field technician", "Service"),
    ("HR partner", "People"),
    ("Legal counsel", "Legal"),
    ("Nurse", "Clinic"),
    ("Planner", "Operations"),
    ("Store manager", "Retail"),
    ("Warehouse worker", "Logistics"),
];

/// Groups: name, description, whether it has mail, whether it is a security group. The last two
/// pairs have the same names.
const GROUPS: [(&str, &str, bool, bool); 24] = [
    ("All employees", "Everybody at Contoso", true, true),
    ("Executives", "Board and directors", true, true),
    ("SOC", "Security operations center", true, true),
    ("SOC on call", "Who answers at night", true, true),
    (
        "Incident response",
        "Called together when something happened",
        true,
        true,
    ),
    (
        "IT administrators",
        "Privileged accounts, no mailbox",
        false,
        true,
    ),
    ("Help desk", "First line", true, true),
    ("Finance", "Accounting, treasury and payroll", true, true),
    ("Treasury", "Payments above the limit", true, true),
    ("People", "Human resources", true, true),
    ("Legal", "Counsel and compliance", true, true),
    ("Engineering", "Product development", true, false),
    (
        "Vertrieb Österreich",
        "Sales team Vienna and Graz",
        true,
        false,
    ),
    ("Продажи", "Sales team in the east", true, false),
    ("営業部", "Sales team Tokyo", true, false),
    ("المبيعات", "Sales team Dubai", true, false),
    ("Works council", "Not to be monitored", true, true),
    (
        "Defender_Experts_Scoped_Coverage_Users",
        "Users in the scope of the service",
        false,
        true,
    ),
    (
        "Excluded from response",
        "Accounts no expert touches",
        false,
        true,
    ),
    ("Break glass accounts", "For emergencies only", false, true),
    ("Project Aurora", "Team of the first attempt", true, false),
    ("Project Aurora", "Team of the second attempt", true, false),
    ("Newsletter", "Marketing list", true, false),
    ("Newsletter", "Customer list", true, false),
];

pub struct Directory {
    pub users: Vec<Value>,
    pub groups: Vec<Value>,
    /// Ids of a group's members beside its own id.
    members: Vec<(String, Vec<String>)>,
}

impl Directory {
    pub fn shared() -> &'static Self {
        static DIRECTORY: LazyLock<Directory> = LazyLock::new(Directory::new);
        &DIRECTORY
    }

    pub fn members(&self, group: &str) -> &[String] {
        let found = self.members.iter().find(|(id, _)| id == group);
        found.map_or(&[], |(_, members)| members)
    }

    fn new() -> Self {
        let mut users: Vec<Value> = PEOPLE.iter().map(signs_in).collect();
        users.extend(Cast::shared().users.iter().map(|user| {
            let named = user.name.split_once(' ').unwrap_or((user.name, ""));
            entry(
                &user.id,
                named,
                &user.upn,
                user.title,
                department(user.title),
                true,
            )
        }));
        let mut rng = Rng::new(31, 0xD1_4EC7);
        for number in 0..1180 {
            users.push(other(number, &mut rng));
        }
        let all: Vec<String> = users.iter().map(id).collect();
        let mut groups = Vec::new();
        let mut members = Vec::new();
        for (index, group) in GROUPS.iter().enumerate() {
            let (name, ..) = group;
            let twin = GROUPS[..index].iter().any(|(other, ..)| other == name);
            let json = group_json(group, twin);
            members.push((id(&json), belonging(name, &users, &all, &mut rng)));
            groups.push(json);
        }
        Self {
            users,
            groups,
            members,
        }
    }
}

fn id(entry: &Value) -> String {
    entry["id"].as_str().unwrap_or_default().to_owned()
}

fn signs_in(person: &Person) -> Value {
    let mut user = person.user();
    user["accountEnabled"] = true.into();
    user["userType"] = "Member".into();
    user["department"] = "Security".into();
    user
}

fn department(title: &str) -> &'static str {
    let is = |word: &str| title.to_lowercase().contains(word);
    match title {
        _ if is("market") => "Marketing",
        _ if is("account") || is("treasury") || is("payroll") || is("controller") => "Finance",
        _ if is("administrator") => "IT",
        _ if is("director") || is("president") => "Board",
        _ if is("legal") => "Legal",
        _ => "Operations",
    }
}

/// Somebody of the rest. Some have no mailbox, some are guests, some have left.
fn other(number: usize, rng: &mut Rng) -> Value {
    let ((given, first), (family, last)) = match number {
        // The same name for several people is what makes a picker show more than names.
        0..4 => (("Anna", "anna"), ("Schmidt", "schmidt")),
        4..6 => (("Иван", "ivan"), ("Петров", "petrov")),
        _ => (rng.pick(&GIVEN), rng.pick(&FAMILY)),
    };
    let (title, department) = rng.pick(&TITLES);
    let mail = format!("{first}.{last}{number}@{DOMAIN}");
    let key = format!("directory {number}");
    let mut user = entry(
        &guid_of(&key),
        (given, family),
        &mail,
        title,
        department,
        true,
    );
    match rng.weighted(&[88, 6, 4, 2]) {
        1 => user["mail"] = Value::Null,
        2 => {
            user["userType"] = "Guest".into();
            user["mail"] = format!("{first}@partner.example").into();
            let upn = format!("{first}_partner.example#EXT#@contoso.onmicrosoft.com");
            user["userPrincipalName"] = upn.replace('#', &format!("{number}#")).into();
        }
        3 => user["accountEnabled"] = false.into(),
        _ => {}
    }
    user
}

fn entry(
    id: &str,
    (given, family): (&str, &str),
    mail: &str,
    title: &str,
    department: &str,
    enabled: bool,
) -> Value {
    json!({
        "accountEnabled": enabled,
        "businessPhones": [],
        "department": department,
        "displayName": format!("{given} {family}").trim(),
        "givenName": given,
        "id": id,
        "jobTitle": title,
        "mail": mail,
        "mobilePhone": null,
        "officeLocation": "Vienna",
        "preferredLanguage": null,
        "surname": family,
        "userPrincipalName": mail,
        "userType": "Member",
    })
}

fn group_json((name, about, mailed, secure): &(&str, &str, bool, bool), twin: bool) -> Value {
    let key = if twin {
        format!("{name} again")
    } else {
        (*name).to_owned()
    };
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let nick = match (plain.is_empty(), twin) {
        (true, _) => format!("team-{}", &guid_of(name)[..6]),
        (false, true) => format!("{plain}2"),
        (false, false) => plain,
    };
    // "All employees" is known by this address elsewhere.
    let nick = if *name == "All employees" {
        "all".into()
    } else {
        nick
    };
    json!({
        "id": guid_of(&key),
        "description": about,
        "displayName": name,
        "groupTypes": if *secure { json!([]) } else { json!(["Unified"]) },
        "mail": mailed.then(|| format!("{nick}@{DOMAIN}")),
        "mailEnabled": mailed,
        "mailNickname": nick,
        "onPremisesSyncEnabled": null,
        "securityEnabled": secure,
        "visibility": if *secure { Value::Null } else { "Private".into() },
    })
}

fn belonging(name: &str, users: &[Value], all: &[String], rng: &mut Rng) -> Vec<String> {
    let with = |test: &dyn Fn(&Value) -> bool| -> Vec<String> {
        users.iter().filter(|user| test(user)).map(id).collect()
    };
    let of = |department: &'static str| with(&move |user| user["department"] == department);
    match name {
        "All employees" => all.to_vec(),
        "Executives" => with(&|user| {
            let name = user["displayName"].as_str();
            name.is_some_and(|name| HIGH_VALUE.contains(&name)) || user["department"] == "Board"
        }),
        "SOC" | "SOC on call" | "Incident response" => of("Security"),
        "IT administrators" => of("IT"),
        "Finance" | "Treasury" => of("Finance"),
        "People" => of("People"),
        "Legal" => of("Legal"),
        "Engineering" => of("Engineering"),
        _ => (0..12).map(|_| all[rng.index(all.len())].clone()).collect(),
    }
}
