// A file as an editor sees it: its keys, its text, and the file as it was, so that whatever is not changed stays to the byte.
// The form is that of frontmatter.py: "Key: value" up to the first blank line, a long value going on after four spaces.
// Lines end in "\n" alone: the editor gives no others.
const KEY = /^([A-Za-z0-9_-]+):\s*(.*)$/;
const MORE = /^ {4,}(\S.*)$/;

// The lines of a file, each with its end: those of its front matter by key, the blank one, and the text below that.
function takenApart(file) {
  const lines = file.match(/[^\n]*\n|[^\n]+/g) || [];
  const end = lines.findIndex((line) => !line.trim());
  const entries = [];
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    const words = line.trimEnd();
    const more = MORE.exec(words);
    const key = KEY.exec(words);
    if (more && entries.length) {
      entries.at(-1).value = `${entries.at(-1).value} ${more[1]}`.trim();
      entries.at(-1).lines.push(line);
    } else {
      entries.push({ key: key ? key[1] : "", value: key ? key[2] : "", lines: [line] });
    }
  }
  return { entries, between: end < 0 ? "" : lines[end], body: end < 0 ? "" : lines.slice(end + 1).join("") };
}

export function fromFile(file) {
  const { entries, body } = takenApart(file);
  const values = Object.fromEntries(entries.filter(({ key }) => key).reverse().map(({ key, value }) => [key, value]));
  return { ...values, body, _file: JSON.stringify(file) };
}

// What an editor has for a value, as one line.
const line = (value) => String(value ?? "").replace(/\s*\n\s*/g, " ").trim();

export function toFile({ _file, body, ...values }) {
  const old = takenApart(_file ? JSON.parse(_file) : "");
  const told = new Set();
  let above = "";
  for (const { key, value, lines } of old.entries) {
    const same = !key || told.has(key) || line(values[key]) === line(value);
    above += same ? lines.join("") : line(values[key]) ? `${key}: ${line(values[key])}\n` : "";
    told.add(key);
  }
  for (const [key, value] of Object.entries(values)) {
    if (!told.has(key) && line(value)) above += `${above && !above.endsWith("\n") ? "\n" : ""}${key}: ${line(value)}\n`;
  }
  const text = body ?? "";
  if (text.trim() === old.body.trim()) return above + old.between + old.body;
  return text.trim() ? `${above}${old.between || "\n"}${text.trimEnd()}\n` : above;
}
