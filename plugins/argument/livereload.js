// On every page that is shown while the site is written: loads it again when there is a new edition, which keeps the place
// where the reader was, and lays the words of problems over it until they are mended.
(() => {
  const edition = document.currentScript.dataset.edition;
  let box;

  function lay(words) {
    if (!box) {
      box = document.createElement("div");
      box.popover = "manual";
      const inside = box.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet();
      style.replaceSync(`
        :host { position: fixed; inset: auto 0 0; inline-size: auto; max-block-size: 80vh; margin: 0; padding: 1rem 1.5rem;
          overflow: auto; border: 0; border-block-start: 6px solid #b3261e; background: #fff; color: #1d1b21; }
        pre { margin: 0; font: 15px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        button { float: inline-end; margin-inline-start: 1rem; padding: 0.25rem 0.75rem; font: inherit; }`);
      inside.adoptedStyleSheets = [style];
      inside.innerHTML = `<div role="alert"><button type="button">Hide</button><pre></pre></div>`;
      inside.querySelector("button").addEventListener("click", () => box.hidePopover());
      document.body.append(box);
    }
    box.shadowRoot.querySelector("pre").textContent = words;
    if (!box.matches(":popover-open")) box.showPopover();
  }

  function told({ data }) {
    const now = JSON.parse(data);
    if (now.words) lay(now.words);
    else if (now.edition !== edition) location.reload();
    else if (box) box.hidePopover();
  }

  // Only while the page is seen: a browser has few connections to one host, and each tab would keep one of them.
  let events;
  function listen() {
    if (events) events.close();
    events = document.hidden ? null : new EventSource("/_livereload/events");
    if (events) events.addEventListener("message", told);
  }
  document.addEventListener("visibilitychange", listen);
  listen();
})();
