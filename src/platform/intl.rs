//! What the browser knows of languages and places: plural forms, the names of time zones, and a zone's
//! offsets over a range as plain pairs.

use wasm_bindgen::{JsCast, JsValue};

const MINUTE: i64 = 60_000;
/// No zone changes there and back in less; the shortest summer, of Fiji, was as long.
const STEP: i64 = 28 * 86_400_000;

thread_local! {
    // Each is made once: that costs more than all that it is asked.
    static NUMBERS: js_sys::Function = js_sys::Intl::NumberFormat::new(
        &js_sys::Array::of1(&LANGUAGE.into()),
        &js_sys::Object::new(),
    )
    .format();
    static PLURALS: js_sys::Intl::PluralRules = js_sys::Intl::PluralRules::new(
        &js_sys::Array::of1(&LANGUAGE.into()),
        &js_sys::Object::new(),
    );
}

/// The language that this bundle is built for, as a tag such as `en`.
pub const LANGUAGE: &str = env!("PORTAL_LANGUAGE");

/// The plural form that the bundle's language asks for at a number.
pub fn plural(count: usize) -> &'static str {
    #[expect(clippy::cast_precision_loss, reason = "a count of things that exist")]
    let form: String = PLURALS.with(|rules| rules.select(count as f64)).into();
    const FORMS: [&str; 5] = ["zero", "one", "two", "few", "many"];
    FORMS
        .into_iter()
        .find(|known| *known == form)
        .unwrap_or("other")
}

/// A number as the bundle's language writes it.
pub fn number(value: u32) -> String {
    NUMBERS
        .with(|format| format.call1(&JsValue::UNDEFINED, &value.into()))
        .ok()
        .and_then(|words| words.as_string())
        .unwrap_or_else(|| value.to_string())
}

/// The browser's own zone, such as `Europe/Vienna`; UTC where it does not say.
pub fn local_zone() -> String {
    let options = formatter("").map(|format| format.resolved_options());
    let name = options.and_then(|o| js_sys::Reflect::get(&o, &"timeZone".into()).ok());
    name.and_then(|n| n.as_string())
        .unwrap_or_else(|| "UTC".into())
}

/// Every zone the browser knows, or none where it cannot list them.
pub fn zones() -> Vec<String> {
    let list = || -> Option<js_sys::Array> {
        let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let values = js_sys::Reflect::get(&intl, &"supportedValuesOf".into()).ok()?;
        let values = values.dyn_into::<js_sys::Function>().ok()?;
        values
            .call1(&intl, &"timeZone".into())
            .ok()?
            .dyn_into()
            .ok()
    };
    list()
        .map(|l| l.iter().filter_map(|v| v.as_string()).collect())
        .unwrap_or_default()
}

/// A zone's offset at `from`, and every change up to `to`: the instant, and minutes ahead of UTC
/// from then on. Instants are milliseconds since 1970. `None` where the browser does not know the
/// zone.
pub fn transitions(zone: &str, from: i64, to: i64) -> Option<(i32, Vec<(i64, i32)>)> {
    let format = formatter(zone)?;
    let mut before = offset(&format, from)?;
    let initial = before;
    let mut changes = Vec::new();
    // Zones change at full minutes.
    let mut at = from - from.rem_euclid(MINUTE);
    while at < to {
        let next = at + STEP;
        let after = offset(&format, next)?;
        if after != before {
            let (mut low, mut high) = (at, next);
            while high - low > MINUTE {
                let middle = low + (high - low) / MINUTE / 2 * MINUTE;
                if offset(&format, middle)? == before {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            changes.push((high, after));
            before = after;
        }
        at = next;
    }
    Some((initial, changes))
}

/// A formatter that writes a zone's wall clock in digits; the browser's own zone for "".
fn formatter(zone: &str) -> Option<js_sys::Intl::DateTimeFormat> {
    let options = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        js_sys::Reflect::set(&options, &name.into(), &value.into())
            .ok()
            .map(drop)
    };
    if !zone.is_empty() {
        set("timeZone", zone)?;
    }
    set("hourCycle", "h23")?;
    set("calendar", "gregory")?;
    for part in ["year", "month", "day", "hour", "minute", "second"] {
        set(part, "numeric")?;
    }
    // The constructor throws at a zone it does not know, so it is called where that can be caught.
    let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = js_sys::Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let constructor = constructor.dyn_into::<js_sys::Function>().ok()?;
    let arguments = js_sys::Array::of2(&"en-US".into(), &options);
    js_sys::Reflect::construct(&constructor, &arguments)
        .ok()?
        .dyn_into()
        .ok()
}

/// Minutes ahead of UTC: the wall clock read as if it were UTC, less the instant.
fn offset(format: &js_sys::Intl::DateTimeFormat, at: i64) -> Option<i32> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this era are exact in a double"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let parts = format.format_to_parts(&date);
    let part = |name: &str| -> Option<f64> {
        parts.iter().find_map(|part| {
            let kind = js_sys::Reflect::get(&part, &"type".into())
                .ok()?
                .as_string()?;
            let value = js_sys::Reflect::get(&part, &"value".into())
                .ok()?
                .as_string()?;
            // The browser's reading: Rust's would bring 12 kB of tables with it.
            (kind == name).then(|| js_sys::parse_float(&value))
        })
    };
    let wall = js_sys::Date::utc(part("year")?, part("month")? - 1.0);
    let day = (part("day")? - 1.0) * 86_400_000.0;
    let time = part("hour")? * 3_600_000.0 + part("minute")? * 60_000.0 + part("second")? * 1_000.0;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "minutes of a day"
    )]
    let minutes =
        ((wall + day + time - (at - at.rem_euclid(1_000)) as f64) / 60_000.0).round() as i32;
    Some(minutes)
}

#[cfg(test)]
mod tests {
    use super::{MINUTE, STEP};
    use jiff::Timestamp;

    #[test]
    fn no_zone_changes_twice_between_two_looks_nor_within_a_minute() {
        let [from, to] = ["2018-01-01T00:00:00Z", "2032-01-01T00:00:00Z"];
        let [from, to]: [Timestamp; 2] = [from.parse().unwrap(), to.parse().unwrap()];
        let mut zones = 0;
        for name in jiff::tz::db().available() {
            let zone = jiff::tz::TimeZone::get(name.as_str()).unwrap();
            let (mut last, mut offset) = (i64::MIN / 2, zone.to_offset(from));
            for change in zone.following(from).take_while(|one| one.timestamp() < to) {
                // Some change their name only.
                if std::mem::replace(&mut offset, change.offset()) != change.offset() {
                    let at = change.timestamp().as_millisecond();
                    assert!(at - last >= STEP, "{} at {at}", name.as_str());
                    assert_eq!(at % MINUTE, 0, "{} at {at}", name.as_str());
                    last = at;
                }
            }
            zones += 1;
        }
        assert!(zones > 300, "{zones}");
    }
}
