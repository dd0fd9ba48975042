//! What a device runs, as people name it.

use super::Machine;

impl Machine {
    /// What it runs, with its version; empty where neither is known.
    pub fn system(&self) -> String {
        let name = self.os.as_deref().map(system_name);
        let parts: Vec<String> = name.into_iter().chain(self.version.clone()).collect();
        parts.join(" ")
    }
}

/// A system's name as people write it: the service runs the words of Windows together, as in
/// `WindowsServer2012R2`.
pub fn system_name(os: &str) -> String {
    if !os.starts_with("Windows") {
        return os.to_owned();
    }
    let mut name = String::with_capacity(os.len() + 4);
    let mut before = ' ';
    for c in os.chars() {
        let begins = before.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit())
            || before.is_ascii_digit() && c.is_uppercase();
        if begins {
            name.push(' ');
        }
        name.push(c);
        before = c;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_windows_stand_apart_and_other_names_as_they_are() {
        for (os, name) in [
            ("Windows11", "Windows 11"),
            ("WindowsServer2022", "Windows Server 2022"),
            ("WindowsServer2012R2", "Windows Server 2012 R2"),
            ("Windows10WVD", "Windows 10 WVD"),
            ("Windows 11", "Windows 11"),
            ("macOS", "macOS"),
            ("iOS", "iOS"),
            ("", ""),
        ] {
            assert_eq!(system_name(os), name);
        }
    }
}
