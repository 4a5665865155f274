// Keeps the site in a reader's browser. A page is always asked for, and shown as it was kept only where no answer comes, so
// that nobody with a connection reads an old one; files of the theme, whose names follow from their content, are asked for once.
// `site`, which the build puts above, has the edition, the files that are kept unasked, the theme's folder and the page for
// whatever was not kept.
const root = registration.scope;
const own = `argument:${new URL(root).pathname}:`; // other sites of the same host have caches as well
const name = own + site.edition;

// One name for a page that hosts show under several: with and without index.html or .html.
const named = (url) => url.replace(/[?#].*/s, "").replace(/\/$/, "/index.html").replace(/(\/[^./]+)$/, "$1.html");
const ofTheme = (url) => url.startsWith(root + site.theme);
const lasting = (answer, url) => ofTheme(url) || /^(image\/|text\/html)/.test(answer.headers.get("Content-Type"));

async function keep(url, answer) {
  if (!answer.ok || !lasting(answer, url)) return;
  const cache = await caches.open(name);
  // A copy that is of no address: what came by way of a redirect may not be shown at another.
  await cache.put(named(url), new Response(await answer.blob(), answer));
}

async function fetched(url) {
  const answer = await fetch(url, { cache: ofTheme(url) ? "default" : "no-cache" });
  await keep(url, answer);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
}

// All that every reader is to have, or no new edition; then, as far as they are still there, the pages that this one had read.
async function install() {
  const files = site.files.map((file) => root + file);
  await Promise.all(files.map(fetched));
  for (const other of (await caches.keys()).filter((cache) => cache.startsWith(own) && cache !== name)) {
    const read = (await (await caches.open(other)).keys()).map((request) => request.url);
    await Promise.allSettled(read.filter((url) => !files.includes(url) && !ofTheme(url)).map(fetched));
  }
  await skipWaiting();
}

async function activate() {
  for (const other of await caches.keys()) if (other.startsWith(own) && other !== name) await caches.delete(other);
  if (registration.navigationPreload) await registration.navigationPreload.enable();
  await clients.claim();
}

async function fromTheme(event) {
  const found = await (await caches.open(name)).match(event.request.url);
  if (found) return found;
  const answer = await fetch(event.request);
  event.waitUntil(keep(event.request.url, answer.clone()));
  return answer;
}

async function fromHost(event) {
  const { request } = event;
  let answer = Response.error();
  try {
    answer = (await event.preloadResponse) || (await fetch(request));
  } catch { /* no connection */ }
  if (answer.ok && ["document", "image"].includes(request.destination)) event.waitUntil(keep(request.url, answer.clone()));
  const silent = answer.type === "error";
  const kept = (silent || answer.status >= 500) && (await (await caches.open(name)).match(named(request.url)));
  return kept || (silent && request.mode === "navigate" ? notKept() : answer);
}

// Says what can be read; its links, which begin where it stands itself, begin at the site's root.
async function notKept() {
  const cache = await caches.open(name);
  const urls = (await cache.keys()).map((request) => request.url).filter((url) => url.endsWith(".html"));
  const rank = (url) => site.files.indexOf(url.slice(root.length)) + 1 || site.files.length + 1;
  let items = "";
  for (const url of urls.sort((a, b) => rank(a) - rank(b))) {
    const [, title] = /<meta property="og:title" content="([^"]*)"/.exec(await (await cache.match(url)).text()) || [];
    if (title) items += `<li><a href="${url}">${title}</a></li>\n`;
  }
  const page = await (await cache.match(root + site.page)).text();
  const here = page.replace(/ (href|src)="(?![a-z]+:|[#/])/g, ` $1="${root}`);
  const listed = here.replace(/<p data-kept>.*?<\/p>/s, () => `<ul>\n${items}</ul>`);
  return new Response(listed, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  const urls = event.data.filter((url) => url.startsWith(root));
  event.waitUntil(Promise.allSettled(urls.map(fetched)));
});
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(root)) event.respondWith(ofTheme(url) ? fromTheme(event) : fromHost(event));
});
