/**
 * The report's figures, made once more from nothing but exported rows: incidents as "Incidents behind the report" gives
 * them, and tasks. Written apart from the portal and from the sandbox, so that agreement says something.
 */

import type { Row } from "./csv";

export type Counts = Record<string, number>;

const list = (cell: string | undefined) => (cell ? cell.split(";") : []);
const resolved = (rows: Row[]) => rows.filter((row) => row.status === "resolved");
const positive = (rows: Row[]) => rows.filter((row) => row.classification === "truePositive");
const STATES = ["completed", "pending", "skipped", "failed"] as const;

/** How often each key comes up; those of nothing are left out. */
export function count(keys: string[]): Counts {
  const all: Counts = {};
  for (const key of keys) all[key] = (all[key] ?? 0) + 1;
  return all;
}

export function headline(rows: Row[]): Counts {
  const done = resolved(rows);
  const helped = done.filter((row) => Number(row.completed) > 0).length;
  const percent = Math.round((done.length / rows.length) * 1000) / 10;
  return { investigated: rows.length, resolved: done.length, resolvedPercent: percent, resolvedDirectly: done.length - helped, resolvedWithYourHelp: helped };
}

export const bySeverity = (rows: Row[]) => count(resolved(rows).map((row) => row.severity!));
export const byCategory = (rows: Row[]) => count(resolved(rows).flatMap((row) => list(row.categories)));
export const bySource = (rows: Row[]) => count(resolved(rows).flatMap((row) => list(row.sources)));

/** Incidents of each user and device, by id: all of them, however many are shown. */
export const byAsset = (rows: Row[]) => count(rows.flatMap((row) => [...list(row.users), ...list(row.devices)]));

/** `Execution` to investigated and resolved true positives. */
export function byTactic(rows: Row[], tactic: string): [number, number] {
  const of = positive(rows).filter((row) => list(row.categories).includes(tactic));
  return [of.length, resolved(of).length];
}

/** `truePositive/high/Malware` to resolved incidents. */
export const byCell = (rows: Row[]) =>
  count(resolved(rows).flatMap((row) => list(row.categories).map((category) => `${row.classification}/${row.severity}/${category}`)));

/** Per incident that required action: how many actions there are in each state. */
export function required(rows: Row[]): Record<string, number[]> {
  const asked = rows.map((row) => [row.id!, STATES.map((state) => Number(row[state]))] as const);
  return Object.fromEntries(asked.filter(([, states]) => states.some((one) => one > 0)));
}

export const mean = (values: number[]) => (values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length);

export function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The minutes of a column, of those that have any. */
export const minutes = (rows: Row[], column: string) => resolved(rows).flatMap((row) => (row[column] ? [Number(row[column])] : []));

/** The day or month of an instant in a zone: `2026-11-21`, `2026-11`. */
export function bucket(at: string, zone: string, length: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(new Date(at)).slice(0, length);
}

/** `2026-11/high` to investigated incidents. */
export const byMonth = (rows: Row[], zone: string, keys: (row: Row) => string[]) =>
  count(rows.flatMap((row) => keys(row).map((key) => `${bucket(row.created!, zone, 7)}/${key}`)));
