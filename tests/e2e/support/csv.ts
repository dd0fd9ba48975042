/** CSV (RFC 4180) as a spreadsheet reads it: written apart from the portal, to recompute what it exports. */

export type Row = Record<string, string | undefined>;

export function parse(text: string): Row[] {
  const cells: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\uFEFF/, "");
  for (let at = 0; at < body.length; at += 1) {
    const char = body[at]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (body[at + 1] === '"') cell += body[(at += 1)]!;
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "," || char === "\n") {
      cells.at(-1)!.push(cell);
      cell = "";
      if (char === "\n") cells.push([]);
    } else if (char !== "\r") cell += char;
  }
  const [head, ...rows] = cells.filter((row) => row.length > 0);
  return rows.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at]])));
}
