// The search itself, fetched when the field is used for the first time: what Pagefind's index holds, as a list.
const PAUSE = 200; // milliseconds without a key before it looks
const AT_ONCE = 10;
const SHORT = 5; // letters: words with fewer have no endings to speak of
const box = document.querySelector(".search");
const field = box.querySelector("#search");
const status = box.querySelector("[role=status]");
const list = box.querySelector("ol");
const more = box.querySelector("button");
let found = [];
let asked = 0;
let timer;
let words = "";
const index = import(new URL("pagefind.js", new URL(box.dataset.index, location))).then(async (pagefind) => {
  await pagefind.options({ excerptLength: 25 });
  await pagefind.init();
  return pagefind;
});

async function look() {
  const now = ++asked;
  words = field.value.trim();
  const here = new URL(location);
  here.hash = "";
  if (words) here.searchParams.set("q", words); else here.searchParams.delete("q");
  history.replaceState(history.state, "", here);
  try {
    const results = words ? (await (await index).search(words)).results : [];
    const near = results.length && holds(await results[0].data(), words);
    if (now !== asked) return;
    found = near ? results : [];
    list.replaceChildren();
    await show();
  } catch (error) {
    say("The search does not work here.", " All that it would find is in the ");
    console.warn(error);
  }
}

// Where a word is nowhere, Pagefind looks for what begins with fewer and fewer of its letters, one at last, which helps nobody:
// more than half of them must be those of a word that stands there, so that other endings of it count.
function holds({ content, meta }, asked) {
  const parts = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const there = parts(`${content} ${Object.values(meta).join(" ")}`);
  return parts(asked).every((word) => {
    const begun = word.length < SHORT ? word : word.slice(0, word.length / 2 + 1);
    return there.some((one) => one.startsWith(begun));
  });
}

// The next results; the key that asked for more goes on to the first of them.
async function show(event) {
  const now = asked;
  const next = await Promise.all(found.slice(list.children.length, list.children.length + AT_ONCE).map((one) => one.data()));
  if (now !== asked) return;
  const items = next.map(item);
  list.append(...items);
  const left = found.length - list.children.length;
  more.hidden = !left;
  more.textContent = `Show more (${left} left)`;
  if (event && items.length) items[0].querySelector("a").focus();
  if (event) return;
  if (found.length || !words) say(words && `${found.length} ${found.length === 1 ? "result" : "results"} for “${words}”.`);
  else say(`Nothing was found for “${words}”.`, " Try another word, or look in the ");
}

function say(told, leading) {
  status.textContent = told;
  if (!leading) return;
  const link = make("a", "A–Z below");
  link.href = "#a-z";
  status.append(leading, link, ".");
}

function item({ raw_url, meta, excerpt }) {
  const made = box.querySelector("template").content.firstElementChild.cloneNode(true);
  const [link, kind, shown] = made.children;
  link.href = raw_url;
  link.textContent = meta.title;
  kind.textContent = meta.where ? `${meta.kind}: ${meta.where}` : meta.kind;
  // Text with entities and <mark>, and nothing else: parsed where nothing of it could run.
  const text = new DOMParser().parseFromString(excerpt, "text/html").body;
  for (const node of text.childNodes) shown.append(node.nodeName === "MARK" ? make("mark", node.textContent) : node.textContent);
  return made;
}

function make(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
more.addEventListener("click", show);
// What the address asks for, unless the reader has begun to write.
field.value ||= new URLSearchParams(location.search).get("q") || "";
if (field.value) look();
