// Takes the place of the worker that kept the site, throws away what that has kept, and then goes itself.
const own = `argument:${new URL(registration.scope).pathname}:`;

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await registration.unregister();
}

addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(activate()));
